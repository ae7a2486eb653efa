"""What customers write: topics by word lists, tags and frequent phrases, and how often each comes up."""

"""A running goal and its data in; progress, check-ins, review and close out."""

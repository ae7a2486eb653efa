"""What a team looks like, typed or from data in, the operation on which scenarios are tried out."""

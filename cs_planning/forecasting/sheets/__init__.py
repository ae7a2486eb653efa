"""Tables of many series and goals in, a table of answers out."""

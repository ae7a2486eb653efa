"""A confirmed mapping in, the SQL that makes contacts of the rows of a file out."""

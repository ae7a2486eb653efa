"""Bytes in, `Table`s out: archives, encodings, delimiters and workbooks, with every problem of a file at once."""

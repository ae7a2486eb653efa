"""Names and contents in, what a file and its columns could be out."""

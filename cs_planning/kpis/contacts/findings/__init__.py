"""What is odd about the contacts of a file, counted and said."""

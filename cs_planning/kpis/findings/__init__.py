"""Converted rows and series in, findings out: what is wrong or suspicious, with count and remedy."""

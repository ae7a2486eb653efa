"""A goal page as data: ordered typed cells, run to results."""

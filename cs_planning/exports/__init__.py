"""A run page → files."""

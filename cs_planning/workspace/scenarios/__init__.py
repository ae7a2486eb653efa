"""Imported data and levers in; what-if results and comparisons out."""

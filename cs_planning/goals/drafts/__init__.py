"""A history in, a sensible first goal out, and what still forbids committing to it."""

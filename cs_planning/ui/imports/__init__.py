"""Bringing a file in: what it asks, what each answer would give, what was understood, what is kept."""

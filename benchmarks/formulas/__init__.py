"""Textbook formulas that vectors and tests ask for, and that the product, which simulates whole days and teams, doesn't use."""

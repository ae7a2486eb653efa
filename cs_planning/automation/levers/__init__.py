"""Levers and their ranges in, changed operations and draws of them out."""

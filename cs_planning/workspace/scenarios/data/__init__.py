"""Imported data in; what they say about each channel, and a team described from them, out."""

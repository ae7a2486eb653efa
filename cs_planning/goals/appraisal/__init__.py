"""The goals of a person or team with their weights in; what was agreed, talked about and appraised, and the score, out."""

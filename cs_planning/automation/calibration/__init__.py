"""Measured calls in, a calibrated `Operation` and how well it predicts out."""

"""An `Operation` and levers in, the outcome of each scenario with its ranges, warnings and sentence out."""

"""An `Operation` and levers in; waits, cost, break-even and what matters most out."""

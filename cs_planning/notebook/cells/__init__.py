"""A cell and its sources in, blocks out: one runner for each kind."""

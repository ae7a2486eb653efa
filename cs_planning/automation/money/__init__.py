"""Hours, contacts and levers in, their bills out: what a month costs and when the start is paid back."""

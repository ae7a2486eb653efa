"""Simulated scenarios in, answers to a leader's questions out: break-even, frontier, what matters, effects on goals, reality."""

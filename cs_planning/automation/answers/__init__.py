"""Simulated scenarios in, answers to a leader's question out: break-even, frontier, what matters, effects on goals, reality."""

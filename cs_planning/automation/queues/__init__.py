"""Arrivals, handle times and agents in; waits, service level and abandonment out."""

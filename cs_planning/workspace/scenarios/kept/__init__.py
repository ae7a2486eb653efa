"""Scenarios and the team in; each save of theirs with what it changed out."""

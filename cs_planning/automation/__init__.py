"""Levers and an operation → response time, cost, and the changed forecast."""

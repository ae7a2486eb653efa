"""Futures and a question in; probability, required path, record and reasons out."""

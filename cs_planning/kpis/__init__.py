"""Contacts and surveys → KPI series."""

"""Contacts in, KPI points out, on DuckDB or where the contacts are."""

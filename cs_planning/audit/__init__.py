"""Gaps per channel → draft goals."""

"""Figures in, blocks out: text, tables and charts that every screen and export can draw."""

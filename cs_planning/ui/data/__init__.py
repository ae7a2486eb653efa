"""Kept data on the screen: series, the contacts behind them, findings, feedback; what is undone or taken out."""

"""What a manager plans in; goals, forecasts, reviews and audits out, each save once."""

"""What a manager plans in; goals, their forecasts, marked events and track records out, each save once."""

"""A cell in, a value out: numbers, durations and moments, the same whichever engine reads them."""

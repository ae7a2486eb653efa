"""What holds for the whole workspace: its currency, its opening hours and year, its agreed times."""

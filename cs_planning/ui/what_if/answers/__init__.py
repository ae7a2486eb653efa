"""A team and a scenario in, what comes of them on the screen out: numbers, goals, what matters, comparison, reality."""

"""What the Draft and the list of goals are drawn from."""

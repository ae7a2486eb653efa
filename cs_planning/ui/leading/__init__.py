"""What the page of the leadership is drawn from."""

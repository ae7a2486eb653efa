"""What the Audit and Alignment pages are drawn from."""

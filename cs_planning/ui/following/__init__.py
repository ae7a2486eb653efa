"""What the Action plan and Review pages are drawn from."""

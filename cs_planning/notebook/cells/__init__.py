"""What every cell of a page is made of: its model, what it sees while it runs, and what the product knows about its kind."""

"""What a leadership asks of all goals at once: company goals, money at stake, the decisions that move the plan most."""

"""What is known of a team in, an `Operation` out: hours, profiles, backlog, repeats."""

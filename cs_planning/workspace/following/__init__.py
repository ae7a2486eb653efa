"""Goals on their way: actions, decisions, reviews, undone changes, audits, and where everything stands."""

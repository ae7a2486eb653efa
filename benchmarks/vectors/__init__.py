"""How each kind of queueing vector is computed."""

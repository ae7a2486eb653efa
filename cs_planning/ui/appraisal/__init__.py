"""Goal sheets in; their goals, steps, talks and grades on the screen out, each kept as it is written."""

"""What the cells of a column say: answers, limits, statuses, times, numbers."""

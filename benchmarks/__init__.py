"""What is measured: speed and accuracy, one command each, as ratios to a named peer in the same run."""

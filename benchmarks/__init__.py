"""What is measured: speed and accuracy, one command each, as ratios to a named peer in the same run."""

# Before numpy: the product keeps the linear algebra to one thread, and is measured as it runs.
import cs_planning as cs_planning

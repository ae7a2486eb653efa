"""A kept scenario and imported months in; a verdict on each figure and the range of each lever out."""

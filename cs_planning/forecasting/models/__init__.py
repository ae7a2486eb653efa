"""A history in, equally likely futures out: many small structural models, weighed and combined."""

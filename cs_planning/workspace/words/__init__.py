"""An id in, the words for it out: fields, terms and how each figure comes about."""

"""A goal in, the steps of its plan out, as a table, a spreadsheet and a calendar file."""

"""Whole databases: one state of all tables as lines of text, in an archive or in another database, and compared."""

"""The workspace on disk: SQLite by default, PostgreSQL by URL."""

"""The contacts that are kept: files by month, which of them count, and what an import brought."""

"""Alembic migrations of a workspace's database, one numbered file a step, applied in order by `Store.open`."""

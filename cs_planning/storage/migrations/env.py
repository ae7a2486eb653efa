"""Run by Alembic: by `Store.open` with a connection, or by the `alembic` command with `-x url=…`."""

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy import Connection, TypeDecorator

from cs_planning.storage.database import open_engine, writing
from cs_planning.storage.schema import VERSION_TABLE
from cs_planning.storage.tables import metadata


def _plain_type(kind: str, item: Any, _context: AutogenContext) -> str | Literal[False]:
    """Our own types by what the database has for them, so that a migration does not change when they do."""
    return f"sa.{item.impl_instance!r}" if kind == "type" and isinstance(item, TypeDecorator) else False


def _migrate(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=metadata,
        version_table=VERSION_TABLE,
        transactional_ddl=True,
        render_as_batch=True,
        render_item=_plain_type,
    )
    with context.begin_transaction():
        context.run_migrations()


_given = context.config.attributes.get("connection")
if _given is not None:
    _migrate(_given)
else:
    _engine, _ = open_engine(context.get_x_argument(as_dictionary=True)["url"])
    with writing(_engine) as _connection:
        _migrate(_connection)

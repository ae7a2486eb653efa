"""The version of a workspace's tables: how old ones are brought up to date, and newer ones refused."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path
from threading import RLock
from typing import Any

from sqlalchemy import Connection, Engine, inspect
from sqlalchemy import text as sql

from cs_planning.errors import StorageUnavailable
from cs_planning.language import Text, text
from cs_planning.storage.database import writing
from cs_planning.storage.reasons import errors_in_words

VERSION_TABLE = "cs_planning_version"
MIGRATIONS = Path(__file__).parent / "migrations"
_ALEMBIC_IS_ONE_AT_A_TIME = RLock()


def newest_version() -> str:
    """The number of the newest migration, such as `0001`."""
    return max(path.stem.partition("_")[0] for path in (MIGRATIONS / "versions").glob("[0-9]*.py"))


def stored_version(connection: Connection) -> str | None:
    """The number of the last migration that was applied to a database, None for an empty one."""
    if not inspect(connection).has_table(VERSION_TABLE):
        return None
    version: str | None = connection.execute(sql(f"SELECT version_num FROM {VERSION_TABLE}")).scalar_one_or_none()
    return version


def bring_up_to_date(engine: Engine, where: str, before: Callable[[Connection, str], None] | None = None) -> None:
    """Applies the migrations that a database lacks, all or none; a second process that does the same waits.

    Args:
        engine: of the database.
        where: what messages call it.
        before: is called with the version of tables that hold something, while nobody else can change them and before they
            are brought up to date; what it raises leaves them as they are.

    Raises:
        StorageUnavailable: a newer version of the product made it, it belongs to another program, or it can't be written.
    """
    with errors_in_words(where):
        with engine.connect() as connection:
            if stored_version(connection) == newest_version():
                return
        with _ALEMBIC_IS_ONE_AT_A_TIME, writing(engine) as connection:
            version = stored_version(connection)
            refuse_strangers(connection, version, where)
            if version == newest_version():
                return
            if version is not None and before is not None:
                before(connection, version)
            upgrade_to(connection, "head")


def refuse_newer(version: str, where: str | Text) -> None:
    """Stops before tables that this version of the program does not know.

    Raises:
        StorageUnavailable: a newer version of the program made them.
    """
    if not list((MIGRATIONS / "versions").glob(f"{version}_*.py")):
        raise StorageUnavailable(
            text(
                "{where} was made by a newer version of this program: its tables are {found}, the newest known are {known}.",
                where=where,
                found=version,
                known=newest_version(),
            ),
            text("Update the program, or open another workspace."),
        )


def refuse_strangers(connection: Connection, version: str | None, where: str) -> None:
    """Stops before a database of another program, or of a newer version of this one.

    Raises:
        StorageUnavailable: it is one.
    """
    if version is not None:
        refuse_newer(version, where)
    elif connection.dialect.name == "sqlite" and inspect(connection).get_table_names():
        raise StorageUnavailable(
            text("{where} is a database of another program.", where=where),
            text("Nothing was changed. Choose another file for the workspace."),
        )


def upgrade_to(connection: Connection, version: str) -> None:
    """Applies migrations up to a version, `head` for the newest, in the transaction of the connection."""
    _run_alembic(connection, "upgrade", version)


def drop_tables(connection: Connection) -> None:
    """Takes away all tables with what they hold, in the transaction of the connection."""
    if stored_version(connection) is not None:
        _run_alembic(connection, "downgrade", "base")


def _run_alembic(connection: Connection, way: str, version: str) -> None:
    from alembic import command  # noqa: PLC0415  slow to import and only needed here
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    logging.getLogger("alembic").setLevel(logging.WARNING)
    run: Any = getattr(command, way)
    with _ALEMBIC_IS_ONE_AT_A_TIME:
        run(config, version)

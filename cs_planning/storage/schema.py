"""The version of a workspace's tables: how old ones are brought up to date, and newer ones refused."""

from __future__ import annotations

import logging
from pathlib import Path
from threading import Lock

from sqlalchemy import Connection, Engine, inspect
from sqlalchemy import text as sql

from cs_planning.errors import StorageUnavailable
from cs_planning.language import text
from cs_planning.storage.database import errors_in_words, writing

VERSION_TABLE = "cs_planning_version"
MIGRATIONS = Path(__file__).parent / "migrations"
_ALEMBIC_IS_ONE_AT_A_TIME = Lock()


def newest_version() -> str:
    """The number of the newest migration, such as `0001`."""
    return max(path.stem.partition("_")[0] for path in (MIGRATIONS / "versions").glob("[0-9]*.py"))


def stored_version(connection: Connection) -> str | None:
    """The number of the last migration that was applied to a database, None for an empty one."""
    if not inspect(connection).has_table(VERSION_TABLE):
        return None
    version: str | None = connection.execute(sql(f"SELECT version_num FROM {VERSION_TABLE}")).scalar_one_or_none()
    return version


def bring_up_to_date(engine: Engine, where: str) -> None:
    """Applies the migrations that a database lacks, all or none; a second process that does the same waits.

    Raises:
        StorageUnavailable: a newer version of the product made it, it belongs to another program, or it can't be written.
    """
    with errors_in_words(where):
        with engine.connect() as connection:
            if stored_version(connection) == newest_version():
                return
        with _ALEMBIC_IS_ONE_AT_A_TIME, writing(engine) as connection:
            version = stored_version(connection)
            _refuse_strangers(connection, version, where)
            if version != newest_version():
                _upgrade(connection)


def _refuse_strangers(connection: Connection, version: str | None, where: str) -> None:
    if version is not None and not list((MIGRATIONS / "versions").glob(f"{version}_*.py")):
        raise StorageUnavailable(
            text(
                "{where} was made by a newer version of this program: its tables are {found}, the newest known are {known}.",
                where=where,
                found=version,
                known=newest_version(),
            ),
            text("Update the program, or open another workspace."),
        )
    if version is None and connection.dialect.name == "sqlite" and inspect(connection).get_table_names():
        raise StorageUnavailable(
            text("{where} is a database of another program.", where=where),
            text("Nothing was changed. Choose another file for the workspace."),
        )


def _upgrade(connection: Connection) -> None:
    from alembic import command  # noqa: PLC0415  slow to import and only needed here
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    logging.getLogger("alembic").setLevel(logging.WARNING)
    command.upgrade(config, "head")

"""A whole database copied into another one, SQLite or PostgreSQL, and compared."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from sqlalchemy import Connection

from cs_planning.errors import NotFound, Occupied
from cs_planning.language import text
from cs_planning.storage.copies.filling import Filling, closing_engine, fill
from cs_planning.storage.copies.lines import Tally
from cs_planning.storage.copies.state import State
from cs_planning.storage.database import Database, file_of_address, open_engine
from cs_planning.storage.schema import refuse_strangers, stored_version


def copy_database(source: str, target: str, *, replace: bool) -> tuple[Mapping[str, Tally], Path | None]:
    """Copies all rows of one moment, while others go on saving in the source; the source stays as it is.

    Args:
        source: the address of a workspace's database.
        target: the address of another one, which is made when it is not there.
        replace: whether what the target holds may go.

    Returns:
        What each table comes to, the same in both; and where a replaced SQLite file lies now.

    Raises:
        NotFound: there is no workspace at the source.
        Occupied: the target holds something, or is the source.
        InvalidBackup: the copy differs from the source; nothing was changed.
        StorageUnavailable: one of them can't be reached, read or written; nothing was changed.
    """
    file = file_of_address(source)
    if file is not None and not file.is_file():
        raise _no_workspace(str(file))
    engine, where = open_engine(source)
    with closing_engine(engine):
        if str(engine.url) == str(_address_of(target)):
            raise Occupied(text("{where} can't be copied onto itself.", where=where), text("Name another place with --to."))
        versions: list[str] = []

        def look(connection: Connection) -> None:
            version = stored_version(connection)
            refuse_strangers(connection, version, where)
            if version is None:
                raise _no_workspace(where)
            versions.append(version)

        with Database(engine, where).one_state(look) as connection:
            state = State(connection, versions[0])
            tallies = state.tallies()
            filling = Filling(state.version, state.lines, tallies)
            kept = fill(target, filling, replace=replace, now_written=state.written_moment)
    return tallies, kept


def _address_of(url: str) -> object:
    engine, _where = open_engine(url)
    with closing_engine(engine):
        return engine.url


def _no_workspace(where: str) -> NotFound:
    return NotFound(
        text("There is no workspace at {where}.", where=where),
        text("Check the address; a file is written sqlite:///folder/workspace.db."),
    )

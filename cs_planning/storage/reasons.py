"""Errors of a database → what happened and what to do, in the user's words."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from cs_planning.errors import StorageUnavailable
from cs_planning.language import Duration, Text, text

BUSY_SECONDS = 15

_SQLITE_REASONS: dict[str, tuple[Text, Text]] = {
    "SQLITE_FULL": (
        text("The disk is full: {where} can't be written."),
        text("Nothing was changed. Make room on the disk, then try again."),
    ),
    "SQLITE_READONLY": (
        text("{where} can't be written: the file or its folder is read-only."),
        text("Give your user the right to write there, or choose another folder with CS_PLANNING_HOME."),
    ),
    "SQLITE_CANTOPEN": (
        text("{where} can't be opened or created."),
        text("Check that its folder exists and that your user may write there, or choose another with CS_PLANNING_HOME."),
    ),
    "SQLITE_NOTADB": (
        text("{where} is not a workspace: the file is not an SQLite database."),
        text("Move the file away and start again, or put a backup of the workspace in its place."),
    ),
    "SQLITE_CORRUPT": (
        text("{where} is damaged."),
        text("Put a backup of the workspace in its place."),
    ),
    "SQLITE_BUSY": (
        text("{where} is in use: another program has kept it locked for {time}."),
        text("Nothing was changed. Try again; if it stays so, close the other program."),
    ),
    "SQLITE_LOCKED": (
        text("{where} is in use: another program has kept it locked for {time}."),
        text("Nothing was changed. Try again; if it stays so, close the other program."),
    ),
    "SQLITE_IOERR": (
        text("{where} can't be read or written: the disk reports an error."),
        text("Check the disk and the connection to it, then try again."),
    ),
}


@contextmanager
def errors_in_words(where: str) -> Iterator[None]:
    """Turns the driver's errors about the database itself into `StorageUnavailable`; errors of our own making pass."""
    try:
        yield
    except PoolTimeout:
        raise StorageUnavailable(
            text("{where} has no free connection.", where=where), text("Too many things run at once; try again in a moment.")
        ) from None
    except sqlite3.Error as error:
        known = _sqlite_reason(error, where)
        if known is None:
            raise
        raise known from error
    except DBAPIError as error:
        known = _sqlite_reason(error.orig, where) if isinstance(error.orig, sqlite3.Error) else _server_reason(error, where)
        if known is None:
            raise
        raise known from (error.orig if error.statement else None)


def _sqlite_reason(error: sqlite3.Error, where: str) -> StorageUnavailable | None:
    name = getattr(error, "sqlite_errorname", None) or ""
    for stem, (message, hint) in _SQLITE_REASONS.items():
        if name == stem or name.startswith(f"{stem}_"):
            arguments = {"where": where, "time": Duration(seconds=BUSY_SECONDS)}
            return StorageUnavailable(message.model_copy(update={"arguments": arguments}), hint)
    return None


def _server_reason(error: DBAPIError, where: str) -> StorageUnavailable | None:
    state = getattr(error.orig, "sqlstate", None) or ""
    if state.startswith("53"):
        return StorageUnavailable(
            text("The database server of {where} has run out of disk, memory or connections.", where=where),
            text("Nothing was changed. Ask the administrator of the server, then try again."),
        )
    if state.startswith(("40", "55")):
        return StorageUnavailable(
            text("{where} is busy with other changes.", where=where), text("Nothing was changed. Try again.")
        )
    if state in {"42501", "25006"}:
        return StorageUnavailable(
            text("The database user may not write in {where}.", where=where),
            text("Ask the administrator of the server for the right to create and change tables."),
        )
    never_connected = error.statement is None
    if never_connected or error.connection_invalidated or state.startswith(("08", "28", "3D", "57")):
        return StorageUnavailable(
            text("{where} can't be reached.", where=where),
            text("Check that the server runs and that host, port, database, user and password in the address are right."),
        )
    return None

"""Fills a database with all rows of another one, compares what it holds with what it should, and puts it in place at once."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, Engine, Table, func, insert, select
from sqlalchemy import text as sql

from cs_planning.errors import InvalidBackup, Occupied, StorageUnavailable
from cs_planning.language import text
from cs_planning.storage.changes import renew_counters
from cs_planning.storage.copies.lines import Tally, Tallying, rows_of
from cs_planning.storage.copies.state import State, tables_at
from cs_planning.storage.database import file_of_address, open_engine, writing
from cs_planning.storage.reasons import errors_in_words
from cs_planning.storage.schema import drop_tables, refuse_newer, refuse_strangers, stored_version, upgrade_to
from cs_planning.storage.tables import counters

_BESIDE_SQLITE = ("", "-wal", "-shm", "-journal")


@dataclass(frozen=True)
class Filling:
    """What a database is to hold.

    Attributes:
        version: of the tables.
        lines: gives the rows of a table.
        tallies: what they come to, by table.
    """

    version: str
    lines: Callable[[Table[Any]], Iterable[bytes]]
    tallies: Mapping[str, Tally]


def fill(url: str | Path, filling: Filling, *, replace: bool, now_written: str) -> Path | None:
    """Puts rows into a database, all of them or none; its tables are then those of this version of the program.

    Args:
        url: of the database, which is made when it is not there.
        filling: what it is to hold.
        replace: whether what it holds may go.
        now_written: the moment, for the name of an SQLite file that is replaced.

    Returns:
        Where the replaced SQLite file lies now; None without one.

    Raises:
        Occupied: it holds something, and `replace` does not allow that to go.
        InvalidBackup: what it holds afterwards is not what it should; nothing was changed.
        StorageUnavailable: it can't be written; nothing was changed.
    """
    refuse_newer(filling.version, str(url) if isinstance(url, Path) else text("The other workspace"))
    file = file_of_address(url)
    if file is None:
        engine, where = open_engine(url)
        with closing_engine(engine), errors_in_words(where), writing(engine) as connection:
            _make_room(connection, where, replace=replace)
            before = _kept_counters(connection)
            drop_tables(connection)
            _fill(connection, filling)
            renew_counters(connection, before)
        return None
    if not replace and file.exists():
        _refuse_used_file(file)
    return _filled_aside(file, filling, now_written)


def _filled_aside(file: Path, filling: Filling, now_written: str) -> Path | None:
    aside = file.with_name(f"{file.name}.{uuid4().hex[:8]}.new")
    try:
        engine, where = open_engine(aside)
        with closing_engine(engine), errors_in_words(where):
            with writing(engine) as connection:
                _fill(connection, filling)
            with closing(engine.raw_connection()) as raw:
                raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
        for ending in _BESIDE_SQLITE[1:]:
            aside.with_name(aside.name + ending).unlink(missing_ok=True)
        return _put_in_place(aside, file, now_written)
    finally:
        for ending in _BESIDE_SQLITE:
            with suppress(OSError):
                aside.with_name(aside.name + ending).unlink(missing_ok=True)


def _put_in_place(aside: Path, file: Path, now_written: str) -> Path | None:
    """Lets a new file take the name of an old one at once; the old one is kept beside it with the log of its last changes."""
    kept = file.with_name(f"{file.stem}-replaced-{now_written}{file.suffix}") if file.exists() else None
    try:
        if kept is not None:
            if kept.exists():
                kept = kept.with_stem(f"{kept.stem}-{uuid4().hex[:6]}")
            _write_back(file)
            with suppress(OSError):  # a disk without second names: the old one is moved away
                kept.hardlink_to(file)
            # A log of the old file beside the new one would be taken for its own.
            for ending in _BESIDE_SQLITE[0 if not kept.exists() else 1 :]:
                old = file.with_name(file.name + ending)
                if old.exists():
                    old.rename(kept.with_name(kept.name + ending))
        aside.replace(file)
    except OSError as error:
        raise StorageUnavailable(
            text("{where} can't be replaced: {reason}.", where=str(file), reason=error.strerror or str(error)),
            text("End the app and every other program that has the workspace open, then try again."),
        ) from None
    return kept


def _write_back(file: Path) -> None:
    """Writes the log of the last changes back into a file that can be read, so that it is whole without it."""
    with suppress(sqlite3.Error), closing(sqlite3.connect(file, timeout=1)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _refuse_used_file(file: Path) -> None:
    engine, where = open_engine(file)
    with closing_engine(engine), errors_in_words(where), engine.connect() as connection:
        refuse_strangers(connection, stored_version(connection), where)
        _make_room(connection, where, replace=False)


def _make_room(connection: Connection, where: str, *, replace: bool) -> None:
    version = stored_version(connection)
    if version is None or replace:
        return
    refuse_newer(version, where)
    used = [table for table in ("audit_trail", "documents", "series") if _rows(connection, tables_at(version).tables[table])]
    if used:
        raise Occupied(
            text("{where} holds a workspace that was used already.", where=where),
            text("Nothing was changed. Choose an empty place, or say with --replace that what is there may go."),
        )


def _kept_counters(connection: Connection) -> dict[str, int]:
    if stored_version(connection) is None:
        return {}
    return {str(name): int(value) for name, value in connection.execute(select(counters.c.name, counters.c.value))}


def _rows(connection: Connection, table: Table[Any]) -> int:
    return int(connection.execute(select(func.count()).select_from(table)).scalar_one())


def _fill(connection: Connection, filling: Filling) -> None:
    upgrade_to(connection, filling.version)
    tables = tables_at(filling.version).sorted_tables
    for table in tables:
        if table.name not in filling.tallies:
            raise broken(table.name)
        tallying = Tallying()
        try:
            for rows in rows_of(tallying.over(filling.lines(table)), table):
                connection.execute(insert(table), rows)
        except (ValueError, KeyError, TypeError):
            raise broken(table.name) from None
        if tallying.tally() != filling.tallies[table.name]:
            raise broken(table.name)
    _continue_numbers(connection, tables)
    there = State(connection, filling.version).tallies()
    for name, tally in filling.tallies.items():
        if there.get(name) != tally:
            raise broken(name)
    upgrade_to(connection, "head")


def broken(name: str) -> InvalidBackup:
    """What is said of a part that is not as it was when the copy was made."""
    return InvalidBackup(
        text("“{part}” is not as it was when the copy was made: its count or its checksum differs.", part=name),
        text("Nothing was changed. Take another backup, or make the copy again."),
    )


def _continue_numbers(connection: Connection, tables: Iterable[Table[Any]]) -> None:
    """Lets PostgreSQL number new rows after those that came with their numbers."""
    if connection.dialect.name != "postgresql":
        return
    for table in tables:
        if [column.name for column in table.primary_key] == ["id"] and table.c.id.type.python_type is int:
            name = connection.dialect.identifier_preparer.quote(table.name)
            connection.execute(
                sql(
                    "SELECT setval(pg_get_serial_sequence(:table, 'id'), greatest(max(id), 1), max(id) IS NOT NULL) "
                    f"FROM {name}"
                ),
                {"table": table.name},
            )


@contextmanager
def closing_engine(engine: Engine) -> Iterator[Engine]:
    """Gives all connections of an engine back."""
    try:
        yield engine
    finally:
        engine.dispose()

"""The connection to a workspace's database: transactions, WAL, and one look for a page run."""

from __future__ import annotations

import importlib.util
import os
import sqlite3
import time
from collections.abc import Callable, Hashable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import URL, Connection, Engine, Table, create_engine, event, func, make_url, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import ArgumentError, NoSuchModuleError

from cs_planning.errors import StorageUnavailable
from cs_planning.language import Text, text
from cs_planning.storage.looks import current_look, look_anew
from cs_planning.storage.reasons import BUSY_SECONDS, errors_in_words
from cs_planning.storage.tables import counters

CONNECT_SECONDS = 10
_NEW_SECONDS = 60
_HEADER = b"SQLite format 3\x00"
_WRITERS_LOCK = 7_316_204_955
_COUNTERS = "counters"
_T = TypeVar("_T")


class Database:
    """An opened database: where it is, and its transactions.

    Args:
        engine: made by `open_engine`.
        where: what errors call the database; never with a password.
    """

    def __init__(self, engine: Engine, where: str) -> None:
        self._engine = engine
        self._file = _file_of(engine)
        self.where = where

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that sees one state of the database."""
        with errors_in_words(self.where), self._engine.connect() as connection:
            yield connection

    def once(self, what: Hashable, read: Callable[[Connection], _T]) -> _T:
        """What `read` finds; inside `one_look` it is told again instead of read again, until the same thread saves.

        Args:
            what: names the question among all that are asked of this database.
            read: asks, and gives what nobody can change.
        """
        look = current_look()
        found = {} if look is None else look.of(self)
        if what not in found:
            with self.reading() as connection:
                if look is not None and not found:
                    found[_COUNTERS] = _read_counters(connection)
                if what not in found:
                    found[what] = read(connection)
        told: _T = found[what]
        return told

    def counters(self) -> Mapping[str, int]:
        """How far each counter of changes has moved, by name."""
        return self.once(_COUNTERS, _read_counters)

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that is kept whole or not at all; on every database one waits for the other."""
        self._require_file()
        look_anew()
        try:
            with errors_in_words(self.where), writing(self._engine) as connection:
                yield connection
        finally:
            look_anew()

    @contextmanager
    def one_state(self, while_still: Callable[[Connection], None]) -> Iterator[Connection]:
        """A transaction that sees one state for as long as it lasts, while others go on saving.

        Args:
            while_still: is called with that transaction before anybody else can save again.
        """
        with errors_in_words(self.where), self._engine.connect() as pooled:
            connection = pooled
            if pooled.dialect.name == "postgresql":
                connection = pooled.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
            with writing(self._engine):
                while_still(connection)
            yield connection

    def check(self) -> None:
        """Asks the database as it lies there now, by a connection of its own: kept pages hide a file that was overwritten.

        Raises:
            StorageUnavailable: it is gone, replaced, overwritten or does not answer; the message says which.
        """
        file = _path_of(self._engine)
        if file is None:
            with self.reading() as connection:
                connection.exec_driver_sql("SELECT 1")
            return
        self._require_file()
        with errors_in_words(self.where):
            _require_header(file)
            fresh = sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True, timeout=1)
            try:
                fresh.execute("SELECT count(*) FROM sqlite_master").fetchone()
            finally:
                fresh.close()

    def _require_file(self) -> None:
        if _file_of(self._engine) != self._file:
            raise StorageUnavailable(
                text("{where} was deleted, moved or replaced while it was open.", where=self.where),
                text("Nothing was changed. Put the file back in its place, or start the program again."),
            )

    def close(self) -> None:
        """Closes all connections; it can't be used afterwards."""
        self._engine.dispose()


def open_engine(url: str | Path) -> tuple[Engine, str]:
    """An engine for `url`, and what to call it in messages.

    Args:
        url: the path of an SQLite file, `sqlite:///folder/workspace.db` or `postgresql://user:password@host/database`.

    Raises:
        StorageUnavailable: the URL is of another kind, the folder can't be made, or the driver is not installed.
    """
    address = URL.create("sqlite+pysqlite", database=str(url)) if isinstance(url, Path) else _read_url(url)
    where = _shown(address)
    return (_sqlite_engine(address, where) if address.get_backend_name() == "sqlite" else _postgresql_engine(address)), where


def file_of_address(url: str | Path) -> Path | None:
    """The file of an SQLite workspace; None for a server.

    Raises:
        StorageUnavailable: the address is of another kind.
    """
    if isinstance(url, Path):
        return url
    address = _read_url(url)
    return Path(str(address.database)) if address.get_backend_name() == "sqlite" else None


def _read_counters(connection: Connection) -> Mapping[str, int]:
    return {row.name: row.value for row in connection.execute(select(counters.c.name, counters.c.value))}


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A writing transaction, begun when no other one runs: saves never meet half-way, and never in a deadlock."""
    with engine.execution_options(sqlite_begin="BEGIN IMMEDIATE").begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(select(func.pg_advisory_xact_lock(_WRITERS_LOCK)))
        yield connection


def insert_into(connection: Connection, table: Table[Any]) -> sqlite.Insert | postgresql.Insert:
    """An insert that can say what happens on a conflict, in the dialect of the connection."""
    return sqlite.insert(table) if connection.dialect.name == "sqlite" else postgresql.insert(table)


def insert_if_new(connection: Connection, table: Table[Any], row: Mapping[str, Any]) -> bool:
    """Inserts a row unless one with its key is there, and says whether it did; waits for another one doing the same."""
    statement = insert_into(connection, table).values(row).on_conflict_do_nothing()
    return connection.execute(statement.returning(*table.primary_key)).first() is not None


def _read_url(url: str) -> URL:
    try:
        address = make_url(url)
        name = address.get_backend_name()
    except (ArgumentError, NoSuchModuleError, ValueError):
        raise StorageUnavailable(*_not_an_address()) from None
    if name == "postgres":
        name = "postgresql"
    if name == "postgresql" and address.drivername in {"postgres", "postgresql", "postgresql+psycopg"}:
        return address.set(drivername="postgresql+psycopg")
    if address.drivername in {"sqlite", "sqlite+pysqlite"} and address.database and address.database != ":memory:":
        return address.set(drivername="sqlite+pysqlite")
    raise StorageUnavailable(*_not_an_address())


def _not_an_address() -> tuple[Text, Text]:
    return (
        text("The address of the workspace is neither an SQLite file nor a PostgreSQL database."),
        text("Write sqlite:///folder/workspace.db or postgresql://user:password@host/database."),
    )


def _shown(address: URL) -> str:
    if address.get_backend_name() == "sqlite":
        return str(address.database)
    port = f":{address.port}" if address.port else ""
    host = (address.host or "localhost").rpartition("@")[2]
    return f"postgresql://{host}{port}/{address.database or ''}"


def _sqlite_engine(address: URL, where: str) -> Engine:
    folder = Path(str(address.database)).parent
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StorageUnavailable(
            text("The folder {folder} can't be made: {reason}.", folder=str(folder), reason=os.strerror(error.errno or 0)),
            text("Give your user the right to write there, or choose another folder with CS_PLANNING_HOME."),
        ) from None
    _refuse_emptied(Path(str(address.database)), where)
    engine = create_engine(address, connect_args={"timeout": BUSY_SECONDS}, pool_size=10, max_overflow=20, hide_parameters=True)

    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        connection.execute("PRAGMA foreign_keys = ON")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql(connection.get_execution_options().get("sqlite_begin", "BEGIN"))

    with errors_in_words(where):
        _enter_wal(engine, where)
    return engine


def _refuse_emptied(file: Path, where: str) -> None:
    """A file that has had no bytes for a while was a workspace once, or will never be one; a new one has none for a moment.

    Raises:
        StorageUnavailable: the file is empty.
    """
    try:
        found = file.stat()
    except OSError:
        return
    if found.st_size == 0 and time.time() - found.st_mtime > _NEW_SECONDS:
        raise StorageUnavailable(
            text("{where} is empty: the file has 0 bytes.", where=where),
            text("Put a backup of the workspace in its place. If there never was one, delete the empty file and start again."),
        )


def _require_header(file: Path) -> None:
    """Checks the first bytes on the disk, which the log of the last changes may hide from SQLite itself."""
    with file.open("rb") as opened:
        if opened.read(len(_HEADER)) != _HEADER:
            error = sqlite3.DatabaseError("the file does not begin as an SQLite database does")
            error.sqlite_errorname = "SQLITE_NOTADB"
            raise error


def _path_of(engine: Engine) -> Path | None:
    """The file of an SQLite workspace; None for a server."""
    return Path(str(engine.url.database)) if engine.dialect.name == "sqlite" else None


def _file_of(engine: Engine) -> tuple[int, int] | None:
    """Which file on the disk an SQLite workspace is; None where there is none."""
    try:
        found = Path(str(engine.url.database)).stat() if engine.dialect.name == "sqlite" else None
    except OSError:
        return None
    return (found.st_dev, found.st_ino) if found else None


def _enter_wal(engine: Engine, where: str) -> None:
    """Switches the file to write-ahead logging, which stays so; waits for others that are doing the same."""
    patience = time.monotonic() + BUSY_SECONDS
    pooled = engine.raw_connection()
    try:
        mode = ""
        while not mode:
            try:
                mode = pooled.cursor().execute("PRAGMA journal_mode = WAL").fetchone()[0]
            except sqlite3.OperationalError as error:
                if not error.sqlite_errorname.startswith("SQLITE_BUSY") or time.monotonic() > patience:
                    raise
                time.sleep(0.02)
    finally:
        pooled.close()
    if mode != "wal":
        raise StorageUnavailable(
            text("{where} lies on a disk that can't be shared safely between programs.", where=where),
            text("Put the workspace on a local disk: choose a folder with CS_PLANNING_HOME."),
        )


def _postgresql_engine(address: URL) -> Engine:
    if importlib.util.find_spec("psycopg") is None:
        raise StorageUnavailable(
            text("The workspace is in PostgreSQL, but its driver is not installed."),
            text('Install it with: pip install "psycopg[binary]"'),
        )
    arguments = {} if "connect_timeout" in address.query else {"connect_timeout": CONNECT_SECONDS}
    engine = create_engine(
        address, connect_args=arguments, pool_pre_ping=True, pool_size=10, max_overflow=20, hide_parameters=True
    )

    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, _record: Any) -> None:
        connection.execute(f"SET lock_timeout = '{BUSY_SECONDS}s'")
        connection.commit()

    return engine

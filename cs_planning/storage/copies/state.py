"""One state of a whole database: its tables as lines, and the files of contacts that it lists."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property, lru_cache
from typing import Any

from sqlalchemy import Column, Connection, DateTime, ForeignKey, MetaData, Table, create_engine, select

from cs_planning.storage.copies.lines import Tally, lines_of, tally_of
from cs_planning.storage.schema import VERSION_TABLE, newest_version, upgrade_to
from cs_planning.storage.tables import MomentInUtc, metadata


@dataclass(frozen=True)
class ListedFile:
    """A Parquet file that a database lists: a contact log consists of it, or an import brought it.

    Attributes:
        log: the id of the log, whose folder has its name.
        name: of the file.
        rows: how many contacts it holds.
    """

    log: str
    name: str
    rows: int


@dataclass(frozen=True)
class State:
    """What a database holds at one moment.

    Args:
        connection: in a transaction that sees one state.
        version: of its tables.
        at: the moment, aware.
    """

    connection: Connection
    version: str
    at: datetime = field(default_factory=lambda: datetime.now(UTC))

    @property
    def written_moment(self) -> str:
        """The moment as names of files carry it."""
        return in_names(self.at)

    @cached_property
    def tables(self) -> tuple[Table[Any], ...]:
        """All tables, each after those that it refers to."""
        return tuple(tables_at(self.version).sorted_tables)

    def lines(self, table: Table[Any]) -> Iterator[bytes]:
        """The rows of a table."""
        return lines_of(self.connection, table)

    def tallies(self) -> dict[str, Tally]:
        """The count and the checksum of every table, by name."""
        return {table.name: tally_of(self.lines(table)) for table in self.tables}

    def files(self) -> tuple[ListedFile, ...]:
        """The files of contacts that are listed, each once."""
        known = {table.name: table for table in self.tables}
        parts = known["contact_log_parts"].c
        found = set(self.connection.execute(select(parts.log_id, parts.file_name, parts.row_count)))
        if "import_layer_files" in known:
            layers, brought = known["import_layers"].c, known["import_layer_files"].c
            query = select(layers.log_id, brought.file_name, brought.row_count).where(layers.number == brought.number)
            found |= set(self.connection.execute(query))
        return tuple(ListedFile(*row) for row in sorted(tuple(row) for row in found))


def in_names(moment: datetime) -> str:
    """A moment, aware, as names of files carry it, such as `20261130T170000Z`."""
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


@lru_cache(maxsize=8)
def tables_at(version: str) -> MetaData:
    """The tables as they were under an earlier version, or as they are now.

    Those of an earlier version are what its migrations make in an empty database in memory.
    """
    if version == newest_version():
        return metadata
    engine = create_engine("sqlite://")
    reflected = MetaData()
    with engine.begin() as connection:
        upgrade_to(connection, version)
        reflected.reflect(connection)
    engine.dispose()
    made = MetaData()
    for table in reflected.sorted_tables:
        if table.name != VERSION_TABLE:
            Table(table.name, made, *(_plain(column) for column in table.columns))
    return made


def _plain(column: Column[Any]) -> Column[Any]:
    kind = column.type.as_generic()
    keys = [ForeignKey(key.target_fullname) for key in column.foreign_keys]
    own = MomentInUtc() if isinstance(kind, DateTime) else kind
    return Column(column.name, own, *keys, primary_key=column.primary_key, nullable=column.nullable)

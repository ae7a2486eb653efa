"""Every record of a large file as a contact, sound or not, in Parquet files or in a table: written once, asked often."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import duckdb

from cs_planning.kpis.cells.sql_cells import literal
from cs_planning.kpis.columns.mapping import Mapping
from cs_planning.kpis.contacts.conversion.parts import PART, part_of, scan_of, written
from cs_planning.kpis.contacts.log.manifest import new_name
from cs_planning.kpis.contacts.query.contact_query import NEW_WORDS, contact_query, filled_columns
from cs_planning.kpis.contacts.query.meanings import Meanings
from cs_planning.kpis.contacts.query.problems import NO_CONTACTS, NOTE
from cs_planning.kpis.contacts.watched import run_watched

_WRITTEN = 0.6


_ALWAYS = {"contact_id", "kind", "created_at", "first_response_at", "solved_at", "closed_at"}


NEVER = "never"


def listed_columns(mapping: Mapping, lookups: Meanings, today: date, columns: Sequence[str]) -> str:
    """The columns that are written, as SQL: those that are wanted and that the file can fill."""
    filled = _ALWAYS | filled_columns(mapping, lookups, today)
    return ", ".join(name for name in columns if name in filled)


class RawRecords(ABC):
    """Every record of a file as a contact, sound or not.

    Attributes:
        connection: where the records are written and asked.
        by_month: whether they are cut by month.
    """

    def __init__(self, connection: duckdb.DuckDBPyConnection, *, by_month: bool) -> None:
        self.connection = connection
        self.by_month = by_month

    @property
    @abstractmethod
    def scan(self) -> str:
        """The records as a relation with `_part`."""

    @abstractmethod
    def written_by(self, query: str) -> str:
        """The statement that puts the result of a query in the place of all records that are there."""

    def is_empty(self) -> bool:
        """Whether there is no record that can be asked."""
        return False

    def write(
        self,
        mapping: Mapping,
        lookups: Meanings,
        today: date,
        columns: Sequence[str],
        progress: Callable[[float], None],
        earliest: date | None = None,
        meanwhile: Callable[[], None] = lambda: None,
    ) -> None:
        """Reads the file; the arguments are those of `contact_query` and `run_watched`."""
        none = ", ".join(map(literal, NO_CONTACTS))
        note = f"CASE WHEN problem IN ({none}) THEN '{NEVER}' WHEN problem IS NULL THEN {NOTE} END AS {NOTE}"
        listed = f"{listed_columns(mapping, lookups, today, columns)}, {NEW_WORDS}, {note}, {part_of(self.by_month)} AS {PART}"
        query = f"SELECT {listed} FROM ({contact_query(mapping, lookups, today, earliest)})"
        run_watched(self.connection, self.written_by(query), lambda share: progress(_WRITTEN * share), meanwhile)


class RawFiles(RawRecords):
    """Records in Parquet files, of which those of a log are made by renaming them.

    Attributes:
        folder: of the log.
        made: is given every file and folder that was made.
        raw: where the files are.
    """

    def __init__(self, connection: duckdb.DuckDBPyConnection, folder: Path, made: list[Path], *, by_month: bool) -> None:
        super().__init__(connection, by_month=by_month)
        self.folder = folder
        self.made = made
        self.raw: Path | None = None

    @property
    def scan(self) -> str:
        """The files as a relation."""
        assert self.raw is not None
        return scan_of(self.raw)

    def is_empty(self) -> bool:
        """Whether no file was written."""
        return self.raw is None or not any(self.raw.rglob("*.parquet"))

    def written_by(self, query: str) -> str:
        """The statement that writes new files; those before them are removed."""
        if self.raw is not None:
            remove([self.raw])
        self.raw = self.folder / f"raw-{new_name('all')}"
        self.made.append(self.raw)
        return f"COPY ({query}) TO {literal(str(self.raw))} ({written(self.by_month)})"


class RawTable(RawRecords):
    """Records in a table of the engine, for a log that nobody keeps: nothing is packed, to be unpacked by each question."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        super().__init__(connection, by_month=False)

    @property
    def scan(self) -> str:
        """The table."""
        return "raw_records"

    def written_by(self, query: str) -> str:
        """The statement that makes the table anew."""
        return f"CREATE OR REPLACE TEMP TABLE raw_records AS {query}"


def remove(paths: list[Path]) -> None:
    """Removes files, and folders with what is in them."""
    for path in paths:
        if path.is_dir():
            for inner in sorted(path.rglob("*"), reverse=True):
                inner.rmdir() if inner.is_dir() else inner.unlink()
            path.rmdir()
        else:
            path.unlink(missing_ok=True)

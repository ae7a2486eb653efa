"""Every record of a large file as a contact, sound or not, in Parquet files: written once, asked several times."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import duckdb

from cs_planning.kpis.cells.sql_cells import literal, quoted
from cs_planning.kpis.columns.mapping import Mapping
from cs_planning.kpis.contacts.conversion.parts import (
    PART,
    UNUSABLE,
    part_of,
    scan_of,
    written,
)
from cs_planning.kpis.contacts.findings.far_dates import earliest_usual_day
from cs_planning.kpis.contacts.log.manifest import new_name
from cs_planning.kpis.contacts.query.contact_query import NEW_WORDS, contact_query, filled_columns
from cs_planning.kpis.contacts.query.lookups import most_different
from cs_planning.kpis.contacts.query.meanings import Lookup, Meanings
from cs_planning.kpis.contacts.query.problems import NO_CONTACTS, NOTE
from cs_planning.kpis.contacts.query.readings import MOST_DIFFERENT, Reading
from cs_planning.kpis.contacts.watched import run_watched

_WRITTEN = 0.6


_ALWAYS = {"contact_id", "kind", "created_at", "first_response_at", "solved_at", "closed_at"}


NEVER = "never"


def listed_columns(mapping: Mapping, lookups: Meanings, today: date, columns: Sequence[str]) -> str:
    """The columns that are written, as SQL: those that are wanted and that the file can fill."""
    filled = _ALWAYS | filled_columns(mapping, lookups, today)
    return ", ".join(name for name in columns if name in filled)


def raw_files(
    connection: duckdb.DuckDBPyConnection,
    mapping: Mapping,
    lookups: Meanings,
    folder: Path,
    made: list[Path],
    today: date,
    by_month: bool,
    columns: Sequence[str],
    progress: Callable[[float], None],
    *,
    earliest: date | None = None,
) -> Path:
    """A folder with every record of the file as a contact, sound or not."""
    raw = folder / f"raw-{new_name('all')}"
    made.append(raw)
    none = ", ".join(map(literal, NO_CONTACTS))
    note = f"CASE WHEN problem IN ({none}) THEN '{NEVER}' WHEN problem IS NULL THEN {NOTE} END AS {NOTE}"
    listed = f"{listed_columns(mapping, lookups, today, columns)}, {NEW_WORDS}, {note}, {part_of(by_month)} AS {PART}"
    query = contact_query(mapping, lookups, today, earliest)
    copy = f"COPY (SELECT {listed} FROM ({query})) TO {literal(str(raw))} ({written(by_month)})"
    run_watched(connection, copy, lambda share: progress(_WRITTEN * share))
    return raw


def earliest_of(connection: duckdb.DuckDBPyConnection, raw: Path) -> date | None:
    """The first usual day of the records in the folder, where a few lie far before it."""
    if not any(raw.rglob("*.parquet")):
        return None
    days = connection.execute(
        f"SELECT CAST(created_at AS DATE) AS day, count(*) AS number FROM {scan_of(raw)} "
        f"WHERE {PART} <> {UNUSABLE} GROUP BY ALL"
    ).df()
    return earliest_usual_day(days["day"].to_numpy(), days["number"].tolist())


def before(connection: duckdb.DuckDBPyConnection, raw: Path, earliest: date) -> tuple[date, int]:
    """The first day of the usable records before a day, and how many there are."""
    found = connection.execute(
        f"SELECT CAST(min(created_at) AS DATE), count(*) FROM {scan_of(raw)} "
        f"WHERE {PART} <> {UNUSABLE} AND created_at < DATE {literal(str(earliest))}"
    ).fetchone()
    assert found is not None
    return found[0], int(found[1])


def new_words(connection: duckdb.DuckDBPyConnection, raw: Path, lookups: Meanings) -> dict[str, list[str]]:
    """The answers, flags and outcomes that the first rows do not hold and whose meaning nobody knows yet, by column."""
    if not any(raw.rglob("*.parquet")):
        return {}
    found = connection.execute(f"SELECT count(*) FROM {scan_of(raw)} WHERE {NEW_WORDS}").fetchone()
    if not found or not found[0]:
        return {}
    words = {}
    for lookup in lookups.values():
        query = f"SELECT DISTINCT {quoted(lookup.column)} FROM cells {lookup.join('cells')} WHERE {lookup.is_new('cells')}"
        most = MOST_DIFFERENT if isinstance(lookup, Reading) else most_different(lookup.role)
        words[lookup.column] = [str(cell) for (cell,) in connection.execute(f"{query} LIMIT {most}").fetchall()]
    return words


def marks(connection: duckdb.DuckDBPyConnection, raw: Path, lookup: Lookup, columns: Sequence[str]) -> tuple[int, int, int]:
    """How many records have a yes, a no and no mark in the column of a flag."""
    mark = lookup.role.value
    if mark not in columns or not any(raw.rglob("*.parquet")):
        return 0, 0, 0
    counts = f"count(*) FILTER ({mark}), count(*) FILTER (NOT {mark}), count(*) FILTER ({mark} IS NULL)"
    found = connection.execute(f"SELECT {counts} FROM {scan_of(raw)}").fetchone()
    assert found is not None
    return int(found[0]), int(found[1]), int(found[2])


def noted(connection: duckdb.DuckDBPyConnection, scan: str, is_repeated: bool) -> dict[str, int]:
    """How many of the contacts that count have which note."""
    query = f"SELECT {NOTE} FROM {scan} WHERE {PART} <> {UNUSABLE} AND {NOTE} IS NOT NULL"
    if is_repeated:
        query += (
            " AND contact_id NOT IN (SELECT shared_id FROM repeated) "
            f"UNION ALL SELECT {NOTE} FROM repeated WHERE {NOTE} IS NOT NULL"
        )
    counts = connection.execute(f"SELECT {NOTE}, count(*) FROM ({query}) GROUP BY ALL").fetchall()
    return {str(note): int(count) for note, count in counts}

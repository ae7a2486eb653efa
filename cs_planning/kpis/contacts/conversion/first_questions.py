"""What is asked of every record of a large file before its contacts are known: new words, far dates, marks, notes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from cs_planning.kpis.cells.sql_cells import literal, quoted
from cs_planning.kpis.contacts.conversion.parts import PART, UNUSABLE
from cs_planning.kpis.contacts.conversion.records import RawRecords
from cs_planning.kpis.contacts.findings.far_dates import earliest_usual_day
from cs_planning.kpis.contacts.query.contact_query import NEW_WORDS
from cs_planning.kpis.contacts.query.lookups import most_different
from cs_planning.kpis.contacts.query.meanings import Lookup, Meanings
from cs_planning.kpis.contacts.query.problems import NOTE
from cs_planning.kpis.contacts.query.readings import MOST_DIFFERENT, Reading


def earliest_of(raw: RawRecords) -> date | None:
    """The first usual day of the records that are there, where a few lie far before it."""
    if raw.is_empty():
        return None
    days = raw.connection.execute(
        f"SELECT CAST(created_at AS DATE) AS day, count(*) AS number FROM {raw.scan} WHERE {PART} <> {UNUSABLE} GROUP BY ALL"
    ).df()
    return earliest_usual_day(days["day"].to_numpy(), days["number"].tolist())


def before(raw: RawRecords, earliest: date) -> tuple[date, int]:
    """The first day of the usable records before a day, and how many there are."""
    found = raw.connection.execute(
        f"SELECT CAST(min(created_at) AS DATE), count(*) FROM {raw.scan} "
        f"WHERE {PART} <> {UNUSABLE} AND created_at < DATE {literal(str(earliest))}"
    ).fetchone()
    assert found is not None
    return found[0], int(found[1])


def new_words(raw: RawRecords, lookups: Meanings) -> dict[str, list[str]]:
    """The answers, flags and outcomes that the first rows do not hold and whose meaning nobody knows yet, by column."""
    if raw.is_empty():
        return {}
    found = raw.connection.execute(f"SELECT count(*) FROM {raw.scan} WHERE {NEW_WORDS}").fetchone()
    if not found or not found[0]:
        return {}
    words = {}
    for lookup in lookups.values():
        query = f"SELECT DISTINCT {quoted(lookup.column)} FROM cells {lookup.join('cells')} WHERE {lookup.is_new('cells')}"
        most = MOST_DIFFERENT if isinstance(lookup, Reading) else most_different(lookup.role)
        words[lookup.column] = [str(cell) for (cell,) in raw.connection.execute(f"{query} LIMIT {most}").fetchall()]
    return words


def marks(raw: RawRecords, lookup: Lookup, columns: Sequence[str]) -> tuple[int, int, int]:
    """How many records have a yes, a no and no mark in the column of a flag."""
    mark = lookup.role.value
    if mark not in columns or raw.is_empty():
        return 0, 0, 0
    counts = f"count(*) FILTER ({mark}), count(*) FILTER (NOT {mark}), count(*) FILTER ({mark} IS NULL)"
    found = raw.connection.execute(f"SELECT {counts} FROM {raw.scan}").fetchone()
    assert found is not None
    return int(found[0]), int(found[1]), int(found[2])


def noted(raw: RawRecords, is_repeated: bool) -> dict[str, int]:
    """How many of the contacts that count have which note."""
    query = f"SELECT {NOTE} FROM {raw.scan} WHERE {PART} <> {UNUSABLE} AND {NOTE} IS NOT NULL"
    if is_repeated:
        query += (
            " AND contact_id NOT IN (SELECT shared_id FROM repeated) "
            f"UNION ALL SELECT {NOTE} FROM repeated WHERE {NOTE} IS NOT NULL"
        )
    counts = raw.connection.execute(f"SELECT {NOTE}, count(*) FROM ({query}) GROUP BY ALL").fetchall()
    return {str(note): int(count) for note, count in counts}

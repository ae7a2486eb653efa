"""What the cells of answers, flags, outcomes and activities of a file mean → tables in which the query of contacts looks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from collections.abc import Mapping as MappingOf
from dataclasses import replace

import duckdb
import numpy as np

from cs_planning.kpis.cells.missing import is_unknown
from cs_planning.kpis.cells.numbers import is_missing
from cs_planning.kpis.columns.contents.answers import ANSWER_ROLES, raw_answer, read_answer, read_flag, read_outcome
from cs_planning.kpis.columns.contents.by_moment import are_moments
from cs_planning.kpis.columns.contents.limits import LIMIT_ROLES, counts_misses, read_kept
from cs_planning.kpis.columns.contents.statuses import read_direction, read_status
from cs_planning.kpis.columns.mapping import Mapping
from cs_planning.kpis.columns.roles import FLAG_ROLES, Role
from cs_planning.kpis.contacts.query.meanings import EMPTY_CELLS, SHARES, Lookup
from cs_planning.kpis.contacts.query.readings import Reading, readings_of, with_cells
from cs_planning.kpis.files.table import Table
from cs_planning.kpis.findings.imported import QualityFinding, Severity
from cs_planning.language import ntext, text

MAX_DIFFERENT_ANSWERS = 5_000
_MAX_DIFFERENT_LIMITS = 100_000
_FEW = 24
_MARKS = (*FLAG_ROLES, Role.NO_CONTACT)
_OF_STATE = (Role.STATUS, Role.DIRECTION)
"""The columns of words of which those that are not known say nothing."""


def most_different(role: Role) -> int:
    """How many different cells of a column of answers, flags or outcomes are looked at; a time that was left differs often."""
    return _MAX_DIFFERENT_LIMITS if role in LIMIT_ROLES else MAX_DIFFERENT_ANSWERS


def register_lookups(
    connection: duckdb.DuckDBPyConnection,
    mapping: Mapping,
    different: Callable[[str], Iterable[object]],
    possible: Sequence[str] = (),
) -> tuple[dict[Role, Lookup | Reading], list[QualityFinding]]:
    """Makes a table for each column of answers, flags, outcomes and activities that gives the meaning of its cells.

    Args:
        connection: where the tables are made.
        mapping: the confirmed mapping.
        different: a function from a column to its different cells, or those of its first rows.
        possible: cells that later rows may hold; those among them that mean nothing are no finding.
    """
    lookups: dict[Role, Lookup | Reading] = {}
    findings: list[QualityFinding] = []
    for reading in readings_of(mapping):
        lookups[reading.role] = with_cells(connection, reading, different(reading.column))
    for role in (*ANSWER_ROLES, *_MARKS, *LIMIT_ROLES, Role.OUTCOME, Role.ACTIVITY, *_OF_STATE):
        entry = mapping.find(role)
        if entry is None:
            continue
        there = [str(cell) for cell in different(entry.column) if cell is not None]
        if role in _MARKS and are_moments(there):
            lookups[role] = Lookup(role, entry.column, f"lookup_{role.value}", is_moment=True)
            continue
        cells = list(dict.fromkeys([*there, *possible]))
        unknown: list[str] = []
        numbers: list[str] = []
        meanings: dict[str, float | str] = {}
        most = most_different(role)
        for cell in cells[:most]:
            meaning: float | str | None
            if role in ANSWER_ROLES:
                meaning = read_answer(cell, entry)
            elif role in _MARKS:
                meaning = read_flag(cell)
            elif role in LIMIT_ROLES:
                meaning = read_kept(cell, entry.column)
            elif role is Role.OUTCOME:
                meaning = read_outcome(cell, entry.column)
            elif role is Role.STATUS:
                meaning = read_status(cell)
            elif role is Role.DIRECTION:
                meaning = read_direction(cell)
            else:
                meaning = mapping.activities.get(cell)
            lost = meaning is None if role is Role.OUTCOME else isinstance(meaning, float) and np.isnan(meaning)
            is_mark = role in SHARES and is_unknown(cell)
            if is_mark or (lost and not is_missing(cell)):
                is_number = role in ANSWER_ROLES and not np.isnan(raw_answer(cell) or 0.0)
                unknown += [cell] if cell in there and not is_number else []
                numbers += [cell] if is_number else []
            elif meaning is not None:
                meanings[cell.strip().lower()] = str(meaning) if isinstance(meaning, str) else meaning
        unknown += [] if role in _OF_STATE else there[most:]
        name = f"lookup_{role.value}"
        kind = "VARCHAR" if role in (Role.OUTCOME, Role.ACTIVITY, *_OF_STATE) else "DOUBLE"
        connection.execute(f"CREATE OR REPLACE TEMP TABLE {name} (cell VARCHAR, value {kind})")
        if meanings:
            connection.executemany(f"INSERT INTO {name} VALUES (?, ?)", [[cell, value] for cell, value in meanings.items()])
        few = tuple(meanings.items()) if 0 < len(meanings) <= _FEW else ()
        says_nothing = [cell for cell in there if role in _OF_STATE and cell.strip().lower() not in meanings]
        without = tuple(cell.strip().lower() for cell in (*unknown, *numbers, *says_nothing))
        lookups[role] = Lookup(role, entry.column, name, few, without)
        if unknown:
            findings.append(_unknown_words(entry.column, role, unknown))
    return lookups, findings


def empty_cells_told(
    lookups: MappingOf[Role, Lookup | Reading], marks_of: Callable[[Lookup], tuple[int, int, int]]
) -> tuple[dict[Role, Lookup | Reading], list[QualityFinding]]:
    """The lookups in which an empty cell is a no where nobody writes one, each with a finding that says it.

    A column of which every filled cell says the same, such as a cross at the escalated contacts alone, would give 100 %.

    Args:
        lookups: of a file, by role.
        marks_of: how many cells of its column are true, false and empty.
    """
    told, findings = dict(lookups), list[QualityFinding]()
    for role, lookup in lookups.items():
        tells_misses = role in LIMIT_ROLES and isinstance(lookup, Lookup) and counts_misses(lookup.column)
        if not isinstance(lookup, Lookup) or lookup.is_moment or not (role in FLAG_ROLES or tells_misses):
            continue
        true, false, empty = marks_of(lookup)
        written, other = (false, true) if tells_misses else (true, false)
        if written and not other and empty:
            told[role] = replace(lookup, empty_means=1.0 if tells_misses else 0.0)
            findings.append(_empty_is_no(lookup.column, empty))
    return told, findings


def marks_of_table(table: Table, lookup: Lookup) -> tuple[int, int, int]:
    """How many cells of a column are true, false and empty."""
    counts = table.frame[lookup.column].astype("str").value_counts(dropna=False)
    found = [0, 0, 0]
    for cell, count in counts.items():
        written = cell.strip() if isinstance(cell, str) else ""
        meaning = read_kept(written, lookup.column) if lookup.role in LIMIT_ROLES else read_flag(written)
        if written in EMPTY_CELLS:
            found[2] += int(count)
        elif meaning is not None and not np.isnan(meaning):
            found[0 if meaning > 0 else 1] += int(count)
    return found[0], found[1], found[2]


def _empty_is_no(column: str, count: int) -> QualityFinding:
    return QualityFinding(
        rule="empty_is_no",
        severity=Severity.NOTICE,
        message=ntext(
            "{count} empty cell of {column} counts as no, since every filled one says yes.",
            "{count} empty cells of {column} count as no, since every filled one says yes.",
            count,
            column=column,
        ),
        consequence=text("A KPI from it is a share of all contacts."),
        remedy=text("If an empty cell means that nobody looked, write “n/a” there or leave the column unused."),
        count=count,
        column=column,
    )


def _unknown_words(column: str, role: Role, words: Iterable[str]) -> QualityFinding:
    listed = list(words)
    return QualityFinding(
        rule="unknown_answers",
        severity=Severity.WARNING,
        message=ntext(
            "{count} cell of {column} could not be read as {role}: “{example}”.",
            "{count} different cells of {column} could not be read as {role}, such as “{example}”.",
            len(listed),
            column=column,
            role=role.label,
            example=listed[0][:60],
        ),
        consequence=(
            ntext(
                "It is neither yes nor no: its rows are left out.",
                "They are neither yes nor no: their rows are left out.",
                len(listed),
            )
            if role in SHARES
            else ntext("It counts as not answered.", "They count as not answered.", len(listed))
        ),
        remedy=(
            text("Write yes or no, or “n/a” where nobody looked.")
            if role in SHARES
            else text("Check the mapping and the scale, or write the answers as numbers.")
        ),
        count=len(listed),
        sample_values=tuple(word[:60] for word in listed[:5]),
        column=column,
    )

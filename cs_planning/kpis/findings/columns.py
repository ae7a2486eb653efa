"""What is suspicious in the cells of a file, column by column."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from cs_planning.kpis.cells.numbers import is_missing
from cs_planning.kpis.columns.contents.answers import ANSWER_ROLES, raw_answer, read_flag
from cs_planning.kpis.columns.contents.limits import LIMIT_ROLES
from cs_planning.kpis.columns.mapping import Mapping as ColumnRoles
from cs_planning.kpis.columns.roles import DURATIONS, FLAG_ROLES, Role
from cs_planning.kpis.files.table import Table
from cs_planning.kpis.findings.answers import answer_findings
from cs_planning.kpis.findings.by_cells import taken_by_cells
from cs_planning.kpis.findings.imported import QualityFinding, Severity
from cs_planning.kpis.findings.outgoing_channels import outgoing_channels
from cs_planning.kpis.findings.parts_of_calls import parts_put_together
from cs_planning.kpis.findings.trial_rows import trial_rows
from cs_planning.kpis.findings.unanswered_calls import who_answered
from cs_planning.kpis.findings.units import duration_findings
from cs_planning.language import listed_texts, ntext, text

_SAMPLE, _LISTED = 5, 8
_ENOUGH, _OFTEN = 6, 0.2


def table_findings(table: Table) -> Iterator[QualityFinding]:
    """What is suspicious in a file whatever its cells mean: control characters that were taken out, sheets left unread."""
    if table.control_characters:
        yield QualityFinding(
            rule="control_characters",
            severity=Severity.NOTICE,
            message=ntext(
                "{count} control character was taken out of the cells.",
                "{count} control characters were taken out of the cells.",
                table.control_characters,
            ),
            consequence=ntext(
                "The words around it are kept; figures do not change.",
                "The words around them are kept; figures do not change.",
                table.control_characters,
            ),
            remedy=text("Nothing to do; they often come from texts that were copied into the helpdesk."),
            count=table.control_characters,
        )
    for column, count in table.turned_dates:
        yield QualityFinding(
            rule="turned_dates",
            severity=Severity.WARNING,
            message=ntext(
                "A spreadsheet program had exchanged day and month in {count} date of {column}; it was put back.",
                "A spreadsheet program had exchanged day and month in {count} dates of {column}; they were put back.",
                count,
                column=column,
            ),
            consequence=text("As they stood in the file they would have fallen in other months."),
            remedy=text("Compare a few dates with the helpdesk; an export that was never opened in a spreadsheet is safest."),
            count=count,
            column=column,
        )
    if table.unread_sheets:
        yield QualityFinding(
            rule="unread_sheets",
            severity=Severity.WARNING,
            message=text(
                "Sheet {sheet} was read, not these with rows: {others}.",
                sheet=table.sheet or "",
                others=listed_texts(table.unread_sheets[:_LISTED]),
            ),
            consequence=text("What they hold is in no figure."),
            remedy=text("Choose another sheet on the Import page, or give all sheets of one kind the same header."),
            count=len(table.unread_sheets),
            sample_values=table.unread_sheets[:_SAMPLE],
        )


def column_findings(table: Table, mapping: ColumnRoles) -> tuple[QualityFinding, ...]:
    """What is suspicious in the columns of contacts: negative times, empty and constant ones, a scale that changes.

    Args:
        table: the cells that contacts were made of.
        mapping: what its columns mean.
    """
    changed = tuple(_changed_scales(table, mapping))
    return (
        *taken_by_cells(table, mapping),
        *who_answered(mapping),
        *parts_put_together(mapping),
        *_columns_that_say_nothing(table, mapping),
        *duration_findings(table, mapping),
        *changed,
        *answer_findings(table, mapping),
        *trial_rows(table, mapping),
        *outgoing_channels(table, mapping),
    )


def _columns_that_say_nothing(table: Table, mapping: ColumnRoles) -> Iterator[QualityFinding]:
    for entry in mapping.columns:
        if entry.role is Role.IGNORE:
            continue
        cells = table.frame[entry.column].iloc[:50_000].astype("str")
        is_mark = entry.role in (*FLAG_ROLES, *LIMIT_ROLES)
        codes, distinct = pd.factorize(cells)
        empty = (read_flag(cell) is None if is_mark else is_missing(cell) for cell in map(str, distinct.tolist()))
        filled = cells[~np.fromiter(empty, bool, len(distinct))[codes]]
        if entry.role in DURATIONS:
            negative = filled.str.match(r"\s*[-−]\s*\d")
            if filled.empty:
                yield QualityFinding(
                    rule="empty_duration",
                    severity=Severity.NOTICE,
                    message=text("Column {column} is empty.", column=entry.column),
                    consequence=text("Its times are computed from the points in time instead, where these are there."),
                    remedy=text("Nothing to do if the columns of created, answered and solved are mapped."),
                    column=entry.column,
                )
            elif negative.any():
                rows = table.rows[np.asarray(filled.index[negative.to_numpy()])]
                yield QualityFinding(
                    rule="negative_duration",
                    severity=Severity.WARNING,
                    message=ntext(
                        "Column {column} holds {count} negative time.",
                        "Column {column} holds {count} negative times.",
                        int(negative.sum()),
                        column=entry.column,
                    ),
                    consequence=ntext(
                        "It is left out; such a column often shows the time left of a limit, not the time taken.",
                        "They are left out; such a column often shows the time left of a limit, not the time taken.",
                        int(negative.sum()),
                    ),
                    remedy=text("Map the column to “time left of an agreed limit”, or export the time taken."),
                    count=int(negative.sum()),
                    sample_rows=tuple(int(row) for row in rows[:_SAMPLE]),
                    column=entry.column,
                )
        elif len(filled) >= 20 and filled.nunique() == 1 and not (is_mark and len(filled) < len(cells)):
            yield QualityFinding(
                rule="constant_column",
                severity=Severity.NOTICE,
                message=text("Column {column} is “{value}” in every row.", column=entry.column, value=filled.iloc[0][:60]),
                consequence=text("A breakdown by it, or a KPI from it, says nothing."),
                remedy=text("Check that the right column is mapped."),
                count=len(filled),
                column=entry.column,
            )


def _changed_scales(table: Table, mapping: ColumnRoles) -> Iterator[QualityFinding]:
    """Answers that stay within 1–5 (or 1–7) in one part of the file and go beyond it in the other."""
    for entry in mapping.columns:
        if entry.role not in ANSWER_ROLES:
            continue
        cells = table.frame[entry.column].iloc[:50_000].astype("str")
        meanings = {cell: raw_answer(cell) for cell in cells.unique().tolist()}
        read = [meanings[cell] for cell in cells.tolist()]
        scores = np.array([np.nan if score is None else score for score in read], dtype=float)
        filled = np.flatnonzero(np.isfinite(scores))
        for top in (5, 7):
            place = _where_it_leaves(scores[filled], top)
            if place is None:
                continue
            row = int(table.rows[filled[place]])
            yield QualityFinding(
                rule="scale_change",
                severity=Severity.WARNING,
                message=text(
                    "The answers in {column} change their scale near row {row}: up to {low} on one side, {high} on the other.",
                    column=entry.column,
                    row=row,
                    low=top,
                    high=float(scores[filled].max()),
                ),
                consequence=text("One part is counted as if it were on the scale of the other, so its KPI is wrong."),
                remedy=text("Import both parts as files of their own, so that each is read on its scale."),
                count=int(min(place, len(filled) - place)),
                sample_rows=(row,),
                column=entry.column,
            )
            break


def _where_it_leaves(scores: np.ndarray, top: int) -> int | None:
    """The place from which on, or up to which, scores go beyond `top`; None where they do on both sides or on neither."""
    beyond = np.flatnonzero(scores > top)
    if not len(beyond) or len(scores) < 4 * _ENOUGH:
        return None
    first, last = int(beyond[0]), int(beyond[-1]) + 1
    for place, part in ((first, scores[first:]), (last, scores[:last])):
        other = len(scores) - len(part)
        if other >= 2 * _ENOUGH and len(part) >= 2 * _ENOUGH and (part > top).mean() >= _OFTEN:
            return place
    return None

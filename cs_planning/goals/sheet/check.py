"""Goals in a table → findings in a table."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pandas as pd

from cs_planning.errors import ImportProblems, Problem
from cs_planning.goals.finding import Finding
from cs_planning.goals.goal import Goal
from cs_planning.goals.sheet.ambition import achievable
from cs_planning.goals.sheet.entry import Entry, Neighbours, entry_of, neighbours_of
from cs_planning.goals.sheet.history import series_in
from cs_planning.goals.sheet.relevance import relevant
from cs_planning.goals.sheet.timing import time_bound
from cs_planning.goals.sheet.wording import measurable, specific
from cs_planning.kpis.calendar.service_calendar import ServiceCalendar
from cs_planning.kpis.currency import UNSAID, Currency
from cs_planning.kpis.series import KpiSeries
from cs_planning.language import listed_texts, text, use_language

INPUT_COLUMNS = ("goal_id", "text", "type", "kpi", "target", "unit", "baseline", "deadline", "owner", "objective")
"""What a goal list may hold; only `text` is needed."""
OUTPUT_COLUMNS = ("goal_id", "letter", "verdict", "rule", "message", "suggestion")
"""One row for each finding, at least one for each letter of each goal."""


def check_sheet(
    goals: pd.DataFrame,
    history: pd.DataFrame | None,
    *,
    today: date,
    calendar: ServiceCalendar,
    probability_of: Callable[[Goal, KpiSeries], float | None] | None = None,
    currency: Currency = UNSAID,
) -> pd.DataFrame:
    """The SMART findings on every goal of a list, in the language of its text.

    Args:
        goals: one row a goal, columns of `INPUT_COLUMNS`; what a column leaves open is read from the text.
        history: a series frame (`series`, `period`, `value` and, where known, `sample_size`) by which targets are judged.
        today: the day of the check.
        calendar: where the years begin, for "Q3"; one that does not say it takes April for a Japanese text, else January.
        probability_of: gives the probability of a goal on its series, 0…1, or nothing; without it the history alone judges.
        currency: in which the history counts amounts; a sentence keeps the one that it is written in.

    Returns: columns `OUTPUT_COLUMNS`, in the order of the goals and S M A R T.  A row that can't be read has findings about it.

    Raises:
        ImportProblems: there is no column `text`, or the history is no series frame.
    """
    table = goals.rename(columns={column: str(column).strip().lower() for column in goals.columns})
    table = table.loc[:, ~table.columns.duplicated()]
    if "text" not in table.columns:
        problem = Problem(
            column="text",
            message=text(
                "The column 'text' is missing (found: {found}).", found=listed_texts([str(name) for name in goals.columns])
            ),
            remedy=text("Name the column with the goal sentences 'text'."),
        )
        raise ImportProblems(problem.message, problem.remedy, [problem])
    known = series_in(history, calendar) if history is not None else None
    entries = [
        entry_of(row, position, known, today, calendar, probability_of, currency)
        for position, row in enumerate(table.to_dict("records"))
    ]
    neighbours = neighbours_of(entries)
    rows = [written for entry in entries for written in _rows(entry, neighbours)]
    return pd.DataFrame(rows, columns=list(OUTPUT_COLUMNS), dtype=str)


def _rows(entry: Entry, neighbours: Neighbours) -> list[tuple[str, ...]]:
    with use_language(entry.reading.language):
        findings: list[Finding] = [
            *specific(entry),
            *measurable(entry),
            *achievable(entry, neighbours),
            *relevant(entry, neighbours),
            *time_bound(entry),
        ]
        return [
            (
                entry.goal_id,
                finding.letter.value,
                finding.verdict.value,
                finding.rule,
                str(finding.message),
                str(finding.suggestion) if finding.suggestion is not None else "",
            )
            for finding in findings
        ]

"""A table and one answer to a question about it → the KPIs that come out, seen before the answer is given."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from cs_planning.errors import ImportProblems
from cs_planning.kpis.calendar.service_calendar import ServiceCalendar
from cs_planning.kpis.currency import UNSAID, Currency
from cs_planning.kpis.files.table import Table
from cs_planning.kpis.imports.answers import Answers
from cs_planning.kpis.imports.convert import convert
from cs_planning.kpis.imports.questions import answered, open_questions
from cs_planning.kpis.imports.recognise import Recognition
from cs_planning.kpis.imports.sheets import series_of
from cs_planning.kpis.series import KpiSeries
from cs_planning.language import Text

LOOKED_AT = 20_000
"""How many of a table's first rows are looked at for what an answer would give."""


@dataclass(frozen=True)
class Outcome:
    """What comes out of a table by some answers.

    Attributes:
        series: the KPIs, by month or in the table's own rhythm; none where another question comes first.
        refusal: why nothing comes out; None where something does, or may.
        rows: how many of the first rows were looked at; None for all.
    """

    series: tuple[KpiSeries, ...] = ()
    refusal: Text | None = None
    rows: int | None = None

    def beyond(self, before: Outcome) -> tuple[KpiSeries, ...]:
        """The KPIs that were not there before."""
        known = {series.key for series in before.series}
        return tuple(series for series in self.series if series.key not in known)


def outcome_of(
    table: Table,
    found: Recognition,
    answers: Answers,
    *,
    calendar: ServiceCalendar,
    today: date,
    currency: Currency = UNSAID,
) -> Outcome:
    """What comes out of a table's first rows if it is read by some answers.

    Args:
        table: the file's cells.
        found: what it was recognised as.
        answers: those that were given, and the one that could be.
        calendar: where years and days begin, and when the service is open.
        today: the last day that can have happened.
        currency: in which amounts are counted.

    Not valid when: a table is longer than `LOOKED_AT` and its beginning is unlike the rest.
    """
    rows = LOOKED_AT if len(table) > LOOKED_AT else None
    table = table.beginning(LOOKED_AT)
    said = answered(table, found, answers)
    if any(question.blocks for question in open_questions(table, said)):
        return Outcome(rows=rows)
    try:
        imported = convert(table, said.mapping, calendar=calendar, today=today, currency=currency)
    except ImportProblems as problem:
        return Outcome(refusal=problem.problems[0].message if problem.problems else problem.message, rows=rows)
    return Outcome(series=series_of(imported, calendar), rows=rows)

"""A table and one answer to a question about it → the KPIs that come out, seen before the answer is given."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import partial

from cs_planning.errors import ImportProblems
from cs_planning.kpis.calendar.service_calendar import ServiceCalendar
from cs_planning.kpis.columns.mapping import ColumnMapping, Mapping
from cs_planning.kpis.columns.roles import DIMENSIONS, Role
from cs_planning.kpis.currency import UNSAID, Currency
from cs_planning.kpis.files.table import Table
from cs_planning.kpis.imports.answers import Answers
from cs_planning.kpis.imports.convert import convert
from cs_planning.kpis.imports.questions import answered, open_questions
from cs_planning.kpis.imports.recognise import Recognition
from cs_planning.kpis.imports.sheets import series_of
from cs_planning.kpis.series import KpiSeries
from cs_planning.language import Text

_NO_KPI = (Role.IGNORE, *DIMENSIONS, Role.SUBJECT, Role.TAGS, Role.REMARK)
LOOKED_AT = 20_000
"""How many of a table's first rows are looked at for what an answer would give."""


@dataclass(frozen=True)
class AnswerOutcome:
    """What comes out of a table by some answers.

    Attributes:
        series: the KPIs, by month or in the table's own rhythm; none where another question comes first.
        refusal: why nothing comes out; None where something does, or may.
        rows: how many of the first rows were looked at; None for all.
    """

    series: tuple[KpiSeries, ...] = ()
    refusal: Text | None = None
    rows: int | None = None

    def beyond(self, before: AnswerOutcome) -> tuple[KpiSeries, ...]:
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
) -> AnswerOutcome:
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
        return AnswerOutcome(rows=rows)
    mapping = _of_the_whole(said.mapping)
    what = (mapping, calendar, today, currency)
    return table.once(
        ("outcome", *(one.model_dump_json() for one in (mapping, calendar, currency)), today),
        partial(_given, table, *what, rows),
    )


def _of_the_whole(mapping: Mapping) -> Mapping:
    """The mapping without columns that change no KPI of the whole: what breaks KPIs down, and what customers wrote."""
    if not mapping.kind.holds_contacts:
        return mapping
    columns = (ColumnMapping(column=one.column) if one.role in _NO_KPI else one for one in mapping.columns)
    return mapping.model_copy(update={"columns": tuple(columns)})


def _given(
    table: Table, mapping: Mapping, calendar: ServiceCalendar, today: date, currency: Currency, rows: int | None
) -> AnswerOutcome:
    try:
        imported = convert(table, mapping, calendar=calendar, today=today, currency=currency, with_findings=False)
    except ImportProblems as problem:
        return AnswerOutcome(refusal=problem.problems[0].message if problem.problems else problem.message, rows=rows)
    return AnswerOutcome(series=series_of(imported, calendar), rows=rows)

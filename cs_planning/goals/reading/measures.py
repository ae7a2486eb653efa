"""What of a KPI a sentence compares with its number: the last period, every period, the average, or the total."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from cs_planning.goals.goal import Measure
from cs_planning.goals.naming import kpis_in
from cs_planning.goals.reading.clauses import said
from cs_planning.kpis.catalogue import Aggregation, Kpi, Unit

_TIMES = frozenset({Unit.SECONDS, Unit.MINUTES, Unit.HOURS})
_ADDABLE = frozenset({Unit.COUNT, Unit.MONEY, Unit.NUMBER})
_PER_DAYS = (("per_year", 365), ("per_quarter", 91), ("per_month", 30), ("per_shorter", 1))
_NEARLY = 0.9


@dataclass(frozen=True)
class Asked:
    """The words of a sentence that say which measure is meant.

    Attributes:
        total, average, average_of_periods, every: whether the sentence says so; an average "of the months" also holds for a
            KPI that is an average itself.
        keeps: whether something shall stay as it is.
        limits: whether it sets a bound ("no more than") and moves nothing.
        per_days: the length of the period that the number is counted by ("a month"); `None` when it names none.
    """

    total: bool = False
    average: bool = False
    average_of_periods: bool = False
    every: bool = False
    keeps: bool = False
    limits: bool = False
    per_days: int | None = None

    @property
    def is_about_periods(self) -> bool:
        """Whether the words speak of all periods of a time, so that a period written as the deadline is meant as a whole."""
        return self.total or self.average_of_periods or self.every


def asked_in(rest: str) -> Asked:
    """The measure words of a sentence.

    Args:
        rest: the plain sentence without deadlines, purposes and conditions.
    """
    for mention in kpis_in(rest):
        rest = rest[: mention.start] + " " * (mention.end - mention.start) + rest[mention.end :]
    return Asked(
        total=bool(said("total", rest)),
        average=bool(said("average", rest)),
        average_of_periods=bool(said("average_of_periods", rest)),
        every=bool(said("every", rest)),
        keeps=bool(said("keep", rest)),
        limits=bool(said("limit", rest)),
        per_days=next((days for kind, days in _PER_DAYS if said(kind, rest)), None),
    )


def measure_of(asked: Asked, kpi: Kpi | None, first: date | None, last: date | None, *, moves: bool) -> Measure:
    """The measure of a goal.

    Args:
        asked: the words.
        kpi: the KPI, where it is known.
        first, last: the period that the sentence speaks of as a whole; `first` is `None` when it names only an end.
        moves: whether the sentence gives a starting value or a change, so that its number is of the same kind as today's.

    Assumptions: a count or a cost of a named period, with no "a month" beside it, is the total of that period.
    """
    spans = first is not None and last is not None
    days = (last - first).days + 1 if first is not None and last is not None else 0
    is_whole = asked.per_days is not None and _NEARLY * days <= asked.per_days
    is_flow = kpi is not None and kpi.aggregation is Aggregation.SUM
    if asked.total and not moves and (kpi is None or kpi.unit in _ADDABLE):
        return Measure.TOTAL
    if asked.every:
        return Measure.EVERY
    if asked.average_of_periods and (spans or asked.per_days):
        return Measure.AVERAGE
    if asked.average and (spans or asked.per_days) and not moves and not (kpi is not None and kpi.unit in _TIMES):
        return Measure.AVERAGE
    if is_flow and spans and not moves and (asked.per_days is None or is_whole):
        return Measure.TOTAL
    if asked.keeps or (asked.limits and spans and asked.per_days is not None and not moves):
        return Measure.EVERY
    return Measure.LEVEL

"""A month in figures: goals, each KPI beside the month before and the same month a year ago, decisions, what is late."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd

from cs_planning.goals.following.progress import StatusReport
from cs_planning.goals.following.review import Decision
from cs_planning.goals.goal import Goal
from cs_planning.goals.plan.actions import Action
from cs_planning.kpis.catalogue import Kpi
from cs_planning.kpis.frequency import Frequency
from cs_planning.kpis.series import KpiSeries
from cs_planning.kpis.year_before import a_year_before, signed_difference, turn_of
from cs_planning.language import Text, text


@dataclass(frozen=True)
class MonthFigure:
    """One KPI in a month.

    Attributes:
        value, before, year_ago: of the month, the month before and the same month a year earlier, in the KPI's unit; `None`
            where that month has no value.
        last: first day of the newest month with a value.
    """

    name: Text
    kpi: Kpi
    value: float | None
    before: float | None
    year_ago: float | None
    last: date

    @property
    def since_before(self) -> Text | None:
        """The difference to the month before, and whether it is good news."""
        return self._since(self.before)

    @property
    def since_a_year(self) -> Text | None:
        """The difference to the same month a year ago, which has the same season, and whether it is good news."""
        return self._since(self.year_ago)

    def _since(self, earlier: float | None) -> Text | None:
        turn = turn_of(self.kpi, self.value, earlier)
        if turn is None or self.value is None or earlier is None:
            return None
        return text("{change}, {turn}", change=signed_difference(self.value - earlier, self.kpi), turn=turn.label.within())


@dataclass(frozen=True)
class MonthGoal:
    """One goal in the report.

    Attributes:
        report: where it stands on the day of the report.
        reason: why there is no probability; `None` where there is one.
        kpi: what it counts in.
    """

    goal: Goal
    report: StatusReport
    reason: Text | None
    kpi: Kpi | None


@dataclass(frozen=True)
class MonthlyReport:
    """What a team reports of a month.

    Attributes:
        month: its first day.
        today: the day of the report; the goals stand as on this day.
        decisions: taken since the month began, the newest first.
        overdue: actions that should be finished, the oldest first.
    """

    month: date
    today: date
    goals: tuple[MonthGoal, ...]
    figures: tuple[MonthFigure, ...]
    decisions: tuple[Decision, ...]
    overdue: tuple[Action, ...]
    next_review: date | None


def figures_of(series: Sequence[KpiSeries], month: date) -> tuple[MonthFigure, ...]:
    """Each KPI in a month.

    Args:
        series: monthly ones; those without any value are left out.
        month: its first day.
    """
    earlier = Frequency.MONTH.next_after(month, -1), a_year_before(month, Frequency.MONTH)
    figures = []
    for one in series:
        if len(one):
            by_month = one.frame.set_index("period")["value"]
            value, before, year_ago = (_value(by_month, day) for day in (month, *earlier))
            figures.append(MonthFigure(one.name, one.kpi, value, before, year_ago, one.last_period))
    return tuple(figures)


def _value(by_month: pd.Series, day: date | None) -> float | None:
    if day is None:
        return None
    at = pd.Timestamp(day)
    return float(by_month[at]) if at in by_month.index and pd.notna(by_month[at]) else None

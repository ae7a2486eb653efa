"""A value beside that of the same period a year before, which has the same season."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import pandas as pd

from cs_planning.kpis.catalogue import Better, Kpi
from cs_planning.kpis.frequency import Frequency, Rhythm
from cs_planning.kpis.period_names import period_words
from cs_planning.kpis.quantity import difference, quantity
from cs_planning.kpis.series import KpiSeries
from cs_planning.language import Text, text

_WEEKS, _MONTHS = 52, 12


class Turn(StrEnum):
    """How a KPI turned against an earlier value."""

    BETTER = "better"
    WORSE = "worse"
    SAME = "same"
    CHANGED = "changed"

    @property
    def label(self) -> Text:
        """The turn as a word for the screen."""
        return {
            "better": text("Improved"),
            "worse": text("Worse"),
            "same": text("Unchanged"),
            "changed": text("Changed"),
        }[self.value]


def turn_of(kpi: Kpi, value: float | None, earlier: float | None) -> Turn | None:
    """How a value turned against an earlier one; `None` where one of them is missing.

    A KPI that is neither good nor bad by itself, or best inside a range, has changed, no more.
    """
    if value is None or earlier is None:
        return None
    if not is_seen(value - earlier, kpi):
        return Turn.SAME
    if kpi.better not in {Better.HIGHER, Better.LOWER}:
        return Turn.CHANGED
    return Turn.BETTER if (value > earlier) is (kpi.better is Better.HIGHER) else Turn.WORSE


@dataclass(frozen=True)
class KpiChange:
    """A value of a KPI beside an earlier one.

    Attributes:
        value, before: in the KPI's unit.
        period, then: first days of the period and of the earlier one.
        rhythm: of both periods.
    """

    kpi: Kpi
    value: float
    before: float
    period: date
    then: date
    rhythm: Rhythm

    @property
    def change(self) -> Text:
        """The difference with its sign: of percentages in points."""
        return signed_difference(self.value - self.before, self.kpi)

    @property
    def turn(self) -> Turn:
        """Whether that is good news."""
        return turn_of(self.kpi, self.value, self.before) or Turn.SAME

    @property
    def words(self) -> Text:
        """The difference, and since when."""
        return text("{change} since {period}", change=self.change, period=period_words(self.then, self.rhythm))

    @property
    def earlier(self) -> Text:
        """The earlier value and its period."""
        return text("{value} in {period}", value=quantity(self.before, self.kpi), period=period_words(self.then, self.rhythm))


def signed_difference(change: float, kpi: Kpi) -> Text:
    """A difference with its sign; "±" where none is to be seen."""
    sign = "±" if not is_seen(change, kpi) else "+" if change > 0 else "−"
    return text("{sign}{change}", sign=sign, change=difference(abs(change), kpi))


def is_seen(change: float, kpi: Kpi) -> bool:
    """Whether a difference is larger than what is rounded away where it is shown."""
    return str(difference(abs(change), kpi)) != str(difference(0.0, kpi))


def a_year_before(first: date, frequency: Frequency) -> date | None:
    """The first day of the same period a year before: of a week that of 52 weeks ago; a day has none, its week counts more."""
    match frequency:
        case Frequency.DAY:
            return None
        case Frequency.WEEK:
            return Frequency.WEEK.next_after(first, -_WEEKS)
        case _:
            return Frequency.MONTH.next_after(first, -_MONTHS)


def compared_with_a_year_before(series: KpiSeries, first: date | None = None) -> KpiChange | None:
    """A value of a series beside that of the same period a year before; `None` where one of them is missing.

    Args:
        series: of any rhythm.
        first: first day of the period; the newest one with a value when it is not given.
    """
    values = series.frame.set_index("period")["value"].dropna()
    if values.empty:
        return None
    period = values.index[-1].date() if first is None else first
    then = a_year_before(period, series.frequency)
    if then is None or not {pd.Timestamp(period), pd.Timestamp(then)} <= set(values.index):
        return None
    value, before = (float(values.loc[pd.Timestamp(day)]) for day in (period, then))
    return KpiChange(series.kpi, value, before, period, then, series.rhythm)

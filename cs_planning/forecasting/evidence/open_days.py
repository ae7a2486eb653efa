"""On which days a daily KPI has values at all: a desk that is closed on Sundays has no Sundays to forecast."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from cs_planning.kpis.frequency import Frequency
from cs_planning.kpis.series import KpiSeries

_WEEKS = 8
_FEWEST_WEEKS = 3
_FEWEST_HOLIDAYS = 3
_MOST_SEEN = 0.2
"""The share of its days with a value up to which a day of the week, or holidays, count as closed."""


@dataclass(frozen=True)
class OpenDays:
    """The days on which there are values.

    Attributes:
        weekdays: whether there are values, Monday first.
        holidays: days of an open weekday on which there are none nevertheless.
    """

    weekdays: tuple[bool, ...] = (True,) * 7
    holidays: frozenset[date] = frozenset()

    @property
    def always(self) -> bool:
        """Whether every day is open."""
        return all(self.weekdays) and not self.holidays

    def among(self, days: pd.DatetimeIndex) -> np.ndarray:
        """Which of the days are open, shape (len(days),)."""
        opened = np.array(self.weekdays)[days.day_of_week]
        if self.holidays:
            opened = opened & ~days.isin(pd.DatetimeIndex(sorted(self.holidays)))
        return np.asarray(opened)


def open_days(series: KpiSeries, holidays: Collection[date] = ()) -> OpenDays:
    """What the history of a daily KPI says about its open days; every day for a series of longer periods.

    Args:
        series: usable points, in their order.
        holidays: public holidays, those to come too.

    Assumptions: a day of the week that had a value in at most a fifth of the last eight weeks is closed; so are holidays that
        had none in at least four of five cases.
    """
    if series.frequency is not Frequency.DAY or not len(series):
        return OpenDays()
    days = series.periods
    end = days[-1]
    recent = pd.date_range(max(days[0], end - pd.Timedelta(days=7 * _WEEKS - 1)), end)
    seen = recent.isin(days)
    weekdays = []
    for weekday in range(7):
        own = seen[recent.day_of_week == weekday]
        weekdays.append(len(own) < _FEWEST_WEEKS or bool(own.mean() > _MOST_SEEN))
    if not any(weekdays):
        return OpenDays()
    by_week = OpenDays(tuple(weekdays))
    marked = pd.DatetimeIndex(sorted(holidays))
    past = marked[(marked >= days[0]) & (marked <= end)]
    past = past[by_week.among(past)]
    if len(past) < _FEWEST_HOLIDAYS or past.isin(days).mean() > _MOST_SEEN:
        return by_week
    closed = marked[by_week.among(marked) & ~marked.isin(days)]
    return OpenDays(by_week.weekdays, frozenset(day.date() for day in closed))

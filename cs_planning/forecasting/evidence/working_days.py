"""The working days of weeks, months and quarters: a month of 19 of them has fewer contacts than one of 23 and is no drop."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

import numpy as np

from cs_planning.forecasting.evidence.scales import ValueScale
from cs_planning.kpis.catalogue import Aggregation, Unit
from cs_planning.kpis.frequency import Frequency
from cs_planning.kpis.series import KpiSeries

Array = np.ndarray

_OTHER_DAYS = (0.0, 0.25, 0.5, 0.75, 1.0)
"""What a day at the weekend or a holiday may count, in working days."""
_PRIOR = np.array([0.4, 0.15, 0.1, 0.1, 0.15, 0.1])
"""How likely each of these is before the history is asked, and that the volume follows no days at all."""
_LEAST_SHARE = 0.1
_DOUBT = 0.25
_SEASONS_TO_COMPARE = 2


@dataclass(frozen=True)
class WorkingDays:
    """What working days add to numbers on a scale.

    Attributes:
        mean: shape (m,).
        doubt: the deviation of how far the volume follows it, as a share of `mean`.
    """

    mean: Array
    doubt: float = _DOUBT


def follows_working_days(series: KpiSeries) -> bool:
    """Whether a KPI is a volume that adds up over periods longer than a day and shorter than a year."""
    return (
        series.kpi.unit is Unit.COUNT
        and series.kpi.aggregation is Aggregation.SUM
        and series.frequency in {Frequency.WEEK, Frequency.MONTH, Frequency.QUARTER}
    )


def working_days(first: date, end: date, holidays: Collection[date]) -> int:
    """How many days from Monday to Friday, without holidays, lie from `first` up to and without `end`."""
    return int(np.busday_count(first, end, holidays=sorted(holidays)))


def working_day_part(series: KpiSeries, scale: ValueScale, steps: Array, holidays: Collection[date]) -> WorkingDays:
    """What working days add to the numbers of a volume.

    Args:
        series: the history, a volume by week, month or quarter.
        scale: the scale of the numbers.
        steps: periods after the last point, whole numbers, increasing, shape (m,).
        holidays: the public holidays of all these periods.

    Method: a volume is in proportion to its working days and to a share of the other days, or to none of them; how likely each
        is follows from how much the values change from period to period, or from year to year where that is less, when they
        are compared by those days.
    """
    after, last = series.frequency.next_after, series.last_period
    closed = sorted(holidays)
    starts = [after(last, int(step)) for step in steps]
    worked = np.array([working_days(start, after(start), closed) for start in starts], float)
    other = np.array([(after(start) - start).days for start in starts]) - worked
    past = steps <= 0
    kinds = [_share(worked + part * other, past) for part in _OTHER_DAYS]
    shares = np.array([*kinds, np.zeros(len(steps))])
    middle = np.array([np.median(series.values[-12:])])
    size = float(middle[0] * np.exp(scale.log_slope(middle)[0]))
    own = np.array([series.rhythm.count_between(last, day.date()) for day in series.periods])
    seen = own >= steps[0]
    places = np.searchsorted(steps, own[seen])
    numbers = scale.forward(series.values[seen])
    changes = _changes(numbers - size * shares[:, places], series.frequency.periods_per_year)
    chance = _PRIOR * np.exp(-0.5 * len(numbers) * np.log(changes / changes.min()))
    return WorkingDays(size * (chance / chance.sum()) @ shares)


def _share(days: Array, past: Array) -> Array:
    """The logarithm of days against their mean in the past."""
    return np.asarray(np.log(np.maximum(days / days[past].mean(), _LEAST_SHARE)))


def _changes(numbers: Array, season: int) -> Array:
    """The mean square of the changes of each row of numbers, from period to period or from year to year, whichever are less."""
    near = np.mean(np.diff(numbers, axis=1) ** 2, axis=1)
    if numbers.shape[1] < _SEASONS_TO_COMPARE * season:
        return np.asarray(near + 1e-12)
    far = np.mean((numbers[:, season:] - numbers[:, :-season]) ** 2, axis=1)
    return np.asarray((far if far.min() < near.min() else near) + 1e-12)

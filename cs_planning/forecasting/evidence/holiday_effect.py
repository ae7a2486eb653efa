"""What public holidays, and the working day after one, do to a daily KPI: learnt from its past, shrunken by how sure it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

import numpy as np
import pandas as pd

_YEARS = 6
_FEWEST = 4
_SURE = 3.0
"""How many standard errors a mean effect must be away from none to count."""
_NEIGHBOURS = np.array([week for week in range(-4, 5) if week])


@dataclass(frozen=True)
class Learnt:
    """The effect of one kind of day, in numbers on a scale.

    Attributes:
        mean: of a holiday that was never seen before.
        variance: of the effect of such a holiday, beyond the noise of an ordinary day.
        own: effect and variance of the holidays that were seen, by name.
    """

    mean: float
    variance: float
    own: Mapping[str, tuple[float, float]] = field(default_factory=dict)


@dataclass(frozen=True)
class HolidayEffects:
    """What was learnt about each kind of special day; kinds without a sure effect are absent."""

    kinds: Mapping[str, Learnt]

    def at(self, days: pd.DatetimeIndex, holidays: Mapping[date, str]) -> tuple[np.ndarray, np.ndarray]:
        """Means and variances of what holidays add on the given days, each shape (len(days),)."""
        mean, variance = np.zeros(len(days)), np.zeros(len(days))
        if self.kinds:
            kinds, names = _kinds_of(days, holidays)
            for place in np.flatnonzero(kinds != ""):
                learnt = self.kinds.get(str(kinds[place]))
                if learnt is not None:
                    mean[place], variance[place] = learnt.own.get(names[place], (learnt.mean, learnt.variance))
        return mean, variance


def learn_holidays(days: pd.DatetimeIndex, numbers: np.ndarray, holidays: Mapping[date, str]) -> HolidayEffects:
    """The effects of holidays in daily numbers.

    Args:
        days: the days with a value, in their order, shape (n,).
        numbers: the values on a scale, shape (n,).
        holidays: public holidays by day.

    Method: each special day is compared with the median of the same day of the week in the four weeks before and after it, and
        the spread of ordinary days tells its noise.  The mean effect of a kind (a holiday on a working day, one on a weekend,
        the working day after one) counts when it is more than three standard errors away from none, shrunken as James and Stein
        do; what single holidays differ from it is shrunken by how often they were seen.  The last six years count.

    Assumptions: a holiday does the same every year.
    """
    if len(days) < 2 * 7 * _FEWEST or not holidays:
        return HolidayEffects({})
    start = days[-1] - pd.Timedelta(days=366 * _YEARS)
    kinds, names = _kinds_of(days, holidays)
    special = kinds != ""
    ordinary = pd.Series(numbers, index=days)[~special]
    rows = np.flatnonzero(special & (days >= start))
    if not len(rows):
        return HolidayEffects({})
    apart = np.asarray(numbers[rows] - _usual(ordinary, days[rows]))
    sample = ordinary.index[ordinary.index >= max(start, days[-1] - pd.Timedelta(days=2 * 366))]
    rest = ordinary.reindex(sample).to_numpy() - _usual(ordinary, sample)
    rest = rest[np.isfinite(rest)]
    if not len(rest):
        return HolidayEffects({})
    noise = float((1.4826 * np.median(np.abs(rest))) ** 2)
    found = {}
    for kind in ("working", "weekend", "after"):
        own = (kinds[rows] == kind) & np.isfinite(apart)
        learnt = _learn(apart[own], [names[row] for row in rows[own]], noise)
        if learnt is not None:
            found[kind] = learnt
    return HolidayEffects(found)


def _learn(apart: np.ndarray, names: list[str], noise: float) -> Learnt | None:
    if len(apart) < _FEWEST:
        return None
    spread = max(float(np.var(apart, ddof=1)), noise, 1e-300)
    error = spread / len(apart)
    middle = float(np.mean(apart))
    if middle**2 <= _SURE**2 * error:
        return None
    mean = middle * max(0.0, 1 - error / middle**2)
    groups = pd.Series(apart).groupby(names)
    free = len(apart) - groups.ngroups
    within = float(((apart - groups.transform("mean")) ** 2).sum()) / free if free >= _FEWEST else noise
    within = max(within, noise, 1e-300)
    between = max(0.0, spread - within)
    own = {}
    for name, values in groups:
        trust = len(values) * between / (len(values) * between + within)
        left = between * (1 - trust) + within - noise
        own[str(name)] = (mean + trust * (float(values.mean()) - mean), left)
    return Learnt(mean, between + within - noise + error, own)


def _usual(ordinary: pd.Series, days: pd.DatetimeIndex) -> np.ndarray:
    """The median of the same day of the week in the weeks around each day, shape (len(days),); NaN without neighbours."""
    near = np.stack([ordinary.reindex(days + pd.Timedelta(weeks=int(week))).to_numpy(float) for week in _NEIGHBOURS])
    enough = np.isfinite(near).sum(axis=0) >= _FEWEST
    usual = np.full(len(days), np.nan)
    if enough.any():
        usual[enough] = np.nanmedian(near[:, enough], axis=0)
    return usual


def _kinds_of(days: pd.DatetimeIndex, holidays: Mapping[date, str]) -> tuple[np.ndarray, list[str]]:
    """The kind of each day, empty for an ordinary one, and the name of the holiday behind it."""
    kinds, names = np.full(len(days), "", object), [""] * len(days)
    place = {day.date(): position for position, day in enumerate(days)}
    for day, name in holidays.items():
        if day in place:
            kinds[place[day]], names[place[day]] = "working" if day.weekday() < 5 else "weekend", name
    for day, name in holidays.items():
        after = _working_day_after(day, holidays)
        if day.weekday() < 5 and after in place and not kinds[place[after]]:
            kinds[place[after]], names[place[after]] = "after", name
    return kinds, names


def _working_day_after(day: date, holidays: Mapping[date, str]) -> date:
    after = day
    while after == day or after.weekday() >= 5 or after in holidays:
        after = date.fromordinal(after.toordinal() + 1)
    return after

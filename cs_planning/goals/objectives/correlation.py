"""How two KPIs move together: the correlation of their changes, at which lag, and how sure that is."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

import numpy as np
import pandas as pd

from cs_planning.goals.objectives.conflicts import kpi_family
from cs_planning.goals.objectives.linking import KPI_LINKS
from cs_planning.kpis.frequency import Frequency
from cs_planning.kpis.series import KpiSeries, to_longer_periods
from cs_planning.language import Text, rounded, text

FEWEST_PAIRS = 12


LONGEST_LAG = 6


@dataclass(frozen=True)
class Correlation:
    """How two KPIs moved together, which is not yet a cause.

    Attributes:
        value: correlation of their changes from period to period, −1…1.
        low, high: its 95 % interval, wider because the best of several lags was chosen.
        lag: by how many periods the second follows the first.
        pairs: how many pairs of changes it rests on.
        frequency: of the periods.
        expected_sign: the sign that the trade assumes; 0 when it assumes nothing.
    """

    value: float
    low: float
    high: float
    lag: int
    pairs: int
    frequency: Frequency
    expected_sign: int = 0

    @property
    def is_clear(self) -> bool:
        """Whether the interval leaves out zero."""
        return self.low > 0 or self.high < 0

    @property
    def words(self) -> Text:
        """The correlation in a sentence that claims no more than it knows."""
        if not self.is_clear:
            return text("No clear correlation in {count} periods.", count=self.pairs)
        if self.lag:
            return text(
                "Correlation {value} ({low} to {high}) with a lag of {lag} periods; not proof of an effect.",
                value=rounded(self.value, 2),
                low=rounded(self.low, 2),
                high=rounded(self.high, 2),
                lag=self.lag,
            )
        return text(
            "Correlation {value} ({low} to {high}) in the same period; not proof of an effect.",
            value=rounded(self.value, 2),
            low=rounded(self.low, 2),
            high=rounded(self.high, 2),
        )


def correlation_between(first: KpiSeries, second: KpiSeries, longest_lag: int = LONGEST_LAG) -> Correlation | None:
    """The strongest correlation between the changes of two series, the second at the same time or later.

    Changes are used, since two series that both drift correlate whatever they mean.

    Args:
        first: the KPI that is said to move the other one.
        second: the other one; the finer series is brought into the longer periods.
        longest_lag: in periods.

    Returns: `None` below `FEWEST_PAIRS` pairs of changes, or when one of them never changes.

    Not valid when: a third thing, such as the season, moves both.
    """
    brought = _same_rhythm(first, second)
    if brought is None:
        return None
    one, other = brought
    best: tuple[float, int, int] | None = None
    tried = 0
    for lag in range(longest_lag + 1):
        pairs = _changes(one, other, lag)
        if len(pairs) < FEWEST_PAIRS or np.any(pairs.std(axis=0) < 1e-12):
            continue
        tried += 1
        value = float(np.corrcoef(pairs.T)[0, 1])
        if best is None or abs(value) > abs(best[0]):
            best = value, lag, len(pairs)
    if best is None:
        return None
    value, lag, count = best
    low, high = _interval(value, count, tried)
    return Correlation(value, low, high, lag, count, one.frequency, _expected(first, second))


def _same_rhythm(first: KpiSeries, second: KpiSeries) -> tuple[KpiSeries, KpiSeries] | None:
    if first.frequency is second.frequency:
        return first, second
    if first.frequency.is_finer_than(second.frequency):
        brought = to_longer_periods(first, second.frequency)
        return None if brought is None else (brought, second)
    brought = to_longer_periods(second, first.frequency)
    return None if brought is None else (first, brought)


def _changes(first: KpiSeries, second: KpiSeries, lag: int) -> np.ndarray:
    frequency = first.frequency
    one = pd.Series(first.values, index=[frequency.next_after(start.date(), lag) for start in first.periods])
    other = pd.Series(second.values, index=[start.date() for start in second.periods])
    both = pd.concat([one, other], axis=1, join="inner").sort_index()
    if len(both) < 2:
        return np.empty((0, 2))
    starts: list[date] = list(both.index)
    neighbours = np.array([frequency.next_after(earlier) == later for earlier, later in pairwise(starts)])
    changes: np.ndarray = np.diff(both.to_numpy(float), axis=0)[neighbours]
    return changes


def _interval(value: float, count: int, tried: int) -> tuple[float, float]:
    # Fisher's z; the quantile is widened for the choice among lags (Bonferroni), by the tail of the normal distribution.
    quantile = _normal_quantile(1 - 0.025 / max(tried, 1))
    middle = math.atanh(min(max(value, -0.999999), 0.999999))
    half = quantile / math.sqrt(max(count - 3, 1))
    return math.tanh(middle - half), math.tanh(middle + half)


def _normal_quantile(share: float) -> float:
    low, high = 0.0, 10.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if 0.5 * (1 + math.erf(middle / math.sqrt(2))) < share else (low, middle)
    return low


def _expected(first: KpiSeries, second: KpiSeries) -> int:
    pair = kpi_family(first.kpi.id), kpi_family(second.kpi.id)
    return next((link.sign for link in KPI_LINKS if (link.source, link.target) == pair), 0)

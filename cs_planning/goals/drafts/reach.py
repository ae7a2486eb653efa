"""What a series has ever reached: its best value and its fastest pace, over as many periods as a goal has."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from cs_planning.goals.goal import Direction, Goal, Measure
from cs_planning.kpis.frequency import Rhythm
from cs_planning.kpis.series import KpiSeries


@dataclass(frozen=True)
class Reach:
    """How a target compares with everything that the series has shown.

    Attributes:
        periods: how many periods the goal still has.
        best: the best value of the goal's measure over any such stretch of the history, in the KPI's unit.
        best_period: first day of the last period of that stretch.
        required_change: from the last value to the target, in the KPI's unit, positive for an improvement; levels only.
        fastest_change: the biggest improvement within as many periods in the history; levels only.
    """

    periods: int
    best: float
    best_period: date
    required_change: float | None = None
    fastest_change: float | None = None


def complete_before(series: KpiSeries, today: date) -> KpiSeries:
    """`series` without periods that are not over on `today`."""
    if len(series) == 0 or series.rhythm.end_of(series.last_period) < today:
        return series
    over = [series.rhythm.end_of(start.date()) < today for start in series.periods]
    return KpiSeries(series.key, series.kpi, series.rhythm, series.frame[over].reset_index(drop=True))


def trusted_values(series: KpiSeries) -> tuple[np.ndarray, np.ndarray]:
    """The values that rest on enough observations, and the first days of their periods; all where too few would remain."""
    sizes = series.sample_sizes
    enough = np.isnan(sizes) | (sizes >= series.kpi.minimum_sample)
    if enough.sum() < min(3, len(series)):
        enough = np.ones(len(series), bool)
    return series.values[enough], series.periods[enough].to_numpy()


def periods_left(rhythm: Rhythm, last_known: date, deadline: date) -> int:
    """How many periods come after `last_known` up to the last one that is over by `deadline`; at least 0."""
    last = deadline if rhythm.end_of(deadline) == deadline else rhythm.next_after(rhythm.start_of(deadline), -1)
    return max(rhythm.count_between(last_known, last), 0)


def reach_of(goal: Goal, series: KpiSeries | None, today: date) -> Reach | None:
    """What the history says about the goal's target.

    Args:
        goal: with primary target and deadline.
        series: the goal's KPI.
        today: periods that are not over on this day are left out.

    Returns: `None` when the goal has no target or deadline, or the series fewer than two complete periods.
    """
    if goal.primary is None or goal.deadline is None or series is None:
        return None
    known = complete_before(series, today)
    if len(known) < 2:
        return None
    left = max(periods_left(known.rhythm, known.last_period, goal.deadline), 1)
    values, starts = trusted_values(known)
    sign = goal.direction.sign
    measured, ends = _measured_stretches(values, starts, goal.measure, goal.direction, left)
    index = int(np.argmax(sign * measured))
    best, best_period = float(measured[index]), ends[index].astype("datetime64[D]").item()
    if goal.measure is not Measure.LEVEL:
        return Reach(left, best, best_period)
    spans = range(1, min(left, len(values) - 1) + 1)
    fastest = max(float(np.max(sign * (values[span:] - values[:-span]))) for span in spans)
    return Reach(left, best, best_period, sign * (goal.primary - float(known.values[-1])), fastest)


def _measured_stretches(
    values: np.ndarray, starts: np.ndarray, measure: Measure, direction: Direction, periods: int
) -> tuple[np.ndarray, np.ndarray]:
    if measure is Measure.LEVEL:
        return values, starts
    width = min(periods, len(values))
    windows = np.lib.stride_tricks.sliding_window_view(values, width)
    match measure:
        case Measure.AVERAGE:
            measured = windows.mean(axis=1)
        case Measure.TOTAL:
            measured = windows.sum(axis=1) * (periods / width)
        case _:
            measured = windows.min(axis=1) if direction is Direction.AT_LEAST else windows.max(axis=1)
    return measured, starts[width - 1 :]

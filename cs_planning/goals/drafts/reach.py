"""What a series has ever reached: its best value and its fastest pace, measured as a goal is, over as many periods."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from cs_planning.goals.drafts.windows import periods_left, periods_that_count
from cs_planning.goals.goal import Direction, Goal, Measure
from cs_planning.kpis.frequency import Rhythm
from cs_planning.kpis.period_names import period_words
from cs_planning.kpis.series import KpiSeries
from cs_planning.language import Text, text


@dataclass(frozen=True)
class Reach:
    """How a target compares with everything that the series has shown.

    Attributes:
        periods: how many periods the goal is judged by; for a level, how many it still has.
        best: the best value of the goal's measure over any stretch of as many periods in a row, in the KPI's unit.
        best_first, best_period: first days of the first and the last period of that stretch.
        now: the same measure over the latest such stretch: what today's value is worth beside the target.
        required_change: from the last value to the target, in the KPI's unit, positive for an improvement; levels only.
        fastest_change: the biggest improvement within as many periods in the history; levels only.
    """

    periods: int
    best: float
    best_first: date
    best_period: date
    now: float
    required_change: float | None = None
    fastest_change: float | None = None


def stretch_words(reach: Reach, rhythm: Rhythm) -> Text:
    """When the best was reached: a period, or the first and the last of several."""
    last = period_words(reach.best_period, rhythm)
    if reach.best_first == reach.best_period:
        return last
    return text("{first} to {last}", first=period_words(reach.best_first, rhythm), last=last)


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


def reach_of(goal: Goal, series: KpiSeries | None, today: date) -> Reach | None:
    """What the history says about the goal's target.

    Args:
        goal: with primary target and deadline.
        series: the goal's KPI.
        today: periods that are not over on this day are left out.

    Returns: `None` when the goal has no target or deadline, or the series no two complete periods, or no stretch that is as
        long as the goal: what was never measured is nothing that was ever reached.
    """
    if goal.primary is None or goal.deadline is None or series is None:
        return None
    known = complete_before(series, today)
    if len(known) < 2:
        return None
    left = max(periods_left(known.rhythm, known.last_period, goal.deadline), 1)
    sign = goal.direction.sign
    if goal.measure is not Measure.LEVEL:
        first, last = periods_that_count(goal, known.rhythm)
        window = left if first is None or last is None else max(known.rhythm.count_between(first, last) + 1, 1)
        return _best_stretch(known, goal.measure, goal.direction, window)
    values, starts = trusted_values(known)
    index = int(np.argmax(sign * values))
    spans = range(1, min(left, len(values) - 1) + 1)
    fastest = max(float(np.max(sign * (values[span:] - values[:-span]))) for span in spans)
    best_period = _day(starts[index])
    now = float(values[-1])
    required = sign * (goal.primary - float(known.values[-1]))
    return Reach(left, float(values[index]), best_period, best_period, now, required, fastest)


def _best_stretch(known: KpiSeries, measure: Measure, direction: Direction, window: int) -> Reach | None:
    values, starts = known.values, known.periods.to_numpy()
    if measure is not Measure.TOTAL:
        values, starts = trusted_values(known)
    if len(values) < window:
        return None
    ends = window - 1
    stretches = np.lib.stride_tricks.sliding_window_view(values, window)
    whole = np.array(
        [known.rhythm.count_between(_day(begin), _day(end)) == ends for begin, end in zip(starts, starts[ends:], strict=False)]
    )
    if not whole.any():
        return None
    match measure:
        case Measure.AVERAGE:
            measured = stretches.mean(axis=1)
        case Measure.TOTAL:
            measured = stretches.sum(axis=1)
        case _:
            measured = stretches.min(axis=1) if direction is Direction.AT_LEAST else stretches.max(axis=1)
    best = int(np.argmax(np.where(whole, direction.sign * measured, -np.inf)))
    latest = int(np.flatnonzero(whole)[-1])
    return Reach(window, float(measured[best]), _day(starts[best]), _day(starts[best + ends]), float(measured[latest]))


def _day(start: np.datetime64) -> date:
    day: date = start.astype("datetime64[D]").item()
    return day

"""The way of a goal against its time: the measured value, the shares, and what is needed in each period left."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import cast

import numpy as np

from cs_planning.goals.drafts.steps import path_of, step_at
from cs_planning.goals.drafts.windows import last_period, periods_left, periods_that_count
from cs_planning.goals.goal import Direction, Goal, Measure, TargetStep
from cs_planning.kpis.frequency import Rhythm
from cs_planning.kpis.series import KpiSeries


@dataclass(frozen=True)
class Pace:
    """The way against the time.

    Attributes:
        current: the measured quantity so far, in the KPI's unit: last value, average, total or worst value.
        current_period: first day of the last period in it.
        periods_counted: how many periods of the goal's time are over and measured.
        share_of_way: 0 at the baseline, 1 at the target; negative when it got worse; `None` without a baseline.
        share_of_time: 0 at the start, 1 at the deadline.
        share_due: the share of the time that the measured periods cover; the way is compared with this one, since nobody can
            be behind in a period that is not over.
        periods_left: periods still to come up to the deadline.
        required_per_period: levels: the improvement still needed in each period; averages and totals: the value that every
            period left must have; `None` when nothing is left to do or no period is left.
        broken: a goal for every period that was already missed once, or a total at most that is already exceeded.
        secured: a total that is already there and can't be lost again.
        on_target: where each period is held against its own step, the worst one as far from the target as it is from its step.
        follows_steps: whether `share_due` is what the steps of the goal ask for, and not the share of the time.
    """

    current: float | None
    current_period: date | None
    periods_counted: int
    share_of_way: float | None
    share_of_time: float
    periods_left: int
    required_per_period: float | None = None
    broken: bool = False
    secured: bool = False
    share_due: float = 0.0
    on_target: float | None = None
    follows_steps: bool = False

    @property
    def judged(self) -> float | None:
        """The value that is held against target, stretch target and limit."""
        return self.current if self.on_target is None else self.on_target

    @property
    def lag(self) -> float | None:
        """How far the way is behind the time; negative when ahead."""
        return None if self.share_of_way is None else self.share_due - self.share_of_way


def pace(goal: Goal, series: KpiSeries | None, today: date) -> Pace:
    """The share of the way against the share of the time, and what every period left has to bring.

    Args:
        goal: with a target; start and deadline where known.
        series: the goal's KPI in its rhythm.
        today: periods that are not over on this day don't count.
    """
    return pace_of(goal, known_values(series, today), today)


@dataclass(frozen=True)
class KnownValues:
    """The values of the periods that are over, as arrays, since a page asks for hundreds of goals at once."""

    rhythm: Rhythm
    starts: np.ndarray
    values: np.ndarray
    last_written: date | None


def known_values(series: KpiSeries | None, today: date) -> KnownValues | None:
    """What was measured up to a day; `None` without a series."""
    if series is None:
        return None
    starts = series.frame["period"].to_numpy().astype("datetime64[D]")
    over = int(np.searchsorted(starts, np.datetime64(series.rhythm.start_of(today))))
    last = day_of(starts[-1]) if len(starts) else None
    return KnownValues(series.rhythm, starts[:over], series.values[:over], last)


def day_of(start: np.datetime64) -> date:
    """The first day of a period."""
    return cast("date", start.item())


def pace_of(goal: Goal, known: KnownValues | None, today: date) -> Pace:
    """The way of a goal against its time, of what is known."""
    time = _share_of_time(goal, today)
    if known is None or len(known.values) == 0 or goal.primary is None:
        return Pace(None, None, 0, None, time, 0)
    inside = values_inside(goal, known)
    left = 0 if goal.deadline is None else _periods_after(goal, known, goal.deadline)
    values = known.values[inside]
    if len(values) == 0:
        return Pace(None, None, 0, None, time, left)
    period = day_of(known.starts[inside][-1])
    measured = {Measure.TOTAL: _total, Measure.AVERAGE: _average, Measure.EVERY: _every, Measure.LEVEL: _level}[goal.measure]
    due = _share_of_time(goal, known.rhythm.end_of(period))
    path = path_of(goal)
    if path and goal.measure is Measure.EVERY:
        starts = [day_of(start) for start in known.starts[inside]]
        return replace(_every_step(goal, path, starts, values, time, left), share_due=due)
    way = replace(measured(goal, goal.primary, values, period, time, left), share_due=due)
    return _against_steps(goal, path, way, values) if path else way


def _against_steps(goal: Goal, path: Sequence[TargetStep], way: Pace, values: np.ndarray) -> Pace:
    """The way against what the steps ask for by now, where a share of it can be told."""
    period = way.current_period
    over = [step.value for step in path if period is not None and step.first <= period]
    if not over or goal.primary is None:
        return way
    if goal.measure is Measure.TOTAL:
        if goal.direction is Direction.AT_MOST:
            spent = (float(values.sum()) - sum(over)) / goal.primary if goal.primary > 0 else 0.0
            return replace(way, share_of_way=way.share_due - spent, follows_steps=True)
        asked = sum(over) / goal.primary if goal.primary > 0 else 1.0
        return replace(way, share_due=asked, follows_steps=True)
    begin = goal.baseline.value if goal.baseline is not None else None
    if begin is None or begin == goal.primary:
        return way
    now = sum(over) / len(over) if goal.measure is Measure.AVERAGE else over[-1]
    return replace(way, share_due=(now - begin) / (goal.primary - begin), follows_steps=True)


def _share_of_time(goal: Goal, today: date) -> float:
    if goal.start is None or goal.deadline is None:
        return 0.0
    days = (goal.deadline - goal.start).days
    if days <= 0:
        return 1.0 if today >= goal.deadline else 0.0
    return min(max((today - goal.start).days / days, 0.0), 1.0)


def values_inside(goal: Goal, known: KnownValues) -> np.ndarray:
    """The values of the periods that count for a goal."""
    starts = known.starts
    inside = np.ones(len(starts), bool)
    first = periods_that_count(goal, known.rhythm)[0]
    if first is not None and goal.measure is not Measure.LEVEL:
        inside &= starts >= np.datetime64(first)
    if goal.deadline is not None:
        inside &= starts <= np.datetime64(last_period(known.rhythm, goal.deadline))
    return inside


def _periods_after(goal: Goal, known: KnownValues, deadline: date) -> int:
    left = periods_left(known.rhythm, day_of(known.starts[-1]), deadline)
    first = periods_that_count(goal, known.rhythm)[0]
    if first is None or goal.measure is Measure.LEVEL:
        return left
    return min(left, max(known.rhythm.count_between(first, last_period(known.rhythm, deadline)) + 1, 0))


def _way(goal: Goal, value: float, target: float, baseline: float | None) -> float | None:
    if goal.direction.meets(value, target):
        reached = 1.0
        if baseline is None or baseline == target or goal.direction.meets(baseline, target):
            return reached
        return max((value - baseline) / (target - baseline), reached)
    if baseline is None or goal.direction.meets(baseline, target):
        return None if baseline is None else 0.0
    return (value - baseline) / (target - baseline)


def _level(goal: Goal, target: float, values: np.ndarray, period: date, time: float, left: int) -> Pace:
    current = float(values[-1])
    baseline = goal.baseline.value if goal.baseline else None
    missing = goal.direction.sign * (target - current)
    required = missing / left if left and missing > 0 else None
    return Pace(current, period, len(values), _way(goal, current, target, baseline), time, left, required)


def _average(goal: Goal, target: float, values: np.ndarray, period: date, time: float, left: int) -> Pace:
    current = float(values.mean())
    baseline = goal.baseline.value if goal.baseline else None
    required = (target * (len(values) + left) - float(values.sum())) / left if left else None
    return Pace(current, period, len(values), _way(goal, current, target, baseline), time, left, required)


def _total(goal: Goal, target: float, values: np.ndarray, period: date, time: float, left: int) -> Pace:
    current = float(values.sum())
    count = len(values)
    at_least = goal.direction is Direction.AT_LEAST
    due = target * count / (count + left)
    if at_least:
        way = current / target if target > 0 else 1.0
    else:
        over = (current - due) / target if target > 0 else math.copysign(1.0, current - due)
        way = count / (count + left) - over
    secured = at_least and current >= target
    broken = not at_least and current > target
    required = (target - current) / left if left and not (secured or broken) else None
    return Pace(current, period, count, way, time, left, required, broken, secured)


def _every(goal: Goal, target: float, values: np.ndarray, period: date, time: float, left: int) -> Pace:
    worst = float(values.min() if goal.direction is Direction.AT_LEAST else values.max())
    kept = sum(goal.direction.meets(float(value), target) for value in values)
    broken = kept < len(values)
    return Pace(worst, period, len(values), time if not broken else time * kept / len(values), time, left, broken=broken)


def _every_step(
    goal: Goal, path: Sequence[TargetStep], starts: Sequence[date], values: np.ndarray, time: float, left: int
) -> Pace:
    """Each period against its own step; the one that is worst against its step stands for all."""
    steps = [step_at(path, start) or path[0] for start in starts]
    better = [goal.direction.sign * (float(value) - step.value) for value, step in zip(values, steps, strict=True)]
    worst = int(np.argmin(better))
    kept = sum(one >= 0 for one in better)
    broken = kept < len(better)
    way = time if not broken else time * kept / len(better)
    on_target = path[-1].value + goal.direction.sign * better[worst]
    return Pace(
        float(values[worst]), starts[-1], len(values), way, time, left, broken=broken, on_target=on_target, follows_steps=False
    )

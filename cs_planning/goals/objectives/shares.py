"""Whether the goals of parts add up to the goal above them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from cs_planning.goals.goal import Direction, Goal, Measure
from cs_planning.goals.naming import described
from cs_planning.kpis.catalogue import Aggregation

_TOLERATED_SHARE = 0.001
"""Targets are typed by hand: shares that miss the whole by less than this part of it add up."""


@dataclass(frozen=True)
class Shares:
    """The goals under a goal whose targets are shares of its target.

    Attributes:
        goal: the goal above.
        parts: the goals below.
        total: the sum of their targets, in the KPI's unit.
    """

    goal: Goal
    parts: tuple[Goal, ...]
    total: float

    @property
    def missing(self) -> float:
        """What nobody carries of a target that is to be reached; 0 where all of it is carried."""
        target = self.goal.primary or 0.0
        gap = target - self.total
        return gap if self.goal.direction is Direction.AT_LEAST and gap > _TOLERATED_SHARE * abs(target) else 0.0

    @property
    def over(self) -> float:
        """By how much the parts may exceed together what the goal allows; 0 where they can't."""
        target = self.goal.primary or 0.0
        gap = self.total - target
        return gap if self.goal.direction is Direction.AT_MOST and gap > _TOLERATED_SHARE * abs(target) else 0.0


def shares_of(goal: Goal, below: Sequence[Goal]) -> Shares | None:
    """The goals below as shares of a goal; `None` where their targets can't be added.

    Targets are added where the KPI is a sum (contacts, complaints, costs) and the parts don't overlap: either each part is
    another value of the same dimensions in the goal's own time (team A, team B; or the telephone of each team), or each is
    another stretch of the goal's time on the same KPI, for totals.  Rates, averages of rates, and parts of different
    dimensions are left alone.

    Args:
        goal: with a target.
        below: the goals that serve it.
    """
    key = goal.key
    if key is None or goal.primary is None or described(key.kpi).aggregation is not Aggregation.SUM:
        return None
    same = [
        one
        for one in below
        if one.key is not None
        and one.key.kpi == key.kpi
        and one.primary is not None
        and (one.measure, one.direction, one.frequency) == (goal.measure, goal.direction, goal.frequency)
    ]
    if not same or goal.measure is Measure.EVERY:
        return None
    if not (_are_parts(goal, same) or _are_stretches(goal, same)):
        return None
    return Shares(goal, tuple(same), sum(one.primary for one in same if one.primary is not None))


def _are_parts(goal: Goal, below: Sequence[Goal]) -> bool:
    """Whether each is another value of the same dimensions more than the goal has, in the same time."""
    scope = set(goal.key.scope) if goal.key is not None else set()
    more = [set(one.key.scope) - scope for one in below if one.key is not None and scope <= set(one.key.scope)]
    if len(more) < len(below) or not all(more):
        return False
    same_time = all((one.start, one.deadline) == (goal.start, goal.deadline) for one in below)
    dimensions = {frozenset(dimension for dimension, _value in one) for one in more}
    return same_time and len(dimensions) == 1 and len({frozenset(one) for one in more}) == len(more)


def _are_stretches(goal: Goal, below: Sequence[Goal]) -> bool:
    """Whether each is another stretch of the goal's time on the same series, none over another."""
    if goal.measure is not Measure.TOTAL or any(one.series != goal.series for one in below):
        return False
    times = sorted((one.start, one.deadline) for one in below if one.start is not None and one.deadline is not None)
    if len(times) < len(below) or goal.start is None or goal.deadline is None:
        return False
    inside = times[0][0] >= goal.start and max(end for _start, end in times) <= goal.deadline
    return inside and all(end < start for (_first, end), (start, _last) in pairwise(times))

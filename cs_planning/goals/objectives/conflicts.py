"""Goals that pull against each other, and goals that exclude each other."""

from __future__ import annotations

from collections.abc import Sequence

from cs_planning.goals.goal import Direction, Goal, Measure, Stage

COST_KPIS = frozenset({"cost_per_contact", "service_cost"})
QUALITY_KPIS = ("quality_score", "csat", "fcr", "nps", "reopen_rate", "complaints")
"""KPIs that show lost quality, the most direct first."""

_TENSIONS: tuple[tuple[frozenset[str], frozenset[str]], ...] = (
    (frozenset({"aht"}), frozenset({"quality_score", "csat", "fcr", "nps", "ces", "reopen_rate"})),
    (
        frozenset(COST_KPIS),
        frozenset({"service_level", "asa", "frt", "csat", "quality_score", "employee_satisfaction", "abandonment_rate"}),
    ),
    (frozenset({"occupancy"}), frozenset({"service_level", "asa", "abandonment_rate", "employee_satisfaction"})),
    (frozenset({"escalation_rate"}), frozenset({"aht"})),
)
"""Pairs that are improved at each other's expense."""


def kpi_family(series: str | None) -> str:
    """The KPI of a written series without its statistic and clock: `frt_business_median|channel=email` is `frt`."""
    kpi = (series or "").split("|", 1)[0]
    stem = kpi.rsplit("_", 1)[0] if kpi.endswith(("_median", "_mean", "_p90")) else kpi
    return stem.removesuffix("_business").removesuffix("_open_hours")


def pull_apart(goal: Goal, others: Sequence[Goal]) -> list[Goal]:
    """The goals of `others` whose KPI usually gets worse when `goal` succeeds, in the same scope and at the same time."""
    family = kpi_family(goal.series)
    rivals: set[str] = set()
    for first, second in _TENSIONS:
        if family in first:
            rivals |= second
        if family in second:
            rivals |= first
    if not rivals:
        return []
    return [
        other
        for other in others
        if _is_open(other)
        and kpi_family(other.series) in rivals
        and _share_scope(goal, other)
        and at_the_same_time(goal, other)
    ]


def excluded_by(goal: Goal, others: Sequence[Goal]) -> list[Goal]:
    """The goals of `others` that can't be reached together with `goal`: one series, opposite sides, nothing between."""
    if goal.series is None or goal.primary is None:
        return []
    return [
        other
        for other in others
        if other.series == goal.series
        and other.primary is not None
        and other.direction is not goal.direction
        and other.measure is not Measure.TOTAL
        and goal.measure is not Measure.TOTAL
        and _is_open(other)
        and _leave_no_value(goal, other)
        and _judged_together(goal, other)
    ]


def at_the_same_time(goal: Goal, other: Goal) -> bool:
    """Whether the times of two goals overlap; an open end overlaps with everything."""
    before = goal.deadline is not None and other.start is not None and goal.deadline < other.start
    after = other.deadline is not None and goal.start is not None and other.deadline < goal.start
    return not (before or after)


def _is_open(goal: Goal) -> bool:
    return goal.stage in {Stage.DRAFT, Stage.ACTIVE}


def _leave_no_value(goal: Goal, other: Goal) -> bool:
    low, high = (goal.primary, other.primary) if goal.direction is Direction.AT_LEAST else (other.primary, goal.primary)
    return low is not None and high is not None and low > high


def _judged_together(goal: Goal, other: Goal) -> bool:
    if goal.measure is Measure.EVERY or other.measure is Measure.EVERY or Measure.AVERAGE in {goal.measure, other.measure}:
        return at_the_same_time(goal, other)
    return goal.deadline is None or other.deadline is None or goal.deadline == other.deadline


def _share_scope(goal: Goal, other: Goal) -> bool:
    first = dict(part.split("=", 1) for part in (goal.series or "").split("|")[1:] if "=" in part)
    second = dict(part.split("=", 1) for part in (other.series or "").split("|")[1:] if "=" in part)
    return all(second.get(dimension, value) == value for dimension, value in first.items())

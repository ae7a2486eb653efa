"""Goals for the parts of a goal's scope in one go: shares of a total, or levels whose mean is the goal's target."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from cs_planning.goals.goal import Baseline, Goal, Stage
from cs_planning.kpis.catalogue import Aggregation, Kpi, Unit
from cs_planning.kpis.series import KpiSeries, SeriesKey
from cs_planning.language import digits_needed, money_digits, rounded

_TOLERATED = 0.001


@dataclass(frozen=True)
class GoalPart:
    """One part of a goal, such as a team, a channel, or a channel of a team.

    Attributes:
        key: its series.
        value: where it stands, in the KPI's unit.
        weight: its share of the whole, 0…1: of the amount for sums, of the answers or contacts for rates and means.
        target: its own target, in the KPI's unit.
    """

    key: SeriesKey
    value: float
    weight: float
    target: float


def divisions(goal: Goal, keys: Iterable[SeriesKey]) -> Mapping[tuple[str, ...], tuple[SeriesKey, ...]]:
    """The ways to divide a goal's scope, by the dimensions that the parts add: `("team",)`, `("channel", "team")`.

    Args:
        goal: with a KPI.
        keys: of the series that there are in the goal's rhythm; a way needs two parts at least.
    """
    own = goal.key
    if own is None:
        return {}
    found: dict[tuple[str, ...], list[SeriesKey]] = {}
    for key in keys:
        more = set(key.scope) - set(own.scope)
        if key.kpi == own.kpi and set(own.scope) <= set(key.scope) and more:
            found.setdefault(tuple(sorted(dimension for dimension, _value in more)), []).append(key)
    return {ways: tuple(sorted(parts, key=str)) for ways, parts in sorted(found.items()) if len(parts) > 1}


def suggested_parts(goal: Goal, series: Sequence[KpiSeries]) -> tuple[GoalPart, ...]:
    """A target for each part, so that all of them add up to the goal's.

    Totals are divided as the last year was, counts and large amounts in whole numbers.  Rates and means all move by the same
    step from where they stand; who is at the end of what is possible stays there, and the others go the more.

    Args:
        goal: with a target.
        series: of the parts, in the goal's rhythm, each with at least one value.
    """
    if goal.primary is None or not series:
        return ()
    kpi, year = series[0].kpi, series[0].frequency.periods_per_year
    adds_up = kpi.aggregation is Aggregation.SUM
    values = np.array([float(one.values[-1]) for one in series])
    sizes = [one.values[-year:].sum() if adds_up else _size(one, year) for one in series]
    weights = np.array(sizes) / sum(sizes) if sum(sizes) > 0 else np.full(len(series), 1 / len(series))
    targets = _divided(goal.primary, weights, kpi) if adds_up else _moved(values, weights, goal.primary, kpi)
    rows = zip(series, values, weights, targets, strict=True)
    return tuple(GoalPart(one.key, float(value), float(weight), float(target)) for one, value, weight, target in rows)


def whole_of(parts: Sequence[GoalPart], kpi: Kpi) -> float:
    """What the targets of the parts come to: their sum, or for rates and means their mean by weight."""
    if kpi.aggregation is Aggregation.SUM:
        return sum(one.target for one in parts)
    total = sum(one.weight for one in parts)
    return sum(one.target * one.weight for one in parts) / total if total else 0.0


def adds_up(goal: Goal, parts: Sequence[GoalPart], kpi: Kpi) -> bool:
    """Whether the parts together reach the goal's target, but for a thousandth of it."""
    target = goal.primary or 0.0
    return goal.direction.sign * (whole_of(parts, kpi) - target) >= -_TOLERATED * abs(target)


def goal_of_part(goal: Goal, part: GoalPart, series: KpiSeries, title: str, owner: str = "") -> Goal:
    """The draft for one part under the goal: its time, measure and purpose, with a target and an owner of its own."""
    team = dict(part.key.scope).get("team", goal.team)
    return goal.model_copy(
        update={
            "id": "",
            "version": 0,
            "stage": Stage.DRAFT,
            "parent": goal.id,
            "series": str(part.key),
            "title": title[:300],
            "owner": owner[:300],
            "team": team,
            "baseline": Baseline(value=part.value, period=series.last_period),
            "primary": part.target,
            "stretch": None,
            "floor": None,
            "milestones": (),
            "worth": None,
            "despite": "",
            "guard_series": None,
            "guard_limit": None,
        }
    )


def _divided(total: float, weights: np.ndarray, kpi: Kpi) -> np.ndarray:
    """A total in shares as people write them, nobody counts half a complaint; who has the most takes what is left over."""
    if kpi.unit not in {Unit.COUNT, Unit.MONEY}:
        return total * weights
    digits = money_digits(total, kpi.currency) if kpi.unit is Unit.MONEY else 0
    shares = np.array([rounded(total * weight, digits) for weight in weights])
    largest = int(np.argmax(weights))
    shares[largest] = rounded(total - (shares.sum() - shares[largest]), max(digits, digits_needed(total, 2)))
    return shares


def _size(series: KpiSeries, year: int) -> float:
    sizes = series.frame["sample_size"].to_numpy(float)[-year:]
    sizes = sizes[np.isfinite(sizes)]
    return float(sizes.sum()) if len(sizes) else 1.0


def _moved(values: np.ndarray, weights: np.ndarray, target: float, kpi: Kpi) -> np.ndarray:
    low, high = -np.inf if kpi.lower is None else kpi.lower, np.inf if kpi.upper is None else kpi.upper
    moved = values.astype(float)
    for _round in range(len(values) + 1):  # each round at least one more part reaches its bound, or all is handed out
        missing = target - float(moved @ weights)
        free = (moved < high) if missing > 0 else (moved > low)
        if abs(missing) < 1e-9 or not free.any() or weights[free].sum() == 0:
            break
        moved = np.clip(np.where(free, moved + missing / weights[free].sum(), moved), low, high)
    return moved

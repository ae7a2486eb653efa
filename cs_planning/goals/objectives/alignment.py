"""What serves what: objectives ← goals ← KPIs, and what the data say about it."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

import numpy as np
import pandas as pd

from cs_planning.goals.goal import Goal, Stage
from cs_planning.goals.naming import described
from cs_planning.goals.objectives.conflicts import kpi_family
from cs_planning.goals.objectives.linking import KPI_LINKS, OBJECTIVE_LINKS
from cs_planning.goals.objectives.shares import shares_of
from cs_planning.kpis.catalogue import KGIS
from cs_planning.kpis.currency import UNSAID
from cs_planning.kpis.frequency import Frequency
from cs_planning.kpis.quantity import quantity
from cs_planning.kpis.series import KpiSeries, to_longer_periods
from cs_planning.language import Text, text

FEWEST_PAIRS = 12
LONGEST_LAG = 6


@dataclass(frozen=True)
class GoalNode:
    """A goal in the tree.

    Attributes:
        goal: the goal.
        sign: +1 when its KPI rises with the objective, −1 when it falls, 0 when no link is known.
        children: the goals that serve it.
    """

    goal: Goal
    sign: int
    children: tuple[GoalNode, ...] = ()


@dataclass(frozen=True)
class ObjectiveNode:
    """An objective (KGI) with the goals that serve it directly."""

    objective: str
    name: Text
    goals: tuple[GoalNode, ...]


@dataclass(frozen=True)
class LooseEnd:
    """Something in the tree that doesn't hold together."""

    kind: str
    message: Text
    goal_id: str | None = None
    objective: str | None = None


@dataclass(frozen=True)
class Tree:
    """Objectives with their goals, goals that serve nothing, and warnings."""

    objectives: tuple[ObjectiveNode, ...]
    loose: tuple[GoalNode, ...]
    warnings: tuple[LooseEnd, ...] = field(default=())


def tree_of(goals: Sequence[Goal], objectives: Collection[str] = tuple(KGIS), currency: str = UNSAID.code) -> Tree:
    """The tree of the open goals under `objectives`.

    Args:
        goals: closed and archived ones are left out.  A goal under a parent hangs there, whatever its own objective.
        objectives: ids of the objectives that the company has.
        currency: in which amounts are counted (ISO 4217).
    """
    opened = [goal for goal in goals if goal.stage in {Stage.DRAFT, Stage.ACTIVE}]
    by_id = {goal.id: goal for goal in opened if goal.id}
    circular = {goal.id for goal in opened if goal.id and _is_in_circle(goal, by_id)}
    children: dict[str, list[Goal]] = {}
    for goal in opened:
        if goal.parent in by_id and goal.id not in circular:
            children.setdefault(str(goal.parent), []).append(goal)
    roots = [goal for goal in opened if goal.parent not in by_id or goal.id in circular]

    def node(goal: Goal, objective: str | None) -> GoalNode:
        # Built from the leaves up, since a chain of parents may be longer than calls can be nested.
        order = [goal]
        for one in order:
            order += () if one.id in circular or not one.id else children.get(one.id, [])
        built: dict[str, GoalNode] = {}
        for one in reversed(order):
            below = tuple(built[child.id] for child in children.get(one.id, ()) if child.id in built) if one.id else ()
            built[one.id] = GoalNode(one, _sign(one, objective), below)
        return built[goal.id]

    shown = tuple(
        ObjectiveNode(one, _objective_name(one), tuple(node(goal, one) for goal in roots if goal.objective == one))
        for one in objectives
    )
    loose = tuple(node(goal, None) for goal in roots if goal.objective not in objectives)
    uneven = _uneven_shares(by_id, children, currency)
    return Tree(
        shown,
        loose,
        (*_loose_warnings(loose), *_empty_warnings(shown), *_wrong_ways(shown), *_circles(by_id, circular), *uneven),
    )


def _objective_name(objective: str) -> Text:
    return KGIS[objective].name if objective in KGIS else Text(source="{name}", arguments={"name": objective})


def _is_in_circle(goal: Goal, by_id: Mapping[str, Goal]) -> bool:
    seen: set[str] = set()
    above = goal.parent
    while above in by_id and above not in seen:
        if above == goal.id:
            return True
        seen.add(str(above))
        above = by_id[str(above)].parent
    return False


def _sign(goal: Goal, objective: str | None) -> int:
    family = kpi_family(goal.series)
    return next((link.sign for link in OBJECTIVE_LINKS if link.source == family and link.target == objective), 0)


def _loose_warnings(loose: Sequence[GoalNode]) -> list[LooseEnd]:
    return [
        LooseEnd(
            "serves_nothing",
            text("“{goal}” serves no objective and no other goal.", goal=node.goal.title or node.goal.series or "…"),
            goal_id=node.goal.id,
        )
        for node in loose
    ]


def _empty_warnings(objectives: Sequence[ObjectiveNode]) -> list[LooseEnd]:
    return [
        LooseEnd("unserved", text("No goal serves “{objective}”.", objective=node.name), objective=node.objective)
        for node in objectives
        if not node.goals
    ]


def _wrong_ways(objectives: Sequence[ObjectiveNode]) -> list[LooseEnd]:
    return [
        LooseEnd(
            "wrong_way",
            text(
                "“{goal}” moves its KPI away from “{objective}”.",
                goal=node.goal.title or node.goal.series or "…",
                objective=objective.name,
            ),
            goal_id=node.goal.id,
            objective=objective.objective,
        )
        for objective in objectives
        for node in objective.goals
        if node.sign and node.sign != node.goal.direction.sign
    ]


def _circles(by_id: Mapping[str, Goal], circular: Collection[str]) -> list[LooseEnd]:
    return [
        LooseEnd("circular", text("“{goal}” serves itself in a circle.", goal=by_id[one].title or one), goal_id=one)
        for one in sorted(circular)
    ]


def _uneven_shares(by_id: Mapping[str, Goal], children: Mapping[str, Sequence[Goal]], currency: str) -> list[LooseEnd]:
    found = []
    for above, below in children.items():
        goal = by_id[above]
        shares = shares_of(goal, below)
        if shares is None or goal.key is None or goal.primary is None:
            continue
        kpi = described(goal.key.kpi).in_currency(currency)
        named = {
            "goal": goal.title or goal.series or "…",
            "sum": quantity(shares.total, kpi),
            "target": quantity(goal.primary, kpi),
        }
        if shares.missing:
            message = text(
                "The shares of “{goal}” add up to {sum} of {target}: {missing} is carried by nobody.",
                missing=quantity(shares.missing, kpi),
                **named,
            )
            found.append(LooseEnd("shares", message, goal_id=above))
        elif shares.over:
            message = text(
                "The shares of “{goal}” add up to {sum}, {over} more than its {target}.",
                over=quantity(shares.over, kpi),
                **named,
            )
            found.append(LooseEnd("shares", message, goal_id=above))
    return found


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
                value=round(self.value, 2),
                low=round(self.low, 2),
                high=round(self.high, 2),
                lag=self.lag,
            )
        return text(
            "Correlation {value} ({low} to {high}) in the same period; not proof of an effect.",
            value=round(self.value, 2),
            low=round(self.low, 2),
            high=round(self.high, 2),
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


@dataclass(frozen=True)
class Triple:
    """One service KPI, the customer outcome that it should move, and the company metric above it, side by side."""

    service: KpiSeries
    outcome: KpiSeries | None
    company: KpiSeries | None
    service_to_outcome: Correlation | None = None
    outcome_to_company: Correlation | None = None


_OUTCOMES = ("csat", "nps", "ces", "complaints", "abandonment_rate", "reopen_rate")
_COMPANY = (
    "retention_rate",
    "churn_rate",
    "repeat_purchase_rate",
    "revenue",
    "lifetime_value",
    "service_cost",
    "cost_per_contact",
)
_LOYALTY = ("nps",)


def triple_of(service: KpiSeries, others: Sequence[KpiSeries]) -> Triple:
    """The triple-metric view of a service KPI, filled from what is recorded, the scope that matches best first.

    The company metric is one that the trade links to the outcome, else any company metric that was imported, else loyalty.

    Args:
        service: a service KPI.
        others: all recorded series.
    """
    outcome = _linked(service, others, _OUTCOMES)
    further = [one for one in others if one.key != service.key and (outcome is None or one.key != outcome.key)]
    above = outcome or service
    company = _linked(above, further, _COMPANY) or _linked(above, further, _LOYALTY)
    return Triple(
        service,
        outcome,
        company,
        correlation_between(service, outcome) if outcome is not None else None,
        correlation_between(outcome, company) if outcome is not None and company is not None else None,
    )


def _linked(source: KpiSeries, others: Sequence[KpiSeries], wanted: Sequence[str]) -> KpiSeries | None:
    family = kpi_family(source.kpi.id)
    linked = [link.target for link in KPI_LINKS if link.source == family and link.target in wanted]
    for target in [*linked, *(kpi for kpi in wanted if kpi not in linked)]:
        found = [one for one in others if kpi_family(one.kpi.id) == target and one.key != source.key]
        if found:
            scope = set(source.key.scope)
            return min(found, key=lambda one: (-len(scope & set(one.key.scope)), len(one.key.scope)))
    return None

"""What serves what: objectives ← goals ← KPIs, and what the data say about it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from cs_planning.goals.goal import Goal, Stage
from cs_planning.goals.naming import described
from cs_planning.goals.objectives.conflicts import kpi_family
from cs_planning.goals.objectives.linking import OBJECTIVE_LINKS
from cs_planning.goals.objectives.shares import shares_of
from cs_planning.goals.title import title_of
from cs_planning.kpis.catalogue import KGIS
from cs_planning.kpis.currency import UNSAID
from cs_planning.kpis.quantity import quantity
from cs_planning.language import Text, text


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
            text("“{goal}” serves no objective and no other goal.", goal=title_of(node.goal) or node.goal.series or "…"),
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
                goal=title_of(node.goal) or node.goal.series or "…",
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
        LooseEnd("circular", text("“{goal}” serves itself in a circle.", goal=title_of(by_id[one]) or one), goal_id=one)
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
            "goal": title_of(goal) or goal.series or "…",
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

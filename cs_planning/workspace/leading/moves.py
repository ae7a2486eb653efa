"""The decisions that would move the plan most: a target, a deadline or a kept scenario, by what the forecasts say of each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from cs_planning.errors import PlanningError
from cs_planning.goals.goal import Goal
from cs_planning.goals.title import title_of
from cs_planning.kpis.frequency import Frequency
from cs_planning.kpis.quantity import quantity
from cs_planning.language import Text, text
from cs_planning.workspace.following.together import GoalsTogether
from cs_planning.workspace.goals.planning import Planning
from cs_planning.workspace.scenarios.what_if import WhatIf

_SAFE = 0.8
_LEAST_GAIN = 0.01
_MOST_SCENARIOS = 10
SHOWN_MOVES = 3


@dataclass(frozen=True)
class PlanMove:
    """One decision and what it does to the plan.

    Attributes:
        words: the decision, in a sentence.
        gain: by how many goals it raises the number that is reached on average.
        all_before, all_after: the chance of the whole plan without and with it, 0…1; `None` where it can't be said.
        changed: the goal as it would be; `None` for a scenario.
        scenario: the name of the kept scenario that is carried out, as an address says it; empty for a change of one goal.
    """

    words: Text
    gain: float
    all_before: float | None = None
    all_after: float | None = None
    changed: Goal | None = None
    scenario: str = ""


class PlanMoves:
    """The decisions of a workspace that a leadership could take."""

    def __init__(self, planning: Planning, together: GoalsTogether, what_if: WhatIf) -> None:
        self._planning = planning
        self._together = together
        self._what_if = what_if

    def largest(self, running: Sequence[Goal], today: date, count: int = SHOWN_MOVES) -> tuple[PlanMove, ...]:
        """The decisions that move the plan most, one a goal at most; takes a moment.

        Args:
            running: the goals of the plan.
            today: the day on which it is asked.
            count: how many.
        """
        found = list(self._scenarios(running, today))
        for goal in running:
            own = list(self._changes(goal, today))
            found += [max(own, key=lambda one: one.gain)] if own else []
        found = [one for one in found if one.gain >= _LEAST_GAIN]
        found.sort(key=lambda one: one.gain, reverse=True)
        judged = [goal for goal in running if self._planning.outlook(goal, today).primary is not None]
        return tuple(self._with_the_whole(one, judged, today) for one in found[:count])

    def _changes(self, goal: Goal, today: date) -> Iterator[PlanMove]:
        outlook = self._planning.outlook(goal, today)
        if outlook.primary is None or goal.primary is None or outlook.primary.probability >= _SAFE:
            return
        before, named = outlook.primary.probability, title_of(goal)
        nearer = outlook.target_at_50 if before < 0.5 else outlook.target_at_80
        series = self._planning.series_of(goal)
        if nearer is not None and series is not None and _is_still_a_goal(goal, nearer):
            nearer = self._planning.target_range(goal, today).nearest(nearer)
            changed = goal.model_copy(update={"primary": nearer, "stretch": None, "floor": None})
            words = text(
                "Bring the target of “{goal}” from {before} to {after}",
                goal=named,
                before=quantity(goal.primary, series.kpi),
                after=quantity(nearer, series.kpi),
            )
            yield from self._gained(changed, before, words, today)
        if goal.deadline is not None and goal.deadline >= today:
            rhythm = self._planning.calendar.rhythm(Frequency.QUARTER)
            later = rhythm.end_of(rhythm.next_after(rhythm.start_of(goal.deadline)))
            words = text("Give “{goal}” time until {day}", goal=named, day=later)
            yield from self._gained(goal.model_copy(update={"deadline": later}), before, words, today)

    def _gained(self, changed: Goal, before: float, words: Text, today: date) -> Iterator[PlanMove]:
        after = self._planning.outlook(changed, today).primary
        if after is not None:
            yield PlanMove(words, after.probability - before, changed=changed)

    def _scenarios(self, running: Sequence[Goal], today: date) -> Iterator[PlanMove]:
        operation, ids = self._what_if.operation(), {goal.id for goal in running}
        if operation is None:
            return
        for kept in self._what_if.scenarios()[:_MOST_SCENARIOS]:
            try:
                effects = self._what_if.goals.effects(operation, kept.scenario, today)
            except PlanningError:
                continue  # a scenario for a channel that is gone; the What-if page says so
            gain = sum(one.after - one.before for one in effects if one.goal.id in ids)
            yield PlanMove(text("Carry out the scenario “{name}”", name=kept.scenario.name), gain, scenario=kept.scenario.name)

    def _with_the_whole(self, move: PlanMove, judged: Sequence[Goal], today: date) -> PlanMove:
        if move.changed is None or len(judged) < 2:
            return move
        changed = move.changed
        try:
            before = self._together.of(judged, today).joint.all
            after = self._together.of([changed if goal.id == changed.id else goal for goal in judged], today).joint.all
        except PlanningError:
            return move
        return replace(move, all_before=before, all_after=after)


def _is_still_a_goal(goal: Goal, target: float) -> bool:
    """Whether a nearer target still asks for more than there was at the start."""
    return goal.baseline is None or goal.direction.sign * (target - goal.baseline.value) > 0

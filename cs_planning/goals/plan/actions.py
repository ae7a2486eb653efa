"""The steps of a goal's plan: who does what by when, and what it should bring."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from pydantic import BaseModel, ConfigDict

from cs_planning.goals.goal import Goal, LongText, ShortText
from cs_planning.goals.templates import Template
from cs_planning.language import Text, text


class ActionStatus(StrEnum):
    """How far a step is."""

    OPEN = "open"
    STARTED = "started"
    BLOCKED = "blocked"
    DONE = "done"
    DROPPED = "dropped"

    @property
    def label(self) -> Text:
        """The status as a word for the screen."""
        return {
            "open": text("Open"),
            "started": text("Started"),
            "blocked": text("Blocked"),
            "done": text("Done"),
            "dropped": text("Dropped"),
        }[self.value]

    @property
    def is_finished(self) -> bool:
        """Whether nothing more will be done."""
        return self in {ActionStatus.DONE, ActionStatus.DROPPED}


class Action(BaseModel):
    """One step of a plan.

    Attributes:
        id: unguessable and short; empty until it is saved.
        expected_effect: what it should bring, in words.
        expected_change: what it should move the goal's KPI by, in the KPI's unit, where that can be said.
        done_on: when it was finished.
        decision: the id of the decision that it carries out.
    """

    model_config = ConfigDict(frozen=True)

    id: str = ""
    goal_id: str = ""
    what: ShortText
    owner: ShortText = ""
    due: date | None = None
    status: ActionStatus = ActionStatus.OPEN
    expected_effect: ShortText = ""
    expected_change: float | None = None
    note: LongText = ""
    done_on: date | None = None
    decision: ShortText = ""

    def is_overdue(self, today: date) -> bool:
        """Whether it should have been finished before `today`."""
        return self.due is not None and self.due < today and not self.status.is_finished


@dataclass(frozen=True)
class PlanSummary:
    """How a plan stands.

    Attributes:
        total: actions that were not dropped.
        done: those finished.
        overdue: those late, the oldest first.
        without_owner, without_date: those that nobody or no day is named for.
    """

    total: int
    done: int
    overdue: tuple[Action, ...]
    without_owner: tuple[Action, ...]
    without_date: tuple[Action, ...]


def summary_of(actions: Sequence[Action], today: date) -> PlanSummary:
    """How the plan stands on `today`."""
    kept = [action for action in actions if action.status is not ActionStatus.DROPPED]
    late = sorted((action for action in kept if action.is_overdue(today)), key=lambda one: (one.due or today, one.what))
    return PlanSummary(
        total=len(kept),
        done=sum(action.status is ActionStatus.DONE for action in kept),
        overdue=tuple(late),
        without_owner=tuple(one for one in kept if not one.owner.strip() and not one.status.is_finished),
        without_date=tuple(one for one in kept if one.due is None and not one.status.is_finished),
    )


def actions_from_template(template: Template, goal: Goal, owners: Mapping[str, str] | None = None) -> tuple[Action, ...]:
    """The typical steps of a template, with due dates spread over the goal's time.

    Args:
        template: any.
        goal: with start and deadline; without, the steps have no due date.
        owners: people by role, as the role is written in the language in force.
    """
    actions = []
    for planned in template.actions:
        due = None
        if goal.start is not None and goal.deadline is not None:
            due = goal.start + timedelta(days=round((goal.deadline - goal.start).days * planned.after))
        role = str(planned.role)
        actions.append(Action(goal_id=goal.id, what=str(planned.what)[:300], owner=(owners or {}).get(role, role), due=due))
    return tuple(actions)

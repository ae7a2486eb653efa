"""Check-ins on a running goal, and what is done when it falls behind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from cs_planning.errors import InvalidGoal, Problem
from cs_planning.goals.following.history import Change, changes_between
from cs_planning.goals.following.progress import Status, StatusReport
from cs_planning.goals.goal import Goal, LongText, Milestone, ShortText
from cs_planning.goals.title import kept_true
from cs_planning.language import LANGUAGES, Text, text, use_language

COMMITTED = text("Committed to this goal.")
"""What the check-in of the day says on which a goal was committed to; kept as its source, read in any language."""


class CheckIn(BaseModel):
    """What was known and said on one day; it is never changed afterwards.

    Attributes:
        value: the measured value of that day, in the KPI's unit.
        data_until: first day of the last period in it.
        probability: of the primary target as it was shown, 0…1.
        lesson: what was learned on the way, for goals to come.
        step, step_value: what the newest period should reach and what was measured in it, where the target varies.
    """

    model_config = ConfigDict(frozen=True)

    id: str = ""
    goal_id: str
    on: date
    by: ShortText = ""
    note: LongText = ""
    lesson: LongText = ""
    status: Status
    value: float | None = None
    step: float | None = None
    step_value: float | None = None
    data_until: date | None = None
    probability: float | None = Field(default=None, ge=0, le=1)
    milestones_reached: tuple[Milestone, ...] = ()

    @property
    def words(self) -> Text | str:
        """The note as a reader sees it: what the product wrote itself is read in the reader's language."""
        return COMMITTED if self.note in _committed_in_any_language() else self.note


@cache
def _committed_in_any_language() -> frozenset[str]:
    found = {COMMITTED.source}
    for language in LANGUAGES:
        with use_language(language):
            found.add(str(COMMITTED))
    return frozenset(found)


class Remedy(StrEnum):
    """What can be done about a goal that is off track."""

    STAFF = "staff"
    TOOL = "tool"
    TRAINING = "training"
    PROCESS = "process"
    TARGET = "target"
    DEADLINE = "deadline"
    STOP = "stop"

    @property
    def label(self) -> Text:
        """The remedy as words for the dialog."""
        return {
            "staff": text("More staff"),
            "tool": text("A better tool or automation"),
            "training": text("Training"),
            "process": text("Another way of working"),
            "target": text("A new target"),
            "deadline": text("A new deadline"),
            "stop": text("Stop the goal"),
        }[self.value]


class Replan(BaseModel):
    """A change of plan: what was chosen, why, and which fields of the goal changed with it.

    Attributes:
        lesson: what was learned on the way, for goals to come.
        version: of the goal that it made; 0 where no field of the goal changed, and for those of earlier editions.
    """

    model_config = ConfigDict(frozen=True)

    id: str = ""
    goal_id: str
    on: date
    by: ShortText = ""
    remedies: tuple[Remedy, ...]
    reason: LongText
    lesson: LongText = ""
    probability_before: float | None = None
    changed: tuple[ShortText, ...] = ()
    version: int = 0


@dataclass(frozen=True)
class Replanned:
    """The goal after re-planning, the record of it, and the changes in words."""

    goal: Goal
    record: Replan
    changes: tuple[Change, ...]


def check_in(goal: Goal, report: StatusReport, *, by: str, note: str, on: date, lesson: str = "") -> CheckIn:
    """The check-in of one click and a sentence: the status of the day, frozen with what was known.

    Args:
        goal: any saved goal.
        report: its status on that day.
        by: who says it.
        note: the sentence; may be empty.
        on: the day.
        lesson: what was learned; may be empty.
    """
    step = report.step.newest if report.step is not None else None
    return CheckIn(
        goal_id=goal.id,
        on=on,
        by=by[:300],
        note=note[:10_000],
        lesson=lesson.strip()[:10_000],
        status=report.status,
        value=report.pace.current,
        step=step.step if step is not None else None,
        step_value=step.value if step is not None else None,
        data_until=report.pace.current_period,
        probability=report.probability,
        milestones_reached=report.milestones_reached,
    )


def to_celebrate(report: StatusReport, earlier: Sequence[CheckIn]) -> tuple[Milestone, ...]:
    """The milestones that are reached now and were not at any earlier check-in: each is celebrated once."""
    seen = {milestone for one in earlier for milestone in one.milestones_reached}
    return tuple(milestone for milestone in report.milestones_reached if milestone not in seen)


def needs_replanning(report: StatusReport) -> bool:
    """Whether the re-plan dialog should open: the goal is off track or already missed."""
    return report.status in {Status.OFF_TRACK, Status.MISSED}


def replan(
    goal: Goal,
    fields: Mapping[str, Any],
    *,
    remedies: Sequence[Remedy],
    reason: str,
    by: str,
    on: date,
    probability: float | None = None,
    lesson: str = "",
) -> Replanned:
    """The goal with changed fields, and the record of what was changed and why.

    Args:
        goal: the goal that falls behind.
        fields: new values by field name; may be empty when only the actions change.
        remedies: what will be done, at least one.
        reason: why, in a sentence.
        by: who decided.
        on: when.
        probability: that was shown before, 0…1.
        lesson: what was learned; may be empty.

    Raises:
        InvalidGoal: no remedy or no reason is given, or a field has no such value.
    """
    problems = []
    if not remedies:
        problems.append(
            Problem(
                field="remedies", message=text("Nothing is chosen that would be done."), remedy=text("Choose at least one.")
            )
        )
    if not reason.strip():
        problems.append(
            Problem(field="reason", message=text("It is not said why."), remedy=text("Write one sentence for the next review."))
        )
    changed = goal
    try:
        changed = kept_true(goal, type(goal).model_validate({**goal.model_dump(), **fields}))
    except ValueError as error:
        problems.append(
            Problem(
                field=None,
                message=text("A field has no such value: {reason}", reason=str(error)[:300]),
                remedy=text("Correct it."),
            )
        )
    if problems:
        raise InvalidGoal(text("The new plan can’t be kept."), problems[0].remedy, problems)
    changes = changes_between(goal, changed)
    record = Replan(
        goal_id=goal.id,
        on=on,
        by=by[:300],
        remedies=tuple(remedies),
        reason=reason.strip()[:10_000],
        lesson=lesson.strip()[:10_000],
        probability_before=probability,
        changed=tuple(str(change.words)[:300] for change in changes),
    )
    return Replanned(changed, record, changes)

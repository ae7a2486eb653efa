"""The way of a sheet from draft to close: which steps there are, what each of them needs, and what may be written when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from cs_planning.errors import InvalidGoal
from cs_planning.goals.appraisal.scale import grade_named
from cs_planning.goals.appraisal.sheet import GoalSheet, SheetEvent, SheetLine, SheetStage, SheetStep, Terms
from cs_planning.goals.following.history import Change, changes_between
from cs_planning.goals.goal import Goal
from cs_planning.goals.title import called
from cs_planning.kpis.currency import UNSAID
from cs_planning.language import Percent, text

_AGREED_FIELDS = frozenset(
    {
        "series",
        "frequency",
        "measure",
        "direction",
        "floor",
        "primary",
        "steps",
        "stretch",
        "start",
        "deadline",
        "guard_series",
        "guard_limit",
    }
)


_WAY: Mapping[SheetStage, Mapping[SheetStep, SheetStage]] = {
    SheetStage.DRAFT: {SheetStep.PROPOSE: SheetStage.PROPOSED},
    SheetStage.PROPOSED: {
        SheetStep.AGREE: SheetStage.AGREED,
        SheetStep.ASK_FOR_CHANGES: SheetStage.DRAFT,
        SheetStep.TAKE_BACK: SheetStage.DRAFT,
    },
    SheetStage.AGREED: {SheetStep.APPRAISE_ONESELF: SheetStage.SELF_APPRAISED, SheetStep.REPLAN: SheetStage.DRAFT},
    SheetStage.SELF_APPRAISED: {
        SheetStep.APPRAISE: SheetStage.APPRAISED,
        SheetStep.ASK_FOR_CHANGES: SheetStage.AGREED,
        SheetStep.TAKE_BACK: SheetStage.AGREED,
    },
    SheetStage.APPRAISED: {SheetStep.CLOSE: SheetStage.CLOSED, SheetStep.TAKE_BACK: SheetStage.SELF_APPRAISED},
    SheetStage.CLOSED: {SheetStep.TAKE_BACK: SheetStage.APPRAISED},
}
BEFORE_AGREEMENT = frozenset({SheetStage.DRAFT, SheetStage.PROPOSED})
"""While goals are still planned."""
# A sheet may have come further before its workspace chose to plan alone: what was agreed then is changed by a re-plan, too.
_REOPENED = {SheetStep.CLOSE: SheetStage.CLOSED, SheetStep.REPLAN: SheetStage.DRAFT}
_ALONE: Mapping[SheetStage, Mapping[SheetStep, SheetStage]] = {
    SheetStage.DRAFT: {SheetStep.CLOSE: SheetStage.CLOSED},
    SheetStage.PROPOSED: {SheetStep.CLOSE: SheetStage.CLOSED, SheetStep.TAKE_BACK: SheetStage.DRAFT},
    SheetStage.AGREED: _REOPENED,
    SheetStage.SELF_APPRAISED: _REOPENED,
    SheetStage.APPRAISED: _REOPENED,
    SheetStage.CLOSED: {SheetStep.TAKE_BACK: SheetStage.DRAFT},
}


_SLIPS = frozenset({SheetStep.AGREE, SheetStep.ASK_FOR_CHANGES, SheetStep.REPLAN})
"""Steps that bind: for a day they can be taken back as a slip of the hand, later only by the way on."""
_A_SLIP_LASTS = timedelta(days=1)


def steps_of(sheet: GoalSheet, at: datetime, *, with_agreement: bool) -> tuple[SheetStep, ...]:
    """The steps that a sheet can take, the usual one first.

    Args:
        sheet: as it stands.
        at: when, aware.
        with_agreement: `False` where people plan alone: nothing is proposed, a sheet is only closed.
    """
    return tuple(_way_from(sheet, at, with_agreement=with_agreement))


def _way_from(sheet: GoalSheet, at: datetime, *, with_agreement: bool) -> Mapping[SheetStep, SheetStage]:
    way = (_WAY if with_agreement else _ALONE)[sheet.stage]
    last = sheet.standing[-1] if sheet.standing else None
    if last is not None and last.step in _SLIPS and at - last.at <= _A_SLIP_LASTS:
        way = {**way, SheetStep.TAKE_BACK: sheet.stage_before}
    return way


@dataclass(frozen=True)
class Writable:
    """What may be written on a sheet as it stands: its goals and weights, the own appraisal, the superior's."""

    goals: bool
    own: bool
    superior: bool


def writable(stage: SheetStage, *, with_agreement: bool) -> Writable:
    """What may be written at a stage; what is agreed changes by a re-plan alone."""
    if not with_agreement:
        is_open = stage is not SheetStage.CLOSED
        return Writable(goals=stage is SheetStage.DRAFT, own=is_open, superior=False)
    return Writable(
        goals=stage is SheetStage.DRAFT, own=stage is SheetStage.AGREED, superior=stage is SheetStage.SELF_APPRAISED
    )


def taken(
    sheet: GoalSheet,
    step: SheetStep,
    goals: Mapping[str, Goal],
    *,
    by: str,
    at: datetime,
    comment: str = "",
    with_agreement: bool = True,
) -> GoalSheet:
    """The sheet after a step.

    Args:
        sheet: as it stands.
        step: what is done.
        goals: as they are now, by id; agreeing keeps them as they are.
        by: who does it.
        at: when, aware.
        comment: why; needed where changes are asked for and for a re-plan.
        with_agreement: whether the workspace agrees its sheets.

    Raises:
        InvalidGoal: the sheet can't take the step: it stands elsewhere, or something is missing; the message says what.
    """
    way = _way_from(sheet, at, with_agreement=with_agreement)
    if step not in way:
        raise InvalidGoal(
            text("The sheet of {holder} has moved on: it is “{stage}” now.", holder=sheet.holder, stage=sheet.stage.label),
            text("Open it anew and look at what was done."),
        )
    if step.needs_a_reason and not comment.strip():
        raise InvalidGoal(text("Nobody knows yet what should change."), text("Write down why, in a sentence."))
    stage = way[step]
    _refuse_what_is_missing(sheet, step, stage, goals, with_agreement=with_agreement)
    if sheet.stage is SheetStage.CLOSED:
        stage = sheet.stage_before
    event = SheetEvent(step=step, stage=stage, by=by, at=at, comment=comment.strip())
    changed: dict[str, object] = {"stage": stage, "events": (*sheet.events, event)}
    # Who plans alone agrees with nobody: what is judged is kept as it is now, whatever becomes of the goals.
    if step is SheetStep.AGREE or (step is SheetStep.CLOSE and sheet.stage in BEFORE_AGREEMENT):
        changed |= {"agreed": tuple(_terms_now(line, goals) for line in sheet.lines), "agreed_before": sheet.agreed}
    elif step is SheetStep.TAKE_BACK:
        changed |= _undone(sheet)
    return sheet.model_copy(update=changed)


def _undone(sheet: GoalSheet) -> dict[str, object]:
    """What else changes when the last step that stands is taken back."""
    last = sheet.standing[-1].step
    if last is SheetStep.AGREE or (last is SheetStep.CLOSE and sheet.stage_before in BEFORE_AGREEMENT):
        return {"agreed": sheet.agreed_before, "agreed_before": ()}
    if last is not SheetStep.REPLAN:
        return {}
    # What was agreed counts again, whatever the goals were made to weigh in the meantime.
    known = {line.goal_id: line for line in (*sheet.taken_off, *sheet.lines)}
    lines = tuple(
        known.get(terms.goal.id, SheetLine(goal_id=terms.goal.id)).model_copy(
            update={"weight_percent": terms.weight_percent, "difficulty": terms.difficulty}
        )
        for terms in sheet.agreed
    )
    on = {line.goal_id for line in lines}
    return {"lines": lines, "taken_off": tuple(one for one in known.values() if one.goal_id not in on and one.is_written_on)}


def _terms_now(line: SheetLine, goals: Mapping[str, Goal]) -> Terms:
    return Terms(goal=goals[line.goal_id], weight_percent=line.weight_percent, difficulty=line.difficulty)


def _refuse_what_is_missing(
    sheet: GoalSheet, step: SheetStep, stage: SheetStage, goals: Mapping[str, Goal], *, with_agreement: bool
) -> None:
    # A wish for changes that is taken back stands for what was handed in before, which may have been written on since.
    is_handed_in = step is SheetStep.TAKE_BACK and sheet.standing[-1].step is SheetStep.ASK_FOR_CHANGES
    if is_handed_in:
        step = SheetStep.PROPOSE if stage is SheetStage.PROPOSED else SheetStep.APPRAISE_ONESELF
    if step in {SheetStep.PROPOSE, SheetStep.AGREE} or (step is SheetStep.CLOSE and sheet.stage in BEFORE_AGREEMENT):
        _refuse_unfinished_goals(sheet, goals)
    if step is SheetStep.APPRAISE_ONESELF or (step is SheetStep.CLOSE and not with_agreement):
        _refuse_missing_grades(sheet, {line.goal_id: line.own_grade for line in sheet.lines}, goals)
    if step is SheetStep.APPRAISE:
        _refuse_missing_grades(sheet, {line.goal_id: line.superior_grade for line in sheet.lines}, goals)


def _refuse_unfinished_goals(sheet: GoalSheet, goals: Mapping[str, Goal]) -> None:
    if not sheet.lines:
        raise InvalidGoal(text("There is no goal on the sheet."), text("Choose the goals that it is about."))
    gone = [line.goal_id for line in sheet.lines if line.goal_id not in goals]
    if gone:
        raise InvalidGoal(
            text("A goal of the sheet is not there any more."),
            text("Take it off the sheet, or bring it back from the archive."),
        )
    if not sheet.is_whole:
        raise InvalidGoal(
            text(
                "The weights add up to {sum}, not to {whole}.",
                sum=sheet.weights_words,
                whole=Percent(share=1),
            ),
            text("Change them so that they add up."),
        )
    for line in sheet.lines:
        goal = goals[line.goal_id]
        if goal.primary is None or goal.deadline is None:
            raise InvalidGoal(
                text("“{goal}” has no target or no deadline yet.", goal=called(goal)),
                text("Finish its draft first."),
            )


def _refuse_missing_grades(sheet: GoalSheet, given: Mapping[str, str | None], goals: Mapping[str, Goal]) -> None:
    for goal_id, grade in given.items():
        if grade_named(sheet.scale, grade) is None:
            terms = sheet.terms_of(goal_id)
            goal = goals.get(goal_id) or (terms.goal if terms is not None else None)
            raise InvalidGoal(
                text("“{goal}” has no grade yet.", goal=called(goal) if goal is not None else text("Untitled goal")),
                text("Give every goal its grade, then go on."),
            )


def changes_since_agreed(terms: Terms, goal: Goal, currency: str = UNSAID.code) -> tuple[Change, ...]:
    """What of an agreed goal is different now, of all that the agreement is about.

    Args:
        terms: as agreed.
        goal: as it is now.
        currency: in which amounts are counted (ISO 4217).
    """
    return tuple(one for one in changes_between(terms.goal, goal, currency) if one.field in _AGREED_FIELDS)

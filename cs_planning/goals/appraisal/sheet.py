"""The goal sheet of a person or team: goals with weights, what was agreed, talks, and the appraisal of both sides."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from cs_planning.goals.appraisal.scale import Scale
from cs_planning.goals.goal import Goal, LongText, ShortText
from cs_planning.language import Percent, Text, text

WHOLE_PERCENT = 100.0
"""What the weights of a sheet add up to."""
_TOLERANCE_PERCENT = 0.05
WEIGHT_DIGITS = 2
"""Most digits after the point of a weight in percent."""


class Difficulty(StrEnum):
    """How hard a goal is for its holder; it is told, and does not enter the score."""

    EASY = "easy"
    USUAL = "usual"
    HARD = "hard"

    @property
    def label(self) -> Text:
        """The difficulty as a word for the screen."""
        return {"easy": text("Easy"), "usual": text("Usual"), "hard": text("Hard")}[self.value]


class SheetStage(StrEnum):
    """Where a sheet stands between draft and close."""

    DRAFT = "draft"
    PROPOSED = "proposed"
    AGREED = "agreed"
    SELF_APPRAISED = "self_appraised"
    APPRAISED = "appraised"
    CLOSED = "closed"

    @property
    def label(self) -> Text:
        """The stage as a word for the screen."""
        return {
            "draft": text("Being drafted"),
            "proposed": text("Proposed"),
            "agreed": text("Agreed"),
            "self_appraised": text("Self-appraised"),
            "appraised": text("Appraised"),
            "closed": text("Closed sheet"),
        }[self.value]


class SheetStep(StrEnum):
    """What can be done with a sheet as a whole."""

    PROPOSE = "propose"
    AGREE = "agree"
    ASK_FOR_CHANGES = "ask_for_changes"
    REPLAN = "replan"
    APPRAISE_ONESELF = "appraise_oneself"
    APPRAISE = "appraise"
    CLOSE = "close"
    TAKE_BACK = "take_back"

    @property
    def label(self) -> Text:
        """The step as words for a button."""
        return {
            "propose": text("Propose"),
            "agree": text("Agree to it"),
            "ask_for_changes": text("Ask for changes"),
            "replan": text("Re-plan"),
            "appraise_oneself": text("Hand in my appraisal"),
            "appraise": text("Finish the appraisal"),
            "close": text("Close the sheet"),
            "take_back": text("Take the last step back"),
        }[self.value]

    @property
    def needs_a_reason(self) -> bool:
        """Whether somebody has to say why."""
        return self in {SheetStep.ASK_FOR_CHANGES, SheetStep.REPLAN}


class TalkKind(StrEnum):
    """The talks of a period."""

    START = "start"
    HALF_WAY = "half_way"
    END = "end"
    ONE_ON_ONE = "one_on_one"

    @property
    def label(self) -> Text:
        """The talk as words for the screen."""
        return {
            "start": text("Start talk"),
            "half_way": text("Half-way talk"),
            "end": text("End talk"),
            "one_on_one": text("One-on-one"),
        }[self.value]


class Talk(BaseModel):
    """One talk about a sheet.

    Attributes:
        on: the day of the talk.
        agreed: what both sides hold on to.
        next_step: what is done next.
        next_on: until when, or when they talk again.
        by: who wrote it down.
    """

    model_config = ConfigDict(frozen=True)

    kind: TalkKind
    on: date
    agreed: LongText = ""
    next_step: ShortText = ""
    next_on: date | None = None
    by: ShortText = ""


class SheetEvent(BaseModel):
    """A step that a sheet took: which one, where to, by whom, when, and why."""

    model_config = ConfigDict(frozen=True)

    step: SheetStep
    stage: SheetStage
    by: ShortText
    at: datetime
    comment: LongText = ""


class Terms(BaseModel):
    """What was agreed of one goal: the goal as it was then, and what it weighs."""

    model_config = ConfigDict(frozen=True)

    goal: Annotated[Goal, Field(discriminator="type")]
    weight_percent: float
    difficulty: Difficulty


class SheetLine(BaseModel):
    """One goal of a sheet.

    Attributes:
        weight_percent: its share of the whole, 0…100.
        own_grade, superior_grade: ids of grades of the sheet's scale; `None` until they are given.
    """

    model_config = ConfigDict(frozen=True)

    goal_id: str
    weight_percent: float = Field(default=0.0, ge=0, le=WHOLE_PERCENT)
    difficulty: Difficulty = Difficulty.USUAL
    own_grade: str | None = None
    own_comment: LongText = ""
    superior_grade: str | None = None
    superior_comment: LongText = ""

    @property
    def is_written_on(self) -> bool:
        """Whether anybody said more about the goal than what it weighs."""
        return self != SheetLine(goal_id=self.goal_id, weight_percent=self.weight_percent)

    @property
    def weight_words(self) -> Percent:
        """The weight as it is shown."""
        return Percent(share=self.weight_percent / WHOLE_PERCENT, digits=WEIGHT_DIGITS)


class GoalSheet(BaseModel):
    """The goals of one person or team for a period.

    Attributes:
        id: unguessable and short; empty until it is saved.
        version: counts the saves, for noticing that somebody else saved in between.
        holder: the person or team whose goals these are.
        superior: who agrees and appraises.
        start, end: first and last day of the period.
        scale: on which it is graded; the workspace's when the sheet was begun.
        taken_off: lines that somebody wrote on before their goals were taken off, for when these come back.
        agreed: the terms of the last agreement, which count until a change is agreed again.
        agreed_before: the terms that the last agreement took the place of, for when it is taken back.
        talks: in the order in which they were held.
        events: the steps it took, the oldest first.
    """

    model_config = ConfigDict(frozen=True)

    schema_version: Literal[1] = 1
    id: str = ""
    version: int = 0
    holder: ShortText
    superior: ShortText = ""
    team: ShortText = ""
    start: date
    end: date
    scale: Scale = Scale.LETTERS
    stage: SheetStage = SheetStage.DRAFT
    lines: tuple[SheetLine, ...] = ()
    taken_off: tuple[SheetLine, ...] = ()
    agreed: tuple[Terms, ...] = ()
    agreed_before: tuple[Terms, ...] = ()
    own_comment: LongText = ""
    superior_comment: LongText = ""
    talks: tuple[Talk, ...] = ()
    events: tuple[SheetEvent, ...] = ()

    @model_validator(mode="after")
    def _is_in_order(self) -> Self:
        if self.end < self.start:
            raise ValueError("the period of a sheet ends before it begins")
        if len({line.goal_id for line in self.lines}) < len(self.lines):
            raise ValueError("a goal stands twice on a sheet")
        return self

    @property
    def weights_percent(self) -> float:
        """What the weights add up to."""
        return sum(line.weight_percent for line in self.lines)

    @property
    def weights_words(self) -> Percent:
        """What the weights add up to as it is shown: never 100 % unless they are whole."""
        return Percent(share=self.weights_percent / WHOLE_PERCENT, digits=WEIGHT_DIGITS)

    @property
    def is_whole(self) -> bool:
        """Whether the weights add up to 100 %."""
        return abs(self.weights_percent - WHOLE_PERCENT) < _TOLERANCE_PERCENT

    def terms_of(self, goal: str) -> Terms | None:
        """What was last agreed of a goal; `None` if it never was."""
        return next((one for one in self.agreed if one.goal.id == goal), None)

    def stage_words(self, today: date) -> Text:
        """The stage on a day: what is agreed is in progress once its period has begun."""
        if self.stage is SheetStage.DRAFT and self.agreed:
            return text("Being re-planned")
        if self.stage is SheetStage.AGREED and today >= self.start:
            return text("In progress")
        return self.stage.label

    @property
    def standing(self) -> tuple[SheetEvent, ...]:
        """The steps that nobody took back, the oldest first."""
        kept: list[SheetEvent] = []
        for event in self.events:
            if event.step is not SheetStep.TAKE_BACK:
                kept.append(event)
            elif kept:
                kept.pop()
        return tuple(kept)

    @property
    def stage_before(self) -> SheetStage:
        """Where it stood before the last step that stands."""
        standing = self.standing
        return standing[-2].stage if len(standing) > 1 else SheetStage.DRAFT

    def last(self, step: SheetStep) -> SheetEvent | None:
        """The newest time that a step was taken and not taken back; `None` if there is none."""
        return next((one for one in reversed(self.standing) if one.step is step), None)


def lies_in(goal: Goal, start: date, end: date) -> bool:
    """Whether a goal's time lies in a period at least in part."""
    return (goal.deadline is None or goal.deadline >= start) and (goal.start is None or goal.start <= end)


def evenly_weighted(goals: int) -> tuple[float, ...]:
    """Weights in whole percent that add up to 100, as even as they can be; the first ones take what is left over."""
    if goals <= 0:
        return ()
    share, left = divmod(int(WHOLE_PERCENT), goals)
    return tuple(float(share + (position < left)) for position in range(goals))

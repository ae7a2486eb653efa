"""A goal as data: what shall be reached on which KPI, by when, by whom, and why.

A goal may be incomplete while it is a draft; `smart.py` says what is missing, and `problems_of` what forbids committing to it.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, field_validator

from cs_planning.kpis.frequency import Frequency
from cs_planning.kpis.series import SeriesKey
from cs_planning.language import Text, text

LONGEST_NAME, LONGEST_TEXT = 300, 10_000
ShortText = Annotated[str, Field(max_length=LONGEST_NAME)]
LongText = Annotated[str, Field(max_length=LONGEST_TEXT)]


class GoalType(StrEnum):
    """The four kinds of goal, each with fields of its own."""

    OPERATIONAL = "operational"
    SATISFACTION = "satisfaction"
    TRAINING = "training"
    FINANCIAL = "financial"

    @property
    def label(self) -> Text:
        """The type as a word for the screen."""
        return {
            "operational": text("Operational"),
            "satisfaction": text("Satisfaction"),
            "training": text("Training & development"),
            "financial": text("Financial"),
        }[self.value]


class Direction(StrEnum):
    """On which side of the target the KPI has to be."""

    AT_LEAST = "at_least"
    AT_MOST = "at_most"

    def meets(self, value: float, target: float) -> bool:
        """Whether `value` reaches `target`."""
        return value >= target if self is Direction.AT_LEAST else value <= target

    @property
    def sign(self) -> int:
        """+1 when more is better, −1 when less is."""
        return 1 if self is Direction.AT_LEAST else -1


class Measure(StrEnum):
    """What of the KPI is compared with the target."""

    LEVEL = "level"
    AVERAGE = "average"
    TOTAL = "total"
    EVERY = "every"

    @property
    def label(self) -> Text:
        """The measure as words for the screen."""
        return {
            "level": text("in the last period"),
            "average": text("on average over the goal’s time"),
            "total": text("in total over the goal’s time"),
            "every": text("in every period"),
        }[self.value]


class Stage(StrEnum):
    """Where a goal stands in its life."""

    DRAFT = "draft"
    ACTIVE = "active"
    CLOSED = "closed"
    ARCHIVED = "archived"


class Horizon(StrEnum):
    """Strategic goals serve the mission over years; tactical ones the service of the next months."""

    TACTICAL = "tactical"
    STRATEGIC = "strategic"


class Cadence(StrEnum):
    """How often a goal is reviewed."""

    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    YEARLY = "yearly"

    @property
    def frequency(self) -> Frequency:
        """The length of the time between two reviews."""
        return {"monthly": Frequency.MONTH, "quarterly": Frequency.QUARTER, "yearly": Frequency.YEAR}[self.value]


class Baseline(BaseModel):
    """Where the KPI stood when the goal was drafted, taken from the data."""

    model_config = ConfigDict(frozen=True)

    value: float
    period: date
    sample_size: float | None = None


class Milestone(BaseModel):
    """A point on the way, to be celebrated."""

    model_config = ConfigDict(frozen=True)

    due: date
    value: float
    note: ShortText = ""


class TargetStep(BaseModel):
    """What one period of a goal's time shall reach.

    Attributes:
        first: first day of the period.
        value: in the KPI's unit.
    """

    model_config = ConfigDict(frozen=True)

    first: date
    value: float = Field(allow_inf_nan=False)


class Measuring(BaseModel):
    """How a KPI will be measured that nobody measures yet.

    Attributes:
        how: with what, such as a survey after each ticket.
        begins: the first day that is measured.
        answers: the fewest answers a period that make a figure worth a target; `None` where nobody is asked.
    """

    model_config = ConfigDict(frozen=True)

    how: ShortText = ""
    begins: date
    answers: int | None = Field(default=None, ge=1)


class _Goal(BaseModel):
    """What goals of all types have.

    Attributes:
        id: unguessable and short; empty until the goal is saved.
        version: counts the saves, for noticing that somebody else saved in between.
        series: the written `SeriesKey` of the KPI and its scope.
        frequency: the rhythm in which the KPI is read for this goal.
        floor: the value that must never be missed.
        primary: the target.
        stretch: the target to be proud of.
        start: first day of the goal's time.
        deadline: last day of the goal's time.
        guard_series: a KPI that must not suffer for this goal.
        guard_limit: the value that the guard KPI must keep.
        objective: the id of the KGI that it serves.
        worth: what reaching it is worth over its time, in the workspace's currency, as its owner says.
        despite: why it was committed to although something spoke against it.
        steps: what each period shall reach where that differs, in their order; `drafts/steps.py` moves them with the target.
        measuring: how its KPI will be measured; such a goal may be committed to without data and without a target.
    """

    model_config = ConfigDict(frozen=True)

    schema_version: Literal[1] = 1
    id: str = ""
    version: int = 0
    stage: Stage = Stage.DRAFT
    horizon: Horizon = Horizon.TACTICAL
    title: ShortText = ""
    series: str | None = None
    frequency: Frequency = Frequency.MONTH
    measure: Measure = Measure.LEVEL
    direction: Direction = Direction.AT_LEAST
    baseline: Baseline | None = None
    floor: float | None = None
    primary: float | None = None
    stretch: float | None = None
    start: date | None = None
    deadline: date | None = None
    owner: ShortText = ""
    team: ShortText = ""
    contributors: tuple[ShortText, ...] = ()
    objective: str | None = None
    parent: str | None = None
    why: LongText = ""
    how: LongText = ""
    milestones: tuple[Milestone, ...] = ()
    steps: tuple[TargetStep, ...] = ()
    cadence: Cadence = Cadence.MONTHLY
    guard_series: str | None = None
    guard_limit: float | None = None
    despite: LongText = ""
    worth: float | None = Field(default=None, ge=0)
    measuring: Measuring | None = None

    @field_validator("floor", "primary", "stretch", "guard_limit")
    @classmethod
    def _finite(cls, value: float | None) -> float | None:
        if value is not None and not abs(value) < float("inf"):
            raise ValueError("must be a finite number")
        return value

    @field_validator("steps")
    @classmethod
    def _in_order(cls, steps: tuple[TargetStep, ...]) -> tuple[TargetStep, ...]:
        if len({step.first for step in steps}) < len(steps):
            raise ValueError("a period has two steps")
        return tuple(sorted(steps, key=lambda step: step.first))

    @property
    def key(self) -> SeriesKey | None:
        """The series of the goal, read."""
        return SeriesKey.parse(self.series) if self.series else None

    @property
    def measures_first(self) -> bool:
        """Whether it is first to be measured: a target follows from the first figures."""
        return self.measuring is not None and self.primary is None


class OperationalGoal(_Goal):
    """Streamline a process, shorten a time, use people better."""

    type: Literal[GoalType.OPERATIONAL] = GoalType.OPERATIONAL
    process: ShortText = ""


class SatisfactionGoal(_Goal):
    """Raise what customers say: CSAT, NPS, effort, complaints, retention."""

    type: Literal[GoalType.SATISFACTION] = GoalType.SATISFACTION
    survey: ShortText = ""
    customer_group: ShortText = ""
    minimum_answers: int = Field(default=30, ge=1)


class TrainingGoal(_Goal):
    """Build a skill that shows in a KPI."""

    type: Literal[GoalType.TRAINING] = GoalType.TRAINING
    programme: ShortText = ""
    audience: ShortText = ""
    sessions_planned: int = Field(default=0, ge=0)
    sessions_held: int = Field(default=0, ge=0)
    trained_percent: float = Field(default=0, ge=0, le=100)
    skill_measure: ShortText = ""
    skill_before: float | None = None
    skill_after: float | None = None


class FinancialGoal(_Goal):
    """Lower a cost or keep revenue, without losing quality: the guard KPI is part of it."""

    type: Literal[GoalType.FINANCIAL] = GoalType.FINANCIAL
    cost_scope: ShortText = ""
    budget: float | None = Field(default=None, ge=0)


Goal = OperationalGoal | SatisfactionGoal | TrainingGoal | FinancialGoal
"""A goal of any type."""

_ANY_GOAL: TypeAdapter[Goal] = TypeAdapter(Annotated[Goal, Field(discriminator="type")])
GOAL_CLASSES: dict[GoalType, type[Goal]] = {
    GoalType.OPERATIONAL: OperationalGoal,
    GoalType.SATISFACTION: SatisfactionGoal,
    GoalType.TRAINING: TrainingGoal,
    GoalType.FINANCIAL: FinancialGoal,
}


def goal_from_json(document: str | bytes) -> Goal:
    """The goal that `goal.model_dump_json()` wrote."""
    return _ANY_GOAL.validate_json(document)


def goal_from_fields(fields: dict[str, object]) -> Goal:
    """A goal from its fields, `type` among them.

    Raises:
        pydantic.ValidationError: a field has the wrong type or is out of its range.
    """
    return _ANY_GOAL.validate_python(fields)

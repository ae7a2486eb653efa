"""The close of a quarter: how goals ended, and how good the probabilities were that the team was shown."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pydantic import BaseModel, ConfigDict, Field

from cs_planning.errors import InvalidGoal
from cs_planning.goals.following.checkins import CheckIn
from cs_planning.goals.following.progress import Status, StatusReport, status_of
from cs_planning.goals.goal import Goal, LongText, ShortText, Stage
from cs_planning.kpis.series import KpiSeries
from cs_planning.language import Percent, Text, ntext, text

_NEARLY = 0.8
_FEWEST_FOR_WORDS = 8
_CLASSES = ((0.0, 0.2), (0.2, 0.4), (0.4, 0.6), (0.6, 0.8), (0.8, 1.0))


class Score(StrEnum):
    """How a goal ended."""

    EXCEEDED = "exceeded"
    MET = "met"
    NEARLY = "nearly"
    MISSED = "missed"
    UNKNOWN = "unknown"

    @property
    def label(self) -> Text:
        """The score as a word for the screen."""
        return {
            "exceeded": text("Stretch target met"),
            "met": text("Met"),
            "nearly": text("Nearly met"),
            "missed": text("Not met"),
            "unknown": text("Not measured"),
        }[self.value]


class ClosingOutcome(BaseModel):
    """The end of one goal, with what was said at its beginning.

    Attributes:
        value: what was measured, in the KPI's unit.
        met: whether the primary target was met; `None` when it could not be measured.
        probability_at_start: of the primary target, as the first check-in or the commitment showed it, 0…1.
        quarter: in which it ended, such as `2026-Q1`.
        lesson: what was learned on the way, for goals to come.
    """

    model_config = ConfigDict(frozen=True)

    goal_id: str
    title: ShortText = ""
    closed_on: date
    quarter: str
    score: Score
    met: bool | None
    value: float | None = None
    primary: float | None = None
    probability_at_start: float | None = Field(default=None, ge=0, le=1)
    lesson: LongText = ""


@dataclass(frozen=True)
class Closed:
    """A goal that is closed, and its outcome."""

    goal: Goal
    outcome: ClosingOutcome


def close_goal(
    goal: Goal,
    series: KpiSeries | None,
    *,
    today: date,
    checkins: Sequence[CheckIn] = (),
    probability_at_start: float | None = None,
    lesson: str = "",
) -> Closed:
    """The goal closed and scored against floor, primary and stretch target.

    Nearly met is what kept its floor, or without a floor covered four fifths of the way.

    Args:
        goal: an active goal whose time is over, or that is decided already.
        series: its KPI.
        today: the day of closing.
        checkins: of this goal; the first one with a probability says what was believed at the start.
        probability_at_start: shown when the goal was committed to; counts before the check-ins.
        lesson: what was learned; may be empty.

    Raises:
        InvalidGoal: its time is not over and nothing is decided yet.
    """
    report = status_of(goal, series, None, today)
    decided = report.status in {Status.REACHED, Status.MISSED}
    if not decided and (goal.deadline is None or goal.deadline >= today):
        raise InvalidGoal(
            text("The goal runs until {deadline}; it can’t be scored yet.", deadline=goal.deadline or "…"),
            text("Close it after its deadline, or archive it."),
        )
    believed = probability_at_start
    if believed is None:
        first = sorted(
            (one for one in checkins if one.goal_id == goal.id and one.probability is not None), key=lambda one: one.on
        )
        believed = first[0].probability if first else None
    score = score_of(goal, report)
    ended = goal.deadline if goal.deadline is not None and goal.deadline < today else today
    outcome = ClosingOutcome(
        goal_id=goal.id,
        title=goal.title,
        closed_on=today,
        quarter=f"{ended.year}-Q{(ended.month - 1) // 3 + 1}",
        score=score,
        met=None if score is Score.UNKNOWN else score in {Score.MET, Score.EXCEEDED},
        value=report.pace.current,
        primary=goal.primary,
        probability_at_start=believed,
        lesson=lesson.strip()[:10_000],
    )
    return Closed(goal.model_copy(update={"stage": Stage.CLOSED}), outcome)


def score_of(goal: Goal, report: StatusReport) -> Score:
    """How a goal ended; unknown while nothing is decided or measured.

    Nearly met is what kept its floor, or without a floor covered four fifths of the way.
    """
    status, value, way = report.status, report.pace.judged, report.pace.share_of_way
    if value is None or status not in {Status.REACHED, Status.MISSED}:
        return Score.UNKNOWN
    if status is Status.REACHED:
        met_stretch = goal.stretch is not None and goal.direction.meets(value, goal.stretch)
        return Score.EXCEEDED if met_stretch else Score.MET
    if goal.floor is not None:
        baseline = goal.baseline.value if goal.baseline is not None else None
        above_start = baseline is None or goal.floor != baseline or goal.direction.sign * (value - baseline) > 0
        return Score.NEARLY if goal.direction.meets(value, goal.floor) and above_start else Score.MISSED
    return Score.NEARLY if way is not None and way >= _NEARLY else Score.MISSED


@dataclass(frozen=True)
class CalibrationClass:
    """Goals that were given a similar probability.

    Attributes:
        low, high: the class of probabilities.
        count: how many goals.
        expected: their mean probability.
        met: the share that was met.
    """

    low: float
    high: float
    count: int
    expected: float
    met: float


@dataclass(frozen=True)
class CalibrationRecord:
    """How good the probabilities were that the team was shown.

    Attributes:
        count: closed and measured goals with a probability.
        brier: mean squared distance of probability and outcome: 0 perfect, 0.25 as good as always saying 50 %.
        brier_of_rate: the same for always saying the share that was met, known only afterwards.
        expected, met: mean probability and share met.
        classes: by probability.
        quarters: Brier score and count of each quarter, the oldest first.
    """

    count: int
    brier: float | None
    brier_of_rate: float | None
    expected: float | None
    met: float | None
    classes: tuple[CalibrationClass, ...]
    quarters: tuple[tuple[str, int, float], ...]

    @property
    def words(self) -> Text:
        """The record in a sentence."""
        if self.count == 0 or self.expected is None or self.met is None or self.brier is None:
            return text("No goal with a probability has been closed yet.")
        if self.count < _FEWEST_FOR_WORDS:
            return ntext(
                "{count} goal is closed: too few to say how good the probabilities are.",
                "{count} goals are closed: too few to say how good the probabilities are.",
                self.count,
            )
        numbers = {"expected": Percent(share=self.expected), "met": Percent(share=self.met), "count": self.count}
        surprise = (
            (self.met - self.expected) * math.sqrt(self.count) / math.sqrt(max(self.expected * (1 - self.expected), 0.01))
        )
        if surprise > 1.96:
            return text("Too cautious: {expected} expected on average, {met} of {count} goals met.", **numbers)
        if surprise < -1.96:
            return text("Too hopeful: {expected} expected on average, {met} of {count} goals met.", **numbers)
        return text("In balance: {expected} expected on average, {met} of {count} goals met.", **numbers)


def calibration_of(outcomes: Sequence[ClosingOutcome]) -> CalibrationRecord:
    """The team's own record over its closed goals; goals without probability or measured outcome don't count."""
    pairs = [
        (one.quarter, one.probability_at_start, float(one.met))
        for one in outcomes
        if one.met is not None and one.probability_at_start is not None
    ]
    if not pairs:
        return CalibrationRecord(0, None, None, None, None, (), ())
    rate = sum(met for _, _, met in pairs) / len(pairs)
    quarters = []
    for quarter in sorted({quarter for quarter, _, _ in pairs}):
        own = [(probability, met) for one, probability, met in pairs if one == quarter]
        quarters.append((quarter, len(own), _brier(own)))
    return CalibrationRecord(
        count=len(pairs),
        brier=_brier([(probability, met) for _, probability, met in pairs]),
        brier_of_rate=_brier([(rate, met) for _, _, met in pairs]),
        expected=sum(probability for _, probability, _ in pairs) / len(pairs),
        met=rate,
        classes=tuple(_classes([(probability, met) for _, probability, met in pairs])),
        quarters=tuple(quarters),
    )


def _brier(pairs: Sequence[tuple[float, float]]) -> float:
    return sum((probability - met) ** 2 for probability, met in pairs) / len(pairs)


def _classes(pairs: Sequence[tuple[float, float]]) -> list[CalibrationClass]:
    classes = []
    for low, high in _CLASSES:
        own = [
            (probability, met)
            for probability, met in pairs
            if low <= probability < high or (high == 1.0 and probability == 1.0)
        ]
        if own:
            count = len(own)
            classes.append(
                CalibrationClass(low, high, count, sum(one for one, _ in own) / count, sum(met for _, met in own) / count)
            )
    return classes

"""The use case of several goals at once: how likely all of them are, and what the plan as a whole comes to."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import numpy as np
import pandas as pd
from pydantic import BaseModel, ConfigDict, ValidationError

from cs_planning.errors import CannotForecast, PlanningError, StorageUnavailable
from cs_planning.forecasting.answers.achievability import assess
from cs_planning.forecasting.answers.together import Joint, JudgedGoal, jointly
from cs_planning.forecasting.forecast import Question
from cs_planning.forecasting.models.paths import past_misses
from cs_planning.goals.goal import Goal, Stage
from cs_planning.goals.title import title_of
from cs_planning.kpis.frequency import Frequency
from cs_planning.language import Chance, Percent, Text, ntext, text
from cs_planning.storage import Store
from cs_planning.workspace.following.standings import GoalStanding
from cs_planning.workspace.goals.outlook import GoalLine
from cs_planning.workspace.goals.planning import Planning

MOST_GOALS = 120
"""A plan of more goals is not judged as a whole: it would keep the server busy for too long."""
TOLD_FROM = 0.2
"""A dependence that is nearer to none than this is not told."""
_KEPT = "plan.1"


@dataclass(frozen=True)
class Together:
    """Several goals at once: the probability of each primary target, of all, and of at least one.

    Attributes:
        tied: what is to be said of the two goals whose KPIs went together most, or against each other; `None` for nothing.
    """

    goals: tuple[tuple[Goal, float], ...]
    joint: Joint
    tied: Text | None


class Plan(BaseModel):
    """The running goals with a number as a whole.

    Attributes:
        stamp: of what it was computed from.
        goals: how many are judged.
        left_out: how many running goals have no number.
        all: the probability that each is reached, 0…1.
        expected: how many are reached on average.
        low80, high80: how many are reached at least and at most, with 80 %.
        tied: see `Together`.
    """

    model_config = ConfigDict(frozen=True)

    stamp: str
    goals: int
    left_out: int
    all: float
    expected: float
    low80: int
    high80: int
    tied: Text | None = None


class GoalsTogether:
    """Goals of a workspace that are judged at once."""

    def __init__(self, store: Store, planning: Planning) -> None:
        self._store = store
        self._planning = planning
        self._misses = lru_cache(maxsize=256)(self._load_misses)

    def of(self, goals: Sequence[Goal], today: date) -> Together:
        """How likely several goals are at once: on one series by the same futures, on others as these moved together before.

        Raises:
            CannotForecast: one of them has no number.
        """
        asked = [(goal, *self._planning.asked(goal)) for goal in goals]
        farthest: dict[tuple[str, Frequency], date] = {}
        for goal, series, question in asked:
            place = (series, goal.frequency)
            farthest[place] = max(question.last, farthest.get(place, question.last))
        judged = [
            self._judged(goal, series, question, farthest[series, goal.frequency], today) for goal, series, question in asked
        ]
        chances = [assess(one.forecast, one.question, one.target).probability for one in judged]
        joint = jointly(judged)
        return Together(tuple(zip(goals, chances, strict=True)), joint, _tied(judged, joint.dependence))

    def plan(self, lines: Sequence[GoalStanding], today: date) -> Plan | None:
        """All running goals that have a number; `None` for fewer than two, for too many, and while some still wait for theirs.

        Args:
            lines: the goals as they stand today.
            today: the day of the question.
        """
        running = [line for line in lines if line.goal.stage is Stage.ACTIVE]
        return None if any(line.is_stale for line in running) else self.plan_of(running, today)

    def plan_of(self, running: Sequence[GoalStanding | GoalLine], today: date) -> Plan | None:
        """Those of the running goals that have a number, together; `None` for fewer than two and for too many."""
        goals = [line.goal for line in running if line.report.probability is not None and line.goal.primary is not None]
        if not 2 <= len(goals) <= MOST_GOALS:
            return None
        stamp = self._stamp(goals, len(running), today)
        kept = self._kept()
        if kept is not None and kept.stamp == stamp:
            return kept
        try:
            found = self.of(goals, today)
        except PlanningError:
            return None  # a goal lost its number in between: the next look at the goals says why
        joint = found.joint
        plan = Plan(
            stamp=stamp,
            goals=len(goals),
            left_out=len(running) - len(goals),
            all=joint.all,
            expected=joint.expected,
            low80=joint.low80,
            high80=joint.high80,
            tied=found.tied,
        )
        # On a full or read-only disk it is computed again at the next visit.
        with suppress(StorageUnavailable):
            self._store.computed.keep(_KEPT, plan.model_dump(mode="json"))
        return plan

    def _judged(self, goal: Goal, series: str, question: Question, last: date, today: date) -> JudgedGoal:
        if goal.primary is None:
            raise CannotForecast(
                text("“{title}” has no target yet.", title=title_of(goal)), text("Set a target or leave the goal out.")
            )
        made = self._planning.forecast(series, goal.frequency, last, today)
        place, stamp = self._planning.place, self._planning.events.stamp()
        misses = self._misses(self._store.changes.data_version(), stamp, place, series, goal.frequency, today)
        return JudgedGoal(made, question, goal.primary, misses)

    def _load_misses(
        self, _version: int, _events: str, place: str, key: str, frequency: Frequency, today: date
    ) -> pd.Series | None:
        series = self._store.points.load_series(key, frequency)
        try:
            return past_misses(series, today=today, events=self._planning.events.of(key), place=place)
        except CannotForecast:
            return None

    def _stamp(self, goals: Sequence[Goal], running: int, today: date) -> str:
        data = f"{self._store.changes.data_version()}.{self._planning.events.stamp()}.{self._planning.place}.{today}.{running}."
        ids = ",".join(sorted(f"{goal.id}:{goal.version}" for goal in goals))
        return hashlib.sha256((data + ids).encode()).hexdigest()

    def _kept(self) -> Plan | None:
        body = self._store.computed.load(_KEPT)
        try:
            return Plan.model_validate(body) if body else None
        except ValidationError:
            return None


def too_many_words(running: int) -> Text | None:
    """Why so many running goals are not judged as one plan; `None` where they are few enough."""
    if running <= MOST_GOALS:
        return None
    return text(
        "{count} running goals are too many to be judged as one plan; up to {most} are.", count=running, most=MOST_GOALS
    )


def plan_words(plan: Plan) -> tuple[Text, ...]:
    """What is said of a plan as a whole: how many goals are likely and how likely all are; then what was counted, and how."""
    span = (
        text("{low}", low=plan.low80)
        if plan.low80 == plan.high80
        else text("{low} to {high}", low=plan.low80, high=plan.high80)
    )
    told = text(
        "Of {goals} running goals with a number, {span} are likely to be reached (80 %). All of them: {all}.",
        goals=plan.goals,
        span=span,
        all=Chance(chance=plan.all),
    )
    more = [] if plan.tied is None else [plan.tied]
    if plan.left_out:
        more.append(
            ntext(
                "{count} goal without a number is not counted.",
                "{count} goals without a number are not counted.",
                plan.left_out,
            )
        )
    return (told, *more)


def _tied(judged: Sequence[JudgedGoal], dependence: np.ndarray) -> Text | None:
    """The two different series that went together most, if that is worth a word."""
    keys = [one.forecast.series.key for one in judged]
    pairs = [
        (abs(float(dependence[one, other])), one, other)
        for one in range(len(keys))
        for other in range(one)
        if keys[one] != keys[other] and abs(dependence[one, other]) >= TOLD_FROM
    ]
    if not pairs:
        return None
    _size, other, one = max(pairs)
    names = {"one": judged[one].forecast.series.name, "other": judged[other].forecast.series.name}
    share = Percent(share=abs(float(dependence[one, other])))
    if dependence[one, other] > 0:
        return text("{one} and {other} moved together in the past ({share}); that is counted in.", share=share, **names)
    return text("{one} and {other} moved against each other in the past ({share}); that is counted in.", share=share, **names)

"""The use case of the first page: where every goal stands, at once, however many there are.

A probability needs a fitted model, which takes too long for hundreds of goals at once.  So it is kept with what it was computed
from; the page shows what is known, says what is not up to date, and lets the rest be computed afterwards.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from pydantic import BaseModel, ConfigDict, ValidationError

from cs_planning.errors import StorageUnavailable
from cs_planning.goals.following.checkins import CheckIn
from cs_planning.goals.following.progress import StatusReport, status_of
from cs_planning.goals.following.review import Movement, movement_of
from cs_planning.goals.goal import Goal, Stage
from cs_planning.goals.plan.action_table import review_days
from cs_planning.goals.plan.actions import Action
from cs_planning.kpis.frequency import Frequency
from cs_planning.kpis.series import KpiSeries
from cs_planning.language import Text
from cs_planning.storage import Store
from cs_planning.workspace.following.actions import Actions
from cs_planning.workspace.following.reviews import Reviews
from cs_planning.workspace.goals.planning import Planning

_KEPT = "standings.4"
_STAGES = (Stage.ACTIVE, Stage.DRAFT, Stage.CLOSED, Stage.ARCHIVED)


class _Standing(BaseModel):
    """What was computed for a goal, and from what."""

    model_config = ConfigDict(frozen=True)

    goal_version: int
    data: str
    day: date
    report: StatusReport
    reason: Text | None = None
    basis: Text | None = None
    trust: Text | None = None
    plan_as_of: date | None = None


@dataclass(frozen=True)
class GoalStanding:
    """One goal on the first page.

    Attributes:
        report: its status; its probability may be of an earlier day while `is_stale`.
        reason: why there is no probability, and the next step.
        is_stale: whether the probability still has to be computed from today's data.
        last: the newest check-in, for what changed since.
        movement: against that check-in.
        basis: the data and the periods behind the probability.
        trust: how sure it is, and how good the record was.
        plan_as_of: the day on which the data are fresh, where they are too old for a probability.
    """

    goal: Goal
    report: StatusReport
    reason: Text | None
    is_stale: bool
    last: CheckIn | None
    movement: Movement
    basis: Text | None = None
    trust: Text | None = None
    plan_as_of: date | None = None

    @property
    def probability_change(self) -> float | None:
        """By how much the probability moved since the newest check-in, −1…1."""
        now = self.report.probability
        return None if now is None or self.last is None or self.last.probability is None else now - self.last.probability


@dataclass(frozen=True)
class Brief:
    """What a manager asks first.

    Attributes:
        lines: every goal that is not archived: running ones first, those that need somebody soonest on top.
        next_review: the nearest day on which a running goal is reviewed.
        overdue: actions that should be finished, the oldest first.
        better, worse: how many running goals moved since their last check-in.
        data_until: the last day that the imported data cover.
    """

    lines: tuple[GoalStanding, ...]
    next_review: date | None
    overdue: tuple[Action, ...]
    better: int
    worse: int
    data_until: date | None

    @property
    def moved(self) -> tuple[GoalStanding, ...]:
        """The running goals that moved since their last check-in, those that got worse first."""
        running = [line for line in self.lines if line.goal.stage is Stage.ACTIVE]
        return tuple(line for way in (Movement.WORSE, Movement.BETTER) for line in running if line.movement is way)

    @property
    def running(self) -> int:
        """How many goals are running."""
        return sum(line.goal.stage is Stage.ACTIVE for line in self.lines)

    @property
    def plan_as_of(self) -> date | None:
        """The day on which the newest of the data that are too old for a probability would be fresh; `None` if none are."""
        return max((line.plan_as_of for line in self.lines if line.plan_as_of is not None), default=None)

    @property
    def stale(self) -> tuple[GoalStanding, ...]:
        """The goals whose probability still has to be computed."""
        return tuple(line for line in self.lines if line.is_stale)


class Standings:
    """Where all goals stand; what was computed once is kept between visits and restarts."""

    def __init__(self, store: Store, planning: Planning, reviews: Reviews, actions: Actions) -> None:
        self._store = store
        self._planning = planning
        self._reviews = reviews
        self._actions = actions
        self._computed = 0
        self._known: dict[str, _Standing] | None = None
        self._brief = lru_cache(maxsize=4)(self._make_brief)

    def brief(self, today: date) -> Brief:
        """The first page, computed again only after something was saved, imported or refreshed."""
        return self._brief(self._store.changes.content_without_comments(), self._data(), today, self._computed)

    def series_of(self, goal: Goal) -> KpiSeries | None:
        """The history of the goal's KPI; `None` when there is none."""
        series = self._planning.series_of(goal)
        return None if series is None or not len(series) else series

    def refresh(self, lines: Sequence[GoalStanding], today: date, *, seconds: float) -> int:
        """Computes stale probabilities, in the given order, for about `seconds`, and keeps them.

        Returns: how many were computed; the rest waits for the next call.
        """
        begun = time.monotonic()
        known, data = self._load(), self._data()
        done = 0
        for line in lines:
            if time.monotonic() - begun > seconds:
                break
            goal = line.goal
            seen = self._planning.outlook(goal, today)
            report = self._planning.status(goal, today, seen)
            known[goal.id] = _Standing(
                goal_version=goal.version,
                data=data,
                day=today,
                report=report,
                reason=seen.no_number,
                basis=seen.belief.basis if seen.belief is not None else None,
                trust=seen.belief.trust if seen.belief is not None else None,
                plan_as_of=seen.plan_as_of,
            )
            done += 1
        if done:
            self._computed += 1
            # On a full or read-only disk they are known until the next start; whoever saves something is told why it can't be.
            with suppress(StorageUnavailable):
                self._store.computed.keep(_KEPT, {goal: one.model_dump(mode="json") for goal, one in known.items()})
        return done

    def _data(self) -> str:
        events = hashlib.sha256(self._planning.events.stamp().encode()).hexdigest()[:12]
        return f"{self._store.changes.data_version()}.{events}"

    def _load(self) -> dict[str, _Standing]:
        if self._known is None:
            kept = self._store.computed.load(_KEPT)
            self._known = {}
            for goal, body in kept.items() if isinstance(kept, dict) else ():
                try:
                    self._known[goal] = _Standing.model_validate(body)
                except ValidationError:
                    continue
        return self._known

    def _make_brief(self, _content: int, data: str, today: date, _computed: int) -> Brief:
        known = self._load()
        last: dict[str, CheckIn] = {}
        for one in reversed(self._reviews.check_ins()):
            last[one.goal_id] = one
        goals = self._planning.goals()
        series = self._planning.series_of_all(goals)
        lines = [self._line(goal, series.get(goal.id), known, data, last.get(goal.id), today) for goal in goals]
        lines.sort(key=_urgency)
        running = [line for line in lines if line.goal.stage is Stage.ACTIVE]
        calendar = self._planning.calendar
        reviews = [day for line in running for day in review_days(line.goal, calendar, today)[:1]]
        infos = self._store.points.list_series()
        daily = [info for info in infos if info.frequency is not Frequency.WEEK] or infos
        return Brief(
            lines=tuple(lines),
            next_review=min(reviews, default=None),
            overdue=self._actions.summary(today).overdue,
            better=sum(line.movement is Movement.BETTER for line in running),
            worse=sum(line.movement is Movement.WORSE for line in running),
            data_until=max((info.rhythm.end_of(info.last) for info in daily), default=None),
        )

    def _line(
        self,
        goal: Goal,
        series: KpiSeries | None,
        known: Mapping[str, _Standing],
        data: str,
        last: CheckIn | None,
        today: date,
    ) -> GoalStanding:
        kept = known.get(goal.id)
        if kept is not None and (kept.goal_version, kept.data, kept.day) == (goal.version, data, today):
            moved = movement_of(kept.report, last)
            said = (kept.basis, kept.trust, kept.plan_as_of)
            return GoalStanding(goal, kept.report, kept.reason, False, last, moved, *said)
        asks = goal.stage in {Stage.ACTIVE, Stage.DRAFT}
        before = kept.report.probability if kept is not None and asks else None
        report = status_of(goal, series, before, today, proven=kept is None or kept.report.proven)
        return GoalStanding(goal, report, None, asks, last, movement_of(report, last))


def _urgency(line: GoalStanding) -> tuple[int, int, date]:
    return _STAGES.index(line.goal.stage), line.report.status.urgency, line.goal.deadline or date.max

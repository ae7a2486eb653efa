"""The review meeting: an agenda that builds itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from pydantic import BaseModel, ConfigDict

from cs_planning.goals.following.checkins import CheckIn, Replan
from cs_planning.goals.following.progress import Status, StatusReport
from cs_planning.goals.goal import Cadence, Goal, LongText, Milestone, ShortText, Stage
from cs_planning.goals.plan.actions import Action
from cs_planning.kpis.calendar.service_calendar import ServiceCalendar
from cs_planning.language import Text, ntext, text

_SHARPEST_CHANGE = 0.10


class Decision(BaseModel):
    """What a review decided, who does it and by when."""

    model_config = ConfigDict(frozen=True)

    id: str = ""
    goal_id: str = ""
    on: date
    what: LongText
    owner: ShortText = ""
    due: date | None = None
    done: bool = False


class Movement(StrEnum):
    """How a goal moved since the last review."""

    BETTER = "better"
    SAME = "same"
    WORSE = "worse"
    NEW = "new"


@dataclass(frozen=True)
class GoalItem:
    """One goal on the agenda.

    Attributes:
        goal: the goal.
        report: its status now.
        last: the newest check-in up to the last review.
        movement: against it.
        reasons: what changed, why and what was learned: words of the check-ins and re-plans since then, the newest first.
        celebrate: milestones reached since then.
    """

    goal: Goal
    report: StatusReport
    last: CheckIn | None
    movement: Movement
    reasons: tuple[Text | str, ...]
    celebrate: tuple[Milestone, ...]


@dataclass(frozen=True)
class BrokenSeries:
    """A KPI whose level or trend broke since the last review."""

    series: str
    message: Text


@dataclass(frozen=True)
class Agenda:
    """What a review talks about, in the order of talking.

    Attributes:
        celebrations: goals with milestones or targets reached since the last review.
        goals: open goals, the most urgent first.
        to_close: goals whose time is over.
        decisions: taken last time and not done yet, the oldest first.
        overdue: actions that are late, the oldest first, except those that a decision above stands for.
        breaks: KPIs with new breaks.
        minutes: how long it will take, from its items.
    """

    cadence: Cadence
    since: date
    on: date
    celebrations: tuple[GoalItem, ...]
    goals: tuple[GoalItem, ...]
    to_close: tuple[GoalItem, ...]
    decisions: tuple[Decision, ...]
    overdue: tuple[Action, ...]
    breaks: tuple[BrokenSeries, ...]

    @property
    def title(self) -> Text:
        """The heading of the meeting."""
        return review_title(self.cadence, self.on)

    def claim(self) -> tuple[Text, ...]:
        """Where the open goals stand, the most urgent first, and how much is left from last time."""
        counts = Counter(item.report.status for item in self.goals)
        standing = " · ".join(
            str(text("{status} {count}", status=status.label, count=counts[status]))
            for status in sorted(counts, key=lambda one: one.urgency)
        )
        left = len(self.decisions) + len(self.overdue) + len(self.breaks)
        open_goals = ntext(
            "{count} goal is open: {standing}.", "{count} goals are open: {standing}.", len(self.goals), standing=standing
        )
        left_over = ntext("{count} matter is left from last time.", "{count} matters are left from last time.", left)
        return (*((open_goals,) if self.goals else (text("No goal is open."),)), *((left_over,) if left else ()))

    @property
    def minutes(self) -> int:
        """A guess at its length, from its parts."""
        return self.minutes_of_opening + self.minutes_of_left_over + self.minutes_of_goals

    @property
    def minutes_of_opening(self) -> int:
        """For saying thank you, and what the meeting is about."""
        return 5

    @property
    def minutes_of_left_over(self) -> int:
        """Two for each decision and each KPI that broke, one for each overdue action, of these fifteen at most."""
        return 2 * (len(self.decisions) + len(self.breaks)) + min(len(self.overdue), 15)

    @property
    def minutes_of_goals(self) -> int:
        """Five for a goal in trouble, two for any other."""
        urgent = {Status.OFF_TRACK, Status.AT_RISK, Status.NOT_MEASURABLE, Status.MISSED}
        return sum(5 if item.report.status in urgent else 2 for item in (*self.goals, *self.to_close))


def review_title(cadence: Cadence, on: date) -> Text:
    """What a review of that rhythm and day is called."""
    return {
        Cadence.MONTHLY: text("Monthly check-in of {day}", day=on),
        Cadence.QUARTERLY: text("Quarterly review of {day}", day=on),
        Cadence.YEARLY: text("Yearly review of {day}", day=on),
    }[cadence]


def last_review_before(on: date, cadence: Cadence, calendar: ServiceCalendar) -> date:
    """The day of the review before, when nobody wrote one down: one period of the calendar earlier."""
    rhythm = calendar.rhythm(cadence.frequency)
    return rhythm.next_after(rhythm.start_of(on), -1)


def agenda_for(
    cadence: Cadence,
    on: date,
    goals: Sequence[Goal],
    reports: Mapping[str, StatusReport],
    *,
    since: date,
    checkins: Sequence[CheckIn] = (),
    replans: Sequence[Replan] = (),
    decisions: Sequence[Decision] = (),
    actions: Sequence[Action] = (),
    breaks: Sequence[BrokenSeries] = (),
) -> Agenda:
    """The agenda of a review.

    Args:
        cadence: monthly, quarterly or yearly; a monthly one leaves out goals that are reviewed more rarely, unless in trouble.
        on: the day of the meeting.
        goals: all goals; only active ones are talked about.
        reports: status by goal id; a goal without one is left out.
        since: the day of the last review; where nobody wrote it down, what `last_review_before` says.
        checkins, replans, decisions, actions: everything recorded, of any goal and time.
        breaks: KPIs whose level or trend broke since the last review.
    """
    items = [
        _item(goal, reports[goal.id], since, checkins, replans)
        for goal in goals
        if goal.stage is Stage.ACTIVE and goal.id in reports
    ]
    talked = sorted((item for item in items if _belongs(item, cadence)), key=_urgency)
    over = [item for item in talked if item.goal.deadline is not None and item.goal.deadline < on]
    left_over = tuple(sorted((one for one in decisions if not one.done and one.on < on), key=lambda one: one.on))
    open_decisions = {one.id for one in left_over if one.id}
    return Agenda(
        cadence=cadence,
        since=since,
        on=on,
        celebrations=tuple(item for item in items if item.celebrate or item.report.status is Status.REACHED),
        goals=tuple(item for item in talked if item not in over),
        to_close=tuple(over),
        decisions=left_over,
        overdue=tuple(
            sorted(
                (one for one in actions if one.is_overdue(on) and one.decision not in open_decisions),
                key=lambda one: (one.due or on, one.what),
            )
        ),
        breaks=tuple(breaks),
    )


def _item(goal: Goal, report: StatusReport, before: date, checkins: Sequence[CheckIn], replans: Sequence[Replan]) -> GoalItem:
    own = sorted((one for one in checkins if one.goal_id == goal.id), key=lambda one: one.on)
    earlier = [one for one in own if one.on <= before]
    later = [one for one in own if one.on > before]
    last = earlier[-1] if earlier else None
    seen = {milestone for one in earlier for milestone in one.milestones_reached}
    spoken: list[tuple[date, str, Text | str]] = [(one.on, one.note, one.words) for one in later if one.note.strip()]
    changed = [one for one in replans if one.goal_id == goal.id and one.on > before]
    spoken += [(one.on, one.reason, one.reason) for one in changed]
    learned = [(one.on, one.lesson) for one in later] + [(one.on, one.lesson) for one in changed]
    spoken += [(on, lesson, text("Learned: {lesson}", lesson=lesson)) for on, lesson in learned if lesson]
    newest_first = sorted(spoken, key=lambda one: one[0], reverse=True)
    return GoalItem(
        goal=goal,
        report=report,
        last=last,
        movement=movement_of(report, last),
        reasons=tuple({note: words for _on, note, words in newest_first}.values()),
        celebrate=tuple(milestone for milestone in report.milestones_reached if milestone not in seen),
    )


_ORDER = (Status.MISSED, Status.OFF_TRACK, Status.NOT_MEASURABLE, Status.AT_RISK, Status.ON_TRACK, Status.REACHED)


def movement_of(report: StatusReport, last: CheckIn | None) -> Movement:
    """How a goal moved since an earlier check-in: by its status, or within it by a tenth of probability."""
    if last is None:
        return Movement.NEW
    step = _ORDER.index(report.status) - _ORDER.index(last.status)
    if step == 0 and report.probability is not None and last.probability is not None:
        change = report.probability - last.probability
        step = 0 if abs(change) < _SHARPEST_CHANGE else 1 if change > 0 else -1
    return Movement.BETTER if step > 0 else Movement.WORSE if step < 0 else Movement.SAME


def _belongs(item: GoalItem, cadence: Cadence) -> bool:
    order = list(Cadence)
    due = order.index(item.goal.cadence) <= order.index(cadence)
    return due or item.report.status in {Status.OFF_TRACK, Status.MISSED, Status.REACHED} or item.movement is Movement.WORSE


def _urgency(item: GoalItem) -> tuple[int, float, date]:
    probability = item.report.probability if item.report.probability is not None else 0.5
    return item.report.status.urgency, probability, item.goal.deadline or date.max - timedelta(days=1)

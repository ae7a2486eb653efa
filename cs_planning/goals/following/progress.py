"""How far a goal has come: the measured value, the pace against the time, and the status with its rule."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

import numpy as np

from cs_planning.goals.drafts.windows import last_period, periods_that_count
from cs_planning.goals.following.pace import KnownValues, Pace, day_of, known_values, pace_of, values_inside
from cs_planning.goals.following.step_standing import StepStanding, step_standing
from cs_planning.goals.goal import Direction, Goal, Measure, Measuring, Milestone
from cs_planning.kpis.period_names import named_period
from cs_planning.kpis.quantity import quantity
from cs_planning.kpis.series import KpiSeries
from cs_planning.language import Chance, Percent, Points, Text, rounded_whole, text

LIKELY, EVEN, UNLIKELY = 0.70, 0.50, 0.25
"""Probabilities from which a goal is on track whatever its pace, on track when not behind, and off track when behind."""
TOLERATED_LAG, GREAT_LAG = 0.10, 0.35
"""How far the share of the way may lie behind the share of the time, without and with a warning."""
_STALE_PERIODS = 3
_FIRST_FIGURES_DAYS = 45
"""By then a first month is over and its figures had two weeks to arrive."""


class Status(StrEnum):
    """How a goal stands."""

    ON_TRACK = "on_track"
    AT_RISK = "at_risk"
    OFF_TRACK = "off_track"
    REACHED = "reached"
    MISSED = "missed"
    NOT_MEASURABLE = "not_measurable"

    @property
    def label(self) -> Text:
        """The status as words for the screen."""
        return {
            "on_track": text("On track"),
            "at_risk": text("At risk"),
            "off_track": text("Off track"),
            "reached": text("Reached"),
            "missed": text("Missed"),
            "not_measurable": text("Not measurable"),
        }[self.value]

    @property
    def urgency(self) -> int:
        """For sorting: the smaller, the sooner somebody has to look."""
        order = ("off_track", "not_measurable", "at_risk", "missed", "on_track", "reached")
        return order.index(self.value)


@dataclass(frozen=True)
class StatusReport:
    """A status, why, and the numbers behind it.

    Attributes:
        rule: the rule that gave the status, with its numbers.
        proven: whether past forecasts were not just as good as assuming no change, or worse.
        milestones_reached: those whose value was met.
        milestones_late: those that are due and were not met.
        step: the newest period beside its step, where the target varies.
    """

    status: Status
    rule: Text
    pace: Pace
    probability: float | None = None
    proven: bool = True
    milestones_reached: tuple[Milestone, ...] = ()
    milestones_late: tuple[Milestone, ...] = ()
    step: StepStanding | None = None


def status_of(
    goal: Goal, series: KpiSeries | None, probability: float | None, today: date, *, proven: bool = True
) -> StatusReport:
    """Where the goal stands, from the outcome once it is decided, else from its probability, else from its pace.

    Args:
        goal: any goal.
        series: the goal's KPI in its rhythm, up to now.
        probability: of the primary target, 0…1, where there is one.
        today: the day of the status.
        proven: `False` where past forecasts of the KPI were no better than assuming no change; only a likely target is then
            on track.
    """
    known = known_values(series, today)
    way = pace_of(goal, known, today)
    reached, late = _milestones(goal, known, today)
    step = step_standing(goal, known)
    status, rule = _judge(goal, series, known, way, step, probability, today, proven=proven)
    return StatusReport(status, rule, way, probability, proven, reached, late, step)


def _milestones(goal: Goal, known: KnownValues | None, today: date) -> tuple[tuple[Milestone, ...], tuple[Milestone, ...]]:
    reached, late = [], []
    for milestone in sorted(goal.milestones, key=lambda one: one.due):
        if known is not None and len(known.values) and _was_met(goal, known, milestone, today):
            reached.append(milestone)
        elif milestone.due < today:
            late.append(milestone)
    return tuple(reached), tuple(late)


def _was_met(goal: Goal, known: KnownValues, milestone: Milestone, today: date) -> bool:
    until = goal.model_copy(update={"deadline": min(milestone.due, today), "primary": milestone.value, "milestones": ()})
    inside = values_inside(until, known)
    values = known.values[inside]
    if len(values) == 0:
        return False
    direction = goal.direction
    match goal.measure:
        case Measure.TOTAL:
            if direction is Direction.AT_MOST and today <= milestone.due:
                return False
            return direction.meets(float(values.sum()), milestone.value)
        case Measure.AVERAGE:
            return today > milestone.due and direction.meets(float(values.mean()), milestone.value)
        case Measure.EVERY:
            return today > milestone.due and all(direction.meets(float(value), milestone.value) for value in values)
        case _:
            first = periods_that_count(goal, known.rhythm)[0] or day_of(known.starts[0])
            since = known.starts[inside] >= np.datetime64(first)
            return any(direction.meets(float(value), milestone.value) for value in values[since])


def _judge(
    goal: Goal,
    series: KpiSeries | None,
    known: KnownValues | None,
    way: Pace,
    step: StepStanding | None,
    probability: float | None,
    today: date,
    *,
    proven: bool,
) -> tuple[Status, Text]:
    if goal.measures_first and goal.measuring is not None and goal.deadline is not None:
        return _by_first_figures(goal.measuring, goal.deadline, series, today)
    if goal.primary is None or goal.deadline is None:
        return Status.NOT_MEASURABLE, text("There is no target or no deadline to judge by.")
    if series is None or known is None or known.last_written is None:
        return Status.NOT_MEASURABLE, text("There is no data for the KPI.")
    by_steps = step is not None and goal.measure is Measure.EVERY
    decided = _decided_by_steps(step, series, way) if by_steps and step else _decided(goal, goal.primary, series, way)
    if decided is not None:
        return decided
    if goal.deadline < today and way.periods_left > 0:
        return Status.NOT_MEASURABLE, text("The deadline is over, and the KPI’s value of that time is not there yet.")
    behind = series.rhythm.count_between(known.last_written, today)
    if behind > _STALE_PERIODS and goal.deadline >= today:
        return Status.NOT_MEASURABLE, text(
            "The last value is of {period}, {count} periods ago.",
            period=named_period(known.last_written, series.rhythm),
            count=behind,
        )
    if probability is not None:
        return _by_probability(way, probability, proven=proven)
    return _by_pace(way)


def _by_first_figures(measuring: Measuring, deadline: date, series: KpiSeries | None, today: date) -> tuple[Status, Text]:
    """The status of a goal to measure first: figures by the deadline, and a target on them."""
    if series is not None and len(series) > 0:
        period = named_period(series.last_period, series.rhythm)
        if deadline < today:
            return Status.REACHED, text("It is measured, up to {period}; the target is still to be set.", period=period)
        return Status.ON_TRACK, text("It is measured, up to {period}: set the target on these figures.", period=period)
    if deadline < today:
        return Status.MISSED, text("It should be measured since {begins}, and no figures have come.", begins=measuring.begins)
    if today >= measuring.begins + timedelta(days=_FIRST_FIGURES_DAYS):
        return Status.AT_RISK, text("It should be measured since {begins}, and no figures have come.", begins=measuring.begins)
    return Status.ON_TRACK, text("It is measured from {begins} on; the first figures set the target.", begins=measuring.begins)


def _decided(goal: Goal, target: float, series: KpiSeries, way: Pace) -> tuple[Status, Text] | None:
    kpi = series.kpi
    if way.broken:
        return Status.MISSED, text(
            "It can no longer be reached: {value} breaks the limit of {target}.",
            value=quantity(way.current if way.current is not None else target, kpi),
            target=quantity(target, kpi),
        )
    if way.secured:
        return Status.REACHED, text("The total of {target} is already there.", target=quantity(target, kpi))
    if way.periods_left > 0 or way.current is None or way.current_period is None or goal.deadline is None:
        return None
    if goal.measure is Measure.LEVEL and way.current_period < last_period(series.rhythm, goal.deadline):
        return Status.NOT_MEASURABLE, text("The KPI has no value for the last period before the deadline.")
    got = quantity(way.current, kpi)
    if goal.direction.meets(way.current, target):
        return Status.REACHED, text("{value} meets the target of {target}.", value=got, target=quantity(target, kpi))
    if str(got) == str(quantity(target, kpi)):
        return Status.MISSED, text("It misses the target of {target} by less than is shown.", target=quantity(target, kpi))
    return Status.MISSED, text("{value} does not meet the target of {target}.", value=got, target=quantity(target, kpi))


def _decided_by_steps(step: StepStanding, series: KpiSeries, way: Pace) -> tuple[Status, Text] | None:
    """What is decided where every period has a step of its own."""
    for missed in step.missed[:1]:
        return Status.MISSED, text(
            "It can no longer be reached: {value} in {period} missed its step of {step}.",
            value=quantity(missed.value, series.kpi),
            period=named_period(missed.first, series.rhythm),
            step=quantity(missed.step, series.kpi),
        )
    if way.periods_left > 0 or not step.measured:
        return None
    return Status.REACHED, text("Every period met its step.")


def _by_probability(way: Pace, probability: float, *, proven: bool) -> tuple[Status, Text]:
    chance, lag = Chance(chance=probability), _said_lag(way)
    said = _said(probability)
    limit = Percent(share=LIKELY if said >= _said(EVEN) else EVEN if said >= _said(UNLIKELY) else UNLIKELY)
    numbers = {"chance": chance, "limit": limit, **_way_words(way)}
    behind = lag is not None and lag > _said(TOLERATED_LAG)
    if said >= _said(LIKELY):
        return Status.ON_TRACK, text("{chance} probability; from {limit} on it is on track.", chance=chance, limit=limit)
    if said >= _said(EVEN):
        return _by_even_probability(numbers, behind=behind, known=lag is not None, proven=proven)
    if said >= _said(UNLIKELY):
        return Status.AT_RISK, text("{chance} probability; below {limit} it is at risk.", chance=chance, limit=limit)
    if behind:
        return Status.OFF_TRACK, text(
            "{chance} probability; below {limit} it is off track when more than {lag} behind the time ({so_far}).", **numbers
        )
    if lag is None:
        return Status.OFF_TRACK, text(
            "{chance} probability; below {limit} it is off track, as nothing shows that it keeps pace with the time.",
            chance=chance,
            limit=limit,
        )
    return Status.AT_RISK, text(
        "{chance} probability; below {limit} it is at risk and not yet off track while at most {lag} behind the time "
        "({so_far}).",
        **numbers,
    )


def _by_even_probability(
    numbers: Mapping[str, Chance | Percent | Points | Text], *, behind: bool, known: bool, proven: bool
) -> tuple[Status, Text]:
    """Between `EVEN` and `LIKELY` the way decides, and whether past forecasts knew more than that nothing changes."""
    if behind:
        return Status.AT_RISK, text(
            "{chance} probability; below {limit} it is at risk when more than {lag} behind the time ({so_far}).",
            **numbers,
        )
    chance, limit = numbers["chance"], numbers["limit"]
    if not proven:
        return Status.AT_RISK, text(
            "{chance} probability; below {limit} it is at risk, as past forecasts were no better than assuming no change.",
            chance=chance,
            limit=limit,
        )
    even = Percent(share=EVEN)
    if not known:
        return Status.ON_TRACK, text(
            "{chance} probability; from {limit} on it is on track unless it is behind the time, which can’t be said yet.",
            chance=chance,
            limit=even,
        )
    return Status.ON_TRACK, text(
        "{chance} probability; from {limit} on it is on track while at most {lag} behind the time ({so_far}).",
        **{**numbers, "limit": even},
    )


def _said(share: float) -> int:
    """A share in the whole percent in which it is said: the status is judged by what its sentence shows."""
    return rounded_whole(100 * share)


def _said_lag(way: Pace) -> int | None:
    return None if way.share_of_way is None else _said(way.share_due) - _said(way.share_of_way)


def _way_words(way: Pace) -> dict[str, Points | Text]:
    lag = Points(points=100 * TOLERATED_LAG, digits=0)
    done, due = Percent(share=way.share_of_way or 0.0), Percent(share=way.share_due)
    if way.follows_steps:
        return {"so_far": text("{way} of the way, where the steps ask for {due}", way=done, due=due), "lag": lag}
    return {"so_far": text("{way} of the way after {time} of the time", way=done, time=due), "lag": lag}


def _by_pace(way: Pace) -> tuple[Status, Text]:
    lag = _said_lag(way)
    if lag is None:
        if way.periods_counted == 0:
            return Status.NOT_MEASURABLE, text("No period of the goal’s time is over yet.")
        return Status.NOT_MEASURABLE, text("There is neither a probability nor a baseline to judge by.")
    numbers = _way_words(way)
    if lag <= _said(TOLERATED_LAG):
        return Status.ON_TRACK, text("{so_far}; at most {lag} behind it is on track.", **numbers)
    if lag <= _said(GREAT_LAG):
        return Status.AT_RISK, text("Only {so_far}; more than {lag} behind it is at risk.", **numbers)
    numbers["lag"] = Points(points=100 * GREAT_LAG, digits=0)
    return Status.OFF_TRACK, text("{so_far}; more than {lag} behind it is off track.", **numbers)

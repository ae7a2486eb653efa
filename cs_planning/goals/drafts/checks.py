"""What forbids committing to a goal, all of it at once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from cs_planning.errors import InvalidGoal, Problem
from cs_planning.goals.drafts.first_draft import baseline_of
from cs_planning.goals.drafts.steps import path_of
from cs_planning.goals.goal import Direction, Goal, Measure, Measuring, Stage
from cs_planning.goals.objectives.conflicts import excluded_by
from cs_planning.goals.title import kept_true, title_of
from cs_planning.kpis.catalogue import Aggregation, Kpi
from cs_planning.kpis.period_names import named_period
from cs_planning.kpis.quantity import quantity
from cs_planning.kpis.series import KpiSeries
from cs_planning.language import Text, ntext, text


def problems_of(goal: Goal, series: KpiSeries | None, *, today: date, goals: Sequence[Goal] = ()) -> list[Problem]:
    """Everything that forbids committing to `goal`: a field, what was found, what was expected, what to do.

    Args:
        goal: a draft.
        series: the goal's KPI in its rhythm; `None` when there is none.
        today: the day of committing.
        goals: all goals of the workspace, for parents and for goals that exclude this one.
    """
    return [
        *_naming(goal),
        *_data(goal, series),
        *_dates(goal, today),
        *_targets(goal, series, today),
        *_milestones(goal, series),
        *_guard(goal),
        *_parents(goal, goals),
        *_exclusions(goal, goals),
    ]


def commit(goal: Goal, series: KpiSeries | None, *, today: date, goals: Sequence[Goal] = ()) -> Goal:
    """`goal` as an active one, started today and with its baseline from the data where the draft left them open.

    Raises:
        InvalidGoal: with every problem of `problems_of`.
    """
    problems = problems_of(goal, series, today=today, goals=goals)
    if problems:
        raise InvalidGoal(
            ntext(
                "The goal can’t be committed to: {count} thing is wrong.",
                "The goal can’t be committed to: {count} things are wrong.",
                len(problems),
            ),
            problems[0].remedy,
            problems,
        )
    begun = {
        "stage": Stage.ACTIVE,
        "start": goal.start or today,
        "baseline": goal.baseline or baseline_of(series, today),
    }
    return kept_true(goal, goal.model_copy(update=begun))


def _naming(goal: Goal) -> list[Problem]:
    if goal.title.strip():
        return []
    return [
        Problem(
            field="title", message=text("The goal has no title."), remedy=text("Give it one, or take the composed sentence.")
        )
    ]


def _data(goal: Goal, series: KpiSeries | None) -> list[Problem]:
    if not goal.series:
        return [
            Problem(field="series", message=text("No KPI is chosen."), remedy=text("Choose the KPI that the goal shall move."))
        ]
    if series is None or len(series) == 0:
        if goal.measures_first and goal.measuring is not None:
            return _measuring(goal, goal.measuring)
        return [
            Problem(
                field="series",
                value=goal.series,
                message=text("There is no data for {series}; at least one period was expected.", series=goal.series),
                remedy=text("Import its history or choose another KPI."),
            )
        ]
    return []


def _measuring(goal: Goal, measuring: Measuring) -> list[Problem]:
    problems = []
    if not measuring.how.strip():
        problems.append(
            Problem(
                field="measuring",
                message=text("It is not said how the KPI will be measured."),
                remedy=text("Say with what, such as a survey after each ticket."),
            )
        )
    if goal.deadline is not None and measuring.begins > goal.deadline:
        problems.append(
            Problem(
                field="measuring",
                value=measuring.begins.isoformat(),
                message=text(
                    "Measuring begins on {begins}, after the deadline, {deadline}.",
                    begins=measuring.begins,
                    deadline=goal.deadline,
                ),
                remedy=text("Begin earlier, or choose a later deadline."),
            )
        )
    return problems


def _dates(goal: Goal, today: date) -> list[Problem]:
    if goal.deadline is None:
        return [Problem(field="deadline", message=text("There is no deadline."), remedy=text("Choose a quarter or a day."))]
    written = goal.deadline.isoformat()
    problems = []
    if goal.deadline < today:
        problems.append(
            Problem(
                field="deadline",
                value=written,
                message=text("The deadline, {deadline}, is over; today is {today}.", deadline=goal.deadline, today=today),
                remedy=text("Choose a later deadline."),
            )
        )
    if goal.start is not None and goal.deadline < goal.start:
        problems.append(
            Problem(
                field="deadline",
                value=written,
                message=text(
                    "The deadline, {deadline}, lies before the start, {start}.", deadline=goal.deadline, start=goal.start
                ),
                remedy=text("Choose a deadline after the start, or an earlier start."),
            )
        )
    return problems


def _targets(goal: Goal, series: KpiSeries | None, today: date) -> list[Problem]:
    if goal.measures_first and (series is None or len(series) == 0):
        return []
    if goal.primary is None:
        return [
            Problem(field="primary", message=text("There is no target."), remedy=text("Set the value that the KPI shall have."))
        ]
    problems = _order(goal)
    if series is None:
        return problems
    kpi = series.kpi
    if goal.measure is Measure.TOTAL and kpi.aggregation is not Aggregation.SUM:
        problems.append(
            Problem(
                field="measure",
                value=goal.measure.value,
                message=text("{kpi} can’t be added up over periods.", kpi=kpi.name),
                remedy=text("Choose the average or the last period instead."),
            )
        )
    for field, value in (("floor", goal.floor), ("primary", goal.primary), ("stretch", goal.stretch)):
        if value is not None:
            problems += _range(field, value, kpi, total=goal.measure is Measure.TOTAL)
    return [*problems, *_steps(goal, series), *_side(goal, goal.primary, series, today)]


def _steps(goal: Goal, series: KpiSeries) -> list[Problem]:
    """What no value of the KPI could reach; a month is no total, so its own bounds hold."""
    found = []
    for step in path_of(goal):
        for problem in _range("steps", step.value, series.kpi)[:1]:
            period = named_period(step.first, series.rhythm)
            words = text("Step of {period}: {why}", period=period, why=problem.message)
            found.append(problem.model_copy(update={"message": words}))
    return found[:1]


def _range(field: str, value: float, kpi: Kpi, total: bool = False) -> list[Problem]:
    too_low = kpi.lower is not None and value < kpi.lower
    too_high = kpi.upper is not None and value > kpi.upper and not total
    if not (too_low or too_high):
        return []
    return [
        Problem(
            field=field,
            value=f"{value:g}",
            message=_range_words(value, kpi),
            remedy=text("Set a value inside this range."),
        )
    ]


def _range_words(value: float, kpi: Kpi) -> Text:
    got = quantity(value, kpi)
    if kpi.lower is not None and kpi.upper is not None:
        return text(
            "{got} is no possible value of {kpi}, which lies between {lower} and {upper}.",
            got=got,
            kpi=kpi.name,
            lower=quantity(kpi.lower, kpi),
            upper=quantity(kpi.upper, kpi),
        )
    if kpi.lower is not None:
        return text(
            "{got} is no possible value of {kpi}, which is never below {lower}.",
            got=got,
            kpi=kpi.name,
            lower=quantity(kpi.lower, kpi),
        )
    return text("{got} is no possible value of {kpi}.", got=got, kpi=kpi.name)


def _order(goal: Goal) -> list[Problem]:
    steps = [
        (name, value)
        for name, value in (("floor", goal.floor), ("primary", goal.primary), ("stretch", goal.stretch))
        if value is not None
    ]
    words = {"floor": text("acceptable limit"), "primary": text("target"), "stretch": text("stretch target")}
    problems = []
    for (lower_name, lower), (upper_name, upper) in pairwise(steps):
        if goal.direction.sign * (upper - lower) < 0:
            field, value = (lower_name, lower) if lower_name == "floor" else (upper_name, upper)
            problems.append(
                Problem(
                    field=field,
                    value=f"{value:g}",
                    message=text(
                        "The {easier} ({first}) is harder to reach than the {harder} ({second}).",
                        easier=words[lower_name],
                        first=float(lower),
                        harder=words[upper_name],
                        second=float(upper),
                    ),
                    remedy=text("Order them from easy to hard: acceptable limit, target, stretch target."),
                )
            )
    return problems


def _side(goal: Goal, primary: float, series: KpiSeries, today: date) -> list[Problem]:
    if goal.measure is not Measure.LEVEL:
        return []
    baseline = goal.baseline or baseline_of(series, today)
    if baseline is None:
        return []
    kpi = series.kpi
    if primary == baseline.value:
        return [
            Problem(
                field="primary",
                value=f"{primary:g}",
                message=text(
                    "The target equals the baseline, {baseline}: nothing would have to change.", baseline=quantity(primary, kpi)
                ),
                remedy=text("Set a better value, or keep this one as a goal for every period."),
            )
        ]
    if goal.direction.meets(baseline.value, primary):
        message = (
            text(
                "The target {target} lies below the baseline {baseline}, although more is better here.",
                target=quantity(primary, kpi),
                baseline=quantity(baseline.value, kpi),
            )
            if goal.direction is Direction.AT_LEAST
            else text(
                "The target {target} lies above the baseline {baseline}, although less is better here.",
                target=quantity(primary, kpi),
                baseline=quantity(baseline.value, kpi),
            )
        )
        return [
            Problem(
                field="primary",
                value=f"{primary:g}",
                message=message,
                remedy=text("Set the target on the other side of the baseline, or turn the direction round."),
            )
        ]
    return []


def _milestones(goal: Goal, series: KpiSeries | None) -> list[Problem]:
    problems = []
    for milestone in goal.milestones:
        due = milestone.due
        if goal.deadline is not None and due > goal.deadline:
            problems.append(
                Problem(
                    field="milestones",
                    value=due.isoformat(),
                    message=text(
                        "The milestone of {due} comes after the deadline, {deadline}.", due=due, deadline=goal.deadline
                    ),
                    remedy=text("Move it before the deadline or remove it."),
                )
            )
        if goal.start is not None and due < goal.start:
            problems.append(
                Problem(
                    field="milestones",
                    value=due.isoformat(),
                    message=text("The milestone of {due} comes before the start, {start}.", due=due, start=goal.start),
                    remedy=text("Move it after the start or remove it."),
                )
            )
        if series is not None:
            problems += _range("milestones", milestone.value, series.kpi, total=goal.measure is Measure.TOTAL)
    return problems


def _guard(goal: Goal) -> list[Problem]:
    if not goal.guard_series or goal.guard_series != goal.series:
        return []
    return [
        Problem(
            field="guard_series",
            value=goal.guard_series,
            message=text("The guard KPI is the goal’s own KPI, so it guards nothing."),
            remedy=text("Choose another KPI that must not suffer."),
        )
    ]


def _parents(goal: Goal, goals: Sequence[Goal]) -> list[Problem]:
    by_id = {other.id: other for other in goals if other.id}
    seen = {goal.id} if goal.id else set()
    above = goal.parent
    while above:
        if above in seen:
            circle = by_id.get(above, goal)
            return [
                Problem(
                    field="parent",
                    value=goal.parent,
                    message=text("The goals above it lead in a circle, by way of “{title}”.", title=title_of(circle) or above),
                    remedy=text("Choose a parent that doesn’t serve this goal itself."),
                )
            ]
        seen.add(above)
        above = by_id[above].parent if above in by_id else None
    return []


def _exclusions(goal: Goal, goals: Sequence[Goal]) -> list[Problem]:
    active = [
        other for other in goals if other.stage is Stage.ACTIVE and other is not goal and not (goal.id and other.id == goal.id)
    ]
    return [
        Problem(
            field="primary",
            value=None if goal.primary is None else f"{goal.primary:g}",
            message=text(
                "No value of the KPI meets both this goal and “{other}”.", other=title_of(other) or other.series or ""
            ),
            remedy=text("Close the other goal, or make their targets meet."),
        )
        for other in excluded_by(goal, active)[:5]
    ]

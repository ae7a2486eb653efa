"""The targets of a goal as lines over the periods of its KPI, each in the size of one period."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from cs_planning.goals.drafts.steps import is_judged_by_steps, path_of
from cs_planning.goals.drafts.windows import periods_that_count
from cs_planning.goals.goal import Goal, Measure, TargetStep
from cs_planning.kpis.frequency import Frequency
from cs_planning.kpis.quantity import quantity
from cs_planning.kpis.series import KpiSeries
from cs_planning.language import Text, text
from cs_planning.notebook.blocks.block import Words


@dataclass(frozen=True)
class Line:
    """A horizontal line with its label, or a stepped one.

    Attributes:
        part: primary, stretch or floor.
        value: in the KPI's unit; of the last step, where there are steps.
        path: the first day and the value of each step, and the day after the last one; empty for a line that is level.
        note: what the line stands for, where that is not the target itself.
    """

    part: str
    value: float
    label: Words
    path: tuple[tuple[date, float], ...] = ()
    note: Text | None = None


def target_lines(goal: Goal, series: KpiSeries) -> tuple[Line, ...]:
    """The goal's primary target, stretch target and floor as lines.

    A total is no size that one period has: of it a line shows what each period that is still to come needs on average, or the
    even share of each period when all are over; none where that is more than reached.

    Args:
        goal: whose targets are drawn.
        series: over which they are drawn.
    """
    named = (
        ("primary", goal.primary, text("Target {value}")),
        ("stretch", goal.stretch, text("Stretch {value}")),
        ("floor", goal.floor, text("Limit {value}")),
    )
    lines = []
    for part, value, label in named:
        if value is None:
            continue
        asked = goal.model_copy(update={"primary": value})
        # Milestones lead to the target alone; steps that judge, and the parts of a total, hold for its neighbours too.
        path = path_of(asked) if part == "primary" or is_judged_by_steps(goal) or goal.measure is Measure.TOTAL else ()
        if path:
            line: Line | None = _stepped(asked, part, label, path, series)
        elif goal.measure is Measure.TOTAL:
            line = _of_a_total(asked, part, label, series)
        else:
            line = Line(part, value, _with(label, value, series))
        lines += [line] if line is not None else []
    return tuple(lines)


def _with(label: Text, value: float, series: KpiSeries) -> Text:
    return label.model_copy(update={"arguments": {"value": quantity(value, series.kpi)}})


def _stepped(goal: Goal, part: str, label: Text, path: Sequence[TargetStep], series: KpiSeries) -> Line:
    """A line that turns where the steps do."""
    end = goal.frequency.next_after(path[-1].first)
    corners = (*((step.first, step.value) for step in path), (end, path[-1].value))
    if goal.measure is not Measure.TOTAL:
        return Line(part, path[-1].value, _with(label, goal.primary or 0.0, series), corners)
    last = path[-1].value
    note = text("Target lines: the share that each period has in the total.")
    return Line(part, last, _a_period(label, last, series), corners, note)


def _of_a_total(goal: Goal, part: str, label: Text, series: KpiSeries) -> Line | None:
    """What each period of a total needs, over the periods that it stands for."""
    rhythm, target = series.rhythm, goal.primary or 0.0
    first, last = periods_that_count(goal, rhythm)
    if last is None:
        return None
    coming = rhythm.next_after(series.last_period)
    first = coming if first is None else first
    if last < first:
        return None
    end = rhythm.next_after(last)
    if last < coming:
        each = target / (rhythm.count_between(first, last) + 1)
        note = text("Target lines: the even share of each period in the total.")
        return Line(part, each, _a_period(label, each, series), ((first, each), (end, each)), note)
    counted = [day.date() >= first for day in series.periods]
    begin = max(first, coming)
    each = (target - float(series.values[counted].sum())) / (rhythm.count_between(begin, last) + 1)
    if each < 0:
        return None
    note = text("Target lines: what each period to come needs on average for the total.")
    return Line(part, each, _a_period(label, each, series), ((begin, each), (end, each)), note)


def _a_period(label: Text, value: float, series: KpiSeries) -> Text:
    named = {
        Frequency.DAY: text("{label} a day"),
        Frequency.WEEK: text("{label} a week"),
        Frequency.MONTH: text("{label} a month"),
        Frequency.QUARTER: text("{label} a quarter"),
        Frequency.YEAR: text("{label} a year"),
    }[series.frequency]
    return named.model_copy(update={"arguments": {"label": _with(label, value, series)}})

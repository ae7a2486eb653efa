"""The history of a KPI, up to the quarter of the page, for its team or channel, or cut into parts."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Literal

import pandas as pd
from pydantic import Field

from cs_planning.errors import NotFound, PlanningError
from cs_planning.goals.goal import Goal, ShortText
from cs_planning.kpis.catalogue import kpi_named
from cs_planning.kpis.frequency import Frequency, read_period
from cs_planning.kpis.series import KpiSeries, SeriesKey
from cs_planning.language import text
from cs_planning.notebook.blocks import charts, two_series
from cs_planning.notebook.blocks.block import (
    Block,
)
from cs_planning.notebook.blocks.target_lines import target_lines
from cs_planning.notebook.cells.cell import GoalCell
from cs_planning.notebook.cells.context import Context
from cs_planning.notebook.cells.kind import CellKind, on_goal
from cs_planning.notebook.cells.marked_day import MarkedDay, events_of
from cs_planning.notebook.cells.option import DAYS, PERIODS, Form, Option
from cs_planning.notebook.sources import Dependency, Source

PeriodsShown = Annotated[int, Field(ge=2, le=2000)] | None
"""How many periods a cell shows."""


class SeriesCell(GoalCell):
    """A cell about a KPI.

    Attributes:
        series: a written `SeriesKey`; the goal's KPI when it is empty.
        frequency: the rhythm; the goal's when it is not given.
    """

    series: ShortText = ""
    frequency: Frequency | None = None


class KpiChart(SeriesCell):
    """The history of a KPI.

    Attributes:
        periods: how many periods are shown; all when it is not given.
        with_target: whether the targets of the goal are drawn into it, where it is the goal's own KPI.
        breakdown: the dimension whose parts are drawn as lines of their own, such as `channel`.
        events: days to be marked, beside the breaks that the forecast finds.
        second: a written `SeriesKey` of another KPI that is drawn into the same chart; none when it is empty.
        indexed: whether both are drawn from 100 at their first common period instead of on an axis each.
    """

    kind: Literal["kpi_chart"] = "kpi_chart"
    periods: PeriodsShown = None
    with_target: bool = True
    breakdown: ShortText = ""
    events: Annotated[tuple[MarkedDay, ...], Field(max_length=50)] = ()
    second: ShortText = ""
    indexed: bool = False


def _narrowed(key: SeriesKey, context: Context) -> SeriesKey:
    wanted = {"channel": context.parameters.channel, "team": context.parameters.team}
    scope = dict(key.scope) | {name: value for name, value in wanted.items() if value}
    return SeriesKey(key.kpi, tuple(sorted(scope.items())))


def series_key(cell: SeriesCell, context: Context) -> tuple[SeriesKey, Frequency, Goal | None]:
    """Which KPI a cell is about, in which rhythm, and the goal that it belongs to, where there is one.

    Raises:
        NotFound: neither the cell nor its goal has a KPI.
    """
    goal = context.goal(cell) if context.goal_id(cell) else None
    if cell.series:
        return _narrowed(SeriesKey.parse(cell.series), context), cell.frequency or Frequency.MONTH, goal
    if goal is None or goal.key is None:
        raise NotFound(text("This cell has no KPI yet."), text("Choose a KPI, or a goal that has one."))
    return _narrowed(goal.key, context), cell.frequency or goal.frequency, goal


def until_quarter(series: KpiSeries, quarter: str) -> KpiSeries:
    """The series up to the end of a quarter; as it is when no quarter is given."""
    if not quarter:
        return series
    quarters = series.rhythm.of(Frequency.QUARTER)
    end = quarters.end_of(read_period(quarter, quarters.year_starts_in)[0])
    frame = series.frame[series.frame["period"] <= pd.Timestamp(end)].reset_index(drop=True)
    if frame.empty:
        raise NotFound(
            text("{kpi} has no values up to {quarter}.", kpi=series.name, quarter=quarter),
            text("Choose a later quarter, or import older data."),
        )
    return replace(series, frame=frame)


def _run(cell: KpiChart, context: Context) -> tuple[Block, ...]:
    key, frequency, goal = series_key(cell, context)
    if cell.breakdown:
        whole = SeriesKey(key.kpi, tuple(part for part in key.scope if part[0] != cell.breakdown))
        parts = context.sources.parts(whole, cell.breakdown, frequency)
        if not parts:
            raise NotFound(
                text("{kpi} is not known by {dimension}.", kpi=kpi_named(key.kpi).name, dimension=cell.breakdown),
                text("Import contacts with that column, or draw the KPI as a whole."),
            )
        cut = {name: until_quarter(part, context.parameters.quarter) for name, part in parts.items()}
        return (charts.breakdown(cut, leading=dict(key.scope).get(cell.breakdown), periods_shown=cell.periods),)
    series = until_quarter(context.sources.series(key, frequency), context.parameters.quarter)
    if cell.second:
        other = context.sources.series(_narrowed(SeriesKey.parse(cell.second), context), frequency)
        cut_off = until_quarter(other, context.parameters.quarter)
        return (two_series.compared(series, cut_off, indexed=cell.indexed, periods_shown=cell.periods),)
    own = goal is not None and goal.key == key and goal.frequency is frequency
    lines = target_lines(goal, series) if goal is not None and own and cell.with_target else ()
    events = (*_breaks(goal if own else None, context), *events_of(cell.events))
    last = pd.Timestamp(series.rhythm.end_of(series.last_period))
    known = [event for event in events if pd.Timestamp(event.day) <= last]
    return (charts.history(series, lines, events=known, periods_shown=cell.periods),)


def _needs(cell: KpiChart, context: Context) -> tuple[Dependency, ...]:
    second = [_narrowed(SeriesKey.parse(cell.second), context)] if cell.second and not cell.breakdown else []
    return (*needs_series(cell, context), *(Dependency(Source.SERIES, str(key)) for key in second))


def _breaks(goal: Goal | None, context: Context) -> tuple[charts.ChartEvent, ...]:
    """The breaks that the forecast of the goal found; none where there is no forecast."""
    if goal is None:
        return ()
    try:
        return charts.note_events(context.sources.forecast(goal).notes)
    except PlanningError:
        return ()


def needs_series(cell: SeriesCell, context: Context) -> tuple[Dependency, ...]:
    """What a cell about a KPI depends on."""
    key, _, _ = series_key(cell, context)
    return (*on_goal()(cell, context), Dependency(Source.SERIES, str(key)))


SERIES_OPTIONS = (
    Option(
        "series",
        Form.KPI,
        text("KPI"),
        text("The KPI of the cell; empty for that of the goal."),
        text("The KPI of the goal"),
    ),
    Option(
        "frequency",
        Form.RHYTHM,
        text("Rhythm"),
        text("By day, week, month, quarter or year; empty for that of the goal."),
        text("That of the goal"),
    ),
)
"""What can be set at every cell about a KPI."""
KIND = CellKind(
    KpiChart,
    30,
    text("History"),
    _run,
    _needs,
    ("quarter", "team", "channel"),
    own_options=(
        *SERIES_OPTIONS,
        Option(
            "with_target",
            Form.SWITCH,
            text("With the targets"),
            text("Draws the targets of the goal, where the chart shows the goal's own KPI in its rhythm."),
        ),
        Option(
            "breakdown",
            Form.BREAKDOWN,
            text("One line for each"),
            text("Splits the KPI by channel or team, where the data know it."),
            text("No breakdown"),
        ),
        Option(
            "second",
            Form.KPI,
            text("Compare with"),
            text("Another KPI in the same chart, on an axis of its own at the right; not together with a breakdown."),
            text("No other KPI"),
        ),
        Option(
            "indexed",
            Form.SWITCH,
            text("Both from 100"),
            text("Draws both KPIs as an index from their first common period, on one axis."),
        ),
        PERIODS,
        DAYS,
    ),
)
"""The kind, as the registry finds it."""

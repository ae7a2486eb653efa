"""The fan chart and the probabilities of the goal's targets."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from cs_planning.errors import CannotForecast, PlanningError
from cs_planning.forecasting.answers.achievability import FLOOR_PROBABILITY, PRIMARY_PROBABILITY, STRETCH_PROBABILITY
from cs_planning.forecasting.forecast import Assessment
from cs_planning.goals.drafts.steps import hardest_words, is_judged_by_steps, path_of, what_reached_means
from cs_planning.goals.goal import Goal
from cs_planning.kpis.catalogue import Kpi
from cs_planning.kpis.quantity import quantity
from cs_planning.kpis.series import KpiSeries
from cs_planning.language import Text, ntext, text
from cs_planning.notebook.blocks import charts
from cs_planning.notebook.blocks.block import (
    Block,
    ColumnType,
    Metric,
    Metrics,
    Paragraph,
    ProblemBlock,
    TableBlock,
    TableColumn,
    Words,
)
from cs_planning.notebook.blocks.target_lines import target_lines
from cs_planning.notebook.cells.cell import GoalCell
from cs_planning.notebook.cells.chance import chance_words
from cs_planning.notebook.cells.context import Context
from cs_planning.notebook.cells.kind import CellKind, on_goal
from cs_planning.notebook.cells.marked_day import MarkedDay, events_of
from cs_planning.notebook.cells.option import DAYS, PERIODS
from cs_planning.notebook.sources import Source


class ForecastCell(GoalCell):
    """The fan chart and the probabilities of the goal's targets."""

    kind: Literal["forecast"] = "forecast"
    periods: Annotated[int, Field(ge=2, le=2000)] | None = None
    events: Annotated[tuple[MarkedDay, ...], Field(max_length=50)] = ()


_SUGGESTED = (FLOOR_PROBABILITY, PRIMARY_PROBABILITY, STRETCH_PROBABILITY)


def _run(cell: ForecastCell, context: Context) -> tuple[Block, ...]:
    goal, sources = context.goal(cell), context.sources
    try:
        forecast = sources.forecast(goal)
    except CannotForecast as reason:
        series = _series(goal, context)
        problem = ProblemBlock(message=reason.message, hint=reason.hint, nothing=series is not None and _is_over(goal, series))
        return (problem, *(() if series is None else _measured(cell, goal, series)))
    kpi = forecast.series.kpi
    asked = (
        (text("Probability of the target"), text("Target {value}", value=_written(goal.primary, kpi)), goal.primary),
        (text("Probability of the stretch target"), text("Stretch {value}", value=_written(goal.stretch, kpi)), goal.stretch),
        (
            text("Probability of the acceptable limit"),
            text("Acceptable limit {value}", value=_written(goal.floor, kpi)),
            goal.floor,
        ),
    )
    assessed = [(label, note, sources.assessment(goal, target)) for label, note, target in asked if target is not None]
    # The probability of the page's own target stands in the claim that the page opens with.
    own = context.opens_with(cell) and goal.primary is not None
    items = [
        Metric(label=label, value=chance_words(found.probability), note=found.reason or note, figure="probability")
        for label, note, found in assessed[own:]
    ]
    by_steps = is_judged_by_steps(goal)
    if assessed and not by_steps:
        items.append(_expected(assessed[0][2], kpi))
    suggested, believed = sources.suggested_targets(goal), sources.belief(goal)
    return (
        *((Metrics(items=tuple(items)),) if items else ()),
        *((Paragraph(words=_hardest(goal, assessed[0][2], kpi)),) if assessed and by_steps else ()),
        *((Paragraph(words=what_reached_means(goal)),) if path_of(goal) else ()),
        *((Paragraph(words=believed.basis),) if believed is not None else ()),
        *((Paragraph(words=believed.trust),) if believed is not None and not own else ()),
        charts.fan(
            forecast,
            target_lines(goal, forecast.series),
            deadline=goal.deadline,
            events=(*charts.note_events(forecast.notes), *events_of(cell.events)),
            periods_shown=cell.periods,
            alt=_spoken(goal, assessed[0][2], kpi, forecast.series) if assessed and not by_steps else None,
        ),
        TableBlock(
            caption=text("How likely each target is"),
            columns=(
                TableColumn(name="probability", label=text("Probability"), type=ColumnType.SHARE),
                TableColumn(name="target", label=charts.titled(forecast.series), type=ColumnType.NUMBER),
            ),
            rows=tuple(zip(_SUGGESTED, (suggested.floor, suggested.primary, suggested.stretch), strict=True)),
        ),
        *(Paragraph(words=note.message) for note in forecast.notes[own:]),
    )


def _series(goal: Goal, context: Context) -> KpiSeries | None:
    try:
        return context.sources.series(goal.key, goal.frequency) if goal.key is not None else None
    except PlanningError:
        return None


def _is_over(goal: Goal, series: KpiSeries) -> bool:
    """Whether all is measured that the goal asks for, so that nothing is left to say about what is to come."""
    return goal.deadline is not None and series.rhythm.start_of(goal.deadline) <= series.last_period


def _measured(cell: ForecastCell, goal: Goal, series: KpiSeries) -> tuple[Block, ...]:
    """The history with the targets, where nothing can be said of what is to come."""
    lines = target_lines(goal, series)
    return (charts.history(series, lines, events=events_of(cell.events), periods_shown=cell.periods),)


def _written(value: float | None, kpi: Kpi) -> Words:
    return "" if value is None else quantity(value, kpi)


def _hardest(goal: Goal, found: Assessment, kpi: Kpi) -> Text:
    return hardest_words(goal, found.expected, found.low80, found.high80, kpi)


def _expected(found: Assessment, kpi: Kpi) -> Metric:
    return Metric(
        label=text("Expected"),
        value=quantity(found.expected, kpi),
        note=text(
            "80 of 100 futures between {low} and {high}", low=quantity(found.low80, kpi), high=quantity(found.high80, kpi)
        ),
        figure="expected",
    )


def _spoken(goal: Goal, found: Assessment, kpi: Kpi, series: KpiSeries) -> Text:
    return text(
        "{kpi} was {now} in the last period; the target of {target} by {deadline} is reached in {share} of the futures, "
        "with {expected} expected and 80 % of them between {low} and {high}.",
        kpi=series.name,
        now=quantity(float(series.values[-1]), kpi),
        target=quantity(found.target, kpi),
        deadline=goal.deadline or date.max,
        share=chance_words(found.probability),
        expected=quantity(found.expected, kpi),
        low=quantity(found.low80, kpi),
        high=quantity(found.high80, kpi),
    )


def _counted(count: int) -> Text:
    return ntext("{count} target within reach", "{count} targets within reach", count)


KIND = CellKind(
    ForecastCell,
    40,
    text("How likely it is"),
    _run,
    on_goal(Source.SERIES),
    own_options=(PERIODS, DAYS),
    leads=True,
    counted=_counted,
)
"""The kind, as the registry finds it."""

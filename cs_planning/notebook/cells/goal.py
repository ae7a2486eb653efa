"""Cells about one goal and its KPI: the card, the history, the forecast, the record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd

from cs_planning.errors import NotFound, PlanningError
from cs_planning.forecasting.answers.achievability import FLOOR_PROBABILITY, PRIMARY_PROBABILITY, STRETCH_PROBABILITY
from cs_planning.forecasting.forecast import Assessment
from cs_planning.goals.following.progress import Status, StatusReport
from cs_planning.goals.goal import Goal, Measure
from cs_planning.goals.sentence import sentence_of
from cs_planning.kpis.catalogue import KGIS, Kpi, kpi_named
from cs_planning.kpis.frequency import Frequency, read_period
from cs_planning.kpis.quantity import difference, quantity
from cs_planning.kpis.series import KpiSeries, SeriesKey, part_label
from cs_planning.language import Chance, Percent, Text, listed_texts, text
from cs_planning.notebook.blocks import charts
from cs_planning.notebook.blocks.block import (
    Block,
    Column,
    ColumnType,
    Findings,
    Heading,
    Markdown,
    Metric,
    Metrics,
    Paragraph,
    Problem,
    Table,
    Tone,
    Words,
)
from cs_planning.notebook.blocks.outcome_charts import reliability
from cs_planning.notebook.cells.context import Context, Runner, on_goal
from cs_planning.notebook.pages.page import Cell, ForecastCell, KpiChart, MarkedDay
from cs_planning.notebook.sources import Dependency, Source

_TONES = {
    Status.ON_TRACK: Tone.GOOD,
    Status.REACHED: Tone.GOOD,
    Status.AT_RISK: Tone.NEUTRAL,
    Status.OFF_TRACK: Tone.BAD,
    Status.MISSED: Tone.BAD,
    Status.NOT_MEASURABLE: Tone.NEUTRAL,
}

SUGGESTED = (FLOOR_PROBABILITY, PRIMARY_PROBABILITY, STRETCH_PROBABILITY)


def share_words(share: float) -> Text:
    """A probability as a whole percentage; never 0 % or 100 % for what is not certain."""
    return text("{value}", value=Chance(chance=share))


def goal_kpi(goal: Goal, context: Context) -> Kpi:
    """The KPI of a goal as the catalogue describes it, with amounts in the currency of the page."""
    return kpi_named(goal.key.kpi if goal.key is not None else "").in_currency(context.currency)


def _series_or_nothing(goal: Goal, context: Context) -> KpiSeries | None:
    try:
        return context.sources.series(goal.key, goal.frequency) if goal.key is not None else None
    except PlanningError:
        return None


def _card(cell: Cell, context: Context) -> tuple[Block, ...]:
    goal = context.goal(cell)
    report = context.sources.status(goal, context.today)
    own_title = Heading(words=goal.title or text("Goal without a title"), level=3)
    blocks: list[Block] = [
        *(() if goal.title == context.page.title else (own_title,)),
        _state(goal, report, goal_kpi(goal, context)),
        Paragraph(words=sentence_of(goal, _series_or_nothing(goal, context), context.currency)),
        _facts(goal, goal_kpi(goal, context)),
    ]
    for name, words in ((text("Why it matters"), goal.why), (text("How it will be reached"), goal.how)):
        if words.strip():
            blocks += [Heading(words=name, level=4), Markdown(source=words)]
    if getattr(cell, "findings", True):
        blocks.append(Findings(items=context.sources.findings(goal)))
    return tuple(blocks)


def _state(goal: Goal, report: StatusReport, kpi: Kpi) -> Metrics:
    items = [
        Metric(label=text("Status"), value=report.status.label, tone=_TONES[report.status], note=report.rule, figure="status")
    ]
    if report.probability is not None:
        items.append(
            Metric(label=text("Probability of the target"), value=share_words(report.probability), figure="probability")
        )
    if report.pace.current is not None:
        items.append(_current(goal, report.pace.current, kpi))
    if report.pace.share_of_way is not None:
        items.append(
            Metric(
                label=text("Way to the target"),
                value=text("{value}", value=Percent(share=report.pace.share_of_way)),
                note=_pace_words(goal, report, kpi),
                figure="way pace",
            )
        )
    return Metrics(items=tuple(items))


def _pace_words(goal: Goal, report: StatusReport, kpi: Kpi) -> Text:
    time, needed = Percent(share=report.pace.share_of_time), report.pace.required_per_period
    if needed is None:
        return text("{value} of the time has passed", value=time)
    if goal.measure is Measure.LEVEL:
        return text(
            "{value} of the time has passed; needed in each period left: {needed} of improvement",
            value=time,
            needed=quantity(needed, kpi),
        )
    return text(
        "{value} of the time has passed; needed in each period left: {needed}", value=time, needed=quantity(needed, kpi)
    )


def _current(goal: Goal, current: float, kpi: Kpi) -> Metric:
    if goal.baseline is None:
        return Metric(label=text("Now"), value=quantity(current, kpi), figure="now")
    shown, change = quantity(current, kpi), current - goal.baseline.value
    if str(shown) == str(quantity(goal.baseline.value, kpi)):
        return Metric(label=text("Now"), value=shown, delta=text("as at the baseline"), figure="now")
    tone = Tone.GOOD if change * goal.direction.sign > 0 else Tone.BAD
    sign = "+" if change > 0 else "−"
    return Metric(
        label=text("Now"),
        value=quantity(current, kpi),
        delta=text("{sign}{change} since the baseline", sign=sign, change=difference(abs(change), kpi)),
        tone=tone,
        figure="now",
    )


def _facts(goal: Goal, kpi: Kpi) -> Table:
    objective = KGIS.get(goal.objective or "")
    facts: list[tuple[Words, Words]] = [(text("Type"), goal.type.label), (text("KPI"), kpi.name)]
    if goal.key is not None and goal.key.scope:
        facts.append((text("Scope"), listed_texts([part_label(value) for _, value in goal.key.scope])))
    facts.append((text("Measured"), goal.measure.label))
    named = (
        (text("Baseline"), goal.baseline.value if goal.baseline else None),
        (text("Target"), goal.primary),
        (text("Stretch target"), goal.stretch),
        (text("Acceptable limit"), goal.floor),
    )
    facts += [(name, quantity(value, kpi)) for name, value in named if value is not None]
    if goal.deadline is not None:
        facts.append((text("Deadline"), text("{day}", day=goal.deadline)))
    if objective is not None:
        facts.append((text("Objective"), objective.name))
    people = ((text("Owner"), goal.owner), (text("Team"), goal.team), (text("Contributors"), listed_texts(goal.contributors)))
    facts += [(name, value) for name, value in people if value]
    columns = (Column(name="field", label=text("Field")), Column(name="value", label=text("Value")))
    return Table(columns=columns, rows=tuple(facts), pairs=True)


def _narrowed(key: SeriesKey, context: Context) -> SeriesKey:
    wanted = {"channel": context.parameters.channel, "team": context.parameters.team}
    scope = dict(key.scope) | {name: value for name, value in wanted.items() if value}
    return SeriesKey(key.kpi, tuple(sorted(scope.items())))


def _chart_key(cell: Cell, context: Context) -> tuple[SeriesKey, Frequency, Goal | None]:
    assert isinstance(cell, KpiChart)
    goal = context.goal(cell) if context.goal_id(cell) else None
    if cell.series:
        return _narrowed(SeriesKey.parse(cell.series), context), cell.frequency or Frequency.MONTH, goal
    if goal is None or goal.key is None:
        raise NotFound(text("This chart has no KPI yet."), text("Choose a KPI, or a goal that has one."))
    return _narrowed(goal.key, context), cell.frequency or goal.frequency, goal


def _until_quarter(series: KpiSeries, quarter: str) -> KpiSeries:
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


def _kpi_chart(cell: Cell, context: Context) -> tuple[Block, ...]:
    assert isinstance(cell, KpiChart)
    key, frequency, goal = _chart_key(cell, context)
    if cell.breakdown:
        whole = SeriesKey(key.kpi, tuple(part for part in key.scope if part[0] != cell.breakdown))
        parts = context.sources.parts(whole, cell.breakdown, frequency)
        if not parts:
            raise NotFound(
                text("{kpi} is not known by {dimension}.", kpi=kpi_named(key.kpi).name, dimension=cell.breakdown),
                text("Import contacts with that column, or draw the KPI as a whole."),
            )
        cut = {name: _until_quarter(part, context.parameters.quarter) for name, part in parts.items()}
        return (charts.breakdown(cut, leading=dict(key.scope).get(cell.breakdown), periods_shown=cell.periods),)
    series = _until_quarter(context.sources.series(key, frequency), context.parameters.quarter)
    own = goal is not None and goal.key == key and goal.frequency is frequency
    lines = charts.target_lines(goal, series.kpi) if goal is not None and own else ()
    events = (*_breaks(goal if own else None, context), *_marked(cell.events))
    last = pd.Timestamp(series.rhythm.end_of(series.last_period))
    known = [event for event in events if pd.Timestamp(event.day) <= last]
    return (charts.history(series, lines, events=known, periods_shown=cell.periods),)


def _breaks(goal: Goal | None, context: Context) -> tuple[charts.Event, ...]:
    """The breaks that the forecast of the goal found; none where there is no forecast."""
    if goal is None:
        return ()
    try:
        return charts.note_events(context.sources.forecast(goal).notes)
    except PlanningError:
        return ()


def _marked(days: Sequence[MarkedDay]) -> list[charts.Event]:
    return [charts.Event(marked.day, marked.label) for marked in days]


def _kpi_chart_needs(cell: Cell, context: Context) -> tuple[Dependency, ...]:
    key, _, _ = _chart_key(cell, context)
    return (*on_goal()(cell, context), Dependency(Source.SERIES, str(key)))


def _forecast(cell: Cell, context: Context) -> tuple[Block, ...]:
    assert isinstance(cell, ForecastCell)
    goal, sources = context.goal(cell), context.sources
    forecast = sources.forecast(goal)
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
    items = [
        Metric(label=label, value=share_words(found.probability), note=found.reason or note, figure="probability")
        for label, note, found in assessed
    ]
    if assessed:
        items.append(_expected(assessed[0][2], kpi))
    suggested, believed = sources.suggested_targets(goal), sources.belief(goal)
    return (
        *((Metrics(items=tuple(items)),) if items else ()),
        *((Paragraph(words=believed.basis), Paragraph(words=believed.trust)) if believed is not None else ()),
        charts.fan(
            forecast,
            charts.target_lines(goal, kpi),
            deadline=goal.deadline,
            events=(*charts.note_events(forecast.notes), *_marked(cell.events)),
            periods_shown=cell.periods,
            alt=_spoken(goal, assessed[0][2], kpi, forecast.series) if assessed else None,
        ),
        Table(
            caption=text("How likely each target is"),
            columns=(
                Column(name="probability", label=text("Probability"), type=ColumnType.SHARE),
                Column(name="target", label=charts.titled(forecast.series), type=ColumnType.NUMBER),
            ),
            rows=tuple(zip(SUGGESTED, (suggested.floor, suggested.primary, suggested.stretch), strict=True)),
        ),
        *(Paragraph(words=note.message) for note in forecast.notes),
    )


def _written(value: float | None, kpi: Kpi) -> Words:
    return "" if value is None else quantity(value, kpi)


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
        share=share_words(found.probability),
        expected=quantity(found.expected, kpi),
        low=quantity(found.low80, kpi),
        high=quantity(found.high80, kpi),
    )


def _record(cell: Cell, context: Context) -> tuple[Block, ...]:
    record = context.sources.record(context.goal(cell))
    if not record.forecasts or not record.reliability:
        return (
            Problem(message=record.words(), hint=text("The record grows with every period that is imported."), nothing=True),
        )
    items = (
        Metric(label=text("Past forecasts"), value=text("{count}", count=record.forecasts), figure="past_forecasts"),
        Metric(
            label=text("Inside the 80 % range"),
            value=share_words(record.coverage80),
            note=text("80 % would be perfect"),
            figure="coverage",
        ),
        Metric(
            label=text("Better than “no change”"),
            value=text("{value}", value=Percent(share=record.skill)) if np.isfinite(record.skill) else "–",
            tone=Tone.GOOD if record.skill > 0.05 else Tone.BAD if record.skill < -0.05 else Tone.NEUTRAL,
            figure="skill",
        ),
    )
    return (Metrics(items=items), reliability(record))


GOAL_RUNNERS = {
    "goal_card": Runner(text("Goal"), _card, on_goal(Source.SERIES, Source.GOALS), uses_today=True),
    "kpi_chart": Runner(text("History"), _kpi_chart, _kpi_chart_needs, ("quarter", "team", "channel")),
    "forecast": Runner(text("How likely it is"), _forecast, on_goal(Source.SERIES)),
    "record": Runner(text("How good past forecasts were"), _record, on_goal(Source.SERIES)),
}
"""How these cells run, by kind."""

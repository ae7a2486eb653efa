"""What shall be reached by when, how it stands, and what the SMART check says."""

from __future__ import annotations

from typing import Literal

from cs_planning.errors import PlanningError
from cs_planning.goals.drafts.steps import path_of, what_reached_means
from cs_planning.goals.following.progress import Status, StatusReport
from cs_planning.goals.following.step_standing import MeasuredStep
from cs_planning.goals.goal import Goal, Measure
from cs_planning.goals.sentence import sentence_of
from cs_planning.goals.title import title_of
from cs_planning.kpis.catalogue import KGIS, Kpi
from cs_planning.kpis.frequency import Rhythm
from cs_planning.kpis.period_names import period_words
from cs_planning.kpis.quantity import difference, quantity
from cs_planning.kpis.series import KpiSeries, part_label
from cs_planning.language import Percent, Text, listed_texts, text
from cs_planning.notebook.blocks.block import (
    Block,
    Findings,
    Heading,
    Markdown,
    Metric,
    Metrics,
    Paragraph,
    TableBlock,
    TableColumn,
    Tone,
    Words,
)
from cs_planning.notebook.cells.cell import GoalCell
from cs_planning.notebook.cells.chance import chance_words
from cs_planning.notebook.cells.context import Context
from cs_planning.notebook.cells.kind import CellKind, on_goal
from cs_planning.notebook.cells.option import Form, Option
from cs_planning.notebook.sources import Source


class GoalCard(GoalCell):
    """What shall be reached by when, and what the SMART check says."""

    kind: Literal["goal_card"] = "goal_card"
    findings: bool = True


_TONES = {
    Status.ON_TRACK: Tone.GOOD,
    Status.REACHED: Tone.GOOD,
    Status.AT_RISK: Tone.NEUTRAL,
    Status.OFF_TRACK: Tone.BAD,
    Status.MISSED: Tone.BAD,
    Status.NOT_MEASURABLE: Tone.NEUTRAL,
}


def _series_or_nothing(goal: Goal, context: Context) -> KpiSeries | None:
    try:
        return context.sources.series(goal.key, goal.frequency) if goal.key is not None else None
    except PlanningError:
        return None


def _run(cell: GoalCard, context: Context) -> tuple[Block, ...]:
    goal = context.goal(cell)
    report = context.sources.status(goal, context.today)
    own_title = Heading(words=title_of(goal) or text("Goal without a title"), level=3)
    blocks: list[Block] = [
        *(() if goal.title == context.page.title else (own_title,)),
        *_state(goal, report, context.kpi(goal), claimed=context.opens_with(cell)),
        Paragraph(words=sentence_of(goal, _series_or_nothing(goal, context), context.currency)),
        _facts(goal, context.kpi(goal), context.sources.calendar().rhythm(goal.frequency)),
    ]
    for name, words in ((text("Why it matters"), goal.why), (text("How it will be reached"), goal.how)):
        if words.strip():
            blocks += [Heading(words=name, level=4), Markdown(source=words)]
    if cell.findings:
        blocks.append(Findings(items=context.sources.findings(goal)))
    return tuple(blocks)


def _state(goal: Goal, report: StatusReport, kpi: Kpi, *, claimed: bool) -> tuple[Metrics, ...]:
    """How the goal stands in figures; without status and probability where the page opens with them."""
    status = Metric(
        label=text("Status"), value=report.status.label, tone=_TONES[report.status], note=report.rule, figure="status"
    )
    items = [] if claimed else [status]
    if report.probability is not None and not claimed:
        items.append(
            Metric(label=text("Probability of the target"), value=chance_words(report.probability), figure="probability")
        )
    if report.pace.current is not None:
        items.append(_current(goal, report.pace.current, kpi))
    if report.step is not None and report.step.newest is not None:
        items.append(_step(report.step.newest, report.step.rhythm, kpi))
    if report.pace.share_of_way is not None:
        items.append(
            Metric(
                label=text("Way to the target"),
                value=text("{value}", value=Percent(share=report.pace.share_of_way)),
                note=_pace_words(goal, report, kpi),
                figure="way pace",
            )
        )
    return (Metrics(items=tuple(items)),) if items else ()


def _step(newest: MeasuredStep, rhythm: Rhythm, kpi: Kpi) -> Metric:
    return Metric(
        label=text("Step of {period}", period=period_words(newest.first, rhythm)),
        value=quantity(newest.step, kpi),
        note=text("measured {value}", value=quantity(newest.value, kpi)),
        tone=Tone.GOOD if newest.met else Tone.BAD,
        figure="step",
    )


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


def _steps(goal: Goal, kpi: Kpi, rhythm: Rhythm) -> list[tuple[Words, Words]]:
    """The step of each period, and what counts as reached."""
    path = path_of(goal)
    said = [text("{period}: {step}", period=period_words(one.first, rhythm), step=quantity(one.value, kpi)) for one in path]
    return [(text("Steps"), listed_texts(said)), (text("What counts as reached"), what_reached_means(goal))] if path else []


def _facts(goal: Goal, kpi: Kpi, rhythm: Rhythm) -> TableBlock:
    objective = KGIS.get(goal.objective or "")
    facts: list[tuple[Words, Words]] = [(text("Type"), goal.type.label), (text("KPI"), kpi.name)]
    if goal.key is not None and goal.key.scope:
        facts.append((text("Scope"), listed_texts([part_label(value) for _, value in goal.key.scope])))
    if goal.measures_first and goal.measuring is not None:
        facts.append((text("How it will be measured"), goal.measuring.how))
    else:
        facts.append((text("Measured"), goal.measure.label))
    named = (
        (text("Baseline"), goal.baseline.value if goal.baseline else None),
        (text("Target"), goal.primary),
        (text("Stretch target"), goal.stretch),
        (text("Acceptable limit"), goal.floor),
    )
    facts += [(name, quantity(value, kpi)) for name, value in named if value is not None]
    facts += _steps(goal, kpi, rhythm)
    if goal.deadline is not None:
        facts.append((text("Deadline"), text("{day}", day=goal.deadline)))
    if objective is not None:
        facts.append((text("Objective"), objective.name))
    people = ((text("Owner"), goal.owner), (text("Team"), goal.team), (text("Contributors"), listed_texts(goal.contributors)))
    facts += [(name, value) for name, value in people if value]
    columns = (TableColumn(name="field", label=text("Field")), TableColumn(name="value", label=text("Value")))
    return TableBlock(columns=columns, rows=tuple(facts), pairs=True)


KIND = CellKind(
    GoalCard,
    20,
    text("Goal"),
    _run,
    on_goal(Source.SERIES, Source.GOALS),
    uses_today=True,
    own_options=(
        Option(
            "findings",
            Form.SWITCH,
            text("With the SMART check"),
            text("Shows what the check says about the goal below its facts."),
        ),
    ),
)
"""The kind, as the registry finds it."""

"""Cells about the work around a goal: audit, alignment, actions, check-ins, decisions, comments."""

from __future__ import annotations

from datetime import date

from cs_planning.goals.goal import Goal
from cs_planning.kpis.catalogue import KGIS, Kpi
from cs_planning.kpis.frequency import Frequency
from cs_planning.kpis.quantity import difference, quantity
from cs_planning.language import text
from cs_planning.notebook.blocks.block import (
    Block,
    Column,
    ColumnType,
    Markdown,
    Metric,
    Metrics,
    Paragraph,
    Table,
    Tone,
    Value,
)
from cs_planning.notebook.cells.context import Context, Runner, on_goal
from cs_planning.notebook.cells.goal import goal_kpi
from cs_planning.notebook.pages.page import AuditCell, Cell
from cs_planning.notebook.records import Action, CheckIn
from cs_planning.notebook.sources import AuditLine, Dependency, Source


def _audit(cell: Cell, context: Context) -> tuple[Block, ...]:
    assert isinstance(cell, AuditCell)
    lines = context.sources.audit(cell.audit)
    met = sum(line.met is True for line in lines)
    missed = sum(line.met is False for line in lines)
    counts = (
        Metric(
            label=text("Met"), value=text("{count}", count=met), tone=Tone.GOOD if met else Tone.NEUTRAL, figure="audit_counts"
        ),
        Metric(
            label=text("With a gap"),
            value=text("{count}", count=missed),
            tone=Tone.BAD if missed else Tone.NEUTRAL,
            figure="audit_counts",
        ),
    )
    columns = (
        Column(name="metric", label=text("Metric")),
        Column(name="goal", label=text("Target")),
        Column(name="current", label=text("Current")),
        Column(name="gap", label=text("Gap")),
        Column(name="trend", label=text("Trend")),
        Column(name="verdict", label=text("Verdict")),
    )
    return (Metrics(items=counts), Table(columns=columns, rows=tuple(_audit_row(line) for line in lines)))


def _audit_row(line: AuditLine) -> tuple[Value, ...]:
    goal, current = (None if value is None else quantity(value, line.kpi) for value in (line.goal, line.current))
    gap = None if line.gap is None else difference(max(line.gap, 0.0), line.kpi)
    return (line.metric, goal, current, gap, line.trend, line.verdict)


def _audit_needs(cell: Cell, context: Context) -> tuple[Dependency, ...]:
    assert isinstance(cell, AuditCell)
    return (Dependency(Source.AUDIT, cell.audit),)


def _alignment(cell: Cell, context: Context) -> tuple[Block, ...]:
    goal = context.goal(cell)
    objective = KGIS.get(goal.objective or "")
    relatives = context.sources.relatives(goal)
    none_yet = Paragraph(words=text("This goal serves no objective yet."), nothing=True)
    if objective is None and len(relatives) == 1:
        return (none_yet,)
    blocks: list[Block] = [none_yet]
    if objective is not None:
        blocks = [Metrics(items=(Metric(label=text("Objective"), value=objective.name),))]
    columns = (
        Column(name="level", label=text("Level")),
        Column(name="goal", label=text("Goal")),
        Column(name="kpi", label=text("KPI")),
        Column(name="target", label=text("Target")),
        Column(name="owner", label=text("Owner")),
    )
    rows = tuple(_relative_row(relative, goal, context) for relative in relatives)
    blocks.append(Table(columns=columns, rows=rows))
    return tuple(blocks)


def _relative_row(relative: Goal, goal: Goal, context: Context) -> tuple[Value, ...]:
    kpi = goal_kpi(relative, context)
    if relative.id == goal.id:
        level = text("this goal")
    elif relative.parent == goal.id and goal.id:
        level = text("below")
    else:
        level = text("above")
    target = None if relative.primary is None else quantity(relative.primary, kpi)
    return level, relative.title, kpi.name, target, relative.owner


def _actions(cell: Cell, context: Context) -> tuple[Block, ...]:
    actions = context.sources.actions(context.goal_id(cell))
    if not actions:
        return (Paragraph(words=text("No action is planned yet."), nothing=True),)
    columns = (
        Column(name="what", label=text("Action")),
        Column(name="owner", label=text("Owner")),
        Column(name="due", label=text("Due"), type=ColumnType.DATE),
        Column(name="state", label=text("State")),
    )
    rows = tuple((action.what, action.owner, action.due, _state(action, context.today)) for action in actions)
    return (Table(columns=columns, rows=rows),)


def _state(action: Action, today: date) -> Value:
    if action.done_on is not None:
        return text("done on {day}", day=action.done_on)
    return text("late") if action.is_overdue(today) else action.status.label


def _in_quarter(day: date, context: Context) -> bool:
    quarter, calendar = context.parameters.quarter, context.sources.calendar()
    return not quarter or calendar.rhythm(Frequency.QUARTER).start_of(day) == calendar.read_period(quarter)[0]


def _checkins(cell: Cell, context: Context) -> tuple[Block, ...]:
    goal = context.goal(cell)
    kpi = goal_kpi(goal, context)
    found = [item for item in context.sources.checkins(context.goal_id(cell)) if _in_quarter(item.on, context)]
    if not found:
        return (Paragraph(words=text("No check-in yet."), nothing=True),)
    columns = (
        Column(name="day", label=text("Day"), type=ColumnType.DATE),
        Column(name="status", label=text("Status")),
        Column(name="value", label=kpi.name),
        Column(name="probability", label=text("Probability"), type=ColumnType.SHARE),
        Column(name="note", label=text("Note")),
        Column(name="author", label=text("By")),
    )
    rows = tuple((item.on, item.status.label, _read_value(item, kpi), item.probability, item.note, item.by) for item in found)
    return (Table(columns=columns, rows=rows),)


def _read_value(item: CheckIn, kpi: Kpi) -> Value:
    return None if item.value is None else quantity(item.value, kpi)


def _decisions(cell: Cell, context: Context) -> tuple[Block, ...]:
    found = [item for item in context.sources.decisions(context.goal_id(cell)) if _in_quarter(item.on, context)]
    if not found:
        return (Paragraph(words=text("No decision yet."), nothing=True),)
    columns = (
        Column(name="day", label=text("Day"), type=ColumnType.DATE),
        Column(name="what", label=text("Decision")),
        Column(name="owner", label=text("Owner")),
        Column(name="due", label=text("Due"), type=ColumnType.DATE),
    )
    return (Table(columns=columns, rows=tuple((item.on, item.what, item.owner, item.due) for item in found)),)


def _comments(cell: Cell, context: Context) -> tuple[Block, ...]:
    found = sorted(context.sources.comments(context.page.id), key=lambda comment: (comment.resolved, comment.at))
    if not found:
        return (Paragraph(words=text("No comment yet."), nothing=True),)
    blocks: list[Block] = []
    for comment in found:
        state = text("resolved") if comment.resolved else text("open")
        said = text("{author}, {day} ({state})", author=comment.author or text("somebody"), day=comment.at.date(), state=state)
        blocks += [Paragraph(words=said), Markdown(source=comment.words)]
    return tuple(blocks)


def _page_comments(cell: Cell, context: Context) -> tuple[Dependency, ...]:
    return (Dependency(Source.COMMENTS, context.page.id),)


PLAN_RUNNERS = {
    "audit": Runner(text("Audit"), _audit, _audit_needs, uses_today=True),
    "alignment": Runner(text("What it serves"), _alignment, on_goal(Source.GOALS)),
    "actions": Runner(text("Action plan"), _actions, on_goal(Source.ACTIONS), uses_today=True),
    "checkins": Runner(text("Check-ins"), _checkins, on_goal(Source.CHECKINS), ("quarter",)),
    "decisions": Runner(text("Decisions"), _decisions, on_goal(Source.DECISIONS), ("quarter",)),
    "comments": Runner(text("Comments"), _comments, _page_comments),
}
"""How these cells run, by kind."""

"""What was noted at each check-in."""

from __future__ import annotations

from typing import Literal

from cs_planning.kpis.catalogue import Kpi
from cs_planning.kpis.quantity import quantity
from cs_planning.language import Text, ntext, text
from cs_planning.notebook.blocks.block import (
    Block,
    ColumnType,
    Paragraph,
    TableBlock,
    TableColumn,
    Value,
)
from cs_planning.notebook.cells.cell import GoalCell
from cs_planning.notebook.cells.context import Context
from cs_planning.notebook.cells.kind import CellKind, on_goal
from cs_planning.notebook.records import CheckIn
from cs_planning.notebook.sources import Source


class CheckinsCell(GoalCell):
    """What was noted at each check-in."""

    kind: Literal["checkins"] = "checkins"


def _run(cell: CheckinsCell, context: Context) -> tuple[Block, ...]:
    goal = context.goal(cell)
    kpi = context.kpi(goal)
    found = [item for item in context.sources.checkins(context.goal_id(cell)) if context.is_seen(item.on)]
    if not found:
        return (Paragraph(words=text("No check-in yet."), nothing=True),)
    columns = (
        TableColumn(name="day", label=text("Day"), type=ColumnType.DATE),
        TableColumn(name="status", label=text("Status")),
        TableColumn(name="value", label=kpi.name),
        TableColumn(name="probability", label=text("Probability"), type=ColumnType.SHARE),
        TableColumn(name="note", label=text("Note")),
        TableColumn(name="author", label=text("By")),
    )
    rows = tuple(
        (item.on, item.status.label, _read_value(item, kpi), item.probability, item.words, item.by or text("somebody"))
        for item in found
    )
    return (TableBlock(columns=columns, rows=rows),)


def _read_value(item: CheckIn, kpi: Kpi) -> Value:
    if item.value is None:
        return None
    value = quantity(item.value, kpi)
    if item.step is None or item.step_value is None:
        return value
    step, measured = quantity(item.step, kpi), quantity(item.step_value, kpi)
    return text("{value} (step {step}, measured {measured})", value=value, step=step, measured=measured)


def _counted(count: int) -> Text:
    return ntext("{count} check-in", "{count} check-ins", count)


KIND = CellKind(CheckinsCell, 110, text("Check-ins"), _run, on_goal(Source.CHECKINS), ("quarter",), counted=_counted)
"""The kind, as the registry finds it."""

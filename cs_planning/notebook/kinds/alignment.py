"""The objective and the goals above and below."""

from __future__ import annotations

from typing import Literal

from cs_planning.goals.goal import Goal
from cs_planning.goals.title import title_of
from cs_planning.kpis.catalogue import KGIS
from cs_planning.kpis.quantity import quantity
from cs_planning.language import text
from cs_planning.notebook.blocks.block import (
    Block,
    Metric,
    Metrics,
    Paragraph,
    TableBlock,
    TableColumn,
    Value,
)
from cs_planning.notebook.cells.cell import GoalCell
from cs_planning.notebook.cells.context import Context
from cs_planning.notebook.cells.kind import CellKind, on_goal
from cs_planning.notebook.sources import Source


class AlignmentCell(GoalCell):
    """The objective and the goals above and below."""

    kind: Literal["alignment"] = "alignment"


def _run(cell: AlignmentCell, context: Context) -> tuple[Block, ...]:
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
        TableColumn(name="level", label=text("Level")),
        TableColumn(name="goal", label=text("Goal")),
        TableColumn(name="kpi", label=text("KPI")),
        TableColumn(name="target", label=text("Target")),
        TableColumn(name="owner", label=text("Owner")),
    )
    rows = tuple(_relative_row(relative, goal, context) for relative in relatives)
    blocks.append(TableBlock(columns=columns, rows=rows))
    return tuple(blocks)


def _relative_row(relative: Goal, goal: Goal, context: Context) -> tuple[Value, ...]:
    kpi = context.kpi(relative)
    if relative.id == goal.id:
        level = text("this goal")
    elif relative.parent == goal.id and goal.id:
        level = text("below")
    else:
        level = text("above")
    target = None if relative.primary is None else quantity(relative.primary, kpi)
    return level, title_of(relative), kpi.name, target, relative.owner


KIND = CellKind(AlignmentCell, 90, text("What it serves"), _run, on_goal(Source.GOALS))
"""The kind, as the registry finds it."""

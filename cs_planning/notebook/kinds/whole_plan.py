"""All running goals, the least likely first, and how likely they are together."""

from __future__ import annotations

from typing import Literal

from cs_planning.goals.title import title_of
from cs_planning.language import Text, ntext, text
from cs_planning.notebook.blocks.block import Block, ColumnType, Paragraph, TableBlock, TableColumn, Value
from cs_planning.notebook.cells.cell import Cell
from cs_planning.notebook.cells.chance import chance_words
from cs_planning.notebook.cells.context import Context
from cs_planning.notebook.cells.kind import CellKind
from cs_planning.notebook.sources import Dependency, PlanLine, Source, WholePlan


class WholePlanCell(Cell):
    """All running goals, the least likely first, and how likely they are together."""

    kind: Literal["whole_plan"] = "whole_plan"


def _run(cell: WholePlanCell, context: Context) -> tuple[Block, ...]:
    plan = context.sources.plan()
    if not plan.lines:
        return (Paragraph(words=text("No goal is running."), nothing=True),)
    return (*(Paragraph(words=words) for words in plan.told), _table(plan))


def _table(plan: WholePlan) -> TableBlock:
    columns = (
        TableColumn(name="goal", label=text("Goal")),
        TableColumn(name="owner", label=text("Owner")),
        TableColumn(name="deadline", label=text("Deadline"), type=ColumnType.DATE),
        TableColumn(name="chance", label=text("Probability")),
        TableColumn(name="status", label=text("Status")),
        TableColumn(name="rule", label=text("Why")),
    )
    return TableBlock(columns=columns, rows=tuple(_row(line) for line in sorted(plan.lines, key=_likeliest_last)))


def _likeliest_last(line: PlanLine) -> tuple[int, float, str]:
    chance = line.report.probability
    return line.report.status.urgency, 1.0 if chance is None else chance, str(title_of(line.goal))


def _row(line: PlanLine) -> tuple[Value, ...]:
    goal, report = line.goal, line.report
    chance = None if report.probability is None else chance_words(report.probability)
    return title_of(goal), goal.owner, goal.deadline, chance, report.status.label, report.rule


def _depends(cell: WholePlanCell, context: Context) -> tuple[Dependency, ...]:
    return (Dependency(Source.GOALS),)


def _counted(count: int) -> Text:
    return ntext("{count} goal", "{count} goals", count)


KIND = CellKind(WholePlanCell, 55, text("The whole plan"), _run, _depends, uses_today=True, counted=_counted)
"""The kind, as the registry finds it."""

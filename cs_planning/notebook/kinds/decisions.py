"""What was decided, by whom it is done and until when."""

from __future__ import annotations

from typing import Literal

from cs_planning.language import Text, ntext, text
from cs_planning.notebook.blocks.block import (
    Block,
    ColumnType,
    Paragraph,
    TableBlock,
    TableColumn,
)
from cs_planning.notebook.cells.cell import GoalCell
from cs_planning.notebook.cells.context import Context
from cs_planning.notebook.cells.kind import CellKind, on_goal
from cs_planning.notebook.sources import Source


class DecisionsCell(GoalCell):
    """What was decided, by whom it is done and until when."""

    kind: Literal["decisions"] = "decisions"


def _run(cell: DecisionsCell, context: Context) -> tuple[Block, ...]:
    found = [item for item in context.sources.decisions(context.goal_id(cell)) if context.is_seen(item.on)]
    if not found:
        return (Paragraph(words=text("No decision yet."), nothing=True),)
    columns = (
        TableColumn(name="day", label=text("Day"), type=ColumnType.DATE),
        TableColumn(name="what", label=text("Decision")),
        TableColumn(name="owner", label=text("Owner")),
        TableColumn(name="due", label=text("Due"), type=ColumnType.DATE),
    )
    rows = tuple((item.on, item.what, item.owner or text("nobody yet"), item.due) for item in found)
    open_ones = sum(not item.done and not (item.owner and item.due) for item in found)
    said = ntext(
        "{count} open decision has no owner or no date yet.", "{count} open decisions have no owner or no date yet.", open_ones
    )
    table = TableBlock(columns=columns, rows=rows)
    return (Paragraph(words=said), table) if open_ones else (table,)


def _counted(count: int) -> Text:
    return ntext("{count} decision", "{count} decisions", count)


KIND = CellKind(DecisionsCell, 120, text("Decisions"), _run, on_goal(Source.DECISIONS), ("quarter",), counted=_counted)
"""The kind, as the registry finds it."""

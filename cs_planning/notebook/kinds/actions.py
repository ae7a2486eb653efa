"""The action plan with owners and dates."""

from __future__ import annotations

from datetime import date
from typing import Literal

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
from cs_planning.notebook.records import Action
from cs_planning.notebook.sources import Source


class ActionsCell(GoalCell):
    """The action plan with owners and dates."""

    kind: Literal["actions"] = "actions"


def _run(cell: ActionsCell, context: Context) -> tuple[Block, ...]:
    actions = context.sources.actions(context.goal_id(cell))
    if not actions:
        return (Paragraph(words=text("No action is planned yet."), nothing=True),)
    columns = (
        TableColumn(name="what", label=text("Action")),
        TableColumn(name="owner", label=text("Owner")),
        TableColumn(name="due", label=text("Due"), type=ColumnType.DATE),
        TableColumn(name="state", label=text("State")),
    )
    rows = tuple((action.what, action.owner, action.due, _state(action, context.today)) for action in actions)
    return (TableBlock(columns=columns, rows=rows),)


def _state(action: Action, today: date) -> Value:
    if action.done_on is not None:
        return text("done on {day}", day=action.done_on)
    return text("late") if action.is_overdue(today) else action.status.label


def _counted(count: int) -> Text:
    return ntext("{count} step", "{count} steps", count)


KIND = CellKind(ActionsCell, 100, text("Action plan"), _run, on_goal(Source.ACTIONS), uses_today=True, counted=_counted)
"""The kind, as the registry finds it."""

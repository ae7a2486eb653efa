"""Comments on the page, open ones first."""

from __future__ import annotations

from typing import Literal

from cs_planning.language import Text, ntext, text
from cs_planning.notebook.blocks.block import (
    Block,
    Markdown,
    Paragraph,
)
from cs_planning.notebook.cells.cell import Cell
from cs_planning.notebook.cells.context import Context
from cs_planning.notebook.cells.kind import CellKind
from cs_planning.notebook.sources import Dependency, Source


class CommentsCell(Cell):
    """Comments on the page, open ones first."""

    kind: Literal["comments"] = "comments"


def _run(cell: CommentsCell, context: Context) -> tuple[Block, ...]:
    found = sorted(context.sources.comments(context.page.id), key=lambda comment: (comment.resolved, comment.at))
    if not found:
        return (Paragraph(words=text("No comment yet."), nothing=True),)
    blocks: list[Block] = []
    for comment in found:
        state = text("resolved") if comment.resolved else text("open")
        said = text("{author}, {day} ({state})", author=comment.author or text("somebody"), day=comment.at.date(), state=state)
        blocks += [Paragraph(words=said), Markdown(source=comment.words)]
    return tuple(blocks)


def _needs(cell: CommentsCell, context: Context) -> tuple[Dependency, ...]:
    return (Dependency(Source.COMMENTS, context.page.id),)


def _counted(count: int) -> Text:
    return ntext("{count} comment", "{count} comments", count)


KIND = CellKind(CommentsCell, 130, text("Comments"), _run, _needs, counted=_counted)
"""The kind, as the registry finds it."""

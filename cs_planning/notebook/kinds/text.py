"""Free text in Markdown."""

from __future__ import annotations

from typing import Literal

from cs_planning.goals.goal import LongText
from cs_planning.language import text
from cs_planning.notebook.blocks.block import (
    Block,
    Markdown,
    Paragraph,
)
from cs_planning.notebook.cells.cell import Cell
from cs_planning.notebook.cells.context import Context
from cs_planning.notebook.cells.kind import CellKind
from cs_planning.notebook.cells.made_words import as_made
from cs_planning.notebook.cells.option import Form, Option


class TextCell(Cell):
    """Free text in Markdown."""

    kind: Literal["text"] = "text"
    markdown: LongText = ""


def _run(cell: TextCell, context: Context) -> tuple[Block, ...]:
    made = as_made(cell.markdown)
    if made is not None:
        return (Paragraph(words=made),)
    return (Markdown(source=cell.markdown),) if cell.markdown.strip() else ()


KIND = CellKind(
    TextCell,
    10,
    "",
    _run,
    own_options=(
        Option(
            "markdown",
            Form.LONG_TEXT,
            text("Text (Markdown)"),
            text("**bold**, lists with -, links and tables; raw HTML is taken out."),
        ),
    ),
)
"""The kind, as the registry finds it."""

"""Cells of kinds that this version does not know: they are kept as they were written, and say so."""

from __future__ import annotations

from cs_planning.language import text
from cs_planning.notebook.blocks.block import Block, Paragraph
from cs_planning.notebook.cells.cell import Cell
from cs_planning.notebook.cells.context import Context
from cs_planning.notebook.cells.kind import CellKind


class UnknownCell(Cell):
    """A cell of a newer version, kept as it was written."""

    kind: str


def _run(cell: UnknownCell, context: Context) -> tuple[Block, ...]:
    return (
        Paragraph(words=text("A cell of the kind “{kind}” comes from a newer version and is kept as it is.", kind=cell.kind)),
    )


UNKNOWN = CellKind(UnknownCell, 0, text("From a newer version"), _run)
"""How cells run that this version does not know."""

"""How each kind of cell runs."""

from __future__ import annotations

from collections.abc import Mapping

from cs_planning.language import text
from cs_planning.notebook.blocks.block import Block, Markdown, Paragraph
from cs_planning.notebook.cells.context import Context, Runner
from cs_planning.notebook.cells.goal import GOAL_RUNNERS
from cs_planning.notebook.cells.plan import PLAN_RUNNERS
from cs_planning.notebook.cells.scenario import SCENARIO_RUNNERS
from cs_planning.notebook.pages.page import Cell, ImageCell, TextCell
from cs_planning.notebook.sources import Dependency, Source


def _nothing(cell: Cell, context: Context) -> tuple[Dependency, ...]:
    return ()


def _text(cell: Cell, context: Context) -> tuple[Block, ...]:
    assert isinstance(cell, TextCell)
    return (Markdown(source=cell.markdown),) if cell.markdown.strip() else ()


def _image(cell: Cell, context: Context) -> tuple[Block, ...]:
    assert isinstance(cell, ImageCell)
    if not cell.image:
        return (Paragraph(words=text("No picture has been chosen yet.")),)
    picture = context.sources.image(cell.image)
    return (picture.model_copy(update={"alt": cell.alt or picture.alt, "caption": cell.caption or picture.caption}),)


def _image_needs(cell: Cell, context: Context) -> tuple[Dependency, ...]:
    assert isinstance(cell, ImageCell)
    return (Dependency(Source.IMAGE, cell.image),)


def _unknown(cell: Cell, context: Context) -> tuple[Block, ...]:
    return (
        Paragraph(words=text("A cell of the kind “{kind}” comes from a newer version and is kept as it is.", kind=cell.kind)),
    )


UNKNOWN = Runner(text("From a newer version"), _unknown, _nothing)
"""How cells run that this version does not know."""

RUNNERS: Mapping[str, Runner] = {
    "text": Runner("", _text, _nothing),
    "image": Runner(text("Picture"), _image, _image_needs),
    **GOAL_RUNNERS,
    **SCENARIO_RUNNERS,
    **PLAN_RUNNERS,
}
"""How each kind of cell runs."""

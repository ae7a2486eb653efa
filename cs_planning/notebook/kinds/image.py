"""An uploaded picture by its id, with the words for those who do not see it."""

from __future__ import annotations

from typing import Literal

from cs_planning.goals.goal import ShortText
from cs_planning.language import text
from cs_planning.notebook.blocks.block import (
    Block,
    Paragraph,
)
from cs_planning.notebook.cells.cell import Cell
from cs_planning.notebook.cells.context import Context
from cs_planning.notebook.cells.kind import CellKind
from cs_planning.notebook.cells.option import Form, Option
from cs_planning.notebook.sources import Dependency, Source


class ImageCell(Cell):
    """An uploaded picture by its id, with the words for those who do not see it."""

    kind: Literal["image"] = "image"
    image: ShortText = ""
    alt: ShortText = ""
    caption: ShortText = ""


def _run(cell: ImageCell, context: Context) -> tuple[Block, ...]:
    if not cell.image:
        return (Paragraph(words=text("No picture has been chosen yet.")),)
    picture = context.sources.image(cell.image)
    return (picture.model_copy(update={"alt": cell.alt or picture.alt, "caption": cell.caption or picture.caption}),)


def _needs(cell: ImageCell, context: Context) -> tuple[Dependency, ...]:
    return (Dependency(Source.IMAGE, cell.image),)


KIND = CellKind(
    ImageCell,
    140,
    text("Picture"),
    _run,
    _needs,
    own_options=(
        Option(
            "image",
            Form.PICTURE,
            text("Picture (PNG, JPEG or WebP)"),
            text("Up to 10 MB; where and by whom it was taken is removed from the file."),
        ),
        Option(
            "alt",
            Form.LINE,
            text("What the picture shows, for those who can't see it"),
            text("One sentence; it also stands in files without pictures."),
        ),
        Option("caption", Form.LINE, text("Caption"), text("Stands below the picture.")),
    ),
)
"""The kind, as the registry finds it."""

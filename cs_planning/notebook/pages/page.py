"""A goal page as data: ordered cells, each with a kind, an id and settings of its own.

A page written by a newer version of the product survives here: cells of a kind that is not known yet, and fields that are
not known yet, are kept as they are and written again.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, ValidationError, field_validator

from cs_planning.errors import InvalidPage, Problem
from cs_planning.language import text
from cs_planning.notebook.cells.cell import Cell
from cs_planning.notebook.cells.page_head import PageHead
from cs_planning.notebook.registry import AnyCell

MOST_CELLS = 500
MOST_BYTES = 20_000_000


class Page(PageHead):
    """A goal page.

    Attributes:
        id: unguessable; empty until the page is saved.
        version: counts the saves, for noticing that somebody else saved in between.
        goal: the id of the goal that cells are about unless they name another one.
        template: the id of the template that it was made from.
    """

    cells: Annotated[tuple[AnyCell, ...], Field(max_length=MOST_CELLS)] = ()

    @field_validator("cells")
    @classmethod
    def _distinct(cls, cells: tuple[Cell, ...]) -> tuple[Cell, ...]:
        seen: set[str] = set()
        for cell in cells:
            if cell.id in seen:
                raise ValueError(f"two cells have the id {cell.id}")
            seen.add(cell.id)
        return cells

    def cell(self, id: str) -> Cell | None:
        """The cell of that id, where there is one."""
        return next((cell for cell in self.cells if cell.id == id), None)


def read_page(document: str | bytes) -> Page:
    """The page that `page.model_dump_json()` wrote, here or in another version of the product.

    Raises:
        InvalidPage: it is not a page, or one that is too large; every place that is wrong is named.
    """
    if len(document) > MOST_BYTES:
        raise InvalidPage(
            text("The page file has {size} megabytes.", size=len(document) / 1e6),
            text("A page has at most {most} megabytes; leave pictures out.", most=MOST_BYTES / 1e6),
        )
    try:
        page = Page.model_validate_json(document)
    except ValidationError as invalid:
        found = invalid.errors(include_url=False, include_input=False)
        problems = [
            Problem(
                message=text("{place}: {problem}", place=".".join(map(str, error["loc"])) or "page", problem=error["msg"]),
                remedy=text("Correct this place, or export the page again."),
                field=".".join(map(str, error["loc"])),
            )
            for error in found[:20]
        ]
        raise InvalidPage(
            text("This is not a page: {count} places are wrong, first {first}", count=len(found), first=problems[0].message),
            text("Choose a page that was exported as JSON."),
            problems,
        ) from None
    if "cells" not in page.model_fields_set:
        missing = Problem(message=text("The list of cells is missing."), remedy=text("Export the page again."), field="cells")
        raise InvalidPage(
            text("This is not a page: it has no cells."), text("Choose a page that was exported as JSON."), [missing]
        )
    return page

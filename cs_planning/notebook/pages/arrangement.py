"""What an owner does with the cells of a page; every operation gives a new page, so undo is keeping the old one."""

from __future__ import annotations

from typing import Any

from cs_planning.errors import InvalidPage, NotFound
from cs_planning.language import text
from cs_planning.notebook.cells.cell import Cell
from cs_planning.notebook.pages.page import MOST_CELLS, Page


def new_cell_id(page: Page) -> str:
    """An id that no cell of the page has."""
    numbers = [int(cell.id[1:]) for cell in page.cells if cell.id.startswith("c") and cell.id[1:].isdecimal()]
    return f"c{max(numbers, default=0) + 1}"


def add(page: Page, cell: Cell, position: int | None = None) -> Page:
    """The page with `cell` at `position` (at the end when it is not given); a used id is replaced by a new one.

    Raises:
        InvalidPage: the page is full.
    """
    if len(page.cells) >= MOST_CELLS:
        raise InvalidPage(
            text("The page already has {count} cells.", count=len(page.cells)),
            text("Delete cells, or begin another page."),
        )
    placed = cell if page.cell(cell.id) is None else cell.model_copy(update={"id": new_cell_id(page)})
    cells = list(page.cells)
    cells.insert(len(cells) if position is None else max(0, min(position, len(cells))), placed)
    return _with(page, cells)


def duplicate(page: Page, id: str) -> Page:
    """The page with a copy of a cell right after it.

    Raises:
        NotFound: no cell has that id.
    """
    position = _position(page, id)
    return add(page, page.cells[position], position + 1)


def move(page: Page, id: str, position: int) -> Page:
    """The page with a cell at another position, counted without it; beyond the ends it stops there.

    Raises:
        NotFound: no cell has that id.
    """
    cells = list(page.cells)
    cell = cells.pop(_position(page, id))
    cells.insert(max(0, min(position, len(cells))), cell)
    return _with(page, cells)


def hide(page: Page, id: str, hidden: bool = True) -> Page:
    """The page with a cell hidden, or shown again.

    Raises:
        NotFound: no cell has that id.
    """
    return change(page, id, hidden=hidden)


def collapse(page: Page, id: str, collapsed: bool = True) -> Page:
    """The page with a cell collapsed, or opened again.

    Raises:
        NotFound: no cell has that id.
    """
    return change(page, id, collapsed=collapsed)


def change(page: Page, id: str, **fields: Any) -> Page:
    """The page with other settings of a cell; its kind and id stay.

    Raises:
        NotFound: no cell has that id.
        pydantic.ValidationError: a setting has the wrong type.
    """
    cells = list(page.cells)
    position = _position(page, id)
    cell = cells[position]
    cells[position] = type(cell).model_validate(cell.model_dump() | fields | {"id": cell.id, "kind": cell.kind})
    return _with(page, cells)


def delete(page: Page, id: str) -> Page:
    """The page without a cell.

    Raises:
        NotFound: no cell has that id.
    """
    cells = list(page.cells)
    cells.pop(_position(page, id))
    return _with(page, cells)


def _position(page: Page, id: str) -> int:
    for position, cell in enumerate(page.cells):
        if cell.id == id:
            return position
    raise NotFound(text("The page has no cell {id}.", id=id), text("Open the page again; somebody may have deleted the cell."))


def _with(page: Page, cells: list[Cell]) -> Page:
    return page.model_copy(update={"cells": tuple(cells)})

"""Arranging a page: add, move, copy, hide, collapse, change and delete cells; every tool is a button with a name."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from cs_planning.errors import PlanningError
from cs_planning.language import gettext as _
from cs_planning.language import text
from cs_planning.notebook.cells.cell import Cell
from cs_planning.notebook.kinds.image import ImageCell
from cs_planning.notebook.pages.arrangement import add, collapse, delete, duplicate, hide, move, new_cell_id
from cs_planning.notebook.pages.page import Page, read_page
from cs_planning.notebook.registry import KINDS
from cs_planning.notebook.run import Section
from cs_planning.ui import session
from cs_planning.ui.goal_page import options
from cs_planning.ui.parts.drawing import plain
from cs_planning.ui.parts.saving import draw_refusal
from cs_planning.workspace import Workspace
from cs_planning.workspace.words.fields import hint

_DELETED, _ADDED = "deleted-cell", "added-cell"
_MOST_PLACES = 60
"""A page with more sections is arranged by its tools alone: a sign between any two would be drawn hundreds of times."""


def draw_messages() -> None:
    """What a tool could not do."""
    draw_refusal()


def draw_undo(workspace: Workspace, page: Page, place: int) -> None:
    """The way back after deleting, where the cell stood.

    Args:
        workspace: with the page.
        page: without the cell.
        place: before which cell of the page it is drawn, counted from 0; the number of cells for the end.
    """
    deleted = session.kept(_DELETED)
    if deleted and deleted["page"] == workspace.pages.name(page) and min(deleted["place"], len(page.cells)) == place:
        with st.container(horizontal=True, vertical_alignment="center", key="undo-row"):
            st.caption(str(text("“{name}” was deleted.", name=deleted["name"])), width="content")
            st.button(
                _("Undo"), icon=":material/undo:", type="tertiary", key="undo-delete", on_click=_undo, args=(workspace, page)
            )


def draw_tools(workspace: Workspace, page: Page, section: Section) -> None:
    """The tools of one cell, above it."""
    cell = page.cell(section.cell)
    if cell is None:
        return
    name, place = cell.id, page.cells.index(cell)
    tools: list[tuple[str, str, str, Callable[[Page], Page], bool]] = [
        ("up", _("Up"), ":material/arrow_upward:", lambda newest: _by(newest, name, -1), place == 0),
        ("down", _("Down"), ":material/arrow_downward:", lambda newest: _by(newest, name, 1), place == len(page.cells) - 1),
        ("copy", _("Duplicate"), ":material/content_copy:", lambda newest: duplicate(newest, name), False),
        (
            "hide",
            _("Show") if cell.hidden else _("Hide"),
            ":material/visibility:" if cell.hidden else ":material/visibility_off:",
            lambda newest: hide(newest, name, not cell.hidden),
            False,
        ),
        (
            "fold",
            _("Open") if cell.collapsed else _("Collapse"),
            ":material/unfold_more:" if cell.collapsed else ":material/unfold_less:",
            lambda newest: collapse(newest, name, not cell.collapsed),
            False,
        ),
    ]
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall", key=f"tools-{name}"):
        st.badge(plain(kind_name(cell.kind)), color="gray", icon=":material/visibility_off:" if cell.hidden else None)
        for key, label, icon, operation, disabled in tools:
            st.button(
                label,
                icon=icon,
                type="tertiary",
                disabled=disabled,
                key=f"{key}-{name}",
                on_click=apply,
                args=(workspace, page, operation),
            )
        if not _lacks_picture(cell):
            _draw_options(workspace, page, cell)
        st.button(
            _("Delete"),
            icon=":material/delete:",
            type="tertiary",
            key=f"delete-{name}",
            on_click=_delete,
            args=(workspace, page, name, str(section.heading) or kind_name(cell.kind)),
        )
        _draw_add(workspace, page, place + 1, f"add-{name}", _("Add below"))


def draw_empty_picture(workspace: Workspace, page: Page, section: Section) -> bool:
    """The form of an image cell that has no picture yet, in its place; whether that is one."""
    cell = page.cell(section.cell)
    if cell is None or not _lacks_picture(cell):
        return False
    with st.container(border=True, key=f"picture-{cell.id}"):
        options.draw(workspace, page, cell)
    return True


def _lacks_picture(cell: Cell) -> bool:
    return isinstance(cell, ImageCell) and not cell.image


def _draw_options(workspace: Workspace, page: Page, cell: Cell) -> None:
    """The settings behind a button; made only while they are looked at, since a page may have hundreds of cells."""
    menu = st.popover(_("Change"), icon=":material/edit:", type="tertiary", key=f"change-{cell.id}", on_change="rerun")
    if not menu.open:
        options.forget(workspace, page, cell)
        return
    with menu:
        options.draw(workspace, page, cell)


def draw_first(workspace: Workspace, page: Page) -> None:
    """The tool of a page without cells."""
    _draw_add(workspace, page, 0, "add-first", _("Add a cell"))


def draw_place(workspace: Workspace, page: Page, before: str | None, sections: int) -> None:
    """The sign between two sections of the page as it is read, which opens the menu of cells for this very place.

    Args:
        workspace: with the page.
        page: to be changed.
        before: the id of the cell before which it stands; `None` at the end.
        sections: how many the page shows.
    """
    if sections > _MOST_PLACES:
        return
    ids = [cell.id for cell in page.cells]
    place = ids.index(before) if before in ids else len(ids)
    with st.container(key=f"plus-{before or 'end'}", horizontal=True, horizontal_alignment="center"):
        _draw_add(workspace, page, place, f"add-before-{before or 'end'}", _("Add a cell here"))


def is_new(workspace: Workspace, page: Page, section: Section) -> bool:
    """Whether the visitor added this cell just now, while reading the page."""
    return bool(session.kept(_ADDED) == [workspace.pages.name(page), section.cell])


def kind_name(kind: str) -> str:
    """What a kind of cell is called."""
    return str(KINDS[kind].heading) or _("Text") if kind in KINDS else kind


def apply(workspace: Workspace, page: Page, operation: Callable[[Page], Page]) -> None:
    """Does something to the newest version of a page; for callbacks, says later what went wrong."""
    _applied(workspace, page, operation)


def _applied(workspace: Workspace, page: Page, operation: Callable[[Page], Page]) -> bool:
    try:
        workspace.pages.arrange(page, operation, save=session.save("arrange"))
    except PlanningError as error:
        session.say(error)
        return False
    finally:
        session.finish_form("arrange")
    return True


def _draw_add(workspace: Workspace, page: Page, position: int, key: str, label: str) -> None:
    """The kinds of cell in a field that can be searched; made while it is looked at, as a page may have hundreds of cells."""
    # Another menu once a cell was added: one that was used stays open.
    name = f"{key}-menu-{len(page.cells)}"
    menu = st.popover(label, icon=":material/add:", type="tertiary", key=name, on_change="rerun")
    if not menu.open:
        return
    with menu:
        st.selectbox(
            _("Kind of cell"),
            list(KINDS),
            index=None,
            format_func=kind_name,
            placeholder=_("Search, or choose"),
            key=key,
            on_change=_add,
            args=(workspace, page, position, key),
            help=hint("add_cell"),
        )


def _add(workspace: Workspace, page: Page, position: int, key: str) -> None:
    kind = session.widget_value(key)
    session.drop_widget(key)
    if kind in KINDS:
        made = new_cell_id(page)
        if _applied(workspace, page, lambda newest: add(newest, KINDS[kind].cell(id=made), position)):
            session.keep(_ADDED, [workspace.pages.name(page), made])


def _by(page: Page, id: str, step: int) -> Page:
    place = next((number for number, cell in enumerate(page.cells) if cell.id == id), 0)
    return move(page, id, place + step)


def _delete(workspace: Workspace, page: Page, id: str, name: str) -> None:
    place = next(number for number, cell in enumerate(page.cells) if cell.id == id)
    alone = page.model_copy(update={"cells": (page.cells[place],)}).model_dump_json()
    if _applied(workspace, page, lambda newest: delete(newest, id)):
        session.keep(_DELETED, {"page": workspace.pages.name(page), "cell": alone, "place": place, "name": name})


def _undo(workspace: Workspace, page: Page) -> None:
    deleted = session.kept(_DELETED)
    if deleted is None:
        return
    cell = read_page(deleted["cell"]).cells[0]
    if _applied(workspace, page, lambda newest: add(newest, cell, deleted["place"])):
        session.forget(_DELETED)

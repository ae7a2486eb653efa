"""The settings of one cell: its name, and what its kind lets one choose; the second of two writers sees both versions."""

from __future__ import annotations

from typing import Any

import streamlit as st
from pydantic import BaseModel

from cs_planning.errors import Conflict, InvalidPage, PlanningError
from cs_planning.language import gettext as _
from cs_planning.language import text
from cs_planning.notebook.cells.cell import Cell
from cs_planning.notebook.cells.made_words import as_made
from cs_planning.notebook.kinds.image import ImageCell
from cs_planning.notebook.pages.page import Page
from cs_planning.notebook.registry import KINDS
from cs_planning.ui import session
from cs_planning.ui.goal_page import option_fields
from cs_planning.ui.parts import typed
from cs_planning.ui.parts.drawing import draw_error, plain
from cs_planning.workspace import Save, Workspace
from cs_planning.workspace.words.fields import hint

_LONGEST_TITLE = 200


def draw(workspace: Workspace, page: Page, cell: Cell) -> None:
    """A form with the settings of a cell; what was typed stays until it is kept, also when somebody else was quicker."""
    name = _name(workspace, page, cell)
    base = _base(name, cell)
    form = session.idempotency_key(name)
    with st.form(f"{name}-{form}-form", border=False), typed.kept_while_typing(name):
        heading = (
            st.text_input(
                _("Heading"),
                str(as_made(base.title) or base.title),
                max_chars=_LONGEST_TITLE,
                key=f"{name}-{form}-title",
                help=hint("heading"),
            )
            or ""
        )
        fields = {"title": heading, **option_fields.draw(workspace, base, f"{name}-{form}")}
        wanted = st.form_submit_button(_("Keep"), type="primary")
    if not wanted:
        return
    save = session.save(name)
    try:
        fields |= _picture(workspace, base, fields, save)
        workspace.pages.edit_cell(page, base, **fields, save=save)
    except Conflict as conflict:
        draw_error(conflict)
        theirs = conflict.theirs
        if isinstance(theirs, BaseModel):
            session.keep(f"{name}-base", theirs.model_dump_json())
            _draw_both(fields, theirs.model_dump())
        return
    except PlanningError as error:
        draw_error(error)
        return
    forget(workspace, page, cell)
    session.finish_form(name)
    typed.done(name)
    st.rerun()


def forget(workspace: Workspace, page: Page, cell: Cell) -> None:
    """The form was closed: it opens with the cell as it will be then."""
    session.forget(f"{_name(workspace, page, cell)}-base")


def _name(workspace: Workspace, page: Page, cell: Cell) -> str:
    return f"options-{workspace.pages.name(page)}-{cell.id}"


def _base(name: str, cell: Cell) -> Cell:
    kept = session.kept(f"{name}-base")
    if kept is not None and cell.kind in KINDS:
        return type(cell).model_validate_json(kept)
    session.keep(f"{name}-base", cell.model_dump_json())
    return cell


def _draw_both(mine: dict[str, Any], theirs: dict[str, Any]) -> None:
    differ = [field for field, value in mine.items() if str(value) != str(theirs.get(field))]
    rows = {
        _("What"): [plain(field.replace("_", " ")) for field in differ],
        _("Yours"): [plain(mine[field]) or "–" for field in differ],
        _("Theirs"): [plain(theirs.get(field) or "–") for field in differ],
    }
    st.table(rows, border="horizontal", hide_index=True, alt=_("Both versions"))
    st.caption(_("“Keep” once more puts yours in the place of theirs; close this form to leave theirs."))


def _picture(workspace: Workspace, cell: Cell, fields: dict[str, Any], save: Save) -> dict[str, Any]:
    """The picture of an image cell, kept; its words are asked for first, since nobody adds them later."""
    if not isinstance(cell, ImageCell):
        return {}
    file = fields.pop("image")
    if not fields["alt"].strip():
        raise InvalidPage(
            text("The picture has no words yet."),
            text("Say in a sentence what it shows, for those who can't see it and for files without pictures."),
        )
    if file is None:
        return {}
    return {"image": workspace.pages.keep_picture(file.getvalue(), fields["alt"].strip(), save=save)}

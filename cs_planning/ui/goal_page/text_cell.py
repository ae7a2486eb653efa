"""Writing in a text cell: what was typed stays until it is kept, also when somebody else kept something else meanwhile."""

from __future__ import annotations

import streamlit as st

from cs_planning.errors import Conflict, PlanningError
from cs_planning.language import gettext as _
from cs_planning.notebook.cells.made_words import as_made
from cs_planning.notebook.kinds.text import TextCell
from cs_planning.notebook.pages.arrangement import add, new_cell_id
from cs_planning.notebook.pages.page import Page
from cs_planning.notebook.run import Section
from cs_planning.ui import session
from cs_planning.ui.parts import typed
from cs_planning.ui.parts.drawing import draw as draw_blocks
from cs_planning.ui.parts.drawing import draw_error, plain
from cs_planning.workspace import Workspace
from cs_planning.workspace.words.fields import hint

_LONGEST = 10_000


@st.fragment
def draw(workspace: Workspace, page: Page, cell: TextCell, section: Section) -> None:
    """The text, and a field to write in: at once while the cell is empty, else when it is asked for."""
    name = f"notes-{workspace.pages.name(page)}-{cell.id}"
    draw_blocks(section.blocks, f"cell-{section.cell}")
    if cell.markdown and not _typing(name) and not _wants_to_write(name, cell):
        session.forget(f"{name}-base")
        return
    base = _base(name, cell)
    field = f"{name}-{session.idempotency_key(name)}"
    with typed.kept_while_typing(name):
        written = st.text_area(
            _("Notes for the meeting (Markdown)"), _shown(base), max_chars=_LONGEST, height=160, key=field, help=hint("notes")
        )
    if st.button(_("Keep the notes"), icon=":material/save:", key=f"{name}-save"):
        _keep(workspace, page, base, written or "", name)


def _wants_to_write(name: str, cell: TextCell) -> bool:
    form = session.idempotency_key(name)
    with st.container(key=f"write-{cell.id}"):
        return st.toggle(_("Write on these notes"), key=f"{name}-open-{form}", help=hint("notes_open"))


def _typing(name: str) -> bool:
    kept = session.kept(f"{name}-base")
    if kept is None:
        return False
    shown = _shown(TextCell.model_validate_json(kept))
    return bool(session.widget_value(f"{name}-{session.idempotency_key(name)}", shown) != shown)


def _shown(cell: TextCell) -> str:
    """The words of a cell as they stand in the field: those of the product in the language of the reader."""
    return str(as_made(cell.markdown) or cell.markdown)


def _base(name: str, cell: TextCell) -> TextCell:
    """The cell as it was when writing began; the newest one as long as nothing was typed."""
    kept = session.kept(f"{name}-base")
    if kept is not None:
        base = TextCell.model_validate_json(kept)
        typed = session.widget_value(f"{name}-{session.idempotency_key(name)}", _shown(base))
        if typed != _shown(base) or base.markdown == cell.markdown:
            return base
        session.finish_form(name)
    session.keep(f"{name}-base", cell.model_dump_json())
    return cell


def _keep(workspace: Workspace, page: Page, base: TextCell, written: str, name: str) -> None:
    try:
        workspace.pages.edit_cell(page, base, markdown=written, save=session.save(name))
    except Conflict as conflict:
        draw_error(conflict)
        if conflict.mine is not None:
            _draw_both(workspace, page, written, conflict.theirs, name)
        return
    except PlanningError as error:
        draw_error(error)
        return
    _finish(name)
    st.rerun()


def _finish(name: str) -> None:
    session.finish_form(name)
    session.forget(f"{name}-base")
    typed.done(name)


def _draw_both(workspace: Workspace, page: Page, mine: str, theirs: object, name: str) -> None:
    other = theirs if isinstance(theirs, TextCell) else None
    left, right = st.columns(2)
    with left, st.container(border=True, key=f"{name}-mine"):
        st.markdown(_("**Yours**"))
        st.markdown(plain(mine))
    with right, st.container(border=True, key=f"{name}-theirs"):
        st.markdown(_("**Theirs**"))
        st.markdown(plain(other.markdown) if other is not None else _("The cell was deleted."))
    with st.container(horizontal=True):
        choices: tuple[tuple[str, str | None, str], ...]
        if other is None:
            choices = ((_("Keep mine as a new cell"), mine, "mine"), (_("Drop mine"), None, "drop"))
        else:
            both = f"{other.markdown}\n\n{mine}"
            choices = ((_("Keep both"), both, "both"), (_("Keep mine"), mine, "mine"), (_("Keep theirs"), None, "drop"))
        for label, wanted, key in choices:
            st.button(label, key=f"{name}-{key}", on_click=_settle, args=(workspace, page, other, wanted, name))


def _settle(workspace: Workspace, page: Page, theirs: TextCell | None, wanted: str | None, name: str) -> None:
    save = session.save(name).part("settled")
    try:
        if wanted is not None and theirs is not None:
            workspace.pages.edit_cell(page, theirs, markdown=wanted, save=save)
        elif wanted is not None:
            again = TextCell(id=new_cell_id(page), markdown=wanted)
            workspace.pages.arrange(page, lambda newest: add(newest, again), save=save)
    except PlanningError as error:
        session.say(error)
        return
    _finish(name)

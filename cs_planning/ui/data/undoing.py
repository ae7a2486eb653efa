"""Taking an import back on the screen: what goes and what comes back is said before, and the way to the right file after."""

from __future__ import annotations

import streamlit as st

from cs_planning.errors import PlanningError
from cs_planning.language import gettext as _
from cs_planning.language import ntext, text
from cs_planning.ui import session, shell
from cs_planning.ui.data import resting_goals
from cs_planning.ui.parts.drawing import draw_error, plain
from cs_planning.workspace import Workspace
from cs_planning.workspace.layers.records import KeptImport
from cs_planning.workspace.layers.undoing import Undoing, words_of_currency, words_of_series_gone

_FORM, _ASKED, _DONE, _LOOKED = "import-undoing", "import-to-undo", "import-undone", "import-looked-at"


def draw_undone() -> None:
    """What was undone by the click before, with the way to the right file."""
    done = session.kept(_DONE)
    if not done:
        return
    session.forget(_DONE)
    st.success(plain(done), icon=":material/undo:")
    st.page_link(shell.IMPORT, label=_("Import the right file"), icon=":material/arrow_forward:")


def draw(workspace: Workspace, one: KeptImport) -> None:
    """The quiet way to undo an import; the second click does it.

    Args:
        workspace: with the import.
        one: the import.
    """
    info = one.info
    if info.undone_at is not None:
        words = text("Undone by {author} on {day}.", author=session.named(info.undone_by), day=info.undone_at.date())
        st.caption(f":material/undo: {plain(words)}")
        return
    refusal = workspace.data.undo.refusal(info)
    if refusal is not None:
        st.caption(f":material/undo: {plain(refusal.message)} {plain(refusal.hint)}")
        return
    if session.kept(_ASKED) == info.id:
        _draw_question(workspace, one)
        return
    st.button(
        _("Undo this import"),
        icon=":material/undo:",
        type="tertiary",
        key=f"undo-{info.id}",
        on_click=session.keep,
        args=(_ASKED, info.id),
    )


def _draw_question(workspace: Workspace, one: KeptImport) -> None:
    try:
        preview = _looked_at(workspace, one.info.id)
    except PlanningError as error:
        session.forget(_ASKED)
        draw_error(error)
        return
    with st.container(border=True, key="undo-question"):
        for line in _lines(preview):
            st.markdown(f"- {plain(line)}")
        resting_goals.warn(workspace, {str(info.key) for info in preview.series_gone})
        with st.container(horizontal=True):
            st.button(
                _("Undo it"),
                icon=":material/undo:",
                type="primary",
                key="undo-import",
                on_click=_undo,
                args=(workspace, one.info.id),
            )
            st.button(_("Leave it"), key="leave-import", on_click=session.forget, args=(_ASKED,))


def _looked_at(workspace: Workspace, id: str) -> Undoing:
    """What undoing would do, worked out once as long as nothing changes."""
    known: tuple[object, Undoing] | None = session.kept(_LOOKED)
    rests_on = (id, str(workspace.home.database), workspace.data.version())
    if known is not None and known[0] == rests_on:
        return known[1]
    with st.spinner(_("Looking at what would change …")):
        preview = workspace.data.undo.preview(id)
    session.keep(_LOOKED, (rests_on, preview))
    return preview


def _lines(preview: Undoing) -> list[str]:
    """What goes, what comes back, and that later imports stay."""
    lines = []
    if preview.contacts_gone or preview.contacts_back:
        lines.append(
            ntext(
                "{count} contact goes, which no other import holds.",
                "{count} contacts go, which no other import holds.",
                preview.contacts_gone,
            )
        )
        lines.append(
            ntext(
                "{count} contact is then as the other imports have it.",
                "{count} contacts are then as the other imports have them.",
                preview.contacts_back,
            )
        )
        lines.append(text("The KPIs of contacts are computed again."))
    else:
        lines.append(ntext("{count} value goes.", "{count} values go.", preview.values_gone))
        lines.append(
            ntext(
                "{count} value becomes again what the other imports say.",
                "{count} values become again what the other imports say.",
                preview.values_back,
            )
        )
    lines += [line for line in (words_of_series_gone(preview), words_of_currency(preview)) if line is not None]
    return [str(line) for line in lines]


def _undo(workspace: Workspace, id: str) -> None:
    session.forget(_ASKED)
    try:
        done = workspace.data.undo.undo(id, save=session.save(_FORM))
    except PlanningError as error:
        session.say(error)
        return
    session.finish_form(_FORM)
    words = text("“{file}” was undone: what it brought is gone, and what it replaced is back.", file=done.info.file_name)
    session.keep(_DONE, str(words))

"""The minutes of a review: one page to read, to print and to take along; and the way to those of earlier reviews."""

from __future__ import annotations

from functools import partial

import streamlit as st

from cs_planning.errors import NotFound
from cs_planning.exports import FORMATS, export, file_name
from cs_planning.language import current_language, text
from cs_planning.language import gettext as _
from cs_planning.ui import session, shell
from cs_planning.ui.parts.drawing import draw, draw_error, plain
from cs_planning.workspace import Workspace

_FORMATS = ("pdf", "html", "xlsx", "md")
_SHOWN = 12


def draw_minutes(workspace: Workspace, id: str) -> None:
    """The page of one review."""
    st.page_link(shell.REVIEW, label=_("Back to the review"), icon=":material/arrow_back:")
    try:
        held, made = workspace.reviews.minutes(id)
    except NotFound as error:
        draw_error(error)
        return
    st.title(plain(held.title), anchor=False)
    for section in made.sections:
        st.subheader(plain(section.heading), anchor=False)
        draw(section.blocks, f"minutes-{section.cell}")
    with st.container(horizontal=True, key="minutes-files"):
        for name in _FORMATS:
            st.download_button(
                plain(FORMATS[name].name),
                partial(export, made, name, current_language()),
                file_name(made, name),
                FORMATS[name].media_type,
                icon=":material/download:",
                on_click="ignore",
                key=f"minutes-{name}",
            )


def draw_earlier(workspace: Workspace) -> None:
    """The reviews that were held, each with its minutes."""
    held = [one for one in workspace.reviews.held() if one.has_minutes][:_SHOWN]
    if not held:
        return
    with st.expander(_("Minutes of earlier reviews"), icon=":material/description:", key="earlier-minutes"):
        for one in held:
            label = plain(text("{review}, {who}", review=one.title, who=session.named(one.by)))
            st.page_link(shell.REVIEW, label=label, icon=":material/description:", query_params={"minutes": one.id})

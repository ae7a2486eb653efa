"""Comments that mention somebody: shown to them where they begin, with the way to the page."""

from __future__ import annotations

import streamlit as st

from cs_planning.language import Moment, ntext, text
from cs_planning.language import gettext as _
from cs_planning.ui import session, shell
from cs_planning.ui.parts.drawing import plain
from cs_planning.workspace import Workspace

_MOST_LETTERS = 160


def draw_of_visitor(workspace: Workspace) -> None:
    """The open comments that mention the visitor; nothing where there are none, or where nobody said who they are."""
    found = workspace.talk.mentions_of(session.author())
    if not found:
        return
    words = ntext("{count} open comment mentions you", "{count} open comments mention you", len(found))
    with st.expander(str(words), icon=":material/alternate_email:", key="mentions"):
        for one in found:
            said = one.comment.words
            short = said if len(said) <= _MOST_LETTERS else f"{said[: _MOST_LETTERS - 1]}…"
            who = text(
                "{author}, {moment}", author=session.named(one.comment.author), moment=Moment(at=session.here(one.comment.at))
            )
            st.markdown(f"{plain(short)}  \n:small[:gray[{plain(who)}]]")
            st.page_link(
                shell.GOAL,
                label=plain(one.title) or _("Open the page"),
                icon=":material/article:",
                query_params={"page": one.page},
            )

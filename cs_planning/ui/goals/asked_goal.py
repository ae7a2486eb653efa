"""The goal that an address asks to change; where it is gone, the page says so and leads on."""

from __future__ import annotations

import streamlit as st

from cs_planning.errors import NotFound
from cs_planning.goals.goal import Goal
from cs_planning.language import gettext as _
from cs_planning.ui import shell
from cs_planning.ui.parts import addressed
from cs_planning.workspace import Workspace


def find(workspace: Workspace, id: str) -> Goal:
    """The goal of that id; ends the page where there is none."""
    try:
        return workspace.planning.goal(id)
    except NotFound:
        st.title(_("Change a goal"), anchor=False)
        addressed.draw_gone()
        st.page_link(shell.HOME, label=_("Goals"), icon=":material/flag:")
        st.page_link(shell.DRAFT, label=_("Draft a goal"), icon=":material/edit_note:")
        st.stop()

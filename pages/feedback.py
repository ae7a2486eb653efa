"""Feedback: what customers write about, how that changes, and what is the company's to change or the agents'."""

import streamlit as st

from cs_planning.language import gettext as _
from cs_planning.ui import cached
from cs_planning.ui.data import feedback
from cs_planning.ui.parts import saving

workspace = cached.workspace()

saving.draw_confirmation()
st.title(_("Feedback"), anchor=False)
with st.spinner(_("Reading what customers wrote …"), show_time=True):
    lines = workspace.feedback.lines()
if not lines:
    feedback.draw_nothing_here()
    st.stop()

feedback.draw_levels(lines)
feedback.draw_topics(workspace, lines)

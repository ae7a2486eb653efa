"""Draft a goal on one of the team's own KPIs, and see at once how likely it is."""

import streamlit as st

from cs_planning.language import gettext as _
from cs_planning.ui import cached, session
from cs_planning.ui.goals import all_goals, asked_goal, editor, history, templates
from cs_planning.ui.parts import saving

workspace = cached.workspace()

if not workspace.data.series_list():
    all_goals.draw_first_step(nothing_imported=True)
    st.stop()

wanted = st.query_params.get("goal")
goal = asked_goal.find(workspace, wanted) if wanted else None
with st.container(horizontal=True, vertical_alignment="bottom", horizontal_alignment="distribute"):
    st.title(_("Change a goal") if wanted else _("Draft a goal"), anchor=False)
    if not wanted:
        templates.draw_start(workspace, session.today())
saving.draw_confirmation()
editor.draw(workspace, wanted, session.today())
if goal is not None:
    history.draw_history(workspace, goal)
    templates.draw_keep(workspace, goal)

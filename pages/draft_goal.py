"""Draft a goal on one of the team's own KPIs, and see at once how likely it is."""

import streamlit as st

from cs_planning.language import gettext as _
from cs_planning.ui import cached, goal_editor, goal_history, goal_list, goal_templates, saving, session

workspace = cached.workspace()

if not workspace.data.series_list():
    goal_list.draw_first_step(nothing_imported=True)
    st.stop()

wanted = st.query_params.get("goal")
st.title(_("Change a goal") if wanted else _("Draft a goal"), anchor=False)
saving.draw_confirmation()
if not wanted:
    goal_templates.draw_start(workspace, session.today())
goal_editor.draw(workspace, wanted, session.today())
if wanted:
    goal = workspace.planning.goal(wanted)
    goal_history.draw_history(workspace, goal)
    goal_templates.draw_keep(workspace, goal)

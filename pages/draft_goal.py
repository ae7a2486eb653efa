"""Draft a goal on one of the team's own KPIs, and see at once how likely it is."""

import streamlit as st

from cs_planning.language import gettext as _
from cs_planning.ui import cached, goal_editor, goal_list, session

workspace = cached.workspace()

if not workspace.data.series_list():
    goal_list.draw_first_step(nothing_imported=True)
    st.stop()

wanted = st.query_params.get("goal")
st.title(_("Change a goal") if wanted else _("Draft a goal"), anchor=False)
goal_editor.draw(workspace, wanted, session.today())

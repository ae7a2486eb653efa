"""One goal on one page: history, how likely, SMART, scenario, notes; with its own address, and as one file to take along."""

import streamlit as st

from cs_planning.language import gettext as _
from cs_planning.ui import cached, goal_list, goal_sheet, session

workspace = cached.workspace()
today = session.today()
wanted = st.query_params.get("goal")

if not workspace.planning.goals():
    goal_list.draw_first_step(nothing_imported=not workspace.data.series_list())
    st.stop()
if wanted is None:
    st.title(_("Goal page"), anchor=False)
    goal_sheet.draw_choice(workspace)
    st.stop()

goal = goal_sheet.find(workspace, wanted)
if goal is None:
    goal_sheet.draw_choice(workspace)
    st.stop()

page = workspace.pages.page_of(goal)
goal_sheet.draw_head(workspace, goal, today)
page = goal_sheet.draw_scenario_choice(workspace, page)
goal_sheet.draw_sections(workspace.pages.run(page, today), workspace, page)

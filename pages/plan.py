"""Who does what until when: the action plan of one goal or of all."""

import streamlit as st

from cs_planning.language import gettext as _
from cs_planning.ui import cached, session
from cs_planning.ui.following import did_it_help, plan_table
from cs_planning.ui.goals import all_goals
from cs_planning.ui.parts import saving

workspace = cached.workspace()
today = session.today()
goals = workspace.planning.goals()

if not goals:
    all_goals.draw_first_step(nothing_imported=not workspace.data.series_list())
    st.stop()

saving.draw_confirmation()
saving.draw_refusal()
st.title(_("Action plan"), anchor=False)
goal = plan_table.draw_goal_choice(goals)
plan_table.draw_summary(workspace, goal, today)
plan_table.draw_table(workspace, goals, goal, today)
did_it_help.draw_did_it_help(workspace, goal, today)
plan_table.draw_files(workspace, goal)

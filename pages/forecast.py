"""How likely, compared with what, how sure are we, what would be honest, what could go wrong: of any KPI and any goal."""

import streamlit as st

from cs_planning.language import gettext as _
from cs_planning.ui import cached, session
from cs_planning.ui.browser import looks
from cs_planning.ui.data import contacts_behind
from cs_planning.ui.forecast import answer, doubts, explanations, question
from cs_planning.ui.goals import all_goals

workspace = cached.workspace()
today = session.today()

if not workspace.data.series_list():
    all_goals.draw_first_step(nothing_imported=True)
    st.stop()

st.title(_("Forecast"), anchor=False)
goal = question.draw(workspace, today)
if goal is None:
    st.stop()

look = answer.look_or_reason(workspace, goal, today)
if look is not None:
    looks.for_the_first_number()
    answer.draw(workspace, goal, look, today)
    record = st.container()
    answer.draw_honest(workspace, goal, look, today)
    doubts.draw_notes(look)
doubts.draw_events(workspace, goal)
doubts.draw_country(workspace, goal)
if look is not None:
    explanations.draw_why_moved(workspace, goal, today)
    explanations.draw_together(workspace, goal, today)
    with record:
        doubts.draw_record(workspace, goal, today)
contacts_behind.draw_of_goal(workspace, goal.series, goal.frequency)

"""How likely, compared with what, how sure are we, what would be honest, what could go wrong: of any KPI and any goal."""

import streamlit as st

from cs_planning.language import gettext as _
from cs_planning.ui import cached, forecast_answer, forecast_doubts, forecast_more, forecast_question, goal_list, looks, session

workspace = cached.workspace()
today = session.today()

if not workspace.data.series_list():
    goal_list.draw_first_step(nothing_imported=True)
    st.stop()

st.title(_("Forecast"), anchor=False)
goal = forecast_question.draw(workspace, today)
if goal is None:
    st.stop()

look = forecast_answer.look_or_reason(workspace, goal, today)
if look is not None:
    looks.for_the_first_number()
    forecast_answer.draw(workspace, goal, look, today)
    record = st.container()
    forecast_answer.draw_honest(workspace, goal, look, today)
    forecast_doubts.draw_notes(look)
forecast_doubts.draw_events(workspace, goal)
forecast_doubts.draw_country(workspace, goal)
if look is not None:
    forecast_more.draw_why_moved(workspace, goal, today)
    forecast_more.draw_together(workspace, goal, today)
    with record:
        forecast_doubts.draw_record(workspace, goal, today)

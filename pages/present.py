"""A goal page in the meeting: one section on a screen."""

import streamlit as st

from cs_planning.ui import cached, session, shell
from cs_planning.ui.goal_page import parameters, present, sheet

workspace = cached.workspace()
today = session.today()

if present.is_ended():
    st.switch_page(shell.GOAL, query_params=session.address("page", "goal"))

page = sheet.find(workspace, st.query_params.get("page"), st.query_params.get("goal"), today)
if page is None:
    st.stop()

choices = workspace.pages.choices(page, today)
page = parameters.from_address(page, choices, {one.scenario.name: one.id for one in workspace.what_if.scenarios()})
present.draw_page(workspace.pages.run(page, today), workspace, page, today)

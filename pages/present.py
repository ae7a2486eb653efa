"""A goal page in the meeting: one section on a screen."""

import streamlit as st

from cs_planning.language import gettext as _
from cs_planning.ui import cached, goal_sheet, notebook_parameters, notebook_present, session, shell

workspace = cached.workspace()
today = session.today()

page = goal_sheet.find(workspace, st.query_params.get("page"), st.query_params.get("goal"), today)
if page is None:
    st.stop()

page = notebook_parameters.from_address(page, {one.scenario.name: one.id for one in workspace.what_if.scenarios()})
notebook_present.draw_page(workspace.pages.run(page, today), workspace, page, today)
st.page_link(shell.GOAL, label=_("End the presentation"), icon=":material/close:", query_params=session.address("page", "goal"))

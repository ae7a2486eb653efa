"""A goal page for a reader with a link: its parameters move, nothing changes."""

import streamlit as st

from cs_planning.ui import cached, session
from cs_planning.ui.browser import looks
from cs_planning.ui.goal_page import parameters, share, sheet

workspace = cached.workspace()
today = session.today()

shared = workspace.shares.opened(st.query_params.get("token", ""), session.clock())
if shared is None:
    share.draw_closed()
    st.stop()

looks.for_paper()
page = shared.page
sheet.draw_title(workspace, page)
if shared.frozen is None:
    scenarios = {one.id: one.scenario.name for one in workspace.what_if.scenarios()}
    page = parameters.draw(page, workspace.shares.choices(shared, today), scenarios)
sheet.draw_frozen(workspace.shares.result(shared, page.parameters, today), page=page if shared.frozen is None else None)

"""A goal page: history, how likely, SMART, scenario, notes; arranged by its owner, with its own address, and as files."""

import streamlit as st

from cs_planning.language import gettext as _
from cs_planning.ui import cached, session
from cs_planning.ui.browser import looks
from cs_planning.ui.data import contacts_behind
from cs_planning.ui.goal_page import arrange, exports, parameters, parts, share, sheet, snapshots
from cs_planning.ui.goals import all_goals, history
from cs_planning.workspace.words.fields import hint

workspace = cached.workspace()
today = session.today()

if not workspace.planning.goals() and not workspace.pages.pages():
    all_goals.draw_first_step(nothing_imported=not workspace.data.series_list())
    st.stop()

page = sheet.find(workspace, st.query_params.get("page"), st.query_params.get("goal"), today)
if page is None:
    st.stop()

looks.for_paper()
snapshot = snapshots.opened(workspace, page)
if snapshot is not None:
    sheet.draw_head(workspace, page, snapshot.result, today)
    actions = st.container(horizontal=True, vertical_alignment="center", key="actions")
    snapshots.draw_banner(workspace, page, snapshot, today)
    with actions:
        exports.draw(workspace, page, snapshot.result, today, snapshot.id)
    sheet.draw_frozen(snapshot.result)
    st.stop()

head = st.container(key="page-head")
scenarios = {one.id: one.scenario.name for one in workspace.what_if.scenarios()}
with st.container(horizontal=True, vertical_alignment="center", gap="small", key="actions"):
    with st.popover(_("View"), icon=":material/filter_alt:", type="tertiary", key="view"):
        page = parameters.draw(page, workspace.pages.choices(page, today), scenarios)
    made = workspace.pages.run(page, today)
    sheet.draw_links(workspace, page)
    exports.draw(workspace, page, made, today)
    snapshots.draw_menu(workspace, page, today)
    share.draw_menu(workspace, page, today)
    arranging = st.toggle(_("Arrange"), key="arranging", help=hint("arranging"))
with head:
    sheet.draw_head(workspace, page, made, today)
arrange.draw_messages()
sheet.draw_view(made)
sheet.draw_opening(made, page)
sheet.draw_sections(made, workspace, page, arranging=arranging)
if page.goal:
    goal = workspace.planning.goal(page.goal)
    parts.draw(workspace, page, goal)
    contacts_behind.draw_of_goal(workspace, goal.series, goal.frequency)
    history.draw_history(workspace, goal)

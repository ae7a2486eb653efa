"""A goal page: history, how likely, SMART, scenario, notes; arranged by its owner, with its own address, and as files."""

import streamlit as st

from cs_planning.language import gettext as _
from cs_planning.ui import (
    cached,
    goal_history,
    goal_list,
    goal_sheet,
    looks,
    notebook_arrange,
    notebook_exports,
    notebook_parameters,
    notebook_share,
    notebook_snapshots,
    session,
)
from cs_planning.workspace.words.fields import hint

workspace = cached.workspace()
today = session.today()

if not workspace.planning.goals() and not workspace.pages.pages():
    goal_list.draw_first_step(nothing_imported=not workspace.data.series_list())
    st.stop()

page = goal_sheet.find(workspace, st.query_params.get("page"), st.query_params.get("goal"), today)
if page is None:
    st.stop()

looks.for_paper()
goal_sheet.draw_head(workspace, page, today)
actions = st.container(horizontal=True, vertical_alignment="center", key="actions")
notebook_arrange.draw_messages(workspace, page)

snapshot = notebook_snapshots.opened(workspace, page)
if snapshot is not None:
    notebook_snapshots.draw_banner(workspace, page, snapshot, today)
    with actions:
        notebook_exports.draw(workspace, page, snapshot.result, today, snapshot.id)
    goal_sheet.draw_frozen(snapshot.result)
    st.stop()

scenarios = {one.id: one.scenario.name for one in workspace.what_if.scenarios()}
page = notebook_parameters.draw(page, workspace.pages.choices(page, today), scenarios)
made = workspace.pages.run(page, today)
with actions:
    goal_sheet.draw_links(workspace, page)
    notebook_exports.draw(workspace, page, made, today)
    notebook_snapshots.draw_menu(workspace, page, today)
    notebook_share.draw_menu(workspace, page, today)
    arranging = st.toggle(_("Arrange"), key="arranging", help=hint("arranging"))
goal_sheet.draw_sections(made, workspace, page, arranging=arranging)
if page.goal:
    goal_history.draw_history(workspace, workspace.planning.goal(page.goal))

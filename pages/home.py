"""All goals: where the team stands, and what needs somebody first."""

import streamlit as st

from cs_planning.language import gettext as _
from cs_planning.ui import cached, goal_bulk, goal_list, saving, session, shell, why

workspace = cached.workspace()
today = session.today()

if not workspace.data.series_list():
    goal_list.draw_first_step(nothing_imported=True)
    st.stop()

brief = workspace.standings.brief(today)
if not brief.lines:
    goal_list.draw_first_step(nothing_imported=False)
    st.divider()
    goal_bulk.draw_more(workspace, (), today)
    st.stop()

saving.draw_confirmation()

with st.container(horizontal=True, vertical_alignment="bottom", horizontal_alignment="distribute"):
    st.title(_("Goals"), anchor=False)
    st.page_link(shell.DRAFT, label=_("Draft a goal"), icon=":material/add:")

goal_list.draw_brief(brief, today)
passing = goal_list.filtered(brief.lines, workspace.planning.quarters(today))
shown = goal_list.draw_lines(workspace, passing, today)
why.draw("status", "probability", "moved_goals", "next_review", "overdue", "data_until", key="goals")
goal_bulk.draw_more(workspace, [line.goal for line in passing], today)
goal_list.draw_refresh(workspace, shown, today)

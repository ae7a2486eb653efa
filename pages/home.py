"""All goals: where the team stands, and what needs somebody first."""

import streamlit as st

from cs_planning.language import gettext as _
from cs_planning.ui import cached, session, shell
from cs_planning.ui.goal_page import mentions
from cs_planning.ui.goals import all_goals, bulk
from cs_planning.ui.parts import belief, saving, why

workspace = cached.workspace()
today = session.today()

has_data = bool(workspace.data.series_list())
if not has_data and not workspace.planning.goals():
    all_goals.draw_first_step(nothing_imported=True)
    st.stop()

brief = workspace.standings.brief(today)
if not brief.lines:
    all_goals.draw_first_step(nothing_imported=not has_data)
    st.divider()
    bulk.draw_more(workspace, (), today)
    st.stop()

saving.draw_confirmation()

with st.container(horizontal=True, vertical_alignment="bottom", horizontal_alignment="distribute"):
    st.title(_("Goals"), anchor=False)
    st.page_link(shell.DRAFT, label=_("Draft a goal"), icon=":material/add:")

if not has_data:
    all_goals.draw_no_data()
all_goals.draw_plan(workspace.together.plan(brief.lines, today), brief.running)
all_goals.draw_brief(brief, today)
mentions.draw_of_visitor(workspace)
belief.draw_old_data(brief.plan_as_of, "goals")
passing = all_goals.filtered(brief.lines, workspace.planning.quarters(today))
shown = all_goals.draw_lines(workspace, passing, today)
why.draw("status", "probability", "moved_goals", "next_review", "overdue", "data_until", key="goals")
bulk.draw_more(workspace, [line.goal for line in passing], today)
all_goals.draw_refresh(workspace, shown, today)

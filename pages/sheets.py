"""The goal sheets of people and teams: weights, agreement, talks, appraisal, and the sheet on paper."""

import streamlit as st

from cs_planning.language import gettext as _
from cs_planning.ui import cached, session
from cs_planning.ui.appraisal import choice, goals_of_sheet, steps, talks
from cs_planning.ui.goals import all_goals
from cs_planning.ui.parts import saving

workspace = cached.workspace()
today = session.today()

if not (workspace.planning.goals() or workspace.sheets.list() or workspace.sheets.put_away_before()):
    all_goals.draw_first_step(nothing_imported=not workspace.data.series_list())
    st.stop()

saving.draw_confirmation()
saving.draw_refusal()
st.title(_("Goal sheets"), anchor=False)
sheet = choice.draw(workspace, workspace.sheets.list(), today)
if sheet is None:
    st.stop()
view = workspace.sheets.views.now(sheet, today)
may = workspace.sheets.writable(sheet)
steps.draw_stage(workspace, view)
steps.draw_steps(workspace, view, today)
if may.goals:
    goals_of_sheet.draw_choice(workspace, view)
goals_of_sheet.draw_sum(workspace, view, may)
goals_of_sheet.draw_goals(workspace, view, may)
goals_of_sheet.draw_comments(workspace, view, may)
talks.draw(workspace, sheet, [one for one in workspace.sheets.due_talks(today) if one.sheet.id == sheet.id], today)
steps.draw_superior(workspace, sheet)
steps.draw_history(sheet)

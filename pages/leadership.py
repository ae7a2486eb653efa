"""One page for the leadership: what the company wants, how likely the plan is, what is at stake, what would move it."""

import streamlit as st

from cs_planning.language import gettext as _
from cs_planning.ui import cached, session
from cs_planning.ui.audit import alignment_tree
from cs_planning.ui.goals import all_goals
from cs_planning.ui.leading import board, company
from cs_planning.ui.parts import belief, saving

workspace = cached.workspace()
today = session.today()

if not workspace.planning.goals() and not workspace.company.list():
    all_goals.draw_first_step(nothing_imported=not workspace.data.series_list())
    st.stop()

saving.draw_confirmation()
st.title(_("Leadership view"), anchor=False)
view = workspace.leadership.view(today)
board.draw_plan(workspace, view)
belief.draw_old_data(view.brief.plan_as_of, "leadership")
board.draw_changes(view)
if not view.brief.stale:
    with st.spinner(_("Trying decisions…")):
        moves = workspace.leadership.moves(today)
    board.draw_moves(moves)
shown = board.draw_goals(workspace, view)
company.draw_company(workspace, today)
alignment_tree.draw_triples(workspace.audits.triples(today))
board.refresh(workspace, shown, today)

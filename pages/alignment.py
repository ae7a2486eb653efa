"""What the goals serve, what serves nothing, and whether the data agree."""

import streamlit as st

from cs_planning.language import gettext as _
from cs_planning.ui import cached, session
from cs_planning.ui.audit import alignment_tree
from cs_planning.ui.goals import all_goals

workspace = cached.workspace()

if not workspace.planning.goals():
    all_goals.draw_first_step(nothing_imported=not workspace.data.series_list())
    st.stop()

st.title(_("Alignment"), anchor=False)
tree = workspace.audits.tree(session.today())
alignment_tree.draw_tree(workspace, tree)
alignment_tree.draw_warnings(tree)
alignment_tree.draw_triples(workspace.audits.triples(session.today()))

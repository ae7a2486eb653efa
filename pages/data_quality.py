"""Data quality: what is suspicious in the imported files and in the series that are kept, and what to do about it."""

import streamlit as st

from cs_planning.language import gettext as _
from cs_planning.ui import cached, session
from cs_planning.ui.data import findings, undoing
from cs_planning.ui.parts import saving

workspace = cached.workspace()
today = session.today()

st.title(_("Data quality"), anchor=False)
saving.draw_refusal()
undoing.draw_undone()
imports = workspace.data.kept_imports()
if not imports:
    findings.draw_nothing_here()
    st.stop()

stored = workspace.data.stored_findings(today)
findings.draw_summary(stored, imports)
findings.draw_stored(stored, has_series=bool(workspace.data.series_list()))
findings.draw_imports(workspace, imports)

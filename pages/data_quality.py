"""Data quality: what is suspicious in the imported files and in the series that are kept, and what to do about it."""

import streamlit as st

from cs_planning.language import gettext as _
from cs_planning.ui import cached, session
from cs_planning.ui.data import import_undoing, quality_findings
from cs_planning.ui.parts import saving

workspace = cached.workspace()
today = session.today()

st.title(_("Data quality"), anchor=False)
saving.draw_refusal()
import_undoing.draw_undone()
imports = workspace.data.kept_imports()
if not imports:
    quality_findings.draw_nothing_here()
    st.stop()

stored = workspace.data.stored_findings(today)
quality_findings.draw_summary(stored, imports)
quality_findings.draw_stored(stored, has_series=bool(workspace.data.series_list()))
quality_findings.draw_imports(workspace, imports)

"""Import: drop in a file, look at what was understood, correct it, keep it."""

import streamlit as st

from cs_planning.language import gettext as _
from cs_planning.ui import cached, import_steps, session

workspace = cached.workspace()
today = session.today()

st.title(_("Import"), anchor=False)
import_steps.draw_last_report()

file = st.file_uploader(
    _("An export of your helpdesk or call centre, or a table of KPIs: CSV, TSV, Excel or Parquet, also zipped"),
    type=["csv", "tsv", "txt", "xlsx", "xlsm", "parquet", "zip", "gz"],
    key=import_steps.uploader_key(),
)
if file is None:
    import_steps.draw_what_is_here(workspace)
    st.stop()

table = import_steps.read(workspace, file)
if table is None:
    st.stop()

mapping = import_steps.draw_mapping(workspace, table)
imported = import_steps.draw_preview(workspace, table, mapping, today)
if imported is not None:
    mapping = import_steps.draw_scope(workspace, table, mapping, imported)
    import_steps.draw_confirmation(workspace, table, mapping, imported)

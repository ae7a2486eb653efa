"""Import: drop in a file, look at what was understood, correct it, keep it."""

import streamlit as st

from cs_planning.language import gettext as _
from cs_planning.ui import cached, session
from cs_planning.ui.data import series
from cs_planning.ui.imports import files as import_files
from cs_planning.ui.imports import report as import_report
from cs_planning.ui.imports import steps
from cs_planning.ui.parts import saving
from cs_planning.workspace.words.fields import hint

workspace = cached.workspace()
today = session.today()

saving.draw_confirmation()
st.title(_("Import"), anchor=False)
saving.draw_refusal()
report = st.container()

files = st.file_uploader(
    _("Exports of your helpdesk or call centre, or tables of KPIs: CSV, TSV, Excel or Parquet, also zipped, several at once"),
    type=["csv", "tsv", "txt", "xlsx", "xlsm", "parquet", "zip", "gz"],
    accept_multiple_files=True,
    key=import_files.uploader_key(),
    help=hint("files"),
)
with report:
    import_report.draw(workspace, files_wait=bool(files))
if not files:
    series.draw_what_is_here(workspace)
    st.stop()

table = import_files.read(files)
if table is None:
    st.stop()

mapping = steps.draw_mapping(table, today)
if mapping is None:
    st.stop()
imported = steps.draw_preview(workspace, table, mapping, today)
if imported is not None:
    mapping = steps.draw_scope(workspace, table, mapping, imported, today)
    steps.draw_confirmation(workspace, table, mapping, imported)

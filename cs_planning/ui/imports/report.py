"""What the last import did, and the ways on from it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from cs_planning.kpis.catalogue import Better
from cs_planning.kpis.series import KpiSeries, SeriesKey
from cs_planning.language import Text, text
from cs_planning.language import gettext as _
from cs_planning.ui import session, shell
from cs_planning.ui.browser.document import NEWS
from cs_planning.ui.parts.drawing import plain
from cs_planning.workspace import Workspace

_REPORT = "import.report"


def keep(words: Text, series: Sequence[KpiSeries], scope: Sequence[tuple[str, str]]) -> None:
    """Keeps what an import did, and on which of its KPIs a goal could be drafted.

    Args:
        words: what it did.
        series: those that tell most about the file.
        scope: the part of the service that the file is about.
    """
    improves = next((one for one in series if one.kpi.better is not Better.CONTEXT), None)
    key = None if improves is None else str(SeriesKey(improves.key.kpi, (*scope, *improves.key.scope)))
    session.keep(_REPORT, {"words": words.model_dump_json(), "series": key, "upload": session.kept("imports", 0)})


def draw(workspace: Workspace, *, files_wait: bool) -> None:
    """The last import, as long as no file of another one is looked at.

    Args:
        workspace: what the visitor looks at.
        files_wait: whether files were dropped that are not imported yet.
    """
    kept = session.kept(_REPORT)
    if kept is None or (files_wait and kept["upload"] != session.kept("imports", 0)):
        return
    with st.container(key=f"{NEWS}import-{kept['upload']}"):
        _draw_report(workspace, kept)


def _draw_report(workspace: Workspace, kept: Mapping[str, Any]) -> None:
    st.success(plain(Text.model_validate_json(kept["words"])), icon=":material/check_circle:")
    info = next((one for one in workspace.data.series_list() if str(one.key) == kept["series"]), None)
    with st.container(horizontal=True):
        label = _("Draft a goal on these numbers") if info is None else str(text("Draft a goal on {kpi}", kpi=info.kpi.name))
        address = {} if info is None else {"series": str(info.key)}
        st.page_link(shell.DRAFT, label=label, icon=":material/arrow_forward:", query_params=address)
        st.page_link(shell.QUALITY, label=_("Look at what is suspicious in them"), icon=":material/fact_check:")

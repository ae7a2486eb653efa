"""How the workspace appraises: its scale, and whether sheets are agreed by two."""

from __future__ import annotations

from functools import partial

import streamlit as st

from cs_planning.goals.appraisal.scale import Scale
from cs_planning.language import gettext as _
from cs_planning.ui.parts.saving import saved
from cs_planning.workspace import Workspace
from cs_planning.workspace.appraisals.sheets import AppraisalWay
from cs_planning.workspace.words.fields import hint


def draw(workspace: Workspace) -> None:
    """The choice."""
    kept = workspace.sheets.way
    st.subheader(_("Goal sheets"), anchor=False)
    scales = {one.value: str(one.label) for one in Scale}
    scale = st.selectbox(
        _("Grades"),
        list(scales),
        index=list(Scale).index(kept.scale),
        format_func=lambda one: scales[one],
        width=320,
        key="way-scale",
        help=hint("way_scale"),
    )
    agreed = st.toggle(
        _("Sheets are proposed, agreed and appraised by two people"),
        kept.with_agreement,
        key="way-agreement",
        help=hint("way_agreement"),
    )
    if st.button(_("Appraise so"), key="way-save", icon=":material/save:"):
        way = AppraisalWay(scale=Scale(scale), with_agreement=agreed)
        if saved("way", partial(workspace.sheets.choose_way, way), _("New sheets are graded so from now on.")):
            st.rerun()

"""The part of each role in the cycle: a checklist for the running quarter, with the way to where a point is done."""

from __future__ import annotations

from datetime import date
from functools import partial

import streamlit as st

from cs_planning.audit.roles import CycleRole, CycleTime, RoleCheck, points_of
from cs_planning.language import gettext as _
from cs_planning.language import text
from cs_planning.ui import session, shell
from cs_planning.ui.parts.drawing import plain
from cs_planning.ui.parts.saving import saved
from cs_planning.workspace import Workspace
from cs_planning.workspace.words.fields import hint

_PLACES = {
    "goals": shell.HOME,
    "draft": shell.DRAFT,
    "sheets": shell.SHEETS,
    "plan": shell.PLAN,
    "review": shell.REVIEW,
    "forecast": shell.FORECAST,
    "what_if": shell.WHAT_IF,
    "alignment": shell.ALIGNMENT,
    "leadership": shell.LEADERSHIP,
    "data_quality": shell.QUALITY,
    "feedback": shell.FEEDBACK,
}


def draw_roles(workspace: Workspace, today: date) -> None:
    """How far every role is this quarter, and the checklist of one of them."""
    found = {one.role: one for one in workspace.audits.role_standings(today)}
    st.caption(" · ".join(plain(one.words) for one in found.values()))
    chosen = st.segmented_control(
        _("Role"),
        [one.value for one in CycleRole],
        default=CycleRole.AGENT.value,
        required=True,
        format_func=lambda one: str(CycleRole(one).label),
        key="audit-role",
        help=hint("audit_role"),
    )
    role = CycleRole(chosen)
    check = found[role].check
    if check is not None:
        st.caption(plain(text("Last gone through on {day} by {name}", day=check.on, name=check.by or "–")))
    with st.form(f"role-{role}"):
        done = []
        for when in CycleTime:
            st.markdown(f"**{plain(when.label)}**")
            for point in (one for one in points_of(role) if one.when is when):
                with st.container(horizontal=True, vertical_alignment="center", key=f"point-{point.id}"):
                    if st.checkbox(
                        plain(point.what),
                        check is not None and point.id in check.done,
                        key=f"done-{point.id}",
                        help=hint("role_point"),
                        width="stretch",
                    ):
                        done.append(point.id)
                    if point.place:
                        st.page_link(_PLACES[point.place], width="content")
        clicked = st.form_submit_button(_("Keep the checklist"), type="primary", icon=":material/save:", key=f"save-{role}")
    if clicked:
        made = RoleCheck(on=today, by=session.author()[:300], role=role, done=tuple(done))
        if saved(f"role-{role}", partial(workspace.audits.save_role_check, made), _("The checklist is kept.")):
            st.rerun()

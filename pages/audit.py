"""The audit: where the gaps are, what was seen and asked, and the goals that close the gaps."""

import streamlit as st

from cs_planning.language import gettext as _
from cs_planning.ui import cached, session
from cs_planning.ui.audit import answers, gaps, roles
from cs_planning.ui.goals import all_goals
from cs_planning.ui.parts import saving

workspace = cached.workspace()
today = session.today()

if not workspace.data.series_list():
    all_goals.draw_first_step(nothing_imported=True)
    st.stop()

saving.draw_confirmation()
st.title(_("Audit"), anchor=False)
parts = {
    "gaps": _("Gaps"),
    "checklist": _("Checklist"),
    "roles": _("By role"),
    "assessment": _("Self-assessment"),
    "benchmarks": _("Benchmarks"),
    "standards": _("Service standards"),
}
part = st.segmented_control(
    _("Part"),
    list(parts),
    default="gaps",
    required=True,
    format_func=lambda one: parts[one],
    key="part",
    bind="query-params",
    label_visibility="collapsed",
)
match part:
    case "checklist":
        answers.draw_checklist(workspace, today)
    case "roles":
        roles.draw_roles(workspace, today)
    case "assessment":
        answers.draw_assessment(workspace, today)
    case "benchmarks":
        gaps.draw_benchmarks(workspace, today)
    case "standards":
        gaps.draw_standards(workspace, today)
    case _:
        gaps.draw_gaps(workspace, workspace.audits.table(today), today)
        answers.draw_suggestions(workspace, today)

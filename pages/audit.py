"""The audit: where the gaps are, what was seen and asked, and the goals that close the gaps."""

import streamlit as st

from cs_planning.language import gettext as _
from cs_planning.ui import audit_answers, audit_gaps, cached, goal_list, saving, session

workspace = cached.workspace()
today = session.today()

if not workspace.data.series_list():
    goal_list.draw_first_step(nothing_imported=True)
    st.stop()

saving.draw_confirmation()
st.title(_("Audit"), anchor=False)
parts = {
    "gaps": _("Gaps"),
    "checklist": _("Checklist"),
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
        audit_answers.draw_checklist(workspace, today)
    case "assessment":
        audit_answers.draw_assessment(workspace, today)
    case "benchmarks":
        audit_gaps.draw_benchmarks(workspace, today)
    case "standards":
        audit_gaps.draw_standards(workspace, today)
    case _:
        audit_gaps.draw_gaps(workspace, workspace.audits.table(today), today)
        audit_answers.draw_suggestions(workspace, today)

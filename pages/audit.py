"""The audit: where the gaps are, what was seen and asked, and the goals that close the gaps."""

import streamlit as st

from cs_planning.language import gettext as _
from cs_planning.language import text
from cs_planning.ui import cached, session
from cs_planning.ui.audit import answers, gaps, roles, steps
from cs_planning.ui.goals import all_goals
from cs_planning.ui.parts import addressed, saving

workspace = cached.workspace()
today = session.today()

if not workspace.data.series_list():
    all_goals.draw_first_step(nothing_imported=True)
    st.stop()

saving.draw_confirmation()
st.title(_("Audit"), anchor=False)
rows = workspace.audits.table(today)
steps.draw_frame(rows)
parts = {
    "gaps": text("Gaps"),
    "checklist": text("Checklist"),
    "roles": text("By role"),
    "assessment": text("Self-assessment"),
    "benchmarks": text("Benchmarks"),
    "standards": text("Service standards"),
}
addressed.open_choice("part", parts, "gaps")
part = st.segmented_control(
    _("Part of the audit"),
    list(parts),
    required=True,
    format_func=lambda one: str(parts[one]),
    key="part",
    label_visibility="collapsed",
)
session.name_choice("part", part, "gaps")
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
        gaps.draw_gaps(workspace, rows, today)
        answers.draw_suggestions(workspace, today)

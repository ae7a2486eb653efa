"""Ready-made goals to start from, and a goal kept as one."""

from __future__ import annotations

from datetime import date
from functools import partial

import streamlit as st

from cs_planning.errors import PlanningError
from cs_planning.goals.goal import Goal
from cs_planning.goals.objectives.claims import claims_about
from cs_planning.goals.title import title_of
from cs_planning.language import gettext as _
from cs_planning.language import in_brackets, text
from cs_planning.ui import session, shell
from cs_planning.ui.parts.drawing import draw_error, plain
from cs_planning.ui.parts.saving import saved
from cs_planning.workspace import Workspace
from cs_planning.workspace.words.fields import hint


def draw_start(workspace: Workspace, today: date) -> None:
    """The templates whose KPI is there, those for the team's own gaps first; one click makes a draft with its actions."""
    box = st.popover(_("Start from a template"), icon=":material/auto_awesome:", key="templates", on_change="rerun")
    if not box.open:
        return
    with box:
        suggested = {one.template.id: one.need.reason for one in workspace.templates.suggested(today)}
        usable = [
            one
            for one in workspace.templates.all()
            if one.measuring is not None or workspace.templates.series_for(one.kpi) is not None
        ]
        usable.sort(key=lambda one: one.id not in suggested)
        by_id = {one.id: one for one in usable}
        chosen = st.selectbox(
            _("Template"),
            list(by_id),
            format_func=lambda one: f"{by_id[one].type.label} · {by_id[one].name}",
            key="template",
            help=hint("template"),
        )
        if chosen is None:
            return
        template = by_id[chosen]
        if chosen in suggested:
            st.info(plain(suggested[chosen]), icon=":material/troubleshoot:")
        if str(template.why):
            st.markdown(plain(template.why))
        for claim in claims_about([template.kpi]):
            st.caption(plain(claim.words))
        for action in template.actions:
            st.caption(f"· {in_brackets(plain(action.what), plain(action.role))}")
        if st.button(_("Draft this goal"), type="primary", icon=":material/edit_note:", key="template-draft"):
            _make(workspace, chosen, today)


def _make(workspace: Workspace, id: str, today: date) -> None:
    template = next(one for one in workspace.templates.all() if one.id == id)
    try:
        goal = workspace.templates.start(template, today, save=session.save("template"))
    except PlanningError as error:
        draw_error(error)
        return
    session.finish_form("template")
    st.switch_page(shell.DRAFT, query_params={"goal": goal.id})


def draw_keep(workspace: Workspace, goal: Goal) -> None:
    """Keeps a goal as a template of the team's own."""
    with st.popover(_("Keep as a template"), icon=":material/bookmark_add:", key="keep-template"):
        name = st.text_input(
            _("Name of the template"),
            str(title_of(goal)),
            max_chars=300,
            key=f"template-name-{goal.id}",
            help=hint("template_name"),
        )
        if st.button(_("Keep it"), key="template-save", disabled=not (name or "").strip()):
            act = partial(workspace.templates.save, goal, name or "")
            if saved("own-template", act, text("“{name}” is a template now.", name=name)):
                st.rerun()

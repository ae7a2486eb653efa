"""A new page: from a template, or from the JSON of a page of another workspace."""

from __future__ import annotations

from datetime import UTC, datetime

import streamlit as st

from cs_planning.errors import PlanningError
from cs_planning.language import gettext as _
from cs_planning.notebook.page import Page
from cs_planning.notebook.templates import TEMPLATES
from cs_planning.ui import session, shell
from cs_planning.ui.drawing import draw_error, plain
from cs_planning.workspace import Workspace

_LONGEST_TITLE = 200


def draw(workspace: Workspace) -> None:
    """The two ways to a new page."""
    with st.container(horizontal=True, key="new-pages"):
        with st.popover(_("New page"), icon=":material/note_add:", key="new-page"):
            _draw_templates(workspace)
        with st.popover(_("Page from a file"), icon=":material/upload_file:", key="page-from-file"):
            _draw_file(workspace)


def _draw_templates(workspace: Workspace) -> None:
    name = session.idempotency_key("new-page")
    kind = st.radio(
        _("Kind of page"),
        list(TEMPLATES),
        format_func=lambda one: plain(TEMPLATES[one].name),
        captions=[plain(one.purpose) for one in TEMPLATES.values()],
        key=f"{name}-kind",
    )
    goals = {goal.id: goal for goal in workspace.planning.goals()}
    chosen = st.selectbox(
        _("About the goal"),
        list(goals),
        index=None,
        format_func=lambda one: goals[one].title or _("Untitled goal"),
        key=f"{name}-goal",
    )
    title = st.text_input(_("Title"), max_chars=_LONGEST_TITLE, key=f"{name}-title") or ""
    if not st.button(_("Make the page"), type="primary", key="make-page"):
        return
    goal = goals.get(chosen or "")
    named = title.strip() or (goal.title if goal is not None else "") or str(TEMPLATES[kind].name)
    try:
        made = workspace.pages.new_page(kind, named, goal, author=session.author(), key=name, now=datetime.now(UTC))
    except PlanningError as error:
        draw_error(error)
        return
    _open(made, "new-page")


def _draw_file(workspace: Workspace) -> None:
    name = session.idempotency_key("page-file")
    file = st.file_uploader(_("A page that was taken along as JSON"), type=["json"], key=f"{name}-file")
    if file is None or not st.button(_("Keep this page"), type="primary", key="keep-page-file"):
        return
    try:
        made = workspace.pages.import_page(file.getvalue(), author=session.author(), key=name, now=datetime.now(UTC))
    except PlanningError as error:
        draw_error(error)
        return
    _open(made, "page-file")


def _open(page: Page, form: str) -> None:
    session.finish_form(form)
    st.switch_page(shell.GOAL, query_params={"page": page.id})

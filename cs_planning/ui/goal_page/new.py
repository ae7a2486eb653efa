"""A new page: from a ready-made kind, or from the JSON of a page of another workspace."""

from __future__ import annotations

import streamlit as st

from cs_planning.errors import PlanningError
from cs_planning.goals.title import called, title_of
from cs_planning.language import gettext as _
from cs_planning.notebook.pages.page import Page
from cs_planning.notebook.pages.templates import TEMPLATES, PageTemplate, made_title
from cs_planning.ui import session, shell
from cs_planning.ui.parts.drawing import draw_error, plain
from cs_planning.workspace import Workspace
from cs_planning.workspace.words.fields import hint

_LONGEST_TITLE = 200
_ICONS = {
    "one_pager": ":material/flag:",
    "quarterly_review": ":material/groups:",
    "leadership": ":material/tune:",
    "audit": ":material/troubleshoot:",
}


def draw(workspace: Workspace) -> None:
    """The ready-made kinds of page side by side, and the way to a page that comes as a file."""
    st.subheader(_("Begin a new page"), anchor=False)
    with st.container(horizontal=True, gap="small", key="new-pages"):
        for template in TEMPLATES.values():
            with st.container(border=True, key=f"template-{template.id}", width=265, height="stretch"):
                st.markdown(f"{_ICONS[template.id]} **{plain(template.name)}**")
                st.caption(plain(template.purpose))
                with st.popover(_("Begin"), icon=":material/note_add:", key=f"begin-{template.id}"):
                    _draw_template(workspace, template)
    with st.popover(_("Page from a file"), icon=":material/upload_file:", key="page-from-file"):
        _draw_file(workspace)


def _draw_template(workspace: Workspace, template: PageTemplate) -> None:
    form = f"new-{template.id}"
    name = session.idempotency_key(form)
    goals = {goal.id: goal for goal in workspace.planning.goals()}
    chosen = st.selectbox(
        _("About the goal"),
        list(goals),
        index=None,
        format_func=lambda one: str(called(goals[one])),
        placeholder=_("Choose a goal") if template.needs_goal else _("About no goal in particular"),
        key=f"{name}-goal",
        help=hint("page_about"),
    )
    title = (
        st.text_input(
            _("Title"), max_chars=_LONGEST_TITLE, placeholder=plain(template.name), key=f"{name}-title", help=hint("page_title")
        )
        or ""
    )
    if not st.button(_("Make the page"), type="primary", key=f"make-{template.id}"):
        return
    goal = goals.get(chosen or "")
    named = title.strip() or made_title(template, str(title_of(goal)) if goal is not None else "")[:_LONGEST_TITLE]
    try:
        made = workspace.pages.new_page(template.id, named, goal, save=session.save(form))
    except PlanningError as error:
        draw_error(error)
        return
    _open(made, form)


def _draw_file(workspace: Workspace) -> None:
    name = session.idempotency_key("page-file")
    file = st.file_uploader(_("A page that was taken along as JSON"), type=["json"], key=f"{name}-file", help=hint("page_file"))
    if file is None or not st.button(_("Keep this page"), type="primary", key="keep-page-file"):
        return
    try:
        made = workspace.pages.import_page(file.getvalue(), save=session.save("page-file"))
    except PlanningError as error:
        draw_error(error)
        return
    _open(made, "page-file")


def _open(page: Page, form: str) -> None:
    session.finish_form(form)
    st.switch_page(shell.GOAL, query_params={"page": page.id})

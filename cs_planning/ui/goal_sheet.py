"""A goal page on the screen: its head, its sections, the notes that are written on it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import partial

import streamlit as st

from cs_planning.errors import NotFound, PlanningError
from cs_planning.goals.goal import Goal, Stage
from cs_planning.language import current_language, text
from cs_planning.language import gettext as _
from cs_planning.notebook.arrangement import change
from cs_planning.notebook.page import Page, TextCell
from cs_planning.notebook.run import RunPage, Section
from cs_planning.ui import session, shell
from cs_planning.ui.drawing import TYPE_ICONS, draw, draw_error, plain, status_badge
from cs_planning.workspace import Workspace

_LONGEST_NOTE = 10_000


def find(workspace: Workspace, id: str) -> Goal | None:
    """The goal that the address names; says so when there is none."""
    try:
        return workspace.planning.goal(id)
    except NotFound:
        st.title(_("Goal page"), anchor=False)
        st.warning(
            _("There is no goal at this address. It may have been put away. Choose another one."), icon=":material/help:"
        )
        return None


def draw_choice(workspace: Workspace) -> None:
    """All goals, to open one."""
    for goal in workspace.planning.goals():
        st.page_link(
            shell.GOAL,
            label=plain(goal.title or _("Untitled goal")),
            icon=TYPE_ICONS[goal.type],
            query_params={"goal": goal.id},
        )


def draw_head(workspace: Workspace, goal: Goal, today: date) -> None:
    """Title, who and until when, status, and what can be done with the page."""
    st.title(plain(goal.title or _("Untitled goal")), anchor=False)
    facts = [str(goal.type.label), plain(goal.owner), plain(goal.team)]
    if goal.deadline:
        facts.append(str(text("due {day}", day=goal.deadline)))
    with st.container(horizontal=True, vertical_alignment="center", key="head"):
        if goal.stage is Stage.DRAFT:
            st.badge(_("Draft"), icon=":material/edit:", color="gray")
        else:
            report = workspace.planning.status(goal, today)
            status_badge(report.status)
            st.caption("", help=str(report.rule), width="content")
        st.caption(" · ".join(fact for fact in facts if fact), width="content")
    with st.container(horizontal=True, key="actions"):
        st.page_link(shell.DRAFT, label=_("Change the goal"), icon=":material/edit:", query_params={"goal": goal.id})
        st.page_link(shell.WHAT_IF, label=_("Try a what-if"), icon=":material/tune:")
        st.download_button(
            _("Take it along (HTML)"),
            data=partial(_exported, workspace, goal.id, today, current_language()),
            file_name=_file_name(goal),
            mime="text/html",
            icon=":material/download:",
            on_click="ignore",
            key="export-html",
        )


def _exported(workspace: Workspace, id: str, today: date, language: str) -> bytes:
    return workspace.pages.export(id, "html", today, language)


def _file_name(goal: Goal) -> str:
    kept = "".join(sign if sign.isalnum() else "-" for sign in goal.title)[:60].strip("-")
    return f"{kept or 'goal'}.html"


def draw_scenario_choice(workspace: Workspace, page: Page) -> Page:
    """Which scenario the page shows; it stays with the page's address."""
    saved = workspace.what_if.scenarios()
    if not saved:
        return page
    names = {one.id: one.scenario.name for one in saved}
    chosen = st.selectbox(
        _("Scenario"),
        list(names),
        index=None,
        format_func=lambda chosen: names[chosen],
        placeholder=_("All scenarios"),
        key="scenario",
        bind="query-params",
        width=360,
    )
    return page.model_copy(update={"parameters": page.parameters.model_copy(update={"scenario": chosen or ""})})


def draw_sections(made: RunPage, workspace: Workspace, page: Page) -> None:
    """The sections of the page, each under its heading."""
    for section in made.shown:
        with st.container(key=f"section-{section.cell}"):
            st.subheader(plain(section.heading), anchor=section.cell, divider="gray")
            cell = page.cell(section.cell)
            if isinstance(cell, TextCell):
                _draw_notes(workspace, page, cell, section)
            else:
                draw(section.blocks, f"cell-{section.cell}")
    if made.data_as_of:
        st.caption(str(text("Data until {day}. Computed on {today}.", day=made.data_as_of, today=made.today)))


@st.fragment
def _draw_notes(workspace: Workspace, page: Page, cell: TextCell, section: Section) -> None:
    draw(section.blocks, f"cell-{section.cell}")
    name = f"notes-{page.goal}-{cell.id}"
    if cell.markdown and not st.toggle(_("Write on these notes"), key=f"{name}-open-{page.version}"):
        return
    written = st.text_area(
        _("Notes for the meeting (Markdown)"), cell.markdown, max_chars=_LONGEST_NOTE, height=160, key=f"{name}-{page.version}"
    )
    if not st.button(_("Keep the notes"), icon=":material/save:", key=f"{name}-save"):
        return
    try:
        kept = change(page, cell.id, markdown=written)
        kept = kept.model_copy(update={"parameters": page.parameters.model_copy(update={"scenario": ""})})
        workspace.pages.save(kept, author=session.author(), key=session.idempotency_key(name), now=datetime.now(UTC))
    except PlanningError as error:
        draw_error(error)
        return
    session.finish_form(name)
    st.rerun()

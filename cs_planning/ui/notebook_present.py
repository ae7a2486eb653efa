"""A page in a meeting: one section on a screen, on with the arrow keys, with the time it takes and what is decided."""

from __future__ import annotations

from datetime import UTC, date, datetime

import streamlit as st

from cs_planning.errors import PlanningError
from cs_planning.language import gettext as _
from cs_planning.language import text
from cs_planning.notebook.page import Page
from cs_planning.notebook.run import RunPage
from cs_planning.ui import notebook_talk, session
from cs_planning.ui.drawing import draw, draw_error, plain
from cs_planning.workspace import Workspace

_PLACE, _SINCE = "present-place", "present-since"
_TICK_SECONDS = 1


def draw_page(made: RunPage, workspace: Workspace, page: Page, today: date) -> None:
    """The section that is on, and the way to the others."""
    sections = made.for_readers
    if not sections:
        st.info(_("This page has nothing to present yet."), icon=":material/info:")
        return
    name = workspace.pages.name(page)
    place = min(max(0, int(session.kept(f"{_PLACE}-{name}", 0))), len(sections) - 1)
    with st.container(horizontal=True, vertical_alignment="center", key="present-bar"):
        st.button(
            _("Back"),
            icon=":material/arrow_back:",
            shortcut="Left",
            disabled=place == 0,
            key="present-back",
            on_click=_go,
            args=(name, place - 1),
        )
        st.button(
            _("Next"),
            icon=":material/arrow_forward:",
            shortcut="Right",
            disabled=place == len(sections) - 1,
            key="present-next",
            on_click=_go,
            args=(name, place + 1),
        )
        of = text("{place} of {count}", place=place + 1, count=len(sections))
        st.progress((place + 1) / len(sections), text=str(of), width="stretch")
        _draw_clock(name)
    section = sections[place]
    heading = plain(section.heading) or plain(made.title)
    st.title(heading, anchor=False)
    with st.container(key="present-section"):
        draw(section.blocks, f"present-{section.cell}")
    _draw_decision(workspace, page, section.cell, today)
    st.caption(plain(made.title))


def _go(name: str, place: int) -> None:
    session.keep(f"{_PLACE}-{name}", place)
    session.keep(f"{_SINCE}-{name}", datetime.now(UTC).isoformat())


@st.fragment(run_every=_TICK_SECONDS)
def _draw_clock(name: str) -> None:
    now = datetime.now(UTC)
    since = session.kept(f"{_SINCE}-{name}")
    if since is None:
        session.keep(f"{_SINCE}-{name}", now.isoformat())
        since = now.isoformat()
    minutes, seconds = divmod(int((now - datetime.fromisoformat(since)).total_seconds()), 60)
    st.badge(f"{minutes}:{seconds:02d}", icon=":material/timer:", color="gray", help=_("Time on this section"))


def _draw_decision(workspace: Workspace, page: Page, cell: str, today: date) -> None:
    if not page.goal:
        return
    with st.expander(_("Write down a decision"), icon=":material/gavel:", key="decide-open"):
        name = f"decide-{workspace.pages.name(page)}-{cell}"
        form = session.idempotency_key(name)
        what = st.text_area(_("What was decided"), max_chars=notebook_talk.LONGEST, key=f"{name}-{form}-what", height=90)
        with st.container(horizontal=True, vertical_alignment="bottom"):
            owner = st.text_input(_("Owner"), max_chars=120, key=f"{name}-{form}-owner", width=260)
            due = st.date_input(_("Due"), value=None, min_value=today, key=f"{name}-{form}-due", width=200)
            wanted = st.button(_("Keep the decision"), icon=":material/save:", type="primary", key="decide")
        if not wanted:
            return
        try:
            workspace.talk.decide(
                page,
                cell,
                what or "",
                owner=owner or "",
                due=due,
                today=today,
                author=session.author(),
                key=form,
                now=datetime.now(UTC),
            )
        except PlanningError as error:
            draw_error(error)
            return
    session.finish_form(name)
    st.toast(_("The decision is kept."), icon=":material/gavel:")
    st.rerun()

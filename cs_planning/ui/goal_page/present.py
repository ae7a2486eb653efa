"""A page in a meeting: one section on a screen, on with the arrow keys, with the time it takes and what is decided."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

import streamlit as st

from cs_planning.errors import PlanningError
from cs_planning.language import gettext as _
from cs_planning.language import in_words, text
from cs_planning.notebook.pages.page import Page
from cs_planning.notebook.run import RunPage, Section
from cs_planning.ui import person, session
from cs_planning.ui.browser import looks
from cs_planning.ui.goal_page import parameters, sheet, talk
from cs_planning.ui.parts import typed
from cs_planning.ui.parts.drawing import draw, plain
from cs_planning.ui.parts.saving import draw_refusal
from cs_planning.workspace import Workspace
from cs_planning.workspace.words.fields import hint

_PLACE, _CLOCK, _DECIDED = "present-place", "present-clock", "present-decided"
_END, _ENDED = "read-back", "present-ended"
_TICK_SECONDS = 1


def draw_page(made: RunPage, workspace: Workspace, page: Page, today: date) -> None:
    """The section that is on, and the way to the others."""
    looks.for_the_meeting_room()
    sections = made.for_readers
    if not sections:
        st.info(_("This page has nothing to present yet."), icon=":material/info:")
        return
    name = workspace.pages.name(page)
    with_end = bool(page.goal)
    last = len(sections) - 1 + with_end
    place = min(max(0, int(session.kept(f"{_PLACE}-{name}", 0))), last)
    _draw_bar(name, sections, place, last, plain(made.title))
    if place == len(sections):
        _draw_read_back(workspace, page, today)
        return
    section = sections[place]
    st.title(_heading(section, made), anchor=False)
    with st.container(key="present-section"):
        if sheet.is_movable(section):
            parameters.draw_sliders()
        draw(section.blocks, f"present-{section.cell}", large=True)
    _draw_decision(workspace, page, section.cell, today)


def _heading(section: Section, made: RunPage) -> str:
    return plain(section.heading) or plain(made.title)


def _draw_read_back(workspace: Workspace, page: Page, today: date) -> None:
    """The last screen: what was decided in this meeting, read back with who does it by when."""
    st.title(_("What was decided"), anchor=False)
    decided = [one for one in reversed(workspace.talk.decisions(page)) if one.on == today]
    with st.container(key="present-section"):
        if not decided:
            st.markdown(_("Nothing was written down in this meeting."))
        for one in decided:
            who = plain(one.owner) or f":orange[{_('nobody yet')}]"
            day = in_words(one.due) if one.due else f":orange[{_('no date yet')}]"
            st.markdown(f"- **{plain(one.what)}** — {who}, {day}")
        if decided:
            st.caption(_("Each of them stands in the action plan and in the next review."))


def _draw_bar(name: str, sections: Sequence[Section], place: int, last: int, title: str) -> None:
    """The way through the screens.

    Args:
        name: of the page.
        sections: one a screen.
        place: the screen that is on.
        last: the number of the last one, which may come after the sections.
        title: of the page.
    """
    with st.container(horizontal=True, vertical_alignment="center", key="present-bar"):
        _draw_step(name, "back", _("Back"), ":material/arrow_back:", "Left", place - 1, disabled=place == 0)
        _draw_step(name, "next", _("Next"), ":material/arrow_forward:", "Right", place + 1, disabled=place == last)
        of = text("{place} of {count}", place=place + 1, count=last + 1)
        st.progress((place + 1) / (last + 1), text=f"{of} · {title}", width="stretch")
        with st.popover(_("Sections"), icon=":material/toc:", type="tertiary", key="present-sections"):
            headings = [plain(section.heading) or title for section in sections]
            for number, heading in enumerate([*headings, _("What was decided")][: last + 1]):
                label = f"{number + 1} · {heading}"
                st.button(
                    label, type="tertiary", disabled=number == place, key=f"to-{number}", on_click=_go, args=(name, number)
                )
        _draw_clock(name, sections[place].cell if place < len(sections) else _END)
        st.button(_("End"), icon=":material/close:", shortcut="Escape", type="tertiary", key="present-end", on_click=_end)
    with st.container(key="present-clicker"):
        _draw_step(name, "page-up", _("Back"), None, "PageUp", place - 1, disabled=place == 0)
        _draw_step(name, "page-down", _("Next"), None, "PageDown", place + 1, disabled=place == last)


def _draw_step(name: str, key: str, label: str, icon: str | None, shortcut: str, place: int, *, disabled: bool) -> None:
    st.button(
        label,
        icon=icon,
        shortcut=shortcut,
        disabled=disabled,
        key=f"present-{key}",
        on_click=_go,
        args=(name, place),
    )


def _end() -> None:
    session.keep(_ENDED, True)


def is_ended() -> bool:
    """Whether the presentation was ended by its button or the Escape key, once."""
    ended = bool(session.kept(_ENDED, False))
    session.forget(_ENDED)
    return ended


def _go(name: str, place: int) -> None:
    session.keep(f"{_PLACE}-{name}", place)


@st.fragment(run_every=_TICK_SECONDS)
def _draw_clock(name: str, cell: str) -> None:
    spent = _spent(name, cell, session.now())
    here, everything = _minutes(spent[cell]), _minutes(sum(spent.values()))
    st.badge(
        f"{here} / {everything}", icon=":material/timer:", color="gray", help=_("Time on this section / on the whole page")
    )


def _spent(name: str, cell: str, now: datetime) -> dict[str, float]:
    """Seconds spent on each section up to now; time before the first look at a page does not count."""
    clock = session.kept(f"{_CLOCK}-{name}", {"cell": cell, "at": now.isoformat(), "spent": {}})
    spent = dict(clock["spent"])
    passed = (now - datetime.fromisoformat(clock["at"])).total_seconds()
    spent[clock["cell"]] = spent.get(clock["cell"], 0.0) + passed
    spent.setdefault(cell, 0.0)
    session.keep(f"{_CLOCK}-{name}", {"cell": cell, "at": now.isoformat(), "spent": spent})
    return spent


def _minutes(seconds: float) -> str:
    minutes, rest = divmod(int(seconds), 60)
    return f"{minutes}:{rest:02d}"


def _draw_decision(workspace: Workspace, page: Page, cell: str, today: date) -> None:
    if not page.goal:
        return
    if session.kept(_DECIDED):
        session.forget(_DECIDED)
        st.toast(_("The decision is kept: it stands in the action plan and in the next review."), icon=":material/gavel:")
    with st.container(key=f"decide-open-{cell}"), st.expander(_("Write down a decision"), icon=":material/gavel:"):
        draw_refusal()
        name = f"decide-{workspace.pages.name(page)}-{cell}"
        field = f"{name}-{session.idempotency_key(name)}"
        person.draw_question("decide")
        # Words and click arrive as one, and are kept before anything is drawn: the clock above asks for a run every second.
        with st.form(f"{name}-form", border=False), typed.kept_while_typing(name):
            st.text_area(
                _("What was decided"),
                max_chars=talk.LONGEST,
                key=f"{field}-what",
                height=90,
                help=hint("present_decision"),
            )
            with st.container(horizontal=True, vertical_alignment="bottom"):
                st.text_input(_("Owner"), max_chars=120, key=f"{field}-owner", width=260, help=hint("present_owner"))
                st.date_input(_("Due"), value=None, min_value=today, key=f"{field}-due", width=200, help=hint("present_due"))
                st.form_submit_button(
                    _("Keep the decision"),
                    icon=":material/save:",
                    type="primary",
                    key="decide",
                    on_click=_decide,
                    args=(workspace, page, cell, name, field, today),
                )


def _decide(workspace: Workspace, page: Page, cell: str, name: str, field: str, today: date) -> None:
    try:
        workspace.talk.decide(
            page,
            cell,
            session.widget_value(f"{field}-what") or "",
            owner=session.widget_value(f"{field}-owner") or "",
            due=session.widget_value(f"{field}-due"),
            today=today,
            save=session.save(name),
        )
    except PlanningError as error:
        session.say(error)
        return
    session.finish_form(name)
    typed.done(name)
    session.keep(_DECIDED, True)

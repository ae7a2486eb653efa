"""The way around the product: which workspace this is, the tour along the way of the data, the language."""

from __future__ import annotations

import html
from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from cs_planning.language import LANGUAGES, Text, current_language, text
from cs_planning.language import gettext as _
from cs_planning.ui import cached, person, session, switcher
from cs_planning.ui.browser.document import GROUP_ATTRIBUTE
from cs_planning.ui.browser.first_paint import PURPOSE
from cs_planning.ui.parts import typed
from cs_planning.ui.parts.escaping import plain
from cs_planning.workspace.places import FIRST

_OWN_NAMES = {"en": "English", "ja": "日本語"}
_CHOICE, _TOUR = "language-choice", "tour"


@dataclass(frozen=True)
class Stop:
    """One stop of the tour: the script of a page, and what is to be seen there."""

    page: str
    title: Text
    words: Text


STOPS = (
    Stop(
        "pages/import_data.py",
        text("Numbers you can trust"),
        text(
            "Everything starts with an export of your helpdesk or call centre. You see what was understood, correct it once, "
            "and the next file of that kind comes in by itself."
        ),
    ),
    Stop(
        "pages/draft_goal.py",
        text("A goal with a probability"),
        text(
            "Choose a KPI and move the target: the probability beside it follows at once, and the check below says what a "
            "leader would ask about the goal."
        ),
    ),
    Stop(
        "pages/forecast.py",
        text("How sure is that?"),
        text(
            "The same forecast from all sides: its record on this very KPI, a second opinion, and the targets that would be "
            "honest."
        ),
    ),
    Stop(
        "pages/what_if.py",
        text("What would a chatbot change?"),
        text(
            "Move a lever: waits come from queueing, cost from rostered hours, and the goals show what that does to their "
            "probability."
        ),
    ),
    Stop(
        "pages/goal_page.py",
        text("Into the meeting"),
        text(
            "History, forecast, scenario and plan of one goal on one page: present it, freeze it, or take it along as HTML, "
            "PDF or slides."
        ),
    ),
)
"""The stops in the order of the data's way."""


def draw_line(group: str) -> None:
    """The line beside the navigation: the workspace and the way to another one, who is here, the language.

    Args:
        group: of the navigation in which the page stands; empty for none.
    """
    with st.container(
        horizontal=True, horizontal_alignment="right", vertical_alignment="center", gap="small", key="shell-line"
    ):
        _draw_workspace()
        person.draw()
        draw_language()
        typed.draw_done()
        st.html(f'<span {GROUP_ATTRIBUTE}="{html.escape(group, quote=True)}"></span>', width="content")


def _draw_workspace() -> None:
    """The name of the workspace as the way to the others."""
    at_sample = cached.looks_at_sample()
    icon = ":material/science:" if at_sample else ":material/domain:"
    name = plain(switcher.name_of(cached.place()))
    menu = st.popover(name, icon=icon, type="tertiary", key="workspace", on_change="rerun")
    if not menu.open:
        return
    with menu:
        if at_sample:
            st.caption(_("You are looking at an invented team. Whatever you try here stays in it."))
            st.button(_("Tour"), type="tertiary", icon=":material/tour:", key="tour-start", on_click=_go_to, args=(0,))
            if cached.own_workspace().is_unused():
                _draw_begin("begin-here")
        else:
            st.caption(_("Your own data and goals."))
        switcher.draw_ways("here")
        switcher.draw_names()


def _draw_begin(key: str) -> None:
    st.button(_("Begin with my own data"), icon=":material/upload_file:", key=key, on_click=_begin)


def draw_language() -> None:
    """The switch of the language."""
    session.set_widget(_CHOICE, current_language())
    st.segmented_control(
        _("Language"),
        LANGUAGES,
        required=True,
        format_func=lambda code: _OWN_NAMES[code],
        label_visibility="collapsed",
        width="content",
        key=_CHOICE,
        on_change=_choose_language,
    )


def _choose_language() -> None:
    session.choose_language(session.widget_value(_CHOICE))


def draw_invitation() -> None:
    """On the first page of the sample team: what this is for and the two ways in, until one was taken or declined."""
    if not cached.looks_at_sample() or session.kept(_TOUR) is not None or _was_taken():
        return
    with st.container(border=True, gap="small", key="tour-invitation"):
        st.markdown(f"**{PURPOSE}**")
        st.caption(_("You are looking at an invented team: five stops along the way of the data, three minutes."))
        with st.container(horizontal=True, vertical_alignment="center"):
            st.button(_("Start the tour"), type="primary", icon=":material/tour:", key="tour-begin", on_click=_go_to, args=(0,))
            _draw_begin("begin")
            st.button(_("Not now"), type="tertiary", key="tour-decline", on_click=_end)


def draw_stop(page: str) -> None:
    """The stop of the tour that is under way, above its page."""
    number = session.kept(_TOUR)
    if number is None or not 0 <= number < len(STOPS) or not cached.looks_at_sample():
        return
    stop = STOPS[number]
    if stop.page != page:
        return
    with st.container(border=True, key="tour"):
        place = text("Stop {number} of {count}", number=number + 1, count=len(STOPS))
        st.markdown(f"**{place} · {stop.title}**")
        st.markdown(str(stop.words))
        with st.container(horizontal=True, gap="small"):
            if number + 1 < len(STOPS):
                st.button(
                    _("Next stop"),
                    type="primary",
                    icon=":material/arrow_forward:",
                    key="tour-next",
                    on_click=_go_to,
                    args=(number + 1,),
                )
            else:
                st.button(
                    _("Begin with my own data"),
                    type="primary",
                    icon=":material/arrow_forward:",
                    key="tour-own",
                    on_click=_then(_end, _begin),
                )
            if number > 0:
                st.button(_("Back"), key="tour-back", on_click=_go_to, args=(number - 1,))
            st.button(_("End the tour"), type="tertiary", key="tour-end", on_click=_end)


def _then(*steps: Callable[[], None]) -> Callable[[], None]:
    def both() -> None:
        for step in steps:
            step()

    return both


def _go_to(number: int) -> None:
    session.keep(_TOUR, number)
    switcher.go_to(STOPS[number].page)


def _end() -> None:
    session.keep(_TOUR, -1)
    cached.sample_workspace().end_tour(save=session.save(_TOUR))


def _was_taken() -> bool:
    return cached.sample_workspace().tour_ended(session.author())


def _begin() -> None:
    cached.own_workspace().begin(save=session.save("begin"))
    switcher.switch(FIRST, page="pages/import_data.py")

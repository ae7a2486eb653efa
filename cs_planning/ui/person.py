"""Who works here: the name that stands beside what is said, decided and changed, asked for once."""

from __future__ import annotations

import html

import streamlit as st

from cs_planning.language import gettext as _
from cs_planning.ui import session
from cs_planning.ui.browser.document import PERSON_ATTRIBUTE
from cs_planning.ui.parts.escaping import plain
from cs_planning.workspace.words.fields import hint

_LONGEST = 80


def draw() -> None:
    """Who is here, in the line of the shell; the name can be given and changed unless a proxy says who signed in."""
    if session.account():
        st.markdown(f":material/person: {plain(session.account())}", width="content")
        return
    known = session.author()
    menu = st.popover(
        plain(known) or _("Your name?"), icon=":material/person:", type="tertiary", key="person", on_change="rerun"
    )
    _tell_the_browser()
    if menu.open:
        with menu:
            _draw_field("person-menu", known)


def draw_question(key: str) -> None:
    """The question for the name where something is about to be said in it, until it was answered once."""
    if not session.author():
        _draw_field(f"person-{key}", "")


def _draw_field(key: str, known: str) -> None:
    st.text_input(
        _("Your name"),
        known,
        max_chars=_LONGEST,
        placeholder=_("as your colleagues know you"),
        key=key,
        on_change=_keep,
        args=(key,),
        help=hint("person"),
    )


def _keep(key: str) -> None:
    session.call_oneself(session.widget_value(key) or "")


def _tell_the_browser() -> None:
    """Lets the browser keep the name; it is written as an attribute, where no word of it can be anything else."""
    named = session.said_name()
    if named is not None:
        st.html(f'<span {PERSON_ATTRIBUTE}="{html.escape(named, quote=True)}"></span>', width="content")

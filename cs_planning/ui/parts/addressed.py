"""Choices that the address names by an id, and by what they were called on the screen in older links."""

from __future__ import annotations

from collections.abc import Container, Mapping

import streamlit as st

from cs_planning.language import LANGUAGES, Text, use_language
from cs_planning.language import gettext as _
from cs_planning.ui import session

_NOT_DRAWN = "not drawn yet"


def open_choice(name: str, options: Mapping[str, Text], unasked: str) -> None:
    """Lets the address say what a choice shows first, by its id or by its words in any language; before it is drawn.

    Args:
        name: of the parameter, which is the key of the choice.
        options: the words of each choice by its id.
        unasked: what it shows where the address says nothing.
    """
    said = st.query_params.get(name, "")
    found = next((id_ for id_, words in options.items() if said in _in_all_languages(words)), None)
    if found is not None:
        st.query_params[name] = found
    session.open_choice(name, options)
    if session.widget_value(name) is None:
        session.set_widget(name, unasked)


def say_if_gone(name: str, ids: Container[str]) -> None:
    """Says that what a link names is not here, where the choice below would show something else in silence.

    Only whoever comes by the link is told: what was chosen on the page and then put away was put away before one's eyes.

    Args:
        name: of the parameter, which is the key of the choice that is drawn next.
        ids: what can be chosen.
    """
    asked = st.query_params.get(name)
    if asked and asked not in ids and session.widget_value(name, _NOT_DRAWN) == _NOT_DRAWN:
        draw_gone()


def draw_gone() -> None:
    """Says that an address names what is not here."""
    st.warning(_("There is nothing at this address. It may have been put away. Choose another one."), icon=":material/help:")


def _in_all_languages(words: Text) -> set[str]:
    said = set()
    for language in LANGUAGES:
        with use_language(language):
            said.add(str(words))
    return said

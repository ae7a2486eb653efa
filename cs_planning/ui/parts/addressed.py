"""Choices that the address names by an id, and by what they were called on the screen in older links."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from cs_planning.language import LANGUAGES, Text, use_language
from cs_planning.ui import session


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


def _in_all_languages(words: Text) -> set[str]:
    said = set()
    for language in LANGUAGES:
        with use_language(language):
            said.add(str(words))
    return said

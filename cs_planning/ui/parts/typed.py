"""Fields whose words the browser keeps until they are kept for good: a page loaded again, or left by accident, loses none."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from cs_planning.language import gettext as _
from cs_planning.ui import session
from cs_planning.ui.browser.document import TYPED, TYPED_DONE_ATTRIBUTE

_DONE = "typed.done"


@contextmanager
def kept_while_typing(name: str) -> Iterator[None]:
    """Around fields: their words come back into them, which is said above them, until `done` is called for the name."""
    draw_done()
    with st.container(key=f"{TYPED}{_plain(name)}"):
        with st.container(key=f"typed-again-{_plain(name)}"):
            st.caption(f":material/restore: {_('Here is what you had typed. It is not saved yet.')}")
        yield


def done(name: str) -> None:
    """The words of these fields were kept, or given up: the browser forgets them with the next run."""
    session.keep(_DONE, [*session.kept(_DONE, []), _plain(name)])


def draw_done() -> None:
    """Tells the browser what it may forget; nothing to be seen."""
    names = session.kept(_DONE, [])
    session.forget(_DONE)
    if names:
        marks = "".join(f'<span {TYPED_DONE_ATTRIBUTE}="{html.escape(name, quote=True)}"></span>' for name in names)
        st.html(marks, width="content")


def _plain(name: str) -> str:
    """The name as Streamlit writes it as a class."""
    return re.sub(r"[^a-zA-Z0-9_-]", "-", name.strip())

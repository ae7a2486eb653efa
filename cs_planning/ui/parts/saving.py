"""Saving from a screen: once for every form, with its error or its confirmation shown."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from cs_planning.errors import PlanningError
from cs_planning.ui import session
from cs_planning.ui.parts.drawing import draw_error, plain

_SAVED = "saved"


def saved(form: str, act: Callable[..., Any], done: object) -> bool:
    """Does one save and says so after the next run; shows the error when there is one.

    Args:
        form: its name, for the idempotency key.
        act: takes `save`.
        done: the confirmation.
    """
    try:
        act(save=session.save(form))
    except PlanningError as error:
        draw_error(error)
        return False
    session.finish_form(form)
    keep_confirmation(done)
    return True


def keep_confirmation(done: object) -> None:
    """Keeps what the next run says was saved."""
    session.keep(_SAVED, str(done))


def draw_confirmation() -> None:
    """Says what was saved in the run before."""
    said = session.kept(_SAVED)
    if said:
        session.forget(_SAVED)
        st.toast(plain(said), icon=":material/check:")


def draw_refusal() -> None:
    """Says what a callback could not do; see `session.say`."""
    said = session.kept("said")
    if said:
        session.forget("said")
        st.warning(plain(said), icon=":material/error:")

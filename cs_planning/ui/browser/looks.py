"""Style sheets of our own for what Streamlit's theme does not know: the meeting room and paper."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

_FOLDER = Path(__file__).parent / "look"


def for_paper() -> None:
    """Makes the page that is drawn one that can be printed from the browser."""
    st.html(_FOLDER / "print.css")


def for_the_first_number() -> None:
    """Makes the probability on the Forecast page what the eye meets first."""
    st.html(_FOLDER / "forecast.css")


def for_the_meeting_room() -> None:
    """Makes the page that is drawn readable from the back of a room."""
    st.html(_FOLDER / "present.css")

"""What stands beside a probability everywhere: from which data, for which periods; or why there is none, and the way on."""

from __future__ import annotations

from datetime import date

import streamlit as st

from cs_planning.errors import PlanningError, StaleData
from cs_planning.forecasting.answers.belief import Belief
from cs_planning.language import Text, sentences, text
from cs_planning.language import gettext as _
from cs_planning.ui import session
from cs_planning.ui.parts.drawing import draw_error
from cs_planning.ui.parts.escaping import plain


def draw_basis(belief: Belief | None) -> None:
    """What is behind a number."""
    if belief is not None:
        draw_said(belief.basis, belief.trust)


def draw_said(basis: Text | None, trust: Text | None) -> None:
    """The data and the periods behind a number, how sure it is and how good its record was, one after the other."""
    said = sentences(plain(one) for one in (basis, trust) if one is not None)
    if said:
        st.caption(said)


def draw_no_number(reason: Text | None, plan_as_of: date | None, key: str) -> None:
    """Why there is no number; where the data are too old, the click that plans as of their end."""
    st.warning(plain(reason or text("There is no forecast.")), icon=":material/help:")
    _draw_way_back(plan_as_of, key)


def draw_no_number_of(error: PlanningError, key: str) -> None:
    """An error in the place of a number, with the same click."""
    draw_error(error)
    _draw_way_back(error.plan_as_of if isinstance(error, StaleData) else None, key)


def draw_old_data(plan_as_of: date | None, key: str) -> None:
    """Says above numbers that some are missing since their data are too old, with the click."""
    if plan_as_of is not None:
        draw_no_number(text("Some data are too old for a probability of today."), plan_as_of, key)


def draw_planned_day() -> None:
    """Says on every page that the plan is made as of an earlier day."""
    day = session.planned_day()
    if day is None:
        return
    with st.container(horizontal=True, vertical_alignment="center", key="planned-day"):
        st.warning(
            plain(text("Planned as of {day}: everything on this page is as it would have been on that day.", day=day)),
            icon=":material/history:",
        )
        st.button(_("Back to today"), key="back-to-today", on_click=session.plan_as_of, args=(None,))


def _draw_way_back(day: date | None, key: str) -> None:
    if day is not None:
        st.button(
            str(text("Plan as of {day}", day=day)),
            icon=":material/history:",
            help=_("Everything is then judged as on the day after the data end, until you go back to today."),
            key=f"plan-as-of-{key}",
            on_click=session.plan_as_of,
            args=(day,),
        )

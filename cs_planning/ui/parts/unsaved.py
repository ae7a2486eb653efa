"""A form that survives when its page is loaded again: what is typed is kept under a name in the address."""

from __future__ import annotations

import secrets
from contextlib import suppress

import streamlit as st

from cs_planning.errors import PlanningError
from cs_planning.goals.goal import Goal, goal_from_json
from cs_planning.language import gettext as _
from cs_planning.ui import session
from cs_planning.workspace import Workspace

_PARAMETER = "draft"


def form_name(form: str) -> str:
    """The name of a form for its widgets: another one each time that it is begun afresh, for a browser keeps what it shows."""
    begun = session.kept(_begun(form), 0)
    return f"{form}.{begun}" if begun else form


def found_again(workspace: Workspace, form: str, goal_id: str | None) -> Goal | None:
    """The goal that the address names, as it was typed before this session began; the same during the whole session."""
    name = st.query_params.get(_PARAMETER)
    if name and session.kept(_own(form)) is None:
        goal = workspace.unfinished.find(name)
        if goal is not None and goal.id == (goal_id or ""):
            session.keep(_own(form), name)
            session.keep(_found(form), goal.model_dump_json())
    found = session.kept(_found(form))
    return None if found is None else goal_from_json(found)


def draw_found_again(workspace: Workspace, form: str) -> None:
    """Says that the form holds what was typed earlier, with a way to begin afresh."""
    if session.kept(_found(form)) is None:
        return
    with st.container(horizontal=True, vertical_alignment="center", key="found-again"):
        st.caption(f":material/restore: {_('Here is what you had typed. It is not saved yet.')}", width="content")
        st.button(
            _("Begin afresh"),
            type="tertiary",
            icon=":material/ink_eraser:",
            key="begin-afresh",
            on_click=_begin_afresh,
            args=(workspace, form),
        )


def keep(workspace: Workspace, form: str, goal: Goal) -> None:
    """Keeps the goal if the visitor changed anything; one that can't be kept just now is still on the screen."""
    written = goal.model_dump_json()
    if session.kept(_written(form)) is None:
        session.keep(_written(form), written)
    name = session.kept(_own(form))
    if written != session.kept(_written(form)):
        name = name or secrets.token_urlsafe(12)
        with suppress(PlanningError):
            workspace.unfinished.keep(name, goal)
            session.keep(_own(form), name)
            session.keep(_written(form), written)
    if name is not None and st.query_params.get(_PARAMETER) != name:
        st.query_params[_PARAMETER] = name


def drop(workspace: Workspace, form: str) -> None:
    """The form was saved or given up."""
    name = session.kept(_own(form))
    if name is not None:
        with suppress(PlanningError):
            workspace.unfinished.drop(name, session.now())
    for kept in (_own(form), _found(form), _written(form)):
        session.forget(kept)


def _begin_afresh(workspace: Workspace, form: str) -> None:
    drop(workspace, form)
    session.forget_widgets(form)
    first = form.partition(".")[0]
    session.keep(_begun(first), session.kept(_begun(first), 0) + 1)
    st.query_params.pop(_PARAMETER, None)


def _begun(form: str) -> str:
    return f"unsaved.{form}.begun"


def _own(form: str) -> str:
    return f"unsaved.{form}.name"


def _found(form: str) -> str:
    return f"unsaved.{form}.found"


def _written(form: str) -> str:
    return f"unsaved.{form}.written"

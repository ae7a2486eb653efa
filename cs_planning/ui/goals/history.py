"""The history of a goal: who changed what, when, from what to what; and the way back."""

from __future__ import annotations

from datetime import date
from functools import partial

import streamlit as st

from cs_planning.audit.benchmark_steps import BenchmarkStep
from cs_planning.goals.goal import Goal
from cs_planning.language import Moment, text
from cs_planning.language import gettext as _
from cs_planning.ui import session
from cs_planning.ui.parts.drawing import plain
from cs_planning.ui.parts.saving import saved
from cs_planning.workspace import Workspace

_SHOWN = 20


def draw_history(workspace: Workspace, goal: Goal) -> None:
    """Every save of a goal, the newest first, each with a button that brings it back."""
    box = st.expander(_("History of this goal"), icon=":material/history:", key="goal-history", on_change="rerun")
    if not box.open:
        return
    with box:
        draw_steps(workspace, goal, session.today())
        draw_saves(workspace, goal)


def draw_steps(workspace: Workspace, goal: Goal, today: date) -> None:
    """The four steps of a benchmark: which are done, which is under way, and what is next."""
    found = workspace.audits.steps_of(goal, today)
    with st.container(horizontal=True, gap="small", key="goal-steps"):
        for step in BenchmarkStep:
            done, is_now = found.is_done(step), step is found.at and found.followed_by is None
            icon = ":material/check:" if done else ":material/more_horiz:"
            st.badge(plain(step.label), icon=icon, color="green" if done else "blue" if is_now else "gray")
    st.caption(plain(found.next))


def draw_saves(workspace: Workspace, goal: Goal) -> None:
    """Who changed what, when, from what to what, each with a way back."""
    for number, one in enumerate(workspace.changes.history(goal.id)[:_SHOWN]):
        with st.container(horizontal=True, vertical_alignment="center", key=f"version-{one.goal.version}"):
            said = text("{moment}, {who}", moment=Moment(at=session.here(one.at)), who=session.named(one.by))
            changes = [plain(change.words) for change in one.changes] or [_("First version")]
            st.markdown(f"**{plain(said)}**  \n" + "  \n".join(changes), width="stretch")
            if number and st.button(_("Bring this back"), icon=":material/undo:", key=f"restore-{one.goal.version}"):
                act = partial(workspace.changes.restore, goal, one.goal.version)
                if saved("restore", act, _("The goal is as it was then.")):
                    session.forget(f"opened.{goal.id}")
                    session.forget_widgets(f"goal-{goal.id}")
                    st.rerun()

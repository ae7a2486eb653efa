"""The frame of a review: its rhythm, what is left from last time, new decisions, its end."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

import streamlit as st

from cs_planning.goals.following.review import Agenda, Decision
from cs_planning.goals.goal import Cadence, Goal
from cs_planning.goals.title import called
from cs_planning.language import Duration, current_language, in_brackets, sentences, text
from cs_planning.language import gettext as _
from cs_planning.ui import shell
from cs_planning.ui.goals.field_words import CADENCES
from cs_planning.ui.parts.drawing import plain
from cs_planning.ui.parts.saving import saved
from cs_planning.workspace import Workspace
from cs_planning.workspace.words.fields import hint

_GAVEL, _LATE, _BROKEN = ":material/gavel:", ":red[:material/schedule:]", ":orange[:material/bolt:]"


def draw_choice() -> Cadence:
    """Monthly, quarterly or yearly."""
    chosen = st.segmented_control(
        _("Review"),
        [one.value for one in Cadence],
        default=Cadence.MONTHLY.value,
        required=True,
        format_func=lambda one: str(CADENCES[Cadence(one)]),
        key="cadence",
        bind="query-params",
        label_visibility="collapsed",
    )
    return Cadence(chosen or Cadence.MONTHLY.value)


def draw_head(agenda: Agenda) -> None:
    """What the meeting is, where the goals stand, since when, how long it will take."""
    st.title(str(agenda.title), anchor=False)
    st.markdown(f"**{sentences(plain(one) for one in agenda.claim())}**")
    st.caption(
        str(text("What happened since {day}; about {time}.", day=agenda.since, time=Duration(seconds=60 * agenda.minutes)))
    )


def draw_left_over(workspace: Workspace, agenda: Agenda) -> None:
    """Decisions of last time, overdue actions, KPIs whose level broke."""
    if not (agenda.decisions or agenda.overdue or agenda.breaks):
        return
    st.subheader(_("Left from last time"), anchor=False)
    for one in agenda.decisions:
        with st.container(horizontal=True, vertical_alignment="center", key=f"decision-{one.id}"):
            st.markdown(f"{_GAVEL} {in_brackets(plain(one.what), _facts_of(one))}", width="stretch")
            if st.button(_("Done"), icon=":material/check:", key=f"decided-{one.id}"):
                act = partial(workspace.reviews.finish_decision, one.id)
                if saved(f"decided-{one.id}", act, _("The decision is done.")):
                    st.rerun()
    for action in agenda.overdue:
        words = text("Overdue since {due}: {what} ({owner})", due=action.due or "", what=action.what, owner=action.owner or "–")
        st.markdown(f"{_LATE} {plain(words)}")
    if agenda.overdue:
        st.page_link(shell.PLAN, label=_("Open the action plan"), icon=":material/checklist:")
    for broken in agenda.breaks:
        st.markdown(f"{_BROKEN} {plain(broken.message)}")


def _facts_of(decision: Decision) -> str:
    """Who does it by when, and what of that is missing; a decision about no goal is on no plan."""
    who = plain(decision.owner) or f":orange[{_('nobody yet')}]"
    when = str(text("{day}", day=decision.due)) if decision.due else f":orange[{_('no date yet')}]"
    return " · ".join((who, when, *(() if decision.goal_id else (f":orange[{_('on no plan: about no goal')}]",))))


def draw_decisions(workspace: Workspace, goals: Sequence[Goal], today: date) -> None:
    """A new decision: what, who, until when."""
    st.subheader(_("What do we decide?"), anchor=False)
    named = {goal.id: str(called(goal)) for goal in goals}
    with st.form("decision", clear_on_submit=True):
        what = st.text_input(_("Decision"), max_chars=2000, key="decision-what", help=hint("decision"))
        one, two, three = st.columns(3)
        owner = one.text_input(_("Who does it?"), max_chars=300, key="decision-owner", help=hint("who"))
        due = two.date_input(_("Until"), None, min_value=today, key="decision-due", help=hint("until"))
        goal = three.selectbox(
            _("About which goal?"),
            list(named),
            index=None,
            format_func=lambda id_: named[id_],
            placeholder=_("All goals"),
            key="decision-goal",
            help=hint("decision_goal"),
        )
        clicked = st.form_submit_button(_("Keep the decision"), icon=":material/gavel:", key="decision-save")
    if not clicked:
        return
    if not (what or "").strip():
        st.warning(_("Write down what was decided."), icon=":material/edit:")
        return
    decision = Decision(goal_id=goal or "", on=today, what=(what or "").strip(), owner=(owner or "").strip(), due=due)
    if saved("decision", partial(workspace.reviews.decide, decision), _("The decision is kept.")):
        st.rerun()


def draw_report(workspace: Workspace, today: date) -> None:
    """The report of the last month that is over, for the table of the department."""
    month = workspace.reports.last_month(today)
    st.download_button(
        _("Monthly report for A4 (Excel)"),
        partial(workspace.reports.file, month, today, current_language()),
        f"report-{str(month)[:7]}.xlsx",
        icon=":material/print:",
        on_click="ignore",
        key="monthly-report",
    )


def draw_end(workspace: Workspace, agenda: Agenda, today: date) -> None:
    """The decisions of today, and the end of the meeting."""
    decided = [one for one in workspace.reviews.decisions() if one.on == today]
    for one in decided:
        st.markdown(f"{_GAVEL} {in_brackets(plain(one.what), _facts_of(one))}")
    if st.button(_("The review is over"), type="primary", icon=":material/task_alt:", key="hold"):
        held: list[str] = []
        if saved("hold", lambda save: held.append(workspace.reviews.hold(agenda, save=save)), _("The review is kept.")):
            st.switch_page(shell.REVIEW, query_params={"minutes": held[0]})

"""The time of a goal: a quarter, a half-year, a year, or two dates of its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import streamlit as st

from cs_planning.goals.drafts.times import Quarter, TimeKind, time_among
from cs_planning.goals.goal import Goal
from cs_planning.language import gettext as _
from cs_planning.language import text
from cs_planning.ui import session
from cs_planning.ui.goals.form import GoalForm
from cs_planning.workspace.words.fields import hint
from cs_planning.workspace.words.terms import meaning


def draw_time(
    form: GoalForm, times: Mapping[TimeKind, Sequence[Quarter]], drafted: Goal, today: date
) -> tuple[date | None, date | None]:
    """Start and deadline: a quarter, a half-year, a year or two dates; a time of another kind stays as it is.

    Args:
        form: the form that it belongs to.
        times: what can be picked of each kind.
        drafted: the goal with the time that the form begins with.
        today: nothing new begins before it.
    """
    kept = session.kept(f"{form.name}.deadline")
    deadline = date.fromisoformat(kept) if kept else drafted.deadline
    first = drafted.start or today
    begins = next((kind for kind in TimeKind if _time(form, times[kind], first, deadline) is not None), TimeKind.FREE)
    kind = TimeKind(
        st.segmented_control(
            _("Its time is a"),
            [one.value for one in TimeKind],
            default=begins.value,
            required=True,
            format_func=lambda value: str(TimeKind(value).label),
            key=form.key("time-kind"),
            persist_state="session",
            help=meaning("deadline"),
        )
        or begins
    )
    first, deadline = (
        _dates(form, first, deadline) if kind is TimeKind.FREE else _period(form, times[kind], kind, first, deadline, today)
    )
    if deadline:
        st.caption(str(text("From {first} to {last}", first=first, last=deadline)))
    return first, deadline


def _period(
    form: GoalForm, times: Sequence[Quarter], kind: TimeKind, first: date, deadline: date | None, today: date
) -> tuple[date, date | None]:
    labels = {one.last.isoformat(): str(one.label) for one in times}
    start = _time(form, times, first, deadline)
    chosen = st.segmented_control(
        _("Reach it by the end of"),
        list(labels),
        default=start.last.isoformat() if start else None,
        format_func=lambda last: labels[last],
        help=meaning("deadline"),
        key=form.key("quarter") if kind is TimeKind.QUARTER else f"{form.key('quarter')}-{kind}",
        persist_state="session",
    )
    if chosen:
        session.keep(f"{form.name}.deadline", chosen)
        deadline = date.fromisoformat(chosen)
    picked = next((one for one in times if one.last == deadline), None)
    is_another = form.base is None or deadline != form.base.deadline
    if picked is not None and is_another:
        first = max(today, picked.first)
    return first, deadline


def _time(form: GoalForm, times: Sequence[Quarter], first: date, deadline: date | None) -> Quarter | None:
    """The time that the form begins with; a new goal may begin before it, and moves into it."""
    return time_among(times, None if form.base is None else first, deadline)


def _dates(form: GoalForm, first: date, deadline: date | None) -> tuple[date, date | None]:
    one, two = st.columns(2)
    begins = one.date_input(
        _("From"), first, format="YYYY-MM-DD", key=form.key("first-day"), help=hint("goal.start"), persist_state="session"
    )
    ends = two.date_input(
        _("Until"),
        deadline,
        format="YYYY-MM-DD",
        key=form.key("last-day"),
        help=meaning("deadline"),
        persist_state="session",
    )
    if ends is not None:
        session.keep(f"{form.name}.deadline", ends.isoformat())
    return begins or first, ends

"""The fields of a goal that a first draft can do without: floor, milestones, place in the plan, people."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

import pandas as pd
import streamlit as st

from cs_planning.goals.finding import Finding
from cs_planning.goals.goal import Cadence, Goal, Horizon, Measuring, Milestone, Stage
from cs_planning.goals.smart.objections import objections_among
from cs_planning.goals.title import called
from cs_planning.language import day_pattern
from cs_planning.language import gettext as _
from cs_planning.ui.goals.field_words import CADENCES, HORIZONS
from cs_planning.ui.goals.form import LIVE, GoalForm
from cs_planning.workspace.words.fields import hint
from cs_planning.workspace.words.terms import meaning

_LONGEST = 300


def draw_more(form: GoalForm, goal: Goal, goals: Sequence[Goal], start: Goal) -> dict[str, Any]:
    """The further fields; milestones that are not touched stay as they are.

    Args:
        form: the form that they belong to.
        goal: as drafted so far.
        goals: all goals, one of which may stand above.
        start: the goal whose values the fields begin with.
    """
    with st.expander(_("Acceptable limit, milestones, place in the plan"), icon=":material/more_horiz:", key=form.key("more")):
        fields: dict[str, Any] = {"floor": _floor(form, start)}
        fields["milestones"] = _milestones(form, goal)
        one, two, three = st.columns(3)
        parents = {other.id: str(called(other)) for other in goals if other.id != start.id}
        fields["parent"] = one.selectbox(
            _("Goal above"),
            list(parents),
            index=list(parents).index(start.parent) if start.parent in parents else None,
            format_func=lambda chosen: parents[chosen],
            placeholder=_("None chosen"),
            help=meaning("parent"),
            key=form.key("parent"),
            persist_state="session",
        )
        horizons = [horizon.value for horizon in Horizon]
        chosen = two.selectbox(
            _("Horizon"),
            horizons,
            index=horizons.index(start.horizon.value),
            format_func=lambda value: str(HORIZONS[Horizon(value)]),
            help=meaning("horizon"),
            key=form.key("horizon"),
            persist_state="session",
        )
        fields["horizon"] = Horizon(chosen)
        cadences = [cadence.value for cadence in Cadence]
        rhythm = three.selectbox(
            _("Review"),
            cadences,
            index=cadences.index(start.cadence.value),
            format_func=lambda value: str(CADENCES[Cadence(value)]),
            help=meaning("cadence"),
            key=form.key("cadence"),
            persist_state="session",
        )
        fields["cadence"] = Cadence(rhythm)
        fields["worth"] = st.number_input(
            _("What reaching it is worth"),
            min_value=0.0,
            value=start.worth,
            help=hint("goal.worth"),
            key=form.key("worth"),
            persist_state="session",
        )
        written = st.text_input(
            _("Contributors, separated by commas"),
            ", ".join(start.contributors),
            key=form.key("contributors"),
            persist_state="session",
            help=hint("contributors"),
        )
        parts = (written or "").replace("、", ",").split(",")
        fields["contributors"] = tuple(part.strip()[:_LONGEST] for part in parts if part.strip())
    return fields


def draw_word(form: GoalForm, start: Goal, findings: Sequence[Finding]) -> str:
    """Why a goal is committed to although something speaks against it; asked only where something does."""
    objections = objections_among(findings)
    if not objections or start.stage is not Stage.DRAFT:
        return start.despite
    word = st.text_input(
        _("Why commit to it all the same?"),
        start.despite,
        max_chars=2000,
        placeholder=_("e.g. two new colleagues begin in March"),
        help=hint("goal.despite"),
        key=form.key("despite"),
        live=LIVE,
        persist_state="session",
    )
    return (word or "").strip()


def draw_measuring(form: GoalForm, start: Measuring, answers: int | None = None) -> Measuring:
    """How a KPI will be measured that nobody measures yet.

    Args:
        form: the form that the fields belong to.
        start: what they begin with.
        answers: the fewest answers that count, where the form asks for them already.
    """
    how = st.text_input(
        _("How it will be measured"),
        start.how,
        max_chars=_LONGEST,
        placeholder=_("e.g. one question after each ticket"),
        help=hint("measuring_how"),
        key=form.key("measuring-how"),
        live=LIVE,
        persist_state="session",
    )
    one, two = st.columns(2)
    begins = one.date_input(
        _("From when"),
        start.begins,
        format="YYYY-MM-DD",
        help=hint("measuring_begins"),
        key=form.key("measuring-begins"),
        persist_state="session",
    )
    if answers is None:
        answers = two.number_input(
            _("Fewest answers a period"),
            min_value=1,
            value=start.answers,
            help=hint("measuring_answers"),
            key=form.key("measuring-answers"),
            persist_state="session",
        )
    return Measuring(how=(how or "").strip(), begins=begins or start.begins, answers=answers)


def _floor(form: GoalForm, start: Goal) -> float | None:
    return st.number_input(
        _("Acceptable limit: the value that must never be missed"),
        value=start.floor,
        help=meaning("floor"),
        key=form.key("floor"),
        persist_state="session",
    )


def _milestones(form: GoalForm, goal: Goal) -> tuple[Milestone, ...]:
    st.caption(_("Milestones on the way, to be celebrated"), help=meaning("milestone"))
    key, milestones = form.milestones(goal)
    base = pd.DataFrame(
        {
            "due": pd.to_datetime(pd.Series([one.due for one in milestones], dtype=object)),
            "value": pd.Series([one.value for one in milestones], dtype=float),
            "note": pd.Series([one.note for one in milestones], dtype=str),
        }
    )
    edited: pd.DataFrame = st.data_editor(
        cast("Any", base),
        key=key,
        num_rows="dynamic",
        hide_index=True,
        column_config={
            "due": st.column_config.DateColumn(_("Until"), format=day_pattern(), required=True, help=hint("milestone_due")),
            "value": st.column_config.NumberColumn(_("Value"), required=True, help=hint("milestone_value")),
            "note": st.column_config.TextColumn(_("What is celebrated"), max_chars=_LONGEST, help=hint("milestone_note")),
        },
        placeholder="",
        alt=_("Milestones, one a row"),
    )
    whole = edited.dropna(subset=["due", "value"])
    return tuple(
        Milestone(due=pd.Timestamp(due).date(), value=float(value), note="" if pd.isna(note) else str(note)[:_LONGEST])
        for due, value, note in zip(whole["due"], whole["value"], whole["note"], strict=True)
    )

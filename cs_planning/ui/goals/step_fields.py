"""Targets that vary: whether they do, steps to begin with, and a small grid in which each can be changed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Any, cast

import pandas as pd
import streamlit as st

from cs_planning.goals.drafts.steps import moved_to, path_of, what_reached_means, with_last
from cs_planning.goals.goal import Goal, TargetStep
from cs_planning.kpis.period_names import period_label
from cs_planning.kpis.quantity import quantity, unit_label
from cs_planning.language import gettext as _
from cs_planning.language import rounded, text
from cs_planning.ui import session
from cs_planning.ui.goals.form import GoalForm
from cs_planning.ui.parts.drawing import plain
from cs_planning.workspace import Workspace
from cs_planning.workspace.goals.target_range import TargetRange
from cs_planning.workspace.words.fields import hint


def draw(workspace: Workspace, form: GoalForm, goal: Goal, span: TargetRange, today: date) -> tuple[TargetStep, ...]:
    """The steps of a goal; none while its target is the same all the time.

    Args:
        workspace: for the season and the calendar.
        form: that the fields belong to.
        goal: as drafted so far, with its target and the steps that it was opened with.
        span: the KPI and its digits.
        today: the day of drafting.
    """
    periods = workspace.steps.periods(goal)
    if not periods or goal.primary is None:
        return ()
    varies = st.toggle(
        _("The target varies from period to period"),
        bool(goal.steps),
        key=form.key("varies"),
        help=hint("steps"),
        persist_state="session",
    )
    if not varies:
        return ()
    shown = _begin(workspace, form, goal, periods, today)
    with st.container(horizontal=True, gap="small"):
        for name, label, icon, make in (
            ("season", _("As the season asks"), ":material/partly_cloudy_day:", partial(_season, workspace, today)),
            ("even", _("In even steps"), ":material/stairs:", workspace.steps.evenly),
        ):
            st.button(
                label,
                icon=icon,
                key=form.key(f"steps-{name}"),
                help=hint(f"steps_{name}"),
                on_click=_set,
                args=(form, goal, make),
            )
    edited = _grid(workspace, form, shown, span, periods)
    steps = with_last(goal, edited, periods)
    session.keep(_now(form), [one.model_dump_json() for one in steps])
    last, rhythm = steps[-1], workspace.steps.rhythm(goal)
    st.caption(
        plain(
            text(
                "The last step, {period}, follows from the target: {value}. {meaning}",
                period=period_label(last.first, rhythm),
                value=quantity(last.value, span.kpi),
                meaning=what_reached_means(goal),
            )
        )
    )
    return steps


def _season(workspace: Workspace, today: date, goal: Goal) -> tuple[TargetStep, ...]:
    return workspace.steps.as_the_season_asks(goal, today) or workspace.steps.evenly(goal)


def _set(form: GoalForm, goal: Goal, make: Any) -> None:
    """Takes other steps; a callback."""
    session.keep(_now(form), [one.model_dump_json() for one in make(goal)])
    session.keep(f"{form.name}.steps-taken", session.kept(f"{form.name}.steps-taken", 0) + 1)
    session.forget(f"{form.name}.steps-asked")


def _begin(workspace: Workspace, form: GoalForm, goal: Goal, periods: Sequence[date], today: date) -> Goal:
    """The goal with the steps that the grid begins with: they move with the target and with the goal's time."""
    asked = [goal.series, goal.frequency.value, goal.measure.value, goal.primary, *periods]
    before = session.kept(f"{form.name}.steps-asked")
    if before == asked:
        kept = session.kept(f"{form.name}.steps-base", [])
        return goal.model_copy(update={"steps": tuple(TargetStep.model_validate_json(one) for one in kept)})
    now = tuple(TargetStep.model_validate_json(one) for one in session.kept(_now(form), [])) or goal.steps
    is_the_same_kpi = before is None or before[:2] == asked[:2]
    if not now or not is_the_same_kpi:
        now = _season(workspace, today, goal)
    elif now[0].first != periods[0]:
        now = moved_to(now, periods)
    shown = goal.model_copy(update={"steps": path_of(goal.model_copy(update={"steps": now}))})
    session.keep(f"{form.name}.steps-asked", asked)
    session.keep(f"{form.name}.steps-base", [one.model_dump_json() for one in shown.steps])
    session.keep(f"{form.name}.steps-taken", session.kept(f"{form.name}.steps-taken", 0) + 1)
    return shown


def _grid(workspace: Workspace, form: GoalForm, shown: Goal, span: TargetRange, periods: Sequence[date]) -> list[float]:
    """The values of all periods but the last, as they are typed."""
    rhythm, label = workspace.steps.rhythm(shown), str(text("Step ({unit})", unit=unit_label(span.kpi)))
    begun = [rounded(one.value, span.digits) for one in shown.steps[:-1]]
    edited: pd.DataFrame = st.data_editor(
        cast(
            "Any",
            pd.DataFrame({"period": [period_label(first, rhythm) for first in periods[:-1]], "value": begun}),
        ),
        key=f"{form.key('steps')}-{session.kept(f'{form.name}.steps-taken', 0)}",
        hide_index=True,
        num_rows="fixed",
        disabled=["period"],
        height="content",
        column_config={
            "period": st.column_config.TextColumn(_("Period"), help=hint("step_period")),
            "value": st.column_config.NumberColumn(label, required=True, format=span.format, help=hint("step_value")),
        },
        alt=_("The step of each period"),
    )
    typed = edited["value"].to_numpy(float)
    return [start if pd.isna(value) else float(value) for start, value in zip(begun, typed, strict=True)]


def _now(form: GoalForm) -> str:
    return f"{form.name}.steps-now"

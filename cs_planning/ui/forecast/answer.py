"""The answer of the Forecast page, first things first: how likely, compared with what, what would be honest."""

from __future__ import annotations

import math
from datetime import date

import streamlit as st

from cs_planning.errors import PlanningError
from cs_planning.forecasting.answers.track_record import PoorRecord
from cs_planning.goals.drafts.steps import hardest_words, is_judged_by_steps, path_of, what_reached_means
from cs_planning.goals.goal import Direction, Goal, Measure, Stage
from cs_planning.goals.title import kept_true
from cs_planning.kpis.quantity import difference, quantity, unit_label
from cs_planning.language import Points, rounded, rounded_whole, text
from cs_planning.language import gettext as _
from cs_planning.notebook.blocks import charts
from cs_planning.notebook.blocks.target_lines import target_lines
from cs_planning.ui import session, shell
from cs_planning.ui.forecast import doubts
from cs_planning.ui.parts import belief, target_slider, why
from cs_planning.ui.parts.drawing import draw_chart, draw_error, percent, plain
from cs_planning.workspace import Workspace
from cs_planning.workspace.goals.forecasts import Answer, Look
from cs_planning.workspace.goals.target_range import TargetRange
from cs_planning.workspace.words.fields import hint

_SHOWN_YEARS = 3
_DAYS_SHOWN = 180
_NEAR_POINTS = 10
_WANTED = 0.8


def look_or_reason(workspace: Workspace, goal: Goal, today: date) -> Look | None:
    """What is behind the answer; says why there is none."""
    try:
        return workspace.forecasts.look(goal, today)
    except PlanningError as error:
        belief.draw_no_number_of(error, "forecast")
        if isinstance(error, PoorRecord):
            doubts.draw_record(workspace, goal, today)
        return None


@st.fragment
@session.in_one_run
def draw(workspace: Workspace, goal: Goal, look: Look, today: date) -> None:
    """The target on a slider, and all that follows from it; nothing is fitted again."""
    span = workspace.planning.target_range(goal, today)
    left, right = st.columns([5, 6], gap="large")
    with left:
        first = st.container(key="likely")
        target = _draw_target(goal, look, span)
        answer = workspace.forecasts.answer(look, target)
        with first:
            _draw_likely(goal, look, answer, span)
        _draw_compared(answer)
        _draw_needed(workspace, goal, look, answer, span)
    with right:
        _draw_fan(workspace, goal, look, target)


def _draw_target(goal: Goal, look: Look, span: TargetRange) -> float:
    wanted = goal.primary if goal.id and goal.primary is not None else look.suggested.primary
    name = f"{goal.id or goal.series}-{goal.frequency}-{goal.measure}-{goal.deadline}-{goal.direction}"
    label = str(text("Target: {sign} … ({unit})", sign=_sign_of(goal), unit=unit_label(span.kpi)))
    return target_slider.draw(label, span, wanted, f"forecast-target-{name}", hint("forecast_target"))


def _sign_of(goal: Goal) -> str:
    return _("at least") if goal.direction is Direction.AT_LEAST else _("at most")


def _draw_likely(goal: Goal, look: Look, answer: Answer, span: TargetRange) -> None:
    own = answer.own
    st.metric(
        str(text("How likely is {sign} {target}?", sign=_sign_of(goal), target=quantity(own.target, span.kpi))),
        percent(own.probability),
        help=why.of_probability(look.forecast),
    )
    asked = goal.model_copy(update={"primary": own.target})
    hardest = hardest_words(asked, own.expected, own.low80, own.high80, span.kpi)
    st.markdown(
        plain(
            hardest
            if is_judged_by_steps(goal)
            else text(
                "Expected {measure}: **{expected}**, in 80 of 100 futures between {low} and {high}.",
                measure=goal.measure.label,
                expected=quantity(own.expected, span.kpi),
                low=quantity(own.low80, span.kpi),
                high=quantity(own.high80, span.kpi),
            )
        ).replace("\\*\\*", "**"),
        help=why.of("expected"),
    )
    if path_of(goal):
        st.caption(plain(what_reached_means(goal)))
    belief.draw_basis(answer.belief)
    if own.reason is not None:
        st.info(plain(own.reason), icon=":material/info:")


def _strong(words: str) -> str:
    return f"**{words}**"


def _draw_compared(answer: Answer) -> None:
    with st.container(key="compared", gap="xsmall"):
        st.markdown(_strong(_("Compared with what?")))
        with st.container(horizontal=True, gap="large"):
            st.metric(
                _("If nothing changes"),
                percent(answer.no_change),
                width="content",
                help=why.of("no_change"),
            )
            st.metric(
                _("Independent standard model"),
                percent(answer.second),
                width="content",
                help=why.of("second_opinion"),
            )
        if answer.methods_differ:
            st.warning(
                _("The two methods are more than 20 points apart: the history can be read in two ways, so be careful."),
                icon=":material/warning:",
            )
        else:
            points = rounded_whole(abs(answer.own.probability - answer.second) * 100)
            st.caption(
                _("The two methods agree to within 10 points.")
                if points <= _NEAR_POINTS
                else plain(
                    text(
                        "The two methods are {points} apart: read the probability no finer than that.",
                        points=Points(points=points, digits=0),
                    )
                )
            )


def _draw_needed(workspace: Workspace, goal: Goal, look: Look, answer: Answer, span: TargetRange) -> None:
    with st.container(key="needed", gap="xsmall"):
        st.markdown(_strong(_("What would have to change?")), help=why.of("needed_change"))
        if answer.own.probability >= _WANTED:
            st.markdown(_("Nothing: the target is 80 % likely or more as things go."))
            return
        change = workspace.forecasts.improvement_needed(look, answer.own.target)
        if not math.isfinite(change):
            st.markdown(_("No steady change inside the valid range would make this target 80 % likely."))
            return
        words = text(
            "Each {period} the KPI would have to be {change} {way} than the {period} before, beyond what is expected anyway, "
            "to make the target 80 % likely.",
            period=_PERIODS[goal.frequency.value],
            change=difference(abs(change), span.kpi),
            way=text("higher") if change > 0 else text("lower"),
        )
        st.markdown(plain(words))


_PERIODS = {
    "day": text("day"),
    "week": text("week"),
    "month": text("month"),
    "quarter": text("quarter"),
    "year": text("year"),
}


def _draw_fan(workspace: Workspace, goal: Goal, look: Look, target: float) -> None:
    made = look.forecast
    single = goal.measure is not Measure.TOTAL or bool(goal.steps)
    drawn = goal.model_copy(update={"primary": target, "floor": None, "stretch": None})
    years = _SHOWN_YEARS * goal.frequency.periods_per_year
    marked = [charts.ChartEvent(one.event.first, one.event.name) for one in workspace.planning.events.marked(goal.series or "")]
    chart = charts.fan(
        made,
        target_lines(drawn, made.series) if single else (),
        deadline=goal.deadline,
        events=(*charts.note_events(made.notes), *marked),
        periods_shown=min(years, _DAYS_SHOWN),
        required=workspace.forecasts.required_path(look, target),
        second=look.second,
    )
    draw_chart(chart, "forecast-fan")


@st.fragment
@session.in_one_run
def draw_honest(workspace: Workspace, goal: Goal, look: Look, today: date) -> None:
    """A floor, a target and a stretch target with the probabilities that they should have, and the way into the draft."""
    span = workspace.planning.target_range(goal, today)
    st.subheader(_("Which target would be honest?"), anchor=False)
    found = look.suggested
    with st.container(key="honest", horizontal=True, gap="large", vertical_alignment="bottom"):
        for label, value in (
            (_("Acceptable limit: 80 % likely"), found.floor),
            (_("Target: 55 % likely"), found.primary),
            (_("Stretch: 20 % likely"), found.stretch),
        ):
            reason = why.of("honest_target", series=look.forecast.series)
            st.metric(label, str(quantity(rounded(value, span.digits), span.kpi)), width="content", help=reason)
        takes = st.button(_("Take these into the draft"), icon=":material/edit_note:", type="primary", key="take-targets")
    if takes:
        _take_into_draft(workspace, goal, look, span)


def _take_into_draft(workspace: Workspace, goal: Goal, look: Look, span: TargetRange) -> None:
    """Opens the draft with the honest targets; a kept goal changes only when the visitor saves it there."""
    found = look.suggested
    floor, primary, stretch = (rounded(value, span.digits) for value in (found.floor, found.primary, found.stretch))
    changed = kept_true(goal, goal.model_copy(update={"floor": floor, "primary": primary, "stretch": stretch}))
    if not goal.id:
        form = f"forecast-draft-{goal.series}"
        try:
            changed = workspace.planning.save_draft(
                changed.model_copy(update={"stage": Stage.DRAFT}),
                save=session.save(form),
            )
        except PlanningError as error:
            draw_error(error)
            return
        session.finish_form(form)
    session.forget_widgets(f"goal-{changed.id}")
    session.keep(f"opened.{changed.id}", changed.model_dump_json())
    st.switch_page(shell.DRAFT, query_params={"goal": changed.id})

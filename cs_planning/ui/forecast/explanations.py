"""Further questions on the Forecast page: why a probability moved, and how likely several goals are at once."""

from __future__ import annotations

from datetime import date, timedelta

import streamlit as st

from cs_planning.errors import PlanningError
from cs_planning.forecasting.answers.effects import Effect
from cs_planning.goals.goal import Goal
from cs_planning.goals.title import called, title_of
from cs_planning.kpis.series import SeriesKey
from cs_planning.language import Points, Text, text
from cs_planning.language import gettext as _
from cs_planning.notebook.blocks.block import TableBlock, TableColumn
from cs_planning.notebook.cells.page_head import Parameters
from cs_planning.ui.parts import why
from cs_planning.ui.parts.drawing import draw_error, draw_table, percent, plain
from cs_planning.workspace import Workspace
from cs_planning.workspace.words.fields import hint

_A_MONTH = timedelta(days=30)


@st.fragment
def draw_why_moved(workspace: Workspace, goal: Goal, today: date) -> None:
    """The change of the goal's probability since a day, split into its causes."""
    begun = workspace.forecasts.first_day(goal)
    if begun is None or goal.primary is None:
        return
    st.subheader(_("Why did it move?"), anchor=False)
    with st.container(key="why-moved", width=640):
        earliest = min(begun, today - _A_MONTH)
        since = st.date_input(
            _("Since"),
            value=max(earliest, today - _A_MONTH),
            min_value=None,
            max_value=today,
            key="why-since",
            width=200,
            help=hint("since"),
        )
        if not isinstance(since, date):
            return
        effects = _draw_scenario(workspace, goal, today)
        try:
            change = workspace.forecasts.why_moved(workspace.planning.goal(goal.id), since, today, effects)
        except PlanningError as error:
            st.info(f"{plain(error.message)} {plain(error.hint)}", icon=":material/info:")
            return
        st.markdown(
            plain(
                text(
                    "On {since} the target was {before} likely, today it is {after}.",
                    since=since,
                    before=percent(change.before),
                    after=percent(change.after),
                )
            )
        )
        parts = (
            (text("Then"), percent(change.before)),
            (text("Time passed"), _points(change.passed_time)),
            (text("New data and events"), _points(change.new_data)),
            (text("Target, measure or deadline changed"), _points(change.changed_target)),
            (text("Scenario changed"), _points(change.changed_scenario)),
            (text("Now"), percent(change.after)),
        )
        draw_table(
            TableBlock(
                columns=(
                    TableColumn(name="part", label=text("What")),
                    TableColumn(name="points", label=text("Probability")),
                ),
                rows=parts,
            )
        )
        if begun > since:
            st.caption(str(text("The goal did not exist then; it is taken as it was first saved on {day}.", day=begun)))


def _draw_scenario(workspace: Workspace, goal: Goal, today: date) -> tuple[Effect, ...]:
    """What the scenario that is counted on by now does to the goal's KPI; nothing where none is chosen."""
    kept = {one.id: one.scenario.name for one in workspace.what_if.scenarios()}
    if not kept or not goal.series:
        return ()
    chosen = st.selectbox(
        _("Scenario that is counted on by now"),
        ["", *kept],
        format_func=lambda one: kept[one] if one else _("none: the team as it is"),
        key=f"why-scenario-{goal.id}",
        width=420,
        help=hint("why_scenario"),
    )
    if not chosen:
        return ()
    effects = workspace.what_if.goals.effects_in(Parameters(scenario=chosen), SeriesKey.parse(goal.series), today)
    if not effects:
        st.caption(_("This scenario does not move the KPI of this goal."))
    return effects


def _points(share: float) -> Text:
    return text("{points}", points=Points(points=100 * share, signed=True))


@st.fragment
def draw_together(workspace: Workspace, goal: Goal, today: date) -> None:
    """How likely it is that several goals are all reached, and that at least one is."""
    under_way = workspace.planning.under_way(today)
    goals = {one.id: one for one in under_way if one.series and one.primary is not None and one.deadline}
    if len(goals) < 2:
        return
    st.subheader(_("Several goals at once"), anchor=False)
    with st.container(key="together"):
        chosen = st.multiselect(
            _("Goals"),
            list(goals),
            default=[goal.id] if goal.id in goals else [],
            format_func=lambda chosen: str(called(goals[chosen])),
            placeholder=_("Choose two or more"),
            key=f"together-{goal.id}",
            help=hint("together"),
        )
        if len(chosen) < 2:
            st.caption(_("Choose two or more goals to see how likely they are together."))
            return
        try:
            found = workspace.together.of([goals[one] for one in chosen], today)
        except PlanningError as error:
            draw_error(error)
            return
        with st.container(horizontal=True, gap="large"):
            st.metric(_("All of them"), percent(found.joint.all), width="content", help=why.of("joint"))
            st.metric(_("At least one"), percent(found.joint.any), width="content", help=why.of("joint"))
        for one, chance in found.goals:
            st.markdown(f"- {plain(title_of(one))}: {percent(chance)}")
        tied = found.tied or text("Nothing in the past says that their KPIs go together.")
        st.caption(
            f"{_('Goals on one KPI are judged on the same futures, those on different KPIs as these moved together before.')} "
            f"{plain(tied)}"
        )

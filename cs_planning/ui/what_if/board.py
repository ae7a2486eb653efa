"""The what-if: the scenario on the left, what comes of it on the right, the team that it is tried on below."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import count

import streamlit as st

from cs_planning.automation.scenarios.outcome import Clock
from cs_planning.automation.scenarios.scenario import Scenario
from cs_planning.automation.team.operation import Operation
from cs_planning.language import gettext as _
from cs_planning.notebook.blocks.outcome_charts import frontier
from cs_planning.ui import session
from cs_planning.ui.parts.addressed import say_if_gone
from cs_planning.ui.parts.drawing import draw_chart, plain
from cs_planning.ui.what_if.answers.answer import choose_channel, choose_clock, draw_answer, draw_everything
from cs_planning.ui.what_if.answers.goals import draw_goals
from cs_planning.ui.what_if.answers.matters import draw_what_matters
from cs_planning.ui.what_if.answers.reality import draw_reality
from cs_planning.ui.what_if.scenario.keeping import NOTHING, OPENED, ScenarioForm, draw_keeping
from cs_planning.ui.what_if.scenario.levers import draw_levers, levers_as_they_stand
from cs_planning.ui.what_if.scenario.opened import open_scenario, open_team
from cs_planning.ui.what_if.team.form import Team, draw_team
from cs_planning.workspace import Workspace
from cs_planning.workspace.scenarios.kept.kept_scenarios import SavedScenario, SavedTeam, is_reserved
from cs_planning.workspace.scenarios.told.absent_channels import working
from cs_planning.workspace.words.fields import hint

_FORM = "what-if"
_NUMBERS = "what-if-numbers"
_BELOW = "what-if-below"
_LEAVING_SECONDS = 0.02
"""In which the server sends the numbers: whoever computes keeps the interpreter from it."""


def draw(workspace: Workspace, today: date) -> None:
    """The whole board.

    A slider that moves draws the numbers and what stands below them, one after the other, and nothing else: neither the
    levers nor the team, which it can't change.  Any other field draws the board, with the team as it was drawn last.
    """
    opened = open_team(workspace)
    kept = opened.operation
    board = st.container()
    with st.expander(_("The team as it is"), icon=":material/groups:", expanded=kept is None, key=f"{_FORM}-team-box"):
        team = draw_team(workspace, kept)
    with board:
        _board(workspace, team, opened, workspace.what_if.scenarios(), today)


@st.fragment
@session.in_one_run
def _board(workspace: Workspace, team: Team | None, opened: SavedTeam, saved: Sequence[SavedScenario], today: date) -> None:
    kept = opened.operation
    left, right = st.columns([4, 6], gap="large")
    answers = team is not None and team.usable
    with left:
        chosen = _draw_choice(saved)
        draw_levers(chosen, team.operation if team else kept, _moved if answers else None)
    with right:
        if team is None:
            st.info(_("Complete the team below; the answer appears here."), icon=":material/arrow_downward:")
            return
        name = _draw_name(chosen, saved)
        if not team.usable:
            _draw_refusal(workspace, team)
            return
        tried = _Tried(team.operation, _free_name(name), chosen, choose_channel(team.operation))
        numbers = st.container()
        clock = choose_clock()
        with numbers:
            _draw_numbers(workspace, tried, clock)
        _draw_below(workspace, tried, clock, today)
        if chosen is not None:
            draw_reality(workspace, chosen, today)
        draw_keeping(workspace, ScenarioForm(team.operation, opened, tried.scenario(), chosen))


@dataclass(frozen=True)
class _Tried:
    """What is tried on which team.

    Attributes:
        operation: the team.
        name: of the scenario.
        chosen: the kept scenario whose levers were opened; None for a new one.
        channel: whose times are shown.
    """

    operation: Operation
    name: str
    chosen: SavedScenario | None
    channel: int | None

    def scenario(self) -> Scenario:
        """With the levers as they stand at this moment."""
        return Scenario(name=self.name, levers=levers_as_they_stand(self.chosen, self.operation))

    def working(self) -> Scenario:
        """What of it works on this team: a lever for a channel that the team does not have does nothing."""
        return working(self.scenario(), self.operation)


def _moved() -> None:
    """A slider was moved: the numbers first, then what stands below them."""
    st.rerun([_NUMBERS, _BELOW])


@st.fragment(key=_NUMBERS)
@session.in_one_run
def _draw_numbers(workspace: Workspace, tried: _Tried, clock: Clock) -> None:
    scenario = tried.working()
    found = workspace.what_if.simulated(tried.operation, scenario)
    draw_answer(tried.operation, scenario, found, clock, tried.channel)
    for words in workspace.what_if.data.unlike(tried.operation, found.as_is):
        st.markdown(f":orange[:material/warning:] {plain(words)}")
    time.sleep(_LEAVING_SECONDS)


@st.fragment(key=_BELOW)
@session.in_one_run
def _draw_below(workspace: Workspace, tried: _Tried, clock: Clock, today: date) -> None:
    """Only the tab that is open is computed."""
    operation, scenario, channel = tried.operation, tried.working(), tried.channel
    names = (_("Time against cost"), _("Goals"), _("What matters most"), _("All figures"))
    against, goals, matters, everything = st.tabs(names, on_change="rerun", key="what-if-views")
    if against.open:
        with against:
            _draw_frontier(workspace, operation, scenario, channel)
    if goals.open:
        with goals:
            draw_goals(workspace, operation, scenario, today, clock)
    if matters.open:
        with matters:
            draw_what_matters(workspace, operation, scenario)
    if everything.open:
        with everything:
            draw_everything(operation, workspace.what_if.simulated(operation, scenario), scenario, channel)


def _draw_choice(saved: Sequence[SavedScenario]) -> SavedScenario | None:
    names = {one.id: one.scenario.name for one in saved}
    say_if_gone("scenario", names.values())
    if not saved:
        return None
    opened = session.kept(OPENED)
    if opened in names or opened == NOTHING:
        drawn_before = session.widget_value("scenario", NOTHING) != NOTHING
        session.set_widget("scenario", opened or None)
        if opened and not drawn_before:
            st.query_params["scenario"] = names[opened]  # a field that is drawn for the first time does not write it
    session.forget(OPENED)
    chosen = st.selectbox(
        _("Start from"),
        list(names),
        index=None,
        format_func=lambda chosen: names[chosen],
        placeholder=_("A new scenario"),
        key="scenario",
        bind="query-params",
        help=hint("scenario_from"),
    )
    newest = next((one for one in saved if one.id == chosen), None)
    return None if newest is None else open_scenario(newest)


def _draw_name(chosen: SavedScenario | None, saved: Sequence[SavedScenario]) -> str:
    start = chosen.scenario.name if chosen else _new_name({one.scenario.name for one in saved})
    typed = st.text_input(
        _("Name of the scenario"),
        start,
        max_chars=120,
        key=f"{_FORM}-{chosen.id if chosen else 'new'}-name",
        help=hint("scenario_name"),
    )
    return (typed or "").strip() or start


def _new_name(taken: set[str]) -> str:
    """A name that no kept scenario has."""
    first = _("Chatbot")
    return next(name for number in count(1) if (name := first if number == 1 else f"{first} {number}") not in taken)


def _free_name(name: str) -> str:
    """“As is” is always there under its own name."""
    return f"{name} +" if is_reserved(name) else name


def _draw_refusal(workspace: Workspace, team: Team) -> None:
    st.error(
        _(
            "The model does not describe this team yet, so it can't tell what a lever would do. "
            "The reasons stand under “The team as it is” below. Check agents, handle time and opening hours, "
            "or switch the calibration off to look at differences only."
        ),
        icon=":material/block:",
    )
    draw_everything(team.operation, workspace.what_if.simulated(team.operation), None, team.operation.leading_channel)


def _draw_frontier(workspace: Workspace, operation: Operation, scenario: Scenario, channel: int | None) -> None:
    made = workspace.what_if.frontier_of(operation, scenario, channel)
    draw_chart(frontier(made.title, made.points, kpi=made.kpi, cost_kpi=made.cost_kpi), "what-if-frontier")
    st.caption(
        _(
            "Each line: more or fewer people, from 80 % to 130 % of the roster. "
            "Grey: the team as it is; blue: with the scenario. "
            "Diamonds are published claims, not results; their sources stand in the table."
        )
    )

"""The plan for the leadership: all running goals by chance and money, what changed, and what would move it most."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import streamlit as st

from cs_planning.goals.title import called
from cs_planning.language import Money, listed, ntext, shown_number, text
from cs_planning.language import gettext as _
from cs_planning.ui import shell
from cs_planning.ui.goals import all_goals
from cs_planning.ui.parts import why
from cs_planning.ui.parts.drawing import TYPE_ICONS, percent, plain
from cs_planning.workspace import Workspace
from cs_planning.workspace.following.standings import GoalStanding
from cs_planning.workspace.leading.leadership import LeaderLine, LeaderView
from cs_planning.workspace.leading.moves import PlanMove

_SHOWN_GOALS = 20
_SHOWN_CHANGES = 8


def draw_plan(workspace: Workspace, view: LeaderView) -> None:
    """The chance of the plan, and the money that it is about."""
    st.subheader(_("The plan as a whole"), anchor=False)
    all_goals.draw_plan(view.plan, view.brief.running)
    if not view.lines:
        st.caption(_("No goal is running."))
        return
    plan = view.plan
    if sum(line.standing.report.probability is not None for line in view.lines) == 1:
        st.caption(_("Two running goals with a number make a plan that has a chance of its own; one goal has its own below."))
    with st.container(horizontal=True, gap="large", key="leading-figures"):
        if plan is not None:
            st.metric(_("All goals reached"), percent(plan.all), width="content", help=why.of("joint"))
            expected = str(text("{expected} of {goals}", expected=shown_number(plan.expected, 1), goals=plan.goals))
            st.metric(_("Reached on average"), expected, width="content", help=why.of("joint"))
        if view.priced:
            code = workspace.money.currency.code
            at_stake, reached = (Money(amount=one, currency=code) for one in (view.at_stake, view.expected))
            goals = (text("Goals with an amount and a chance"), text("{count}", count=view.priced))
            st.metric(
                _("Money at stake"),
                str(text("{amount}", amount=at_stake)),
                width="content",
                help=why.of("money_at_stake", goals),
            )
            st.metric(
                _("Reached of it on average"),
                str(text("{amount}", amount=reached)),
                width="content",
                help=why.of("money_at_risk", goals),
            )


def draw_changes(view: LeaderView) -> None:
    """What changed since the last quarterly review."""
    st.subheader(str(text("What changed since {day}", day=view.since)), anchor=False)
    if not view.changes:
        st.caption(_("Nothing worth a word: no goal ended or began, none moved by five points."))
    for words in view.changes[:_SHOWN_CHANGES]:
        st.markdown(f"- {plain(words)}")
    more = len(view.changes) - _SHOWN_CHANGES
    if more > 0:
        st.caption(str(ntext("and {count} more on the Review page", "and {count} more on the Review page", more)))


def draw_goals(workspace: Workspace, view: LeaderView) -> Sequence[GoalStanding]:
    """Every running goal: most money at risk first, then the least likely; gives the ones shown."""
    shown = view.lines[:_SHOWN_GOALS]
    if not shown:
        return ()
    st.subheader(_("All goals, by money at risk and by chance"), anchor=False)
    code = workspace.money.currency.code
    with st.container(key="leading-goals", gap="small"):
        for line in shown:
            _draw_goal(line, code)
    if len(view.lines) > len(shown):
        more = len(view.lines) - len(shown)
        st.caption(str(ntext("{count} more goal on the page “Goals”.", "{count} more goals on the page “Goals”.", more)))
    why.draw("money_at_stake", "money_at_risk", "probability", "status", key="leading")
    return [line.standing for line in shown]


def _draw_goal(line: LeaderLine, code: str) -> None:
    goal = line.standing.goal
    with st.container(border=True, key=f"leading-{goal.id}"):
        what, stands, likely, money = st.columns([9, 6, 8, 5], vertical_alignment="center")
        with what.container(gap=None):
            st.page_link(
                shell.GOAL,
                label=f"**{plain(called(goal))}**",
                icon=TYPE_ICONS[goal.type],
                query_params={"goal": goal.id},
            )
            st.caption(plain(listed(part for part in (goal.owner, goal.team) if part)) or str(goal.type.label))
        with stands.container(gap=None):
            all_goals.draw_standing(line.standing)
        with likely.container(gap=None):
            all_goals.draw_likelihood(line.standing)
        with money.container(gap=None):
            _draw_money(line, code)
        all_goals.draw_basis(line.standing)


def _draw_money(line: LeaderLine, code: str) -> None:
    if line.stake is None:
        st.caption(_("no amount given"))
        return
    st.markdown(f"**{plain(text('{amount}', amount=Money(amount=line.stake.amount, currency=code)))}**")
    if line.at_risk is not None:
        st.caption(plain(text("{amount} likely missed", amount=Money(amount=line.at_risk, currency=code))))
    st.caption(plain(line.stake.words))


def draw_moves(moves: Sequence[PlanMove]) -> None:
    """The decisions that would move the plan most."""
    st.subheader(_("The decisions that would move it most"), anchor=False, help=why.of("plan_move"))
    if not moves:
        st.caption(_("No nearer target, later deadline or kept scenario would change the plan by a hundredth of a goal."))
        return
    for number, move in enumerate(moves, 1):
        with st.container(border=True, key=f"move-{number}"):
            what, gain, whole = st.columns([6, 3, 4], vertical_alignment="center")
            what.markdown(f"**{shown_number(number, 0)}.** {plain(move.words)}")
            more = text("+{gain} goals on average", gain=shown_number(move.gain, 2))
            gain.markdown(f":material/trending_up: {plain(more)}")
            if move.all_before is not None and move.all_after is not None:
                before, after = percent(move.all_before), percent(move.all_after)
                whole.caption(plain(text("all goals: {before} → {after}", before=before, after=after)))
            if move.scenario:
                whole.page_link(
                    shell.WHAT_IF,
                    label=_("Open the scenario"),
                    icon=":material/tune:",
                    query_params={"scenario": move.scenario},
                )
            elif move.changed is not None:
                whole.page_link(
                    shell.REVIEW,
                    label=_("Re-plan it in the review"),
                    icon=":material/edit_road:",
                    query_params={"cadence": "yearly"},
                )
    st.caption(_("A nearer target or a later deadline asks for less. Which decision is right, no forecast says."))


def refresh(workspace: Workspace, shown: Sequence[GoalStanding], today: date) -> None:
    """Computes probabilities that are not up to date, after the page is drawn."""
    all_goals.draw_refresh(workspace, shown, today)

"""What a scenario does to each goal, and the smallest lever that makes a goal likely enough."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import streamlit as st

from cs_planning.automation.answers.effects import Need, NeededLever
from cs_planning.automation.scenarios.outcome import Clock
from cs_planning.automation.scenarios.scenario import Scenario
from cs_planning.automation.team.operation import Operation
from cs_planning.goals.title import called
from cs_planning.language import Percent, Text, ntext, rounded_whole, text
from cs_planning.language import gettext as _
from cs_planning.ui import shell
from cs_planning.ui.parts import why
from cs_planning.ui.parts.drawing import percent, plain
from cs_planning.workspace import Workspace
from cs_planning.workspace.scenarios.told.goals_moved import GoalEffect, UnmovedGoal
from cs_planning.workspace.words.fields import hint

_PERCENT = 100.0
_MOST_UNMOVED = 4


def draw_goals(workspace: Workspace, operation: Operation, scenario: Scenario, today: date, clock: Clock) -> None:
    """Each goal that the scenario moves, without and with it."""
    effects = workspace.what_if.goals.effects(operation, scenario, today, clock)
    with st.container(key="what-if-goals", gap="small"):
        for effect in effects:
            _draw_effect(effect)
        _draw_unmoved(workspace.what_if.goals.unmoved(operation, scenario, today, clock))
    titles = {effect.goal.id: str(called(effect.goal)) for effect in effects if effect.after < 0.8}
    if titles:
        _draw_search(workspace, operation, scenario, today, clock, titles)


def _draw_unmoved(goals: Sequence[UnmovedGoal]) -> None:
    """The goals that stay as they are, each with its reason, so that nobody looks for them in vain."""
    if not goals:
        return
    st.caption(_("Not moved by this scenario:"))
    for one in goals[:_MOST_UNMOVED]:
        words = text("{goal}: {reason}.", goal=called(one.goal), reason=one.reason)
        st.caption(f":material/block: {plain(words)}")
    if len(goals) > _MOST_UNMOVED:
        st.caption(plain(ntext("… and {count} other goal.", "… and {count} other goals.", len(goals) - _MOST_UNMOVED)))


def _draw_effect(effect: GoalEffect) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.page_link(shell.GOAL, label=plain(called(effect.goal)), query_params={"goal": effect.goal.id})
        points = rounded_whole(_PERCENT * (effect.after - effect.before))
        color = "green" if points > 0 else "red" if points < 0 else "gray"
        st.markdown(
            f"{percent(effect.before)} → **:{color}[{percent(effect.after)}]**",
            width="content",
            help=why.of(
                "probability",
                (text("Without the scenario"), percent(effect.before)),
                (text("With the scenario"), percent(effect.after)),
            ),
        )


def _draw_search(
    workspace: Workspace, operation: Operation, scenario: Scenario, today: date, clock: Clock, titles: dict[str, str]
) -> None:
    """On a button, since it computes some dozens of forecasts."""
    with st.container(horizontal=True, vertical_alignment="bottom", key="what-if-search"):
        wanted = st.selectbox(
            _("What would lift this goal to 80 %?"),
            list(titles),
            format_func=lambda goal: titles.get(goal, ""),
            key="what-if-search-goal",
            help=hint("search_goal"),
        )
        clicked = st.button(_("Find the smallest lever"), icon=":material/search:", key="what-if-search-go")
    if not clicked or wanted is None:
        return
    goal = workspace.planning.goal(wanted)
    with st.spinner(_("Trying containment, people and handle time …")):
        needs = workspace.what_if.goals.smallest_levers(operation, scenario, goal, today, clock)
    for need in needs:
        icon = ":gray[:material/block:]" if need.amount is None else ":green[:material/check_circle:]"
        st.markdown(f"{icon} {plain(_need_words(need))}")


def _need_words(need: Need) -> Text:
    chance = percent(need.probability)
    if need.amount is None:
        return {
            NeededLever.CONTAINMENT: text("A bot alone does not do it: at best {chance}.", chance=chance),
            NeededLever.AGENTS: text("Fewer people alone do not do it: at best {chance}.", chance=chance)
            if need.fewer
            else text("More people alone do not do it: at best {chance}.", chance=chance),
            NeededLever.HANDLE_TIME: text("Shorter contacts alone do not do it: at best {chance}.", chance=chance),
        }[need.lever]
    share = Percent(share=abs(need.amount), digits=1)
    return {
        NeededLever.CONTAINMENT: text("A bot that ends {share} of the contacts: {chance}.", share=share, chance=chance),
        NeededLever.AGENTS: text(
            "{count} fewer people on the queue: {chance}; customers wait longer then.",
            count=abs(rounded_whole(need.amount)),
            chance=chance,
        )
        if need.fewer
        else text("{count} more people on the queue: {chance}.", count=rounded_whole(need.amount), chance=chance),
        NeededLever.HANDLE_TIME: text("Handle time {share} shorter: {chance}.", share=share, chance=chance),
    }[need.lever]

"""Scenarios side by side for a leadership meeting: a sentence each, the figures, the goals."""

from __future__ import annotations

from datetime import date

import streamlit as st

from cs_planning.automation.answers.break_even import break_even_words
from cs_planning.automation.scenarios.outcome import Band, Clock
from cs_planning.errors import PlanningError
from cs_planning.kpis.catalogue import CATALOGUE, Kpi
from cs_planning.kpis.quantity import duration, quantity
from cs_planning.language import Percent, Text, in_words, text
from cs_planning.language import gettext as _
from cs_planning.notebook.blocks.block import Column, Table, Words
from cs_planning.notebook.blocks.outcome_charts import comparison
from cs_planning.ui import session, shell
from cs_planning.ui.parts import why
from cs_planning.ui.parts.drawing import draw_chart, draw_error, draw_table, percent, plain
from cs_planning.ui.what_if.answers.answer import BREAK_EVEN, WHAT_IF_FIGURES, payback_words, present_value_name, with_range
from cs_planning.workspace import Workspace
from cs_planning.workspace.scenarios.compare import MOST_SCENARIOS, ComparedScenario, SideBySide, side_by_side
from cs_planning.workspace.words.fields import hint

_PERCENT = 100.0
_CHARTED = ("mean_wait", "cost_per_month", "service_level")
_FIRST = 3
_KEY = "scenarios"


def draw(workspace: Workspace, today: date) -> None:
    """The choice of scenarios and what they come to."""
    saved = workspace.what_if.scenarios()
    if not saved or workspace.what_if.operation() is None:
        _draw_empty()
        return
    names = {one.id: one.scenario.name for one in saved}
    asked = st.query_params.get_all(_KEY)
    if session.widget_value(_KEY) is None:
        known = [one for one in dict.fromkeys(asked) if one in names][:MOST_SCENARIOS]
        session.set_widget(_KEY, known if asked else list(names)[:_FIRST])
    chosen = st.multiselect(
        _("Scenarios, beside the team as it is"),
        list(names),
        format_func=lambda chosen: names.get(chosen, ""),
        max_selections=MOST_SCENARIOS,
        placeholder=_("Choose two to four"),
        key=_KEY,
        help=hint("compare"),
    )
    if list(chosen) != [one for one in asked if one in names]:
        st.query_params[_KEY] = list(chosen)
    gone = [one for one in asked if one not in names]
    if gone:
        st.warning(_("A scenario of this address is not kept any longer; the others are shown."), icon=":material/help:")
    if not chosen:
        st.info(_("Choose the scenarios to compare; the team as it is stands beside them."), icon=":material/arrow_upward:")
        return
    try:
        found = side_by_side(workspace.what_if, workspace.planning, chosen, today)
    except PlanningError as error:
        draw_error(error)
        return
    if found.usual is not None:
        st.markdown(f":orange[:material/help_center:] {plain(found.usual)}")
    _draw_sentences(found)
    draw_table(_table(found), scrolls=False)
    st.caption(_("Medians; in brackets the range that holds 80 of 100 draws of what is not known for certain."))
    why.draw("probability", *WHAT_IF_FIGURES, key="compare")
    _draw_charts(found)
    _draw_warnings(found)


def _draw_empty() -> None:
    st.info(
        _(
            "Nothing to compare yet. Describe the team on the What-if page, try a lever, and keep it as a scenario; "
            "two to four kept scenarios stand here side by side with the team as it is."
        ),
        icon=":material/compare_arrows:",
    )
    st.page_link(shell.WHAT_IF, label=_("Try a what-if"), icon=":material/tune:")


def _draw_sentences(found: SideBySide) -> None:
    """One card a scenario: its name, what it means, and what leadership asks first."""
    with st.container(key="compare-sentences"):
        for column, one in zip(st.columns(len(found.scenarios), border=True), found.scenarios, strict=True):
            with column:
                st.markdown(f"**{plain(one.name)}**")
                _draw_wait(one, found.scenarios[0], found.leading_channel)
                st.markdown(plain(one.sentence))
                if one.id:
                    st.page_link(
                        shell.WHAT_IF, label=_("Open this scenario"), icon=":material/tune:", query_params={"scenario": one.id}
                    )


def _draw_wait(one: ComparedScenario, as_is: ComparedScenario, place: int | None) -> None:
    wait, before = (chosen.outcome.response_seconds(Clock.HANDOVER, place).median for chosen in (one, as_is))
    shown, was = duration(wait), duration(before)
    same = str(shown) == str(was)
    channel = None if place is None else one.outcome.channels[place].name
    st.metric(
        _("Mean wait") if channel is None else str(text("{channel}: {figure}", channel=channel, figure=text("wait"))),
        str(shown),
        None if same else in_words(Percent(share=wait / max(before, 1e-9) - 1, signed=True)),
        delta_color="off" if same else "inverse",
        help=why.of("wait", (text("As it is"), was)),
    )


def _table(found: SideBySide) -> Table:
    seconds, share = CATALOGUE["asa_mean"], CATALOGUE["service_level"]
    outcomes = [one.outcome for one in found.scenarios]

    def row(name: Text, kpi: Kpi, bands: list[Band], factor: float = 1.0) -> tuple[Words, ...]:
        return (name, *(with_range(band, kpi, factor) for band in bands))

    goals: list[tuple[Words, ...]] = [
        (
            text("Goal: {title}", title=goal.title or text("untitled")),
            *(percent(one.probabilities[place]) for one in found.scenarios),
        )
        for place, goal in enumerate(found.goals)
    ]
    waits = [row(text("Mean wait for a person"), seconds, [one.mean_wait_seconds for one in outcomes])]
    levels = [row(text("Service level"), share, [one.service_level for one in outcomes], _PERCENT)]
    if outcomes[0].mixes_waits:
        waits = [
            row(
                text("{channel}: {figure}", channel=channel.name, figure=text("wait")),
                seconds,
                [one.channels[place].mean_wait_seconds for one in outcomes],
            )
            for place, channel in enumerate(outcomes[0].channels)
            if channel.has_people
        ]
        levels = [
            row(
                text("{channel}: {figure}", channel=channel.name, figure=text("service level")),
                share,
                [one.channels[place].service_level for one in outcomes],
                _PERCENT,
            )
            for place, channel in enumerate(outcomes[0].channels)
            if channel.has_people
        ]
    rows: tuple[tuple[Words, ...], ...] = (
        *goals,
        *waits,
        *levels,
        (text("Chance of the service target"), *(percent(one.probability_target_met or 0.0) for one in outcomes)),
        row(text("Abandonment"), share, [one.abandonment_rate for one in outcomes], _PERCENT),
        row(text("Occupancy"), share, [one.occupancy for one in outcomes], _PERCENT),
        row(text("Cost a month"), found.cost, [one.cost_per_month for one in outcomes]),
        row(text("Cost per resolved issue"), found.contact_cost, [one.cost_per_resolved for one in outcomes]),
        (
            text("Paid back after"),
            *(_after_first(place, payback_words(one, found.horizon_months)) for place, one in enumerate(outcomes)),
        ),
        (
            present_value_name(found.horizon_months),
            *(_after_first(place, quantity(one.net_present_value, found.cost)) for place, one in enumerate(outcomes)),
        ),
    )
    if any(one.break_even for one in found.scenarios):
        words = (break_even_words(one.break_even) for one in found.scenarios)
        rows = (*rows, (BREAK_EVEN, *(_after_first(place, told) for place, told in enumerate(words))))
    columns = [Column(name=f"scenario{place}", label=one.name) for place, one in enumerate(found.scenarios)]
    return Table(columns=(Column(name="figure", label=""), *columns), rows=rows)


def _after_first(place: int, words: Text) -> Words:
    return "–" if place == 0 else words


def _draw_charts(found: SideBySide) -> None:
    figures = {figure.id: figure for figure in found.figures}
    for name in _CHARTED:
        figure = figures[name]
        draw_chart(comparison(figure.title, figure.bars, figure.kpi), f"compare-{name}")


def _draw_warnings(found: SideBySide) -> None:
    for one in found.scenarios:
        for warning in dict.fromkeys(str(warning) for warning in one.outcome.warnings):
            told = text("{name}: {warning}", name=one.name, warning=warning)
            st.caption(f":orange[:material/warning:] {plain(told)}")

"""Scenarios side by side for a leadership meeting: a sentence each, the figures, the goals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import streamlit as st

from cs_planning.automation.answers.break_even import break_even_words
from cs_planning.automation.scenarios.outcome import Band, Clock
from cs_planning.errors import PlanningError
from cs_planning.goals.title import title_of
from cs_planning.kpis.catalogue import CATALOGUE, Kpi
from cs_planning.kpis.quantity import duration, quantity
from cs_planning.language import Percent, Text, in_words, text
from cs_planning.language import gettext as _
from cs_planning.notebook.blocks.block import TableBlock, TableColumn, Words
from cs_planning.notebook.blocks.outcome_charts import comparison
from cs_planning.ui import session, shell
from cs_planning.ui.parts import why
from cs_planning.ui.parts.drawing import draw_chart, draw_error, draw_table, percent, plain
from cs_planning.ui.what_if.answers.answer import (
    BREAK_EVEN,
    CLOCK_FIGURES,
    WHAT_IF_FIGURES,
    choose_channel,
    payback_words,
    present_value_name,
    with_range,
)
from cs_planning.workspace import Workspace
from cs_planning.workspace.scenarios.compare import MOST_SCENARIOS, ComparedScenario, SideBySide, side_by_side
from cs_planning.workspace.scenarios.told.figures import named
from cs_planning.workspace.words.fields import hint

_PERCENT = 100.0
_CHARTED = ("until_person", "until_solution", "mean_wait", "cost_per_month", "service_level")
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
        session.set_widget(_KEY, _asked_for(asked, names))
    chosen = st.multiselect(
        _("Scenarios, beside the team as it is"),
        list(names),
        format_func=lambda chosen: names.get(chosen, ""),
        max_selections=MOST_SCENARIOS,
        placeholder=_("Choose two to four"),
        key=_KEY,
        help=hint("compare"),
    )
    if list(chosen) != _asked_for(asked, names):
        st.query_params[_KEY] = list(chosen)  # only a choice is written: what nobody asked for would take the way back
    gone = [one for one in asked if one not in names]
    if gone:
        st.warning(_("A scenario of this address is not kept any longer; the others are shown."), icon=":material/help:")
    if not chosen:
        st.info(_("Choose the scenarios to compare; the team as it is stands beside them."), icon=":material/arrow_upward:")
        return
    place = choose_channel(workspace.what_if.described())
    try:
        found = side_by_side(workspace.what_if, workspace.planning, chosen, today, place)
    except PlanningError as error:
        draw_error(error)
        return
    for words in found.not_computed:
        st.warning(
            f"{plain(words)} {_('Open it on the What-if page and change where the lever works, or put it away.')}",
            icon=":material/link_off:",
        )
    if found.usual is not None:
        st.markdown(f":orange[:material/help_center:] {plain(found.usual)}")
    _draw_sentences(found)
    draw_table(_table(found), scrolls=False)
    st.caption(_("Medians; in brackets the range that holds 80 of 100 draws of what is not known for certain."))
    why.draw("probability", *WHAT_IF_FIGURES, key="compare")
    _draw_charts(found)
    _draw_warnings(found)


def _asked_for(asked: Sequence[str], names: Mapping[str, str]) -> list[str]:
    """The scenarios of the address; the first ones where it names none."""
    if not asked:
        return list(names)[:_FIRST]
    return [one for one in dict.fromkeys(asked) if one in names][:MOST_SCENARIOS]


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
                for clock in _clock_names():
                    _draw_wait(one, found.scenarios[0], clock, found)
                st.markdown(plain(one.sentence))
                if one.id:
                    named = {"scenario": str(one.name)}
                    st.page_link(shell.WHAT_IF, label=_("Open this scenario"), icon=":material/tune:", query_params=named)


def _draw_wait(one: ComparedScenario, as_is: ComparedScenario, clock: Clock, found: SideBySide) -> None:
    wait, before = (chosen.outcome.response_seconds(clock, found.channel).median for chosen in (one, as_is))
    shown, was = duration(wait), duration(before)
    same = str(shown) == str(was)
    st.metric(
        str(named(found.operation, _clock_names()[clock], found.channel)),
        str(shown),
        None if same else in_words(Percent(share=wait / max(before, 1e-9) - 1, signed=True)),
        delta_color="off" if same else "inverse",
        help=why.of(CLOCK_FIGURES[clock], (text("As it is"), was)),
    )


def _clock_names() -> dict[Clock, Text]:
    return {
        Clock.PERSON: text("Until a person"),
        Clock.RESOLUTION: text("Until the solution"),
        Clock.HANDOVER: text("Mean wait"),
    }


def _table(found: SideBySide) -> TableBlock:
    outcomes = [one.outcome for one in found.scenarios]

    def team(name: Text) -> Text:
        return named(found.operation, name)

    goals: list[tuple[Words, ...]] = [
        (
            text("Goal: {title}", title=title_of(goal) or text("untitled")),
            *(percent(one.probabilities[place]) for one in found.scenarios),
        )
        for place, goal in enumerate(found.goals)
    ]
    others = [place for place, channel in enumerate(found.operation.channels) if channel.has_people and place != found.channel]
    rows: tuple[tuple[Words, ...], ...] = (
        *goals,
        *_of_channel(found, found.channel),
        *(line for place in (others if found.channel is not None else []) for line in _of_channel(found, place)),
        _row(team(text("Cost a month")), found.cost, [one.cost_per_month for one in outcomes]),
        _row(team(text("Cost per resolved issue")), found.contact_cost, [one.cost_per_resolved for one in outcomes]),
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
    columns = [TableColumn(name=f"scenario{place}", label=one.name) for place, one in enumerate(found.scenarios)]
    return TableBlock(columns=(TableColumn(name="figure", label=""), *columns), rows=rows)


def _of_channel(found: SideBySide, place: int | None) -> list[tuple[Words, ...]]:
    """Times, shares and the chance of the target of one channel, or of all together, named as on the What-if page."""
    seconds, share = CATALOGUE["asa_mean"], CATALOGUE["service_level"]
    outcomes = [one.outcome for one in found.scenarios]
    draws = [one.draws_of(place) for one in outcomes]
    chances = [(one if place is None else one.channels[place]).probability_target_met for one in outcomes]

    def name(figure: Text) -> Text:
        return named(found.operation, figure, place)

    return [
        *(
            _row(name(told), seconds, [one.response_seconds(clock, place) for one in outcomes])
            for clock, told in _clock_names().items()
        ),
        _row(name(text("Service level")), share, [Band.of(one.service_level) for one in draws], _PERCENT),
        (name(text("Chance of target")), *(percent(chance or 0.0) for chance in chances)),
        _row(name(text("Abandonment")), share, [Band.of(one.abandonment_rate) for one in draws], _PERCENT),
        _row(name(text("Occupancy")), share, [Band.of(one.occupancy) for one in draws], _PERCENT),
    ]


def _row(name: Text, kpi: Kpi, bands: list[Band], factor: float = 1.0) -> tuple[Words, ...]:
    return (name, *(with_range(band, kpi, factor) for band in bands))


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

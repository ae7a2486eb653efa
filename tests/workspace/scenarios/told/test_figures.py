"""The figures of scenarios on a goal page."""

import pytest

from cs_planning.automation.scenarios.outcome import Clock
from cs_planning.automation.scenarios.scenario import simulate
from cs_planning.kpis.catalogue import CATALOGUE
from cs_planning.notebook.blocks.outcome_charts import Bar
from cs_planning.notebook.kinds.scenario import _written
from cs_planning.workspace.scenarios.told.figures import figures_of
from tests.automation.builders import a_bot, a_team, three_channels


def test_where_channels_wait_for_different_things_the_leading_one_speaks_for_itself():
    team = three_channels()
    outcomes = simulate(team, [a_bot()], draws=64).outcomes
    figures = {one.id: one for one in figures_of(team, outcomes)}
    phone = [outcome.channels[0] for outcome in outcomes]
    assert [bar.value for bar in figures["service_level"].bars] == [100 * one.service_level.median for one in phone]
    assert [bar.value for bar in figures["abandonment_rate"].bars] == [100 * one.abandonment_rate.median for one in phone]
    for name in ("service_level", "abandonment_rate", "occupancy", "mean_wait", "until_person", "until_solution"):
        assert str(figures[name].title).startswith("Phone: ")
    for name in ("cost_per_month", "cost_per_contact", "contacts_handled"):
        assert str(figures[name].title).startswith("Whole team: ")


def test_both_clocks_of_the_customer_and_the_cost_stand_first():
    team = a_team()
    outcomes = simulate(team, [a_bot()], draws=64).outcomes
    found = figures_of(team, outcomes)
    assert [one.id for one in found[:3]] == ["until_person", "until_solution", "cost_per_month"]
    assert [bar.value for bar in found[1].bars] == [one.response_seconds(Clock.RESOLUTION).median for one in outcomes]


def test_a_chosen_channel_speaks_in_place_of_the_leading_one():
    team = three_channels()
    outcomes = simulate(team, [a_bot()], draws=64).outcomes
    chat = {one.id: one for one in figures_of(team, outcomes, 1)}
    assert str(chat["mean_wait"].title).startswith("Chat: ")
    assert chat["mean_wait"].bars[0].value == outcomes[0].channels[1].mean_wait_seconds.median


def test_the_time_until_a_person_holds_what_the_bot_takes():
    team = a_team()
    outcomes = simulate(team, [a_bot()], draws=64).outcomes
    figures = {one.id: [bar.value for bar in one.bars] for one in figures_of(team, outcomes)}
    assert figures["until_person"] == [one.response_seconds(Clock.PERSON).median for one in outcomes]
    assert figures["until_person"][1] > figures["mean_wait"][1] + 10
    assert figures["until_person"][0] == pytest.approx(figures["mean_wait"][0])


@pytest.mark.parametrize(("value", "word"), [(68.64, ""), (71.0, " (better)"), (60.0, " (worse)")])
def test_nothing_is_called_better_that_reads_the_same(value, word):
    first = Bar("as it is", 68.61, 68.61, 68.61)
    shown = str(_written(Bar("x", value, value, value), first, CATALOGUE["service_level"]))
    assert shown == f"{value:.1f}".removesuffix(".0") + f" %{word}"

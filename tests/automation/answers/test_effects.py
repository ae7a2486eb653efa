from datetime import date
from typing import Any, TypeVar

import numpy as np
import pytest

from cs_planning.automation.answers.effects import NeededLever, effects_on, smallest_lever
from cs_planning.automation.levers.demand import ChatbotLever
from cs_planning.automation.levers.people import StaffingLever
from cs_planning.automation.scenarios.outcome import Clock
from cs_planning.automation.scenarios.scenario import Scenario, simulate
from cs_planning.forecasting.answers.effects import EffectKind
from tests.automation.builders import a_bot, a_team, three_channels

T = TypeVar("T")

TODAY = date(2026, 3, 17)
BOT = a_bot(containment=0.3)


@pytest.fixture(scope="module")
def comparison():
    return simulate(a_team(), [BOT], draws=64)


@pytest.mark.parametrize(
    ("kpi", "kind", "better"),
    [
        ("asa_mean", EffectKind.RATIO, -1),
        ("frt_median", EffectKind.RATIO, -1),
        ("service_level", EffectKind.LOGIT_SHIFT, 1),
        ("abandonment_rate", EffectKind.LOGIT_SHIFT, -1),
        ("completion_rate", EffectKind.LOGIT_SHIFT, 1),
        ("occupancy", EffectKind.LOGIT_SHIFT, -1),
        ("aht_mean", EffectKind.RATIO, 1),
        ("handled_volume", EffectKind.RATIO, -1),
        ("service_cost", EffectKind.RATIO, 1),
        ("cost_per_contact", EffectKind.RATIO, 1),
    ],
)
def test_a_bot_moves_each_kpi_in_its_direction(comparison, kpi, kind, better):
    effect = effects_on(comparison, BOT, kpi, today=TODAY)
    assert effect.kpi == kpi
    assert effect.kind is kind
    assert np.shape(effect.amount) == (64,)
    size = np.median(effect.amount) - (1 if kind is EffectKind.RATIO else 0)
    assert np.sign(size) == better


def test_the_size_is_that_of_the_two_outcomes(comparison):
    before, after = comparison.as_is.draws, comparison.outcome("bot").draws
    shift = np.array(effects_on(comparison, BOT, "service_level", today=TODAY).amount)
    odds = before.service_level / (1 - before.service_level) * np.exp(shift)
    np.testing.assert_allclose(odds / (1 + odds), after.service_level, rtol=1e-3)
    ratio = np.array(effects_on(comparison, BOT, "service_cost", today=TODAY).amount)
    np.testing.assert_allclose(before.cost_per_month * ratio, after.cost_per_month)


def test_a_kpi_of_one_channel_follows_that_channel_alone():
    """Telephone, chat and e-mail; the bot answers e-mail only."""
    bot = Scenario(name="bot", levers=(ChatbotLever(containment=0.3, channels=("email",)),))
    found = simulate(three_channels(), [bot], draws=16)
    for kpi in ("asa_mean", "service_level", "abandonment_rate", "aht_mean", "contact_volume"):
        assert effects_on(found, bot, kpi, today=TODAY, channel=0) is None
    before, after = (outcome.channels[2].draws.wait for outcome in found.outcomes)
    effect = effects_on(found, bot, "frt_mean", today=TODAY, channel=2)
    np.testing.assert_allclose(before * np.array(effect.amount), after)
    whole = effects_on(found, bot, "service_cost", today=TODAY)
    assert effects_on(found, bot, "service_cost", today=TODAY, channel=0) == whole


def _only(kind: type[T], needed) -> T:
    """The one lever of what is needed."""
    (lever,) = needed.scenario.levers
    assert isinstance(lever, kind)
    return lever


def test_a_goal_on_cost_asks_how_many_people_fewer():
    def cheap(scenario):
        return min(1.0, -sum(lever.agents_change for lever in scenario.levers) / 5)

    need = smallest_lever(NeededLever.AGENTS, Scenario(name="x"), cheap, fewer=True, most=9)
    assert need.amount == -4
    assert _only(StaffingLever, need).agents_change == -4
    assert smallest_lever(NeededLever.AGENTS, Scenario(name="x"), cheap, fewer=True, most=3).amount is None
    assert not smallest_lever(NeededLever.CONTAINMENT, Scenario(name="x"), lambda _: 0.5, fewer=True).fewer


def test_the_smallest_lever_works_on_the_channel_of_the_goal():
    def people_on_chat(scenario):
        return min(1.0, sum(lever.agents_change for lever in scenario.levers if lever.channels == ("chat",)) / 4)

    need = smallest_lever(NeededLever.AGENTS, Scenario(name="x"), people_on_chat, channels=("chat",))
    assert need.amount == 4


def test_what_a_queue_does_not_touch_is_left_alone(comparison):
    assert effects_on(comparison, BOT, "nps", today=TODAY) is None
    assert effects_on(comparison, Scenario(name="bot"), "service_level", today=TODAY) is None
    nothing = Scenario(name="none", levers=(StaffingLever(),))
    assert effects_on(simulate(a_team(), [nothing], draws=16), nothing, "service_level", today=TODAY) is None


def test_a_first_answer_of_the_bot_shows_only_by_its_own_clock(comparison):
    people, bot = (
        np.median(effects_on(comparison, BOT, "frt_mean", today=TODAY, clock=clock).amount)
        for clock in (Clock.HANDOVER, Clock.FIRST_CONTACT)
    )
    assert bot != pytest.approx(people)


def test_the_course_begins_with_the_first_lever_and_ends_with_the_last():
    levers = (
        ChatbotLever(containment=0.3, start_month=date(2026, 5, 20), ramp_months=4),
        StaffingLever(agents_change=-1, start_month=date(2026, 8, 1), ramp_months=3),
    )
    both = Scenario(name="both", levers=levers)
    effect = effects_on(simulate(a_team(), [both], draws=16), both, "asa_mean", today=TODAY)
    assert effect.first == date(2026, 5, 1)
    assert effect.ramp_months == 6
    soon = effects_on(simulate(a_team(), [BOT], draws=16), BOT, "asa_mean", today=TODAY)
    assert soon.first == date(2026, 4, 1)


def probability(scenario):
    return simulate(a_team(agents=9.5), [scenario], draws=128).outcomes[-1].probability_target_met


@pytest.mark.parametrize("lever", list(NeededLever))
def test_the_smallest_lever_is_just_enough(lever):
    start = Scenario(name="x")
    assert probability(start) < 0.8
    need = smallest_lever(lever, start, probability)
    assert need.probability >= 0.8
    assert probability(need.scenario) == need.probability
    assert need.amount < 0 if lever is NeededLever.HANDLE_TIME else need.amount > 0
    if lever is NeededLever.AGENTS:
        assert need.amount == int(need.amount)


def test_what_is_likely_already_needs_nothing_and_what_is_out_of_reach_says_so():
    start = Scenario(name="x", levers=(ChatbotLever(easiest_first=0.0),))
    assert smallest_lever(NeededLever.AGENTS, start, lambda _: 0.9).amount == 0
    never = smallest_lever(NeededLever.CONTAINMENT, start, lambda _: 0.1)
    assert never.amount is None
    assert never.probability == 0.1

    def contained(scenario: Any) -> float:
        return 0.0 if scenario is start else float(scenario.levers[0].containment)

    tuned = smallest_lever(NeededLever.CONTAINMENT, start, contained, wanted=0.3)
    assert tuned.amount == pytest.approx(0.3, abs=0.006)
    assert _only(ChatbotLever, tuned).easiest_first == 0.0

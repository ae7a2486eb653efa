"""From which containment a bot pays, against scenarios simulated one by one and against the closed formula."""

import math

import pytest

from benchmarks.formulas.money import break_even_containment
from cs_planning.automation.answers.break_even import BreakEven, Obstacle, break_even, break_even_sentence, break_even_words
from cs_planning.automation.levers.demand import ChatbotLever
from cs_planning.automation.levers.people import StaffingLever
from cs_planning.automation.scenarios.scenario import Scenario, point_outcome
from tests.automation.builders import a_bot, a_day, a_team, three_channels

FEWER = StaffingLever(agents_change=-2)


def pays(team, scenario, share):
    """Whether the scenario costs no more and lets nobody wait longer when its bots take just this share."""
    levers = tuple(
        lever.model_copy(update={"containment": share}) if isinstance(lever, ChatbotLever) else lever
        for lever in scenario.levers
    )
    before, after = point_outcome(team), point_outcome(team, Scenario(name="x", levers=levers))
    in_time = all(
        now.mean_wait_seconds.median <= then.mean_wait_seconds.median * (1 + 1e-9)
        for now, then in zip(after.channels, before.channels, strict=True)
    )
    return in_time and after.cost_per_month.median <= before.cost_per_month.median * (1 + 1e-9)


@pytest.mark.slow
@pytest.mark.parametrize(
    "team", [a_day(), a_day(redial_after_abandonment=0.3), three_channels()], ids=["day", "redials", "three"]
)
def test_it_is_the_first_share_at_which_the_simulated_scenario_pays(team):
    scenario = Scenario(name="bot and fewer people", levers=(ChatbotLever(), FEWER))
    paying = [share for share in range(1, 101) if pays(team, scenario, share / 100)]
    assert 1 < paying[0] < 100
    assert paying == list(range(paying[0], paying[-1] + 1))
    until = None if paying[-1] == 100 else pytest.approx(paying[-1] / 100)
    found = break_even(team, scenario)
    assert (found.containment, found.until) == (pytest.approx(paying[0] / 100), until)


@pytest.mark.parametrize(("price", "fee"), [(0.5, 1_000.0), (0.99, 5_000.0), (0.0, 12_345.0)])
def test_where_each_contact_has_its_price_it_is_the_closed_formula(price, fee):
    """A partner who is paid for each contact makes the cost of people proportional to contacts, as the formula assumes."""
    team = a_team(outsourced_share=0.5, outsourced_price_per_contact=4, recontact_after_service=0, days_per_month=20)
    bot = a_bot(
        false_containment=0.0, price_per_resolution=price, monthly_cost=fee, easiest_first=0.0, escalated_handle_time_change=0.0
    )
    exact = break_even_containment(human_cost=0.5 * 4, price=price, fixed_per_contact=fee / (1200 * 20))
    assert break_even(team, bot).containment == pytest.approx(math.ceil(100 * exact) / 100)


def test_a_bot_beside_an_unchanged_roster_never_pays():
    found = break_even(a_team(), a_bot())
    assert found == BreakEven(None, obstacle=Obstacle.COST)
    assert "only when hours leave the roster" in str(break_even_sentence(found))
    assert str(break_even_words(found)) == "never: it costs more"


def test_a_cut_that_no_bot_makes_up_for_is_said_to_cost_waiting():
    lean = Scenario(name="x", levers=(ChatbotLever(price_per_resolution=5.0), FEWER))
    found = break_even(a_team(), lean)
    assert found == BreakEven(None, obstacle=Obstacle.WAIT)
    assert "people wait longer" in str(break_even_sentence(found))


def test_a_bot_paid_by_the_contact_may_cost_too_much_again_when_it_takes_too_many():
    lean = StaffingLever(agents_change=-1)
    found = break_even(a_team(), Scenario(name="x", levers=(ChatbotLever(price_per_resolution=1.0), lean)))
    assert found.containment < found.until < 1
    sentence, words = str(break_even_sentence(found)), str(break_even_words(found))
    shown = f"{round(100 * found.containment)} % to {round(100 * found.until)} % of the contacts"
    assert shown in sentence and "one of the two is worse" in sentence and words == shown


def test_a_free_bot_that_slows_nothing_always_pays():
    found = break_even(a_team(), a_bot(price_per_resolution=0.0, escalated_handle_time_change=0.0, easiest_first=0.0))
    assert (found.containment, found.until) == (pytest.approx(0.01), None)
    assert "any share" in str(break_even_sentence(found)) and str(break_even_words(found)) == "always"


def test_all_bots_of_a_scenario_take_the_share():
    bots = tuple(ChatbotLever(channels=(kind,)) for kind in ("phone", "chat", "email"))
    one = break_even(three_channels(), Scenario(name="one", levers=(ChatbotLever(), FEWER)))
    assert break_even(three_channels(), Scenario(name="each", levers=(*bots, FEWER))) == one


def test_without_a_chatbot_there_is_nothing_to_break_even():
    assert break_even(a_team(), Scenario(name="x", levers=(FEWER,))) is None
    assert str(break_even_words(None)) == "no chatbot"


def test_nobody_may_wait_longer_on_any_channel_for_a_bot_to_pay():
    callers_wait = (
        ChatbotLever(channels=("email",), price_per_resolution=0.0),
        StaffingLever(agents_change=-1.0, channels=("phone",)),
    )
    found = break_even(three_channels(), Scenario(name="x", levers=callers_wait))
    assert (found.containment, found.obstacle) == (None, Obstacle.WAIT)

"""What service usually costs in a currency."""

import pytest

from cs_planning.automation.levers.demand import ChatbotLever
from cs_planning.automation.levers.people import StaffingLever
from cs_planning.automation.ranges import Range
from cs_planning.automation.scenarios.scenario import Scenario
from cs_planning.automation.team.usual_prices import is_usual_resolution, usual_prices
from cs_planning.errors import InvalidOperation

KNOWN = ("USD", "EUR", "GBP", "CHF", "CAD", "AUD", "JPY")


@pytest.mark.parametrize("currency", KNOWN)
def test_an_hour_and_a_resolution_stand_in_about_the_same_relation_in_every_currency(currency):
    prices = usual_prices(currency)
    assert prices is not None
    assert 15 <= prices.agent_hour / prices.resolution.mode <= 60
    assert prices.resolution.min < prices.resolution.mode < prices.resolution.max


def test_nobody_knows_what_is_usual_in_other_currencies():
    assert usual_prices("VND") is None


def test_a_price_that_nobody_wrote_is_the_usual_one_of_the_currency():
    assert ChatbotLever().in_currency("JPY").price_per_resolution == Range(min=75, mode=150, max=300)
    assert ChatbotLever().in_currency("USD") == ChatbotLever()


def test_a_price_that_somebody_wrote_stays():
    assert ChatbotLever(price_per_resolution=0.99).in_currency("JPY").price_per_resolution == 0.99


def test_a_usual_price_that_was_kept_follows_the_currency():
    kept = ChatbotLever.model_validate(ChatbotLever().model_dump())
    assert is_usual_resolution(kept.price_per_resolution)
    assert kept.in_currency("JPY").price_per_resolution == Range(min=75, mode=150, max=300)


def test_a_scenario_asks_for_what_nobody_knows():
    scenario = Scenario(name="Bot", levers=(ChatbotLever(), StaffingLever()))
    with pytest.raises(InvalidOperation, match="VND") as asked:
        scenario.in_currency("VND")
    assert asked.value.problems[0].field == "price_per_resolution"

"""What is counted, paid and worked adds up, on random teams with random levers; `benchmarks.conservation` runs ten thousand."""

from dataclasses import replace
from typing import Any

import pytest

from benchmarks.conservation import broken, broken_laws
from cs_planning.automation.scenarios.scenario import simulate
from tests.automation.builders import a_bot, three_channels


def test_the_laws_hold_on_random_teams_as_they_are_and_with_levers():
    laws, teams = broken(40, seed=1)
    assert not laws, f"teams {teams[:5]}: {laws}"


@pytest.mark.load
def test_the_laws_hold_on_many_more_random_teams():
    laws, teams = broken(600, seed=2)
    assert not laws, f"teams {teams[:5]}: {laws}"


def with_draws(outcome, **changes):
    return replace(outcome, draws=replace(outcome.draws, **changes))


def test_each_law_would_be_seen_broken():
    outcome = simulate(three_channels(), [a_bot()], draws=16).outcomes[1]
    assert not list(broken_laws(outcome))
    draws = outcome.draws
    wrong: dict[str, dict[str, Any]] = {
        "contacts offered": {"contacts": replace(draws.contacts, contained=draws.contacts.contained + 1)},
        "issues that exist": {"issues": replace(draws.issues, resolved=draws.issues.resolved + 1)},
        "hours worked": {"hours": replace(draws.hours, worked=draws.hours.rostered * 1.01)},
        "money is the sum": {"cost": replace(draws.cost, bot=draws.cost.bot * 0 - 1)},
        "shares lie between": {"service_level": draws.service_level * 0 + 1.1},
        "nobody is served in time": {"abandonment_rate": 1.01 - draws.service_level},
    }
    for law, changes in wrong.items():
        assert any(one.startswith(law) for one in broken_laws(with_draws(outcome, **changes))), law

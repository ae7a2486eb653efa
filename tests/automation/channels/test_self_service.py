"""Self-service as a channel: its visits, what ends there, what it costs, and what it hands over to people."""

import numpy as np
import pytest

from cs_planning.automation.levers.demand import ChatbotLever, DemandLever, SelfServiceLever
from cs_planning.automation.scenarios.scenario import Scenario, point_outcome, simulate
from cs_planning.automation.team.reading import read_operation
from cs_planning.errors import InvalidOperation

PHONE = {"kind": "phone", "contacts_per_day": 600, "handle_time_seconds": 300, "agents": 8, "patience_seconds": 180}
PAGES = {
    "kind": "self_service",
    "contacts_per_day": 500,
    "handle_time_seconds": 120,
    "solved_share": 0.6,
    "price_per_contact": 0.1,
    "monthly_cost": 900,
}


def a_team(*channels, **changes):
    return read_operation({"channels": list(channels), "cost_per_agent_hour": 28, "currency": "EUR", **changes})


def test_as_things_are_it_adds_its_price_and_changes_no_wait():
    alone, with_pages = point_outcome(a_team(PHONE)), point_outcome(a_team(PHONE, PAGES))
    assert with_pages.mean_wait_seconds.median == pytest.approx(alone.mean_wait_seconds.median)
    assert with_pages.service_level.median == pytest.approx(alone.service_level.median)
    assert with_pages.occupancy.median == pytest.approx(alone.occupancy.median)
    more = with_pages.cost_per_month.median - alone.cost_per_month.median
    assert more == pytest.approx(500 * 21 * 0.1 + 900)
    asked = with_pages.cost_per_month.median / with_pages.cost_per_contact.median
    assert asked == pytest.approx((600 + 500 * 0.6) * 21), "a visit that is handed over is counted once"


def test_more_that_ends_there_never_reaches_people():
    team = a_team(PHONE, PAGES)
    better = SelfServiceLever(deflection=0.0, uplift=0.0, easiest_first=0.0, solved_share_change=0.2)
    after = point_outcome(team, Scenario(name="better pages", levers=(better,)))
    before = point_outcome(team)
    issues = [[one.draws.issues.exist[0] for one in outcome.channels] for outcome in (before, after)]
    assert issues[1][0] == pytest.approx(issues[0][0] - 500 * 21 * 0.2), "an issue that ends on the pages asks no person"
    assert sum(issues[1]) == pytest.approx(sum(issues[0])), "better pages make no issue and take none away"
    assert after.mean_wait_seconds.median < before.mean_wait_seconds.median


def issues_of_people(team, *levers):
    return point_outcome(team, Scenario(name="x", levers=levers)).channels[0].draws.issues.exist[0]


def test_demand_of_the_pages_alone_reaches_people_by_what_is_not_solved():
    team = a_team(PHONE, PAGES)
    busier = DemandLever(volume_change=0.5, channels=("self_service",))
    everything = DemandLever(volume_change=0.5)
    before = issues_of_people(team)
    some = issues_of_people(team, busier)
    all_of_it = issues_of_people(team, everything)
    assert some == pytest.approx(before + 0.5 * 500 * 0.4 * 21)
    alone = issues_of_people(a_team(PHONE), everything)
    assert all_of_it == pytest.approx(alone), "half as much again on all channels is half as much again for people"


def test_it_names_the_channel_that_it_hands_over_to():
    chat = {**PHONE, "kind": "chat", "chats_at_once": 2}
    team = a_team(PHONE, chat, {**PAGES, "hands_over_to": ["chat"]})
    better = SelfServiceLever(deflection=0.0, uplift=0.0, easiest_first=0.0, solved_share_change=0.4)
    before, after = point_outcome(team), point_outcome(team, Scenario(name="better", levers=(better,)))
    issues = [[one.draws.issues.exist[0] for one in outcome.channels] for outcome in (before, after)]
    assert issues[1][0] == pytest.approx(issues[0][0])
    assert issues[1][1] == pytest.approx(issues[0][1] - 500 * 21 * 0.4)
    assert [outcome.channels[2].contacts_handled.median for outcome in (before, after)] == [0, 0]


def arrays(draws):
    for name, value in vars(draws).items():
        yield from [(name, value)] if isinstance(value, np.ndarray) else vars(value).items()


def test_levers_for_people_leave_the_pages_alone_and_draws_stay_finite():
    team = a_team(PHONE, PAGES)
    found = simulate(team, [Scenario(name="bot", levers=(ChatbotLever(), SelfServiceLever()))], draws=64)
    for outcome in found.outcomes:
        for name, values in arrays(outcome.draws):
            assert np.isfinite(values).all(), name


def test_a_team_of_pages_alone_is_refused():
    with pytest.raises(InvalidOperation, match="People answer none"):
        a_team(PAGES)

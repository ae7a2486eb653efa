"""A lever or a hand-over that names a channel which is not there is refused, never passed over."""

from typing import Any

import pytest

from cs_planning.automation.levers.demand import ChatbotLever, DemandLever
from cs_planning.automation.scenarios.scenario import Scenario, point_outcome, simulate
from cs_planning.automation.team.reading import read_operation
from cs_planning.errors import InvalidOperation
from tests.automation.builders import a_team

TEAM: dict[str, Any] = {
    "channels": [
        {
            "name": "Hotline",
            "kind": "phone",
            "contacts_per_day": 200,
            "opening_hours_per_day": 8,
            "handle_time_seconds": 300,
            "agents": 6,
        }
    ],
    "cost_per_agent_hour": 30,
    "days_per_month": 21,
    "currency": "EUR",
}


def test_a_lever_for_a_channel_that_is_misspelt_is_refused_with_the_name_that_is_meant():
    wrong = Scenario(name="Bot", levers=(ChatbotLever(channels=("Hotlin",)),))
    with pytest.raises(InvalidOperation) as refused:
        simulate(read_operation(TEAM), [wrong], draws=16)
    [problem] = refused.value.problems
    assert problem.field == "levers.0.channels"
    assert "Hotlin" in str(problem.message)
    assert "“Hotline”" in str(problem.remedy)


def test_every_lever_that_names_a_missing_channel_is_listed_at_once():
    wrong = Scenario(name="x", levers=(DemandLever(channels=("fax",)), DemandLever(channels=("Hotline", "telex"))))
    with pytest.raises(InvalidOperation) as refused:
        point_outcome(read_operation(TEAM), wrong)
    assert [(one.field, one.value) for one in refused.value.problems] == [
        ("levers.0.channels", "fax"),
        ("levers.1.channels", "telex"),
    ]
    assert "Hotline" in str(refused.value.problems[0].remedy)


@pytest.mark.parametrize("named", ["Hotline", "phone"])
def test_a_channel_is_named_by_its_name_or_its_kind(named):
    busier = Scenario(name="busier", levers=(DemandLever(volume_change=0.1, channels=(named,)),))
    team = read_operation(TEAM)
    assert point_outcome(team, busier).contacts_handled.median > point_outcome(team).contacts_handled.median


def test_a_hand_over_to_a_channel_that_nobody_answers_is_refused():
    pages = {"name": "Pages", "kind": "self_service", "contacts_per_day": 500, "solved_share": 0.6}
    pages |= {"opening_hours_per_day": 24, "handle_time_seconds": 60, "hands_over_to": ["Chatt"]}
    with pytest.raises(InvalidOperation) as refused:
        read_operation({**TEAM, "channels": [*TEAM["channels"], pages]})
    [problem] = refused.value.problems
    assert "Chatt" in str(problem.message)
    assert "Hotline" in str(problem.remedy)


def test_a_lever_without_a_channel_works_on_all_of_them():
    team = a_team(contacts_per_day=200, opening_hours_per_day=8, agents=6, patience_seconds=None)
    assert point_outcome(team, Scenario(name="x", levers=(DemandLever(volume_change=0.1),)))


def test_a_lever_for_pages_on_which_it_can_do_nothing_is_refused():
    pages = {"name": "Pages", "kind": "self_service", "contacts_per_day": 500, "solved_share": 0.6}
    pages |= {"opening_hours_per_day": 24, "handle_time_seconds": 60, "hands_over_to": ["Hotline"]}
    team = read_operation({**TEAM, "channels": [*TEAM["channels"], pages]})
    with pytest.raises(InvalidOperation) as refused:
        point_outcome(team, Scenario(name="x", levers=(ChatbotLever(channels=("Pages",), monthly_cost=500),)))
    [problem] = refused.value.problems
    assert "nobody answers" in str(problem.message)
    assert point_outcome(team, Scenario(name="x", levers=(DemandLever(channels=("Pages",)),)))


def test_nothing_is_no_name_of_a_channel():
    unnamed = {**TEAM, "channels": [{**TEAM["channels"][0], "name": ""}]}
    with pytest.raises(InvalidOperation) as refused:
        simulate(read_operation(unnamed), [Scenario(name="x", levers=(DemandLever(channels=("",)),))], draws=16)
    assert str(refused.value.problems[0].remedy) == "Name one of these: phone."
    pages = {"kind": "self_service", "contacts_per_day": 100, "handle_time_seconds": 60, "hands_over_to": [""]}
    with pytest.raises(InvalidOperation, match="hands over to “”"):
        read_operation({**unnamed, "channels": [*unnamed["channels"], pages]})

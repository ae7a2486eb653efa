import json
import math

import numpy as np
import pytest

from cs_planning.automation.levers.registry import LEVERS
from cs_planning.automation.ranges import Range, central
from cs_planning.automation.scenarios.scenario import Scenario, point_outcome
from cs_planning.automation.team.operation import Operation
from cs_planning.automation.team.reading import read_model, read_operation
from cs_planning.errors import InvalidOperation
from tests.automation.builders import a_day, a_team, three_channels


def problems(call):
    with pytest.raises(InvalidOperation) as refused:
        call()
    return {problem.field: (str(problem.message), str(problem.remedy)) for problem in refused.value.problems}


@pytest.mark.parametrize(
    ("changes", "field", "said"),
    [
        ({"contacts_per_day": 0}, "contacts_per_day", "above 0"),
        ({"contacts_per_day": -5}, "contacts_per_day", "above 0"),
        ({"contacts_per_day": math.nan}, "contacts_per_day", "above 0"),
        ({"agents": 0}, "agents", "above 0"),
        ({"agents": math.nan}, "agents", "1e+06 or less"),
        ({"agents": None}, "agents", "Give `agents`"),
        ({"contacts_per_day": None}, "contacts_per_day", "Give `contacts_per_day`"),
        ({"handle_time_seconds": None}, "handle_time_seconds", "Fill it in"),
        ({"patience_seconds": 0}, "patience_seconds", "above 0"),
        ({"patience_seconds": math.inf}, "patience_seconds", "86400"),
        ({"opening_hours_per_day": 0}, "opening_hours_per_day", "above 0"),
        ({"opening_hours_per_day": 30}, "opening_hours_per_day", "24 or less"),
        ({"open_weekdays": []}, "open_weekdays", "at least one weekday"),
        ({"handle_time_seconds": 0}, "handle_time_seconds", "above 0"),
        ({"answer_within_seconds": -1}, "answer_within_seconds", "0 or more"),
        ({"shrinkage": 30}, "shrinkage", "write 0.3 for 30 %"),
        ({"shrinkage": 1}, "shrinkage", "below 1"),
        ({"shrinkage": -0.1}, "shrinkage", "from 0"),
        ({"horizon_months": 0}, "horizon_months", "1 or more"),
        ({"horizon_months": 6.5}, "horizon_months", "plain number"),
        ({"annual_rate": 5}, "annual_rate", "write 0.05 for 5 %"),
        ({"service_target": 80}, "service_target", "write 0.8 for 80 %"),
        ({"occupancy_cap": 85}, "occupancy_cap", "write 0.85 for 85 %"),
        ({"recontact_after_service": 12}, "recontact_after_service", "write 0.12 for 12 %"),
        ({"currency": None}, "currency", "such as EUR"),
        ({"currency": "euro"}, "currency", "three capital letters"),
        ({"cost_per_agent_hour": -1}, "cost_per_agent_hour", "0 or more"),
        ({"cost_per_agent_hour": "a lot"}, "cost_per_agent_hour", "plain number"),
        ({"kind": "fax"}, "kind", "phone"),
        ({"chats_at_once": 0}, "chats_at_once", "1 or more"),
        ({"colour": "red"}, "colour", "spelling"),
        ({"arrivals_per_interval": [[1, 2], [1]]}, "arrivals_per_interval", "seven rows"),
        ({"arrivals_per_interval": [0, 0]}, "arrivals_per_interval", "0 or more"),
        ({"arrivals_per_interval": [1, -2]}, "arrivals_per_interval", "0 or more"),
        ({"arrivals_per_interval": [1, 2], "agents_per_interval": [1, 2, 3]}, "agents_per_interval", "same intervals"),
        ({"arrivals_per_interval": [1] * 30, "interval_minutes": 60}, "interval_minutes", "Shorten"),
        ({"doubt": {"absence": {"min": 0.2, "mode": 0.1, "max": 0.3}}}, "doubt.absence.Range.mode", "in this order"),
        ({"doubt": {"absence": {"min": -8, "mode": 0, "max": 4}}}, "doubt.absence", "write -0.08 for -8 %"),
    ],
)
def test_what_can_not_be_used_is_said_at_its_field(changes, field, said):
    found = problems(lambda: a_team(**changes))
    key = field.replace(".Range", "")
    assert key in found, found
    assert said in " ".join(found[key])


def test_everything_that_is_wrong_is_said_at_once():
    found = problems(lambda: a_team(agents=0, shrinkage=30, currency="x", patience_seconds=-1, handle_time_seconds=-3))
    assert set(found) == {"agents", "shrinkage", "currency", "patience_seconds", "handle_time_seconds"}


def test_a_missing_currency_is_asked_for():
    found = problems(
        lambda: read_operation({"contacts_per_day": 5, "handle_time_seconds": 60, "agents": 1, "cost_per_agent_hour": 1})
    )
    assert "EUR" in found["currency"][1]


def test_the_right_channel_is_named_among_several():
    document = json.loads(three_channels().model_dump_json())
    document["channels"][1]["agents"] = -4
    assert set(problems(lambda: read_operation(document))) == {"channels.1.agents"}


@pytest.mark.slow
@pytest.mark.parametrize("broken", ["", "{", "[1, 2]", "null"])
def test_a_file_that_is_no_operation_is_refused(broken):
    with pytest.raises(InvalidOperation):
        read_operation(broken)


@pytest.mark.parametrize(
    ("lever", "field", "said"),
    [
        ({"kind": "chatbot", "containment": 30}, "containment", "write 0.3 for 30 %"),
        ({"kind": "chatbot", "containment": -0.1}, "containment", "from 0 to 1"),
        ({"kind": "chatbot", "containment": 1.5}, "containment", "0.015"),
        ({"kind": "chatbot", "containment": {"min": 0.3, "mode": 0.2, "max": 0.4}}, "containment.mode", "in this order"),
        ({"kind": "chatbot", "containment": {"min": 5, "mode": 18, "max": 35}}, "containment", "write"),
        ({"kind": "chatbot", "price_per_resolution": -1}, "price_per_resolution", "from 0"),
        ({"kind": "chatbot", "containment": "much"}, "containment", "number"),
        ({"kind": "training", "handle_time_change": -20}, "handle_time_change", "write -0.2 for -20 %"),
        ({"kind": "demand", "volume_change": math.inf}, "volume_change", "number"),
        ({"kind": "staffing", "agents_change": math.nan}, "agents_change", "number"),
        ({"kind": "magic"}, "levers.0", "chatbot"),
    ],
)
def test_a_lever_out_of_range_is_said_at_its_field(lever, field, said):
    found = problems(lambda: read_model(Scenario, {"name": "x", "levers": [lever]}))
    matching = [texts for name, texts in found.items() if name and name.endswith(field)]
    assert matching, found
    assert any(said in " ".join(texts) for texts in matching)


def test_the_team_as_it_is_can_not_be_given_levers():
    found = problems(lambda: read_model(Scenario, {"name": "as is", "levers": [{"kind": "chatbot"}]}))
    assert "another name" in found["levers"][1]


@pytest.mark.parametrize("lever", LEVERS)
def test_every_lever_has_an_honest_default_with_source_and_caveat(lever):
    default = lever()
    assert str(lever.source)
    assert str(lever.caveat)
    assert str(lever.title)
    scenario = Scenario(name="x", levers=(default,))
    assert read_model(Scenario, scenario.model_dump_json()) == scenario
    outcome = point_outcome(a_team(outsourced_share=0.2, outsourced_price_per_contact=3), scenario)
    assert 0 < outcome.service_level.median < 1


def test_an_operation_and_a_scenario_survive_json():
    for operation in (a_team(), a_day(), three_channels()):
        assert read_operation(operation.model_dump_json()) == operation


def test_the_schemas_describe_fields_and_levers():
    assert "contacts_per_day" in json.dumps(Operation.model_json_schema())
    schema = json.dumps(Scenario.model_json_schema())
    assert all(lever.__name__ in schema for lever in LEVERS)


def test_contacts_and_agents_of_intervals_are_scaled_to_their_means():
    team = a_team(
        contacts_per_day=600, agents=5, arrivals_per_interval=[1, 2, 3], agents_per_interval=[1, 1, 4], interval_minutes=60
    )
    channel = team.channels[0]
    assert channel.volume_per_day == pytest.approx(600)
    assert channel.agents_by_day().mean() == pytest.approx(5)
    assert channel.hours == 3
    alone = a_team(contacts_per_day=None, agents=None, arrivals_per_interval=[1, 2, 3], agents_per_interval=[2, 2, 2])
    assert alone.channels[0].volume_per_day == 6
    week = a_team(contacts_per_day=None, arrivals_per_interval=[[d + 1, d + 1] for d in range(7)])
    assert week.channels[0].volume_per_day == pytest.approx(8)


def test_ranges_keep_their_order_and_their_moments():
    spread = Range(min=0.05, mode=0.18, max=0.35)
    shares = (np.arange(100_000) + 0.5) / 100_000
    values = spread.quantile(shares)
    assert values.mean() == pytest.approx(spread.mean, rel=1e-5)
    assert values.min() >= 0.05
    assert values.max() <= 0.35
    assert central(spread) == 0.18
    assert central(0.3) == 0.3
    assert set(Range(min=2, mode=2, max=2).quantile(shares)) == {2}

"""Teams and levers at their limits: what is counted stays in its month, money in its parts, and nothing is taken silently."""

import re
from dataclasses import replace

import numpy as np
import pytest

from cs_planning.automation.levers.demand import ChatbotLever, SelfServiceLever
from cs_planning.automation.levers.people import AgentAssistLever, OutsourcingLever, StaffingLever, TrainingLever
from cs_planning.automation.scenarios.outcome import Clock
from cs_planning.automation.scenarios.scenario import Scenario, point_outcome, simulate
from cs_planning.automation.scenarios.summary import sentence_of
from cs_planning.automation.team.channel import Channel
from cs_planning.automation.team.operation import Operation
from cs_planning.automation.team.reading import read_model, read_operation
from cs_planning.errors import InvalidOperation
from tests.automation.builders import a_team

PHONE = {"kind": "phone", "contacts_per_day": 400, "handle_time_seconds": 300, "agents": 5, "patience_seconds": 180}
MAIL = {"kind": "email", "contacts_per_day": 100, "handle_time_seconds": 600, "agents": 3, "answer_within_seconds": 28800}


def team(*channels, **changes):
    return read_operation({"channels": list(channels), "cost_per_agent_hour": 28, "currency": "USD", **changes})


def outcome(operation, *levers, draws=32):
    return simulate(operation, [Scenario(name="x", levers=levers)] if levers else [], draws=draws).outcomes[-1]


def month(operation, place):
    return float(np.median(outcome(operation).channels[place].draws.contacts.offered))


def test_a_closed_weekend_closes_it_for_its_own_channel_alone():
    row = (10.0,) * 20
    weekdays = {**PHONE, "name": "week", "arrivals_per_interval": [row] * 5 + [[0.0] * 20] * 2, "contacts_per_day": None}
    weekdays |= {"agents": None, "agents_per_interval": [[5.0] * 20] * 5 + [[0.0] * 20] * 2}
    always = {**PHONE, "name": "always", "contacts_per_day": 200}
    both = team(weekdays, always, days_per_month=30)
    assert month(both, 0) == pytest.approx(200 * 365.25 / 84 * 5, rel=0.01)
    assert month(both, 1) == pytest.approx(200 * 30, rel=0.01)
    assert month(team(weekdays, days_per_month=21), 0) == pytest.approx(200 * 21, rel=0.01), "a month that fits stays as told"


def test_a_channel_may_have_open_days_of_its_own():
    operation = team(PHONE, {**PHONE, "name": "night", "open_days_per_month": 12}, days_per_month=30)
    assert month(operation, 1) == pytest.approx(400 * 12, rel=0.01)
    hours = [float(np.median(one.draws.hours.rostered)) for one in outcome(operation).channels]
    assert hours[1] == pytest.approx(hours[0] * 12 / 30)


def test_licences_are_paid_in_full_while_the_effect_grows():
    lever = AgentAssistLever(
        handle_time_change=0.0, monthly_cost=5_000, one_off_cost=20_000, ramp_months=12, upkeep_share=0.0, novice_share=0.0
    )
    fewer = StaffingLever(agents_change=-2.0, ramp_months=12)
    operation = team({**PHONE, "agents": 9}, horizon_months=36, doubt={"wage": 0.0, "absence": 0.0})
    found = simulate(operation, [Scenario(name="x", levers=(lever, fewer))], draws=64)
    people = 2 * 8 * 21 / 0.7 * 28
    flows = [people * min(number / 12, 1) - 5_000 for number in range(1, 37)]
    by_hand = int(np.argmax(np.cumsum(flows) >= 20_000)) + 1
    assert found.outcomes[1].payback_months == by_hand


def test_people_who_work_off_a_backlog_are_as_busy_as_their_hours_say():
    draws = outcome(team({**MAIL, "backlog_at_start": 2000})).channels[0].draws
    assert draws.occupancy == pytest.approx(draws.hours.worked / draws.hours.rostered, rel=0.1)


def test_the_partner_is_paid_the_minimum_in_any_case_and_a_lever_may_lower_it():
    agreed = {"outsourced_price_per_contact": 4, "outsourced_minimum_contacts": 9000}
    nothing = outcome(team(PHONE, **agreed))
    assert float(np.median(nothing.draws.cost.partner)) == pytest.approx(36_000)
    lowered = outcome(team(PHONE, **agreed), OutsourcingLever(minimum_contacts_per_month=5000, price_change=0.0))
    assert float(np.median(lowered.draws.cost.partner)) == pytest.approx(20_000)


def test_pages_that_hand_over_more_than_people_get_are_pointed_out():
    pages = {"kind": "self_service", "contacts_per_day": 9000, "handle_time_seconds": 180, "solved_share": 0.6}
    told = outcome(team({**PHONE, "contacts_per_day": 100}, pages)).warnings
    assert any(re.search(r"7\d,\d{3} unsolved visits .* 2,[01]\d\d contacts", str(one)) for one in told)
    assert not any("unsolved visits" in str(one) for one in outcome(team(PHONE, {**pages, "contacts_per_day": 200})).warnings)


def test_pages_that_keep_everybody_away_are_refused():
    with pytest.raises(InvalidOperation, match="outside"):
        read_model(Scenario, {"name": "x", "levers": [{"kind": "self_service", "deflection": 1.0}]})
    assert SelfServiceLever(deflection=0.95).deflection == 0.95


def test_nobody_who_wants_a_person_is_no_bad_service():
    bot = ChatbotLever(containment=1.0, false_containment=0.0)
    found = simulate(a_team(), [Scenario(name="x", levers=(bot, StaffingLever(agents_change=-10.0)))], draws=32)
    assert found.outcomes[1].service_level.median > 0.99
    assert "hardly anybody asks for a person" in str(sentence_of(found.outcomes[1], found))


def test_callers_whom_nobody_answers_give_up_and_do_not_wait_for_a_person():
    found = simulate(team(PHONE), [Scenario(name="x", levers=(StaffingLever(agents_change=-10.0),))], draws=32)
    told = str(sentence_of(found.outcomes[1], found))
    assert "until they give up, since nobody answers them" in told


def test_a_scenario_that_costs_the_same_says_so():
    found = simulate(a_team(), [Scenario(name="x", levers=(StaffingLever(agents_change=0.0),))], draws=32)
    told = str(sentence_of(found.outcomes[1], found))
    assert "costs as much as before" in told and "0.00" not in told


def test_open_days_of_one_channel_travel_through_json():
    operation = team({**PHONE, "open_days_per_month": 12.5})
    assert Operation.model_validate_json(operation.model_dump_json()) == operation


@pytest.mark.parametrize(
    ("field", "value", "name"),
    [
        ("chats_at_once", 3, "chats at once"),
        ("backlog_at_start", 500, "the backlog at the start"),
        ("monthly_cost", 99_999, "a licence a month"),
        ("price_per_contact", 2.0, "the price of a visit"),
    ],
)
def test_a_field_that_counts_for_other_channels_alone_is_named(field, value, name):
    assert f"Phone: {name} changes nothing" in " ".join(map(str, outcome(team({**PHONE, field: value})).warnings))
    default = Channel.model_fields[field].default
    assert "changes nothing" not in " ".join(map(str, outcome(team({**PHONE, field: default})).warnings))


def test_two_bots_are_too_much_together_where_neither_is_alone():
    told = "above what independent sources report"
    bots = [ChatbotLever(containment=0.35), ChatbotLever(containment=0.35)]
    assert sum(told in str(one) for one in outcome(a_team(), *bots).warnings) == 1
    assert not any(told in str(one) for one in outcome(a_team(), bots[0]).warnings)


def test_visits_that_should_end_on_pages_which_nobody_has_are_named():
    lever = SelfServiceLever(deflection=0.0, uplift=0.0, solved_share_change=0.2)
    assert any("no pages on which more visits could end" in str(one) for one in outcome(a_team(), lever).warnings)


@pytest.mark.parametrize("code", ["XYZ", "XXX", "ABC"])
def test_a_currency_that_is_none_is_refused(code):
    with pytest.raises(InvalidOperation, match="is not a currency code"):
        team(PHONE, currency=code)


def test_a_solution_that_is_nearer_than_a_person_says_whom_it_counts():
    slow = a_team(agents=7, patience_seconds=36_000)
    found = simulate(slow, [Scenario(name="x", levers=(ChatbotLever(containment=0.5, false_containment=0.0),))], draws=32)
    after = found.outcomes[1]
    told = str(sentence_of(after, found))
    clocks = [after.response_seconds(clock).median for clock in (Clock.RESOLUTION, Clock.PERSON)]
    assert ("with those whom the bot ends" in told) == (clocks[0] < clocks[1])


def test_what_levers_add_beyond_what_there_can_be_is_said():
    said = " ".join(map(str, outcome(a_team(shrinkage=0.9), TrainingLever(shrinkage_change=0.1)).warnings))
    assert "100 % of the paid time would be away from the queue; 95 % is counted" in said
    assert "away from the queue" not in " ".join(map(str, outcome(a_team(), TrainingLever()).warnings))
    pages = {"kind": "self_service", "contacts_per_day": 500, "handle_time_seconds": 120, "solved_share": 0.6}
    lever = SelfServiceLever(deflection=0.0, uplift=0.0, solved_share_change=0.5)
    said = " ".join(map(str, outcome(team(PHONE, pages), lever).warnings))
    assert "110 % of the visits would end there; 100 % is counted" in said


def test_a_lever_for_a_name_that_several_channels_have_says_so():
    chat = {"kind": "chat", "contacts_per_day": 300, "opening_hours_per_day": 10, "handle_time_seconds": 500, "agents": 5}
    bot = ChatbotLever(channels=("chat",), price_per_resolution=1.0)
    said = " ".join(map(str, outcome(team({**PHONE, "name": "chat"}, chat), bot).warnings))
    assert "2 channels are called “chat”: a lever for it works on all of them" in said
    twice = outcome(team({**PHONE, "name": "A"}, {**PHONE, "name": "A"}), bot.model_copy(update={"channels": ("A",)}))
    assert any("2 channels are called “A”" in str(one) for one in twice.warnings)
    kind = outcome(team({**PHONE, "name": "A"}, {**PHONE, "name": "B"}), bot.model_copy(update={"channels": ("phone",)}))
    assert not any("are called" in str(one) for one in kind.warnings), "a kind means all of its channels"


@pytest.mark.parametrize(("before", "window"), [(0, "mean of a week that repeats"), (500, "mean of the first 4 weeks")])
def test_the_sentence_of_a_team_of_mailboxes_says_over_which_time_its_waits_are_a_mean(before, window):
    mail = {"kind": "email", "contacts_per_day": 50, "handle_time_seconds": 600, "agents": 3, "backlog_at_start": before}
    found = simulate(team(mail), [Scenario(name="x", levers=(StaffingLever(agents_change=1.0),))], draws=16)
    for one in found.outcomes:
        assert str(sentence_of(one, found)).endswith(f"Waits of E-mail and tickets: {window}.")
    calls = simulate(a_team(), [], draws=16)
    assert "Waits of" not in str(sentence_of(calls.as_is, calls))


def test_a_longer_wait_of_one_channel_is_not_hidden_behind_a_shorter_one_of_another():
    levers = (StaffingLever(agents_change=-1.0, channels=("phone",)), StaffingLever(agents_change=1.0, channels=("email",)))
    before, after = simulate(team(PHONE, MAIL), [Scenario(name="x", levers=levers)], draws=64).outcomes
    assert after.mean_wait_seconds.median < before.mean_wait_seconds.median, "the mean over both says that waits are shorter"
    assert after.cost_per_month.median == pytest.approx(before.cost_per_month.median)
    assert after.costs_or_waits_more_than(before)
    assert not before.costs_or_waits_more_than(before)


def test_a_mailbox_on_which_nobody_works_any_more_grows_by_all_that_comes():
    gone = StaffingLever(agents_change=-3.0, channels=("email",))
    said = " ".join(map(str, outcome(team(PHONE, MAIL), gone).warnings))
    # 100 a day without the 12 % that came back after they had been served
    assert re.search(r"E-mail and tickets: nobody works on it, the backlog grows by 8[78][0-9.]* a day\.", said)
    assert "more arrives than can be done" not in said


def test_a_month_that_costs_more_pays_nothing_back_whatever_single_draws_say():
    found = simulate(
        team(PHONE), [Scenario(name="x", levers=(StaffingLever(agents_change=1.0, one_off_cost=1000.0),))], draws=16
    )
    after = replace(found.outcomes[1], payback_months=3)
    assert str(sentence_of(after, found)).endswith("What is paid at the start does not come back within the time looked at.")
    cheaper = simulate(
        team(PHONE), [Scenario(name="x", levers=(StaffingLever(agents_change=-1.0, one_off_cost=1000.0),))], draws=16
    )
    assert "What is paid at the start is back after 1 month." in str(sentence_of(cheaper.outcomes[1], cheaper))


@pytest.mark.parametrize(
    ("arrivals", "agents", "handle"), [((600, 10, 10, 10), (20, 1, 1, 1), 600), ((10, 10, 10, 600), (5, 5, 5, 5), 1800)]
)
def test_nobody_is_answered_for_whom_the_people_have_no_time(arrivals, agents, handle):
    crowded = a_team(
        contacts_per_day=None,
        arrivals_per_interval=arrivals,
        agents=None,
        agents_per_interval=agents,
        interval_minutes=60,
        handle_time_seconds=handle,
        patience_seconds=600,
    )
    draws = point_outcome(crowded).channels[0].draws
    assert float(draws.contacts.answered[0]) * handle / 3600 == pytest.approx(sum(agents) * 21, rel=1e-6), "busy all day"

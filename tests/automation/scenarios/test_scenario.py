from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cs_planning.automation.levers.demand import ChatbotLever, DemandLever, SelfServiceLever
from cs_planning.automation.levers.people import AgentAssistLever, OutsourcingLever, RoutingLever, StaffingLever, TrainingLever
from cs_planning.automation.levers.registry import LEVERS
from cs_planning.automation.levers.shift import Shift
from cs_planning.automation.levers.uncertainty import sobol_draws
from cs_planning.automation.queues.erlang import erlang_a
from cs_planning.automation.scenarios.outcome import Clock
from cs_planning.automation.scenarios.scenario import AS_IS, Scenario, outcome_draws, point_outcome, simulate
from cs_planning.automation.scenarios.summary import sentence_of
from cs_planning.automation.team.operation import Doubt
from cs_planning.automation.team.reading import read_operation
from cs_planning.kpis.quantity import duration
from tests.automation.builders import a_bot, a_day, a_team, three_channels
from tests.automation.scenarios.day_simulation import simulated_solutions

CERTAIN = Doubt(volume_cv=0, handle_time_cv=0, patience_cv=0, absence=0.0, wage=0.0)
QUIET: dict[str, Any] = {
    "easiest_first": 0.0,
    "escalated_handle_time_change": 0.0,
    "false_containment": 0.0,
    "price_per_resolution": 0.0,
}


def numbers(outcome):
    bands = (
        outcome.mean_wait_seconds,
        outcome.service_level,
        outcome.abandonment_rate,
        outcome.occupancy,
        outcome.handle_time_seconds,
        outcome.contacts_handled,
        outcome.cost_per_contact,
        outcome.cost_per_resolved,
        outcome.cost_per_month,
        *(outcome.response_seconds(clock) for clock in Clock),
    )
    return np.array([[band.low, band.median, band.high] for band in bands])


def wanting_people(outcome):
    contacts = outcome.draws.contacts
    return float(np.median(contacts.answered + contacts.abandoned + contacts.waiting - contacts.waiting_before))


def test_a_level_day_is_erlang_a():
    outcome = point_outcome(a_team())
    queue = erlang_a(1200 / 43_200, 300, 10, 180, 60)
    assert outcome.service_level.median == pytest.approx(queue.service_level)
    assert outcome.mean_wait_seconds.median == pytest.approx(queue.mean_wait_seconds)
    assert outcome.abandonment_rate.median == pytest.approx(queue.abandonment_rate)


def test_a_bot_takes_its_share_and_the_queue_does_the_rest():
    scenario = a_bot(containment=0.3, **QUIET)
    before, after = point_outcome(a_team(recontact_after_service=0)), point_outcome(a_team(recontact_after_service=0), scenario)
    assert wanting_people(after) == pytest.approx(0.7 * wanting_people(before))
    assert after.contacts_handled.median == pytest.approx(wanting_people(after) * (1 - after.abandonment_rate.median))
    queue = erlang_a(0.7 * 1200 / 43_200, 300, 10, 180, 60)
    assert after.mean_wait_seconds.median == pytest.approx(queue.mean_wait_seconds, rel=1e-6)


def test_a_bot_alone_saves_no_money_until_hours_leave_the_roster():
    before = point_outcome(a_team())
    bot = point_outcome(a_team(), a_bot(containment=0.3))
    assert bot.cost_per_month.median > before.cost_per_month.median
    leaner = Scenario(name="x", levers=(ChatbotLever(containment=0.3), StaffingLever(agents_share_change=-0.2)))
    assert point_outcome(a_team(), leaner).cost_per_month.median < before.cost_per_month.median


def test_cost_adds_up_by_hand():
    team = a_team(doubt=CERTAIN.model_dump(), outsourced_share=0.25, outsourced_price_per_contact=4, recontact_after_service=0)
    lever = ChatbotLever(
        containment=0.2, **{**QUIET, "price_per_resolution": 1.5}, price_per_conversation=0.1, monthly_cost=900,
        one_off_cost=12_000, upkeep_share=0.2,
    )  # fmt: skip
    outcome = point_outcome(team, Scenario(name="x", levers=(lever,)))
    hours, contacts = 10 * 12 * 21, 1200 * 21
    partner = contacts * 0.8 * 0.25 * 4
    bot = contacts * (0.2 * 1.5 + 0.1) + 900 + 12_000 * 0.2 / 12
    assert outcome.cost_per_month.median == pytest.approx(hours / 0.7 * 28 + partner + bot)
    assert outcome.cost_per_contact.median == pytest.approx(outcome.cost_per_month.median / contacts)
    assert outcome.one_off == 12_000


def test_the_partner_is_paid_a_minimum():
    team = a_team(outsourced_share=0.25, outsourced_price_per_contact=4)
    free = point_outcome(team, Scenario(name="x", levers=(OutsourcingLever(price_change=0.0, recontact_added=0.0),)))
    bound = OutsourcingLever(price_change=0.0, recontact_added=0.0, minimum_contacts_per_month=20_000)
    assert point_outcome(
        team, Scenario(name="x", levers=(bound,))
    ).cost_per_month.median - free.cost_per_month.median == pytest.approx((20_000 - 1200 * 21 * 0.25) * 4)


def test_each_clock_measures_something_else():
    outcome = point_outcome(a_team(), a_bot(containment=0.2, **QUIET))
    clocks = {clock: outcome.response_seconds(clock).median for clock in Clock}
    assert clocks[Clock.FIRST_CONTACT] == pytest.approx(2)
    assert clocks[Clock.PERSON] == pytest.approx(90 + clocks[Clock.HANDOVER])
    assert clocks[Clock.RESOLUTION] > clocks[Clock.PERSON]


def test_whoever_gives_up_has_no_solution_that_takes_time():
    team = a_team(
        agents=6, recontact_after_service=0, redial_after_abandonment=0, outsourced_share=0.25, outsourced_price_per_contact=4
    )
    found = point_outcome(team, a_bot(containment=0.2, **QUIET))
    wait, lost = found.mean_wait_seconds.median, found.abandonment_rate.median
    bot, own, partner = 0.2, 0.8 * 0.75 * (1 - lost), 0.8 * 0.25
    assert lost > 0.1
    by_hand = (bot * 90 + (own + partner) * (90 + wait + 300)) / (bot + own + partner)
    assert found.response_seconds(Clock.RESOLUTION).median == pytest.approx(by_hand)


@pytest.mark.parametrize("agents", [4, 6, 9])
def test_the_time_to_a_solution_is_that_of_single_contacts_which_come_to_one(agents):
    team = a_team(agents=agents, recontact_after_service=0, redial_after_abandonment=0)
    found = point_outcome(team, a_bot(containment=0.2, **QUIET)).response_seconds(Clock.RESOLUTION).median
    assert found == pytest.approx(simulated_solutions(1200 / 43_200, 300, agents, 180, 0.2, 90), rel=0.03)


def test_the_solution_of_a_team_is_that_of_the_contacts_which_come_to_one():
    phone = {"kind": "phone", "contacts_per_day": 600, "opening_hours_per_day": 10, "handle_time_seconds": 300, "agents": 2}
    chat = {"kind": "chat", "contacts_per_day": 300, "opening_hours_per_day": 10, "handle_time_seconds": 500, "agents": 9}
    found = point_outcome(read_operation({"channels": [phone, chat], "cost_per_agent_hour": 28, "currency": "EUR"}))
    solved = [(one.draws.demand - one.draws.contacts.abandoned)[0] for one in found.channels]
    each = [found.response_seconds(Clock.RESOLUTION, place).median for place in range(2)]
    assert solved[0] < 0.6 * 600 * 21
    assert found.response_seconds(Clock.RESOLUTION).median == pytest.approx(np.average(each, weights=solved))


def test_as_is_is_always_there_and_a_lever_that_does_nothing_changes_nothing():
    comparison = simulate(a_day(), [a_bot(containment=0.0, **QUIET, seconds_before_handover=0.0)], draws=128)
    assert [outcome.scenario for outcome in comparison.outcomes] == [AS_IS, "bot"]
    np.testing.assert_allclose(
        comparison.outcomes[1].draws.mean_wait_seconds, comparison.as_is.draws.mean_wait_seconds, rtol=1e-9
    )
    np.testing.assert_allclose(comparison.outcomes[1].draws.cost_per_month, comparison.as_is.draws.cost_per_month)
    assert [outcome.scenario for outcome in simulate(a_team(), [], draws=16).outcomes] == [AS_IS]


def test_all_scenarios_meet_the_same_days():
    same = simulate(a_day(), [a_bot("one"), a_bot("two")], draws=128)
    np.testing.assert_array_equal(same.outcome("one").draws.service_level, same.outcome("two").draws.service_level)
    again = simulate(a_day(), [a_bot("one")], draws=128)
    np.testing.assert_array_equal(same.outcome("one").draws.cost_per_month, again.outcome("one").draws.cost_per_month)
    other = simulate(a_day(), [a_bot("one")], draws=128, seed=1)
    assert other.outcome("one").draws.cost_per_month[0] != same.outcome("one").draws.cost_per_month[0]
    with pytest.raises(KeyError):
        same.outcome("three")


def test_draws_are_those_of_single_points():
    """One draw of many is the outcome of the operation that this draw describes."""
    sample = sobol_draws(64)
    team = a_day()
    draws = outcome_draws(team, Scenario(name=AS_IS), sample)
    volume = float(sample.factor("volume", 0.10)[7])
    handle = float(sample.factor("handle_time", 0.05)[7])
    patience = float(sample.factor("patience", 0.20)[7])
    absence = float(sample.draw("absence", team.doubt.absence)[7])
    alone = a_day(
        doubt=CERTAIN.model_dump(),
        contacts_per_day=1200 * volume,
        handle_time_seconds=300 * handle,
        patience_seconds=180 * patience,
        availability=1 + absence,
    )
    assert draws.mean_wait_seconds[7] == pytest.approx(point_outcome(alone).mean_wait_seconds.median, rel=1e-9)


ANY_OF_EACH: dict[Any, st.SearchStrategy[Any]] = {
    ChatbotLever: st.builds(
        ChatbotLever, containment=st.floats(0, 1), false_containment=st.floats(0, 1), easiest_first=st.floats(0, 1)
    ),
    SelfServiceLever: st.builds(SelfServiceLever, deflection=st.floats(-0.9, 1), uplift=st.floats(-0.5, 1)),
    AgentAssistLever: st.builds(AgentAssistLever, handle_time_change=st.floats(-0.9, 1), novice_share=st.floats(0, 1)),
    RoutingLever: st.builds(RoutingLever),
    StaffingLever: st.builds(StaffingLever, agents_change=st.floats(-50, 50), agents_share_change=st.floats(-0.9, 1)),
    OutsourcingLever: st.builds(OutsourcingLever),
    TrainingLever: st.builds(TrainingLever, recontact_change=st.floats(-0.9, 1)),
    DemandLever: st.builds(DemandLever, volume_change=st.floats(-0.9, 1)),
}


def test_every_lever_is_tried_at_its_ends():
    assert set(ANY_OF_EACH) == set(LEVERS)


@pytest.mark.slow
@settings(deadline=None, max_examples=60)
@given(
    levers=st.lists(st.one_of(*ANY_OF_EACH.values()), max_size=3),
    team=st.sampled_from([a_team(), a_day(redial_after_abandonment=0.5), three_channels()]),
)
def test_whatever_the_levers_every_number_is_finite_and_in_its_range(levers, team):
    scenario = Scenario(name="x", levers=tuple(levers))
    for outcome in (point_outcome(team, scenario), simulate(team, [scenario], draws=16).outcomes[-1]):
        values = numbers(outcome)
        assert np.isfinite(values).all()
        assert (values >= 0).all()
        assert (values[:, 0] <= values[:, 1]).all()
        assert (values[:, 1] <= values[:, 2]).all()
        assert (values[1:4] <= 1 + 1e-9).all()
        assert outcome.probability_target_met is None or 0 <= outcome.probability_target_met <= 1


@pytest.mark.slow
@settings(deadline=None, max_examples=40)
@given(few=st.floats(-0.5, 0.5), more=st.floats(0.0, 0.5), team=st.sampled_from([a_team(), a_day(), three_channels()]))
def test_more_staff_serves_sooner_and_costs_more(few, more, team):
    lean, rich = (
        point_outcome(team, Scenario(name="x", levers=(StaffingLever(agents_share_change=share),)))
        for share in (few, few + more)
    )
    # Channel by channel: over all of them fewer calls come again, so that the long waits of e-mail weigh more in the mean.
    for sooner, later in zip(rich.channels, lean.channels, strict=True):
        assert sooner.service_level.median >= later.service_level.median - 1e-4
        assert sooner.mean_wait_seconds.median <= later.mean_wait_seconds.median * (1 + 1e-3) + 1e-6
    assert rich.cost_per_month.median >= lean.cost_per_month.median - 1e-6


def test_fewer_contacts_make_the_target_likelier():
    team = a_team(agents=10.5)
    chances = [
        simulate(team, [Scenario(name="x", levers=(DemandLever(volume_change=change),))]).outcomes[-1].probability_target_met
        for change in (-0.2, 0.0, 0.2)
    ]
    assert chances[0] > chances[1] > chances[2]
    month = a_team(agents=10.5, service_target_period="month")
    assert simulate(month, []).as_is.probability_target_met != chances[1]


def test_repeats_come_back_and_training_takes_them_away():
    team = a_team(redial_after_abandonment=0.6, agents=8)
    fewer = Scenario(name="x", levers=(StaffingLever(agents_change=-2),))
    assert wanting_people(point_outcome(team, fewer)) > wanting_people(point_outcome(team))
    trained = Scenario(name="x", levers=(TrainingLever(handle_time_change=0.0, recontact_change=-0.5, shrinkage_change=0.0),))
    assert wanting_people(point_outcome(team, trained)) < wanting_people(point_outcome(team))
    assert point_outcome(team, trained).cost_per_resolved.median < point_outcome(team).cost_per_resolved.median


def test_after_a_lever_repeats_and_queue_agree():
    """First contacts are those of today; whoever comes back does so at the abandonment that the longer queue really has."""
    team = a_team(redial_after_abandonment=0.6, agents=8)
    before, after = point_outcome(team), point_outcome(team, Scenario(name="x", levers=(StaffingLever(agents_change=-2),)))

    def first_contacts(outcome):
        lost = outcome.abandonment_rate.median
        return wanting_people(outcome) * (1 - 0.6 * lost - 0.12 * (1 - lost))

    assert first_contacts(after) == pytest.approx(first_contacts(before), rel=1e-3)


def test_a_licence_is_paid_for_everybody_employed():
    assist = AgentAssistLever(handle_time_change=0.0, novice_handle_time_change=0.0, cost_per_agent_month=100)
    team = a_team(agents=10, shrinkage=0.3)
    paid = point_outcome(team, Scenario(name="x", levers=(assist,))).cost_per_month.median
    assert paid - point_outcome(team).cost_per_month.median == pytest.approx(100 * 10 / 0.7)


def two_channels(**team):
    phone = {"kind": "phone", "contacts_per_day": 600, "opening_hours_per_day": 10, "handle_time_seconds": 300, "agents": 10}
    mail = {"kind": "email", "contacts_per_day": 100, "opening_hours_per_day": 8, "handle_time_seconds": 600, "agents": 5}
    return read_operation({"channels": [phone, mail], "currency": "EUR", "cost_per_agent_hour": 28, "shrinkage": 0.3, **team})


def cost_of(team, *levers):
    return point_outcome(team, Scenario(name="x", levers=levers)).cost_per_month.median


def test_a_licence_for_one_channel_is_not_paid_for_the_people_of_another():
    still: dict[str, Any] = {"handle_time_change": 0.0, "novice_handle_time_change": 0.0, "cost_per_agent_month": 100.0}
    team = two_channels()
    nothing = point_outcome(team).cost_per_month.median
    assert cost_of(team, AgentAssistLever(channels=("phone",), **still)) - nothing == pytest.approx(100 * 10 / 0.7)
    assert cost_of(team, AgentAssistLever(channels=("email",), **still)) - nothing == pytest.approx(100 * 5 / 0.7)
    assert cost_of(team, AgentAssistLever(**still)) - nothing == pytest.approx(100 * 15 / 0.7)


def test_courses_for_one_channel_take_paid_time_of_its_people_alone():
    courses = TrainingLever(channels=("phone",), handle_time_change=0.0, recontact_change=0.0, shrinkage_change=0.1)
    team = two_channels(days_per_month=20)
    phone_hours = 10 * 10 * 20
    assert cost_of(team, courses) - point_outcome(team).cost_per_month.median == pytest.approx(
        phone_hours * 28 * (1 / 0.6 - 1 / 0.7)
    )


def test_a_price_renegotiated_for_one_channel_counts_for_its_contacts_alone():
    partner = {"outsourced_share": 0.5, "outsourced_price_per_contact": 4.0}
    cheaper: dict[str, Any] = {"price_change": -0.25, "recontact_added": 0.0}
    team = two_channels(**partner)
    without = point_outcome(team)
    mail, both = (OutsourcingLever(channels=named, **cheaper) for named in (("email",), ()))
    contacts = [channel.draws.outsourced.item() for channel in without.channels]
    assert without.cost_per_month.median - cost_of(team, mail) == pytest.approx(0.25 * 4 * contacts[1])
    assert without.cost_per_month.median - cost_of(team, both) == pytest.approx(0.25 * 4 * sum(contacts))


def test_a_partner_that_nobody_has_can_not_be_negotiated_with_and_that_is_said():
    team = two_channels()
    found = point_outcome(team, Scenario(name="x", levers=(OutsourcingLever(minimum_contacts_per_month=500),)))
    assert found.cost_per_month.median == point_outcome(team).cost_per_month.median
    assert any("answered by a partner" in str(warning) for warning in found.warnings)


def test_what_the_partner_does_badly_comes_back_to_people_and_partner():
    team = a_team(outsourced_share=0.2, outsourced_price_per_contact=4, recontact_after_service=0)
    worse = OutsourcingLever(price_change=0.0, recontact_added=0.1)
    after = wanting_people(point_outcome(team, Scenario(name="x", levers=(worse,))))
    assert after == pytest.approx(wanting_people(point_outcome(team)) / (1 - 0.2 * 0.1))


def test_novices_gain_more_from_assistance_in_their_share_of_the_team():
    assist = AgentAssistLever(handle_time_change=-0.1, novice_share=0.25, novice_handle_time_change=-0.3)
    found = point_outcome(a_team(), Scenario(name="x", levers=(assist,)))
    assert found.handle_time_seconds.median == pytest.approx(300 * (1 - 0.75 * 0.1 - 0.25 * 0.3))


def test_what_a_bot_did_not_really_solve_reaches_people():
    bot = a_bot(containment=0.4, false_containment=0.5, easiest_first=0.0, escalated_handle_time_change=0.0)
    team = a_team(recontact_after_service=0)
    people = wanting_people(point_outcome(team, bot))
    assert people == pytest.approx(wanting_people(point_outcome(team)) * (1 - 0.4 * 0.5))


def test_a_second_bot_meets_only_what_the_first_one_left():
    half = Shift(contained=0.5, reaching_people=0.5, fees_per_contact=1.0)
    both = half.then(half)
    assert (both.contained, both.reaching_people, both.fees_per_contact) == (0.75, 0.25, 1.5)


def test_a_lever_works_on_its_channels_only():
    team = three_channels()
    chat_bot = Scenario(name="x", levers=(ChatbotLever(channels=("chat",), containment=0.4),))
    before, after = point_outcome(team), point_outcome(team, chat_bot)
    assert after.channels[0].contacts_handled.median == pytest.approx(before.channels[0].contacts_handled.median, rel=1e-3)
    assert after.channels[1].contacts_handled.median < 0.8 * before.channels[1].contacts_handled.median


def test_payback_counts_the_ramp():
    team = a_team(agents=12)
    lever: dict[str, Any] = {"containment": 0.3, **QUIET, "one_off_cost": 10_000.0, "upkeep_share": 0.0}
    slow = Scenario(name="x", levers=(ChatbotLever(**lever, ramp_months=9), StaffingLever(agents_change=-3, ramp_months=9)))
    fast = Scenario(name="x", levers=(ChatbotLever(**lever, ramp_months=0), StaffingLever(agents_change=-3, ramp_months=0)))
    assert point_outcome(team, fast).payback_months < point_outcome(team, slow).payback_months
    assert point_outcome(team, fast).net_present_value > point_outcome(team, slow).net_present_value
    assert point_outcome(team, a_bot(containment=0.1, one_off_cost=1e6)).payback_months is None


def test_what_must_be_said_beside_the_numbers_is_said():
    def said(team, scenario=None):
        return " ".join(map(str, point_outcome(team, scenario).warnings))

    assert "at least as much work as people" in said(a_team(agents=5))
    assert "above the limit" in said(a_team(agents=9, patience_seconds=3_000))
    assert "was not measured" in said(a_team(patience_seconds=None))
    assert "independent sources" in said(a_team(), a_bot(containment=0.5))
    assert "nobody is left" in said(a_team(), Scenario(name="x", levers=(StaffingLever(agents_change=-20),)))
    assert "without end" in said(a_team(kind="email", agents=2, answer_within_seconds=28_800))
    assert "longer than an interval" in said(a_day(handle_time_seconds=4_000, agents=130))
    assert "more than two chats" in said(a_team(kind="chat", chats_at_once=4, slowdown_per_extra_chat=1.2))
    assert said(a_team(agents=14)) == ""


@pytest.mark.parametrize(("months", "rate"), [(6, 0.0), (12, 0.05), (48, 0.10)])
def test_payback_and_present_value_look_at_the_months_and_the_interest_of_the_team(months, rate):
    """Month by month, by hand: a ramp of four months, paid at the start."""
    fewer = StaffingLever(agents_change=-1, ramp_months=4, one_off_cost=60_000, upkeep_share=0)
    team = a_team(horizon_months=months, annual_rate=rate)
    found = point_outcome(team, Scenario(name="fewer", levers=(fewer,)))
    saving = point_outcome(team).cost_per_month.median - found.cost_per_month.median
    flows = [saving * min(month / 4, 1) for month in range(1, months + 1)]
    value = sum(flow / (1 + rate) ** (month / 12) for month, flow in enumerate(flows, start=1))
    assert found.net_present_value == pytest.approx(value - 60_000)
    back = next((month for month in range(1, months + 1) if sum(flows[:month]) >= 60_000), None)
    assert found.payback_months == back


def test_a_hopeless_overload_is_told_in_plain_figures():
    found = simulate(a_team(contacts_per_day=900_000), [a_bot()], draws=16)
    assert all("; 0 % are answered in time" in str(sentence_of(outcome, found)) for outcome in found.outcomes)


def test_waits_of_seconds_and_of_hours_are_told_apart():
    found = simulate(three_channels(), [a_bot()], draws=16)
    as_is, bot = (str(sentence_of(outcome, found)) for outcome in found.outcomes)
    phone, mail = found.as_is.channels[0], found.as_is.channels[2]
    assert f"Phone: {phone.mean_wait_seconds.median:.1f} s from their first contact to a person" in as_is
    hours, minutes = divmod(round(mail.mean_wait_seconds.median / 60), 60)
    assert f"E-mail and tickets: {hours} h {minutes} min from their first contact to a person" in as_is
    level = f"{100 * phone.service_level.median:.1f}".removesuffix(".0")
    assert f"to a person, {level} % in time; " in as_is, "each channel with its own service level, and none over all"
    assert "are answered in time" not in as_is
    assert f"instead of {hours} h {minutes} min" in bot
    assert not simulate(a_team(), [], draws=16).as_is.mixes_waits


def test_each_scenario_is_told_in_a_sentence():
    lean = Scenario(name="lean", levers=(StaffingLever(agents_change=-1, one_off_cost=1_000.0),))
    comparison = simulate(a_team(agents=12), [lean, a_bot(one_off_cost=500.0)], draws=32)
    told = [str(sentence_of(outcome, comparison)) for outcome in comparison.outcomes]
    assert told[0].startswith("As things are")
    assert "less. What is paid at the start is back after" in told[1]
    assert "more. What is paid at the start does not come back" in told[2]
    assert "$" in told[0]


def test_the_sentence_is_about_the_customer_and_says_what_passes_with_the_bot():
    found = simulate(a_team(agents=12), [a_bot(seconds_before_handover=86.0)], draws=64)
    as_is, bot = found.outcomes
    told = str(sentence_of(bot, found))
    queue = bot.response_seconds(Clock.HANDOVER).median
    assert (
        f"Customers now wait {duration(queue + 86)} from their first contact to a person, 1 min 26 s of it with the bot" in told
    )
    assert f"instead of {duration(as_is.mean_wait_seconds.median)}" in told
    solved, before = (duration(one.response_seconds(Clock.RESOLUTION).median) for one in (bot, as_is))
    assert f"{solved} to the solution instead of {before}" in told


def test_a_backlog_says_of_which_weeks_its_waits_are_the_mean():
    mail = {"kind": "email", "contacts_per_day": 100, "handle_time_seconds": 600, "agents": 3, "open_weekdays": [0, 1, 2, 3, 4]}
    team = {"cost_per_agent_hour": 28, "currency": "EUR"}
    usual = simulate(read_operation({"channels": [mail], **team}), [], draws=16).as_is.channels[0]
    late = simulate(read_operation({"channels": [{**mail, "backlog_at_start": 400}], **team}), [], draws=16).as_is.channels[0]
    assert str(usual.window) == "mean of a week that repeats"
    assert str(late.window) == "mean of the first 4 weeks"
    assert simulate(a_team(), [], draws=16).as_is.channels[0].window is None

"""The model's days against single contacts that are simulated one after the other."""

import pytest

from cs_planning.automation.scenarios.outcome import Clock
from cs_planning.automation.scenarios.scenario import point_outcome
from cs_planning.automation.team.reading import read_operation
from tests.automation.builders import HOURS, a_bot, a_team
from tests.automation.scenarios.day_simulation import simulated_chats, simulated_days, simulated_mail

CERTAIN = {"volume_cv": 0, "handle_time_cv": 0, "patience_cv": 0, "absence": 0.0, "wage": 0.0}
QUARTERS = [30] * 16 + [75] + [30] * 15
CASES = {
    "day profile": (
        lambda: a_team(
            arrivals_per_interval=HOURS, agents_per_interval=[max(round(n / 10), 2) for n in HOURS], interval_minutes=60,
            contacts_per_day=None, agents=None, doubt=CERTAIN,
        ),
        300,
        False,
    ),
    "one agent": (lambda: a_team(contacts_per_day=100, agents=1, doubt=CERTAIN), 2500, False),
    "even day": (lambda: a_team(doubt=CERTAIN), 200, False),
    "fifteen minutes of overload": (
        lambda: a_team(
            arrivals_per_interval=QUARTERS, agents_per_interval=[12] * 32, interval_minutes=15, contacts_per_day=None,
            agents=None, opening_hours_per_day=8, doubt=CERTAIN,
        ),
        300,
        False,
    ),
    "around the clock": (
        lambda: a_team(
            arrivals_per_interval=[25, 20, 20, 25, 60, 130, 160, 140, 120, 100, 60, 30],
            opening_hours_per_day=24,
            agents_per_interval=[2, 2, 2, 2, 3, 6, 7, 7, 6, 5, 3, 2], interval_minutes=120,
            contacts_per_day=None, agents=None, doubt=CERTAIN,
        ),
        600,
        True,
    ),
    "lunch without people": (
        lambda: a_team(
            arrivals_per_interval=[40, 60, 60, 50, 40, 60, 60, 40], agents_per_interval=[5, 7, 7, 6, 0, 7, 7, 5],
            interval_minutes=60, contacts_per_day=None, agents=None, opening_hours_per_day=8, doubt=CERTAIN,
        ),
        400,
        False,
    ),
}  # fmt: skip


@pytest.mark.load
@pytest.mark.parametrize("case", CASES)
def test_the_model_is_within_two_points_and_a_tenth_of_simulated_days(case):
    make, days, around = CASES[case]
    operation = make()
    model = point_outcome(operation)
    level, wait, _lost = simulated_days(operation.channels[0], days, around_the_clock=around)
    assert model.service_level.median == pytest.approx(level, abs=0.02)
    assert model.mean_wait_seconds.median == pytest.approx(wait, rel=0.10)


CHAT = {"kind": "chat", "handle_time_seconds": 480, "agents": 6, "patience_seconds": 120, "chats_at_once": 3}
MAIL = {"kind": "email", "handle_time_seconds": 600, "answer_within_seconds": 28_800, "open_weekdays": [0, 1, 2, 3, 4]}
TEAM = {"cost_per_agent_hour": 28, "currency": "EUR", "doubt": CERTAIN}


@pytest.mark.load
@pytest.mark.parametrize("contacts", [500, 650])
def test_three_chats_at_once_are_within_two_points_and_a_tenth_of_simulated_people(contacts):
    operation = read_operation({"channels": [{**CHAT, "contacts_per_day": contacts}], **TEAM})
    model = point_outcome(operation)
    level, wait, _lost = simulated_chats(operation.channels[0], 150_000)
    assert model.service_level.median == pytest.approx(level, abs=0.02)
    assert model.mean_wait_seconds.median == pytest.approx(wait, rel=0.10, abs=0.5)


@pytest.mark.load
@pytest.mark.parametrize("backlog", [0, 400])
def test_e_mail_from_monday_to_friday_is_within_two_points_and_a_tenth_of_simulated_items(backlog):
    mail = {**MAIL, "contacts_per_day": 400, "agents": 10, "backlog_at_start": backlog}
    operation = read_operation({"channels": [mail], **TEAM})
    model = point_outcome(operation)
    weeks = 4 if backlog else 60
    seen = [simulated_mail(operation.channels[0], weeks, seed) for seed in range(20 if backlog else 1)]
    level, wait = (sum(values) / len(seen) for values in zip(*seen, strict=True))
    assert model.service_level.median == pytest.approx(level, abs=0.02)
    assert model.mean_wait_seconds.median == pytest.approx(wait, rel=0.10)


@pytest.mark.load
def test_a_bot_with_hand_over_leaves_the_queue_of_those_it_does_not_end():
    certain = {"recontact_after_service": 0.0, "doubt": CERTAIN}
    operation = a_team(agents=8, **certain)
    bot = a_bot(
        containment=0.2, false_containment=0.0, easiest_first=0.0, escalated_handle_time_change=0.0, seconds_before_handover=90
    )
    model = point_outcome(operation, bot)
    rest = a_team(agents=8, contacts_per_day=960, **certain)
    level, wait, _lost = simulated_days(rest.channels[0], 200)
    assert model.service_level.median == pytest.approx(level, abs=0.02)
    assert model.mean_wait_seconds.median == pytest.approx(wait, rel=0.10)
    assert model.response_seconds(Clock.PERSON).median == pytest.approx(wait + 90, rel=0.10)

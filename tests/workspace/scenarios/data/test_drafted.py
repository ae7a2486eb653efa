"""The operation as imported data show it."""

import numpy as np
import pytest

from cs_planning.automation.queues.erlang import erlang_a
from cs_planning.kpis.calendar.opening_hours import OpeningHours, Span
from cs_planning.workspace.scenarios.data.channel_data import ChannelData, wait_of_everybody
from cs_planning.workspace.scenarios.data.drafted import drafted_operation
from tests.automation.calibration.call_logs import simulated_calls


def log_of(**settings):
    """A simulated log, and what a report of it would say: only answered calls count for its speed of answer."""
    calls = simulated_calls(**settings)
    wait, gone = calls["wait_seconds"], calls["abandoned"].astype(bool)
    answered = ~gone
    return {
        "answered": float(wait[answered].mean()),
        "everybody": float(wait.mean()),
        "abandonment": float(gone.mean()),
        "level": float((answered & (wait <= 60)).mean()),
    }


@pytest.mark.slow
@pytest.mark.parametrize("settings", [{}, {"patience_seconds": 120.0}, {"handle_seconds": 330.0}, {"seed": 8}])
def test_the_wait_of_everybody_is_found_again_from_what_reports_say(settings):
    seen = log_of(days=28, **settings)
    found = wait_of_everybody(seen["answered"], seen["abandonment"], seen["level"], 60.0)
    assert found == pytest.approx(seen["everybody"], rel=0.2)
    assert abs(found - seen["everybody"]) < abs(seen["answered"] - seen["everybody"])


def test_nobody_who_gives_up_adds_no_wait():
    assert wait_of_everybody(30.0, 0.0, 0.8, 60.0) == 30.0
    assert wait_of_everybody(0.0, 0.1, 0.9, 60.0) == 0.0


@pytest.mark.parametrize("level", np.linspace(0, 1, 6))
def test_any_report_gives_a_finite_wait_that_is_not_negative(level):
    for rate in (0.0, 0.05, 0.5, 1.0):
        found = wait_of_everybody(25.0, rate, float(level), 60.0)
        assert np.isfinite(found)
        assert found >= 0


def test_the_people_that_explain_the_waits_are_found_where_no_roster_is_known():
    queue = erlang_a(6.6 / 350, 350.0, 8.0, 200.0, 60.0, answered_wait=False)
    level, lost, wait = (float(x) for x in (queue.service_level, queue.abandonment_rate, queue.mean_wait_seconds))
    data = ChannelData(
        contacts_per_day=6.6 * 36_000 / 350,
        handle_time_seconds=350.0,
        service_level=level,
        abandonment_rate=lost,
        mean_wait_seconds=wait * 0.9,
    )
    drafted = drafted_operation(data, "EUR")
    assert drafted.agents_from_waits
    assert drafted.operation.channels[0].agents == pytest.approx(8, abs=0.7)
    assert drafted.operation.currency == "EUR"


def test_without_data_usual_values_stand_in_and_nothing_is_claimed():
    drafted = drafted_operation(ChannelData(), "USD")
    assert not drafted.agents_from_waits
    assert drafted.data.measured(60.0) is None
    assert drafted.operation.channels[0].agents > 0


def test_a_drafted_team_is_open_as_long_as_the_settings_say_without_the_breaks():
    nine_to_five = (Span(opens=540, closes=720), Span(opens=780, closes=1020))
    mornings = (Span(opens=540, closes=720),)
    hours = OpeningHours(week=(nine_to_five,) * 5 + (mornings, ()))
    drafted = drafted_operation(ChannelData(contacts_per_day=300, handle_time_seconds=240), "EUR", hours)
    assert drafted.operation.channels[0].hours == pytest.approx((5 * 7 + 3) / 6)
    assert drafted_operation(ChannelData(), "EUR").operation.channels[0].hours == 10

import heapq

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.formulas.backlog import mean_response, periodic_curves, response_percentile
from cs_planning.automation.team.backlog import backlog_response, run_curves, weekly_capacity
from cs_planning.automation.team.work_hours import same_hours

MINUTE = 1 / 60


def round_the_clock(capacity_per_hour, opens=9, closes=17):
    capacity = np.zeros(1440)
    capacity[opens * 60 : closes * 60] = capacity_per_hour * MINUTE
    return np.full(1440, MINUTE), capacity


def test_more_work_than_capacity_makes_the_wait_grow_through_the_day():
    arrivals, capacity = np.full(480, 100 * MINUTE), np.full(480, 80 * MINUTE)
    curves = run_curves(np.concatenate([arrivals, 0 * arrivals]), np.tile(capacity, 2), MINUTE)
    assert curves.backlog[480] == pytest.approx(160)
    assert mean_response(curves, 480) == pytest.approx(1.0, abs=1e-3)
    assert response_percentile(curves, 0.9, 480) == pytest.approx(1.8, abs=2e-3)


@pytest.mark.parametrize(("capacity", "hours"), [(3, 8.0), (6, 6.4)])
def test_opening_hours_outweigh_capacity(capacity, hours):
    arrivals, possible = round_the_clock(capacity)
    assert mean_response(periodic_curves(arrivals, possible, MINUTE), 1440) == pytest.approx(hours, abs=2e-3)
    assert backlog_response(arrivals, possible, MINUTE, 8.0).mean_response_hours == pytest.approx(hours, abs=1e-3)


def simulated_mean_hours(per_hour, agents, handle_hours, opens, hours, days=300):
    rng = np.random.default_rng(4)
    free, waits = [0.0] * agents, []
    for arrival in np.sort(rng.random(rng.poisson(per_hour * 24 * days)) * 24 * days):
        start = max(arrival, heapq.heappop(free))
        day, clock = divmod(start, 24)
        if clock < opens:
            start = 24 * day + opens
        elif clock >= opens + hours:
            start = 24 * (day + 1) + opens
        end = start + handle_hours
        heapq.heappush(free, end)
        waits.append(end - arrival)
    return np.mean(waits)


def test_the_fluid_agrees_with_single_items_worked_off_by_agents():
    capacity = weekly_capacity(np.array([40.0]), same_hours(9, 8, range(7)), 0.5)
    fluid = backlog_response(np.full((1, 336), 5.0), capacity, 0.5, 8.0)
    simulated = simulated_mean_hours(10.0, 10, 0.25, 9, 8)
    assert float(fluid.mean_response_hours[0]) == pytest.approx(simulated, abs=0.5)


def test_a_night_shift_runs_past_midnight_and_weekends_are_closed():
    night = weekly_capacity(1.0, same_hours(22, 8, [6]), 0.5)
    assert night.sum() == pytest.approx(8)
    assert night[:12].sum() == pytest.approx(6)
    weekdays = weekly_capacity(np.array([2.0, 4.0]), same_hours(9, 8, range(5)), 0.5)
    assert weekdays.sum(axis=-1) == pytest.approx([80, 160])
    assert weekdays[:, 240:].sum() == 0


def test_a_backlog_that_grows_without_end_is_never_negative_and_said():
    arrivals, capacity = round_the_clock(2)
    result = backlog_response(arrivals, capacity, MINUTE, 8.0)
    assert result.utilisation == pytest.approx(1.5)
    assert result.backlog_end == pytest.approx(4 * 8)
    assert result.mean_response_hours > 8
    with pytest.raises(ValueError, match="without end"):
        periodic_curves(arrivals, capacity, MINUTE)


@settings(deadline=None, max_examples=60)
@given(
    arrivals=st.lists(st.floats(0, 50), min_size=24, max_size=24),
    capacity=st.lists(st.floats(0, 60), min_size=24, max_size=24),
    start=st.floats(0, 100),
    within=st.floats(0, 48),
)
def test_nothing_is_negative_or_done_before_it_came(arrivals, capacity, start, within):
    curves = run_curves(np.array(arrivals), np.array(capacity), 1.0, start)
    assert (curves.backlog >= -1e-9).all()
    assert (np.diff(curves.done) >= -1e-9).all()
    result = backlog_response(np.array(arrivals), np.array(capacity), 1.0, within, backlog_at_start=start)
    assert np.isfinite(result.mean_response_hours)
    assert result.mean_response_hours >= 0
    assert 0 <= result.answered_within <= 1 + 1e-9


def test_more_capacity_never_answers_later():
    arrivals = np.full((8, 336), 2.0)
    capacity = weekly_capacity(np.linspace(10, 80, 8), same_hours(9, 10, range(5)), 0.5)
    result = backlog_response(arrivals, capacity, 0.5, 24.0)
    assert (np.diff(result.mean_response_hours) <= 1e-9).all()
    assert (np.diff(result.answered_within) >= -1e-9).all()

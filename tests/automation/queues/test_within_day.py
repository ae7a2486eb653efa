import numpy as np
import pytest

from benchmarks.discrete_events import day, exponential
from benchmarks.formulas.queues import lagged_arrivals
from cs_planning.automation.queues.erlang import erlang_a
from cs_planning.automation.queues.within_day import carried_over_warning, effective_arrivals

RATES = np.array([0.01, 0.05, 0.12, 0.09, 0.03, 0.01])


def test_the_load_follows_its_differential_equation():
    load, means = 0.0, []
    for rate in RATES:
        total = 0.0
        for _ in range(18_000):
            load += 0.1 * (rate - load / 900)
            total += 0.1 * load
        means.append(total / 1800 / 900)
    np.testing.assert_allclose(effective_arrivals(RATES, np.asarray(900.0), 1800), means, rtol=2e-3)


def test_short_contacts_follow_arrivals_at_once_and_a_level_day_is_level():
    np.testing.assert_allclose(effective_arrivals(RATES, np.asarray(1.0), 1800), RATES, rtol=3e-3)
    level = np.full(48, 0.1)
    np.testing.assert_allclose(effective_arrivals(level, np.asarray(3_000.0), 1800, around_the_clock=True), level, rtol=1e-9)


def test_draws_are_computed_together_as_alone():
    handles = np.array([100.0, 900.0, 4_000.0])
    together = effective_arrivals(np.tile(RATES, (3, 1)), handles, 1800)
    for row, handle in zip(together, handles, strict=True):
        np.testing.assert_allclose(row, effective_arrivals(RATES, np.asarray(handle), 1800))


def test_lagged_arrivals_are_those_of_one_handle_time_before():
    np.testing.assert_allclose(lagged_arrivals(RATES, 1800, 1800), [0, *RATES[:-1]])
    np.testing.assert_allclose(lagged_arrivals(RATES, 900, 1800)[1], (RATES[0] + RATES[1]) / 2)


@pytest.mark.slow
def test_a_day_of_long_contacts_is_nearer_to_simulation_than_interval_by_interval():
    hours = 0.02 * np.array([1, 3, 6, 6, 4, 2, 1, 1, 2, 4, 5, 4, 2, 1])
    agents = [4, 10, 26, 28, 22, 12, 6, 5, 8, 17, 24, 20, 11, 5]
    counted = day(
        lambda s: hours[np.minimum(s / 1800, 13).astype(int)],
        agents,
        1800,
        exponential(1200),
        exponential(300),
        60,
        days=1024,
    )

    def level(rates):
        served = np.asarray(erlang_a(rates, 1200, np.array(agents, float), 300, 60).service_level)
        return float(served @ hours / hours.sum())

    better = level(effective_arrivals(hours, np.asarray(1200.0), 1800))
    assert abs(better - counted.service_level) < abs(level(hours) - counted.service_level)
    assert better == pytest.approx(counted.service_level, abs=0.04)


def test_what_the_model_can_not_see_is_said():
    assert carried_over_warning(RATES, 3_000, np.full(6, 99.0), 60, 1800) is not None
    assert carried_over_warning(RATES, 300, np.full(6, 5.0), 7_200, 1800) is not None
    assert carried_over_warning(RATES, 300, np.full(6, 99.0), 7_200, 1800) is None

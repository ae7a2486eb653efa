"""Patience of any shape: against Erlang A where it is exponential, against single simulated calls where it is not."""

import numpy as np
import pytest

from benchmarks import discrete_events as des
from cs_planning.automation.queues.erlang import erlang_a
from cs_planning.automation.queues.measured_patience import Patience, patience_of, queue_with_patience


@pytest.mark.parametrize(
    ("arrivals", "handle", "agents", "patience", "within"),
    [
        (0.2, 240, 48, 300, 15),
        (0.2, 240, 40, 300, 60),
        (1.0, 300, 250, 180, 60),
        (16.6, 300, 4500, 90, 60),
        (0.001, 300, 5, 60, 60),
        (0.02, 200, 0.7, 300, 60),
        (0.05, 300, 40, 600, 0),
    ],
)
def test_exponential_patience_is_erlang_a(arrivals, handle, agents, patience, within):
    exact = erlang_a(arrivals, handle, agents, patience, within)
    found = queue_with_patience(
        np.array([arrivals]), np.array([handle]), np.array([agents]), Patience.exponential(patience), within
    )
    assert found.service_level[0] == pytest.approx(exact.service_level, abs=5e-4)
    assert found.abandonment_rate[0] == pytest.approx(exact.abandonment_rate, abs=5e-4)
    assert found.mean_wait_seconds[0] == pytest.approx(exact.mean_wait_seconds, rel=3e-3, abs=1e-3)


def test_patience_that_comes_in_pieces_agrees_with_single_calls():
    patience = Patience(edges_seconds=(0.0, 5.0, 60.0, 70.0), leaving_per_second=(0.02, 0.001, 0.03, 0.002))
    shares = np.linspace(0, 1, 200_001)[1:-1]
    seconds = np.geomspace(1e-3, 1e5, 20_000)
    values = np.interp(shares, 1 - patience.still_waiting(seconds), seconds)

    def drawn(rng, count):
        return rng.choice(values, count)

    counted = des.stationary(0.22, 40, des.exponential(200), drawn, 60)
    found = queue_with_patience(np.array([0.22]), np.array([200.0]), np.array([40.0]), patience, 60.0)
    assert found.service_level[0] == pytest.approx(counted.service_level, abs=0.01)
    assert found.abandonment_rate[0] == pytest.approx(counted.abandonment_rate, abs=0.004)
    assert found.mean_wait_seconds[0] == pytest.approx(counted.mean_wait_seconds, rel=0.05)


def test_nobody_on_duty_means_that_everybody_gives_up():
    found = queue_with_patience(np.array([0.01]), np.array([200.0]), np.array([0.0]), Patience.exponential(300), 60.0)
    assert found.service_level[0] == pytest.approx(0, abs=1e-3)
    assert found.abandonment_rate[0] == pytest.approx(1, abs=1e-3)
    assert found.mean_wait_seconds[0] == pytest.approx(300, rel=0.01)


def test_patience_is_found_behind_waits_that_an_answer_ended():
    rng = np.random.default_rng(5)
    count = 60_000
    patience = np.where(rng.random(count) < 0.3, rng.exponential(30, count), rng.exponential(900, count))
    answered = rng.exponential(60, count)
    found = patience_of(np.minimum(patience, answered), patience < answered)
    for seconds in (10.0, 60.0, 200.0):
        truth = 0.3 * np.exp(-seconds / 30) + 0.7 * np.exp(-seconds / 900)
        assert found.still_waiting(np.array([seconds]))[0] == pytest.approx(truth, abs=0.02)


def test_a_log_in_which_nobody_gave_up_is_patient_without_end():
    found = patience_of(np.array([0.0, 10.0, 20.0] * 100), np.zeros(300, bool))
    assert found.still_waiting(np.array([60.0]))[0] > 0.98

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.discrete_events import exponential, stationary
from benchmarks.formulas.queues import agents_needed, erlang_b, wait_percentile, waiting_longer_than
from cs_planning.automation.calibration.without_abandonment import comparison_sentence, without_abandonment
from cs_planning.automation.queues.erlang import erlang_a, erlang_c, log_erlang_b, log_erlang_c
from cs_planning.errors import InvalidOperation
from tests.automation.builders import a_day, a_team, three_channels
from tests.automation.queues.chains import queue_with_patience

RATES = st.floats(1e-6, 2.0)
TIMES = st.floats(5.0, 5_000.0)
AGENTS = st.floats(0.0, 500.0)


def fields(result):
    return (
        result.service_level,
        result.abandonment_rate,
        result.mean_wait_seconds,
        result.mean_wait_answered_seconds,
        result.probability_of_waiting,
        result.occupancy,
        result.queue_length,
    )


@pytest.mark.parametrize(
    ("lam", "aht", "agents", "patience", "within"),
    [(0.02, 300, 5, 180, 60), (0.05, 240, 12, 30, 20), (0.03, 300, 12, 900, 60), (0.004, 300, 1, 60, 10), (0.05, 60, 5, 60, 0)],
)
def test_erlang_a_agrees_with_the_chain_solved_by_linear_algebra(lam, aht, agents, patience, within):
    level, abandoned, wait, waiting = queue_with_patience(lam, aht, agents, patience, within)
    result = erlang_a(lam, aht, agents, patience, within)
    assert result.service_level == pytest.approx(level, abs=1e-9)
    assert result.abandonment_rate == pytest.approx(abandoned, abs=1e-9)
    assert result.mean_wait_seconds == pytest.approx(wait, abs=1e-7)
    assert result.probability_of_waiting == pytest.approx(waiting, abs=1e-9)


def test_erlang_a_agrees_with_a_simulation_of_single_contacts():
    counted = stationary(0.13, 40, exponential(300), exponential(180), 60, contacts=1_000_000)
    result = erlang_a(0.13, 300, 40, 180, 60)
    assert result.service_level == pytest.approx(counted.service_level, abs=0.004)
    assert result.abandonment_rate == pytest.approx(counted.abandonment_rate, abs=0.002)
    assert result.mean_wait_seconds == pytest.approx(counted.mean_wait_seconds, rel=0.03)


def test_erlang_b_agrees_with_its_recursion():
    for load in (0.3, 4.0, 40.0, 400.0):
        loss = 1.0
        for agents in range(1, 200):
            loss = load * loss / (agents + load * loss)
            assert erlang_b(agents, load) == pytest.approx(loss, rel=1e-11)


@pytest.mark.parametrize(
    ("agents", "load"), [(5_000, 4_995), (100_000, 99_000), (50, 5_000), (0.5, 100.0), (2.5, 2.2), (300, 1.0)]
)
def test_erlang_b_agrees_with_forty_digits(agents, load):
    mpmath = pytest.importorskip("mpmath")
    with mpmath.workdps(40):
        a, n = mpmath.mpf(load), mpmath.mpf(agents)
        exact = mpmath.exp(n * mpmath.log(a) - a - mpmath.loggamma(n + 1)) / mpmath.gammainc(n + 1, a, regularized=True)
        assert log_erlang_b(agents, load) == pytest.approx(float(mpmath.log(exact)), rel=1e-10, abs=1e-12)


@pytest.mark.parametrize(
    ("agents", "rho", "patience"), [(5_000, 0.999, 90), (5_000, 1.2, 90), (20, 0.5, 3_000), (400, 0.6, 3_000)]
)
def test_erlang_a_agrees_with_forty_digits_in_every_region_of_the_formula(agents, rho, patience):
    mpmath = pytest.importorskip("mpmath")
    lam, aht = agents * rho / 300, 300.0
    result = erlang_a(lam, aht, agents, patience, 30)
    with mpmath.workdps(40):
        x, y = mpmath.mpf(agents) * patience / 300, mpmath.mpf(lam) * patience
        load = mpmath.mpf(lam) * 300
        loss = mpmath.exp(agents * mpmath.log(load) - load - mpmath.loggamma(agents + 1)) / mpmath.gammainc(
            agents + 1, load, regularized=True
        )
        pmf = mpmath.exp(x * mpmath.log(y) - y - mpmath.loggamma(x + 1))
        growth = mpmath.gammainc(x, 0, y, regularized=True) / pmf
        waiting = growth * loss / (1 + (growth - 1) * loss)
        abandoned = waiting * (1 / growth + y / x - 1) * x / y
    assert result.probability_of_waiting == pytest.approx(float(waiting), rel=1e-9, abs=1e-14)
    assert result.abandonment_rate == pytest.approx(float(abandoned), rel=1e-9, abs=1e-14)


def test_the_wait_of_the_served_agrees_with_an_integral_over_the_chain():
    lam, aht, agents, patience = 0.03, 300, 9, 180
    seconds = np.linspace(0, 1_500, 6_001)
    served = np.asarray(erlang_a(lam, aht, agents, patience, seconds, answered_wait=False).service_level)
    result = erlang_a(lam, aht, agents, patience, 60)
    served_in_all = 1 - result.abandonment_rate
    expected = np.trapezoid(served_in_all - served, seconds) / served_in_all
    assert result.mean_wait_answered_seconds == pytest.approx(expected, rel=1e-4)


def test_percentiles_and_tails_of_the_wait_belong_together():
    for share in (0.5, 0.9, 0.99):
        wait = wait_percentile(share, 0.2, 240, 48, 300)
        assert waiting_longer_than(wait, 0.2, 240, 48, 300) <= 1 - share + 1e-9
        if wait:
            assert waiting_longer_than(wait, 0.2, 240, 48, 300) == pytest.approx(1 - share, abs=1e-9)
    assert wait_percentile(0.9, 0.2, 240, 40) == math.inf
    assert wait_percentile(0.2, 0.2, 240, 55) == 0


@pytest.mark.slow
@settings(deadline=None, max_examples=300)
@given(lam=RATES, aht=TIMES, agents=AGENTS, patience=st.floats(0.0, 1e6), within=st.floats(0, 3_600))
def test_nothing_is_ever_negative_or_not_a_number(lam, aht, agents, patience, within):
    result = erlang_a(lam, aht, agents, patience, within)
    assert all(math.isfinite(value) and value >= 0 for value in fields(result))
    assert result.service_level + result.abandonment_rate <= 1 + 1e-9
    assert result.occupancy <= 1


@pytest.mark.slow
@settings(deadline=None, max_examples=150)
@given(lam=RATES, aht=TIMES, agents=st.floats(0.2, 300.0), patience=st.floats(1.0, 1e5), within=st.floats(0, 600))
def test_more_people_serve_sooner_and_more_arrivals_later(lam, aht, agents, patience, within):
    few, many = (erlang_a(lam, aht, n, patience, within) for n in (agents, agents + 0.7))
    assert many.service_level >= few.service_level - 1e-9
    assert many.abandonment_rate <= few.abandonment_rate + 1e-9
    busier = erlang_a(lam * 1.1, aht, agents, patience, within)
    assert busier.service_level <= few.service_level + 1e-9
    assert busier.abandonment_rate >= few.abandonment_rate - 1e-9


@pytest.mark.slow
@settings(deadline=None, max_examples=150)
@given(lam=RATES, aht=TIMES, agents=st.floats(0.2, 300.0), patience=st.floats(1.0, 1e5))
def test_patient_people_give_up_less_and_wait_longer(lam, aht, agents, patience):
    hasty, calm = (erlang_a(lam, aht, agents, value, 60) for value in (patience, 1.5 * patience))
    assert calm.abandonment_rate <= hasty.abandonment_rate + 1e-9
    assert calm.mean_wait_seconds >= hasty.mean_wait_seconds * (1 - 1e-9) - 1e-9


def test_without_patience_it_is_a_loss_system_and_with_endless_patience_erlang_c():
    assert erlang_a(0.03, 300, 9, 0, 60).abandonment_rate == pytest.approx(erlang_b(9, 9.0), rel=1e-9)
    assert erlang_a(0.03, 300, 9, 1e-6, 60).abandonment_rate == pytest.approx(erlang_b(9, 9.0), rel=1e-4)
    endless, plain = erlang_a(0.2, 240, 55, math.inf, 15), erlang_c(0.2, 240, 55, 15)
    assert fields(endless) == pytest.approx(fields(plain))
    assert erlang_a(0.2, 240, 55, 1e9, 15).mean_wait_seconds == pytest.approx(plain.mean_wait_seconds, rel=1e-4)


def test_endless_patience_above_capacity_is_its_fluid_limit_and_never_negative():
    result = erlang_a(0.5, 300, 100, math.inf, 60)
    assert (result.service_level, result.mean_wait_seconds) == (0, math.inf)
    assert result.abandonment_rate == pytest.approx(1 / 3)
    assert erlang_a(0.5, 300, 100, 1e14, 60).abandonment_rate == pytest.approx(1 / 3)


def test_erlang_c_at_full_load_is_flagged_instead_of_negative():
    for agents in (5, 4, 0):
        result = erlang_c(1 / 60, 300, agents, 60)
        assert result.overloaded
        assert (result.service_level, result.occupancy, result.mean_wait_seconds) == (0, 1, math.inf)
    assert log_erlang_c(10_000, 9_000) == pytest.approx(-56.8266885378, abs=1e-6)


def test_no_arrivals_and_nobody_there_are_plain_cases():
    nothing = erlang_a(0, 300, 5, 180, 60)
    assert fields(nothing) == (1, 0, 0, 0, 0, 0, 0)
    nobody = erlang_a(0.1, 300, 0, 180, 60)
    assert (nobody.service_level, nobody.abandonment_rate, nobody.mean_wait_seconds) == (0, 1, 180)
    assert fields(erlang_a(0, 300, 0, 180, 60))[:3] == (1, 0, 0)


def test_arrays_and_scalars_give_the_same():
    lam = np.array([[0.01, 0.2], [0.0, 0.4]])
    together = erlang_a(lam, 300, 40.5, np.array([100.0, 500.0]), 60)
    assert np.shape(together.service_level) == (2, 2)
    assert np.asarray(together.service_level)[0, 1] == pytest.approx(erlang_a(0.2, 300, 40.5, 500, 60).service_level, rel=1e-12)


@pytest.mark.parametrize(
    ("arguments", "field"),
    [
        ((-0.1, 300, 5, 180, 60), "arrivals_per_second"),
        ((0.1, 0, 5, 180, 60), "handle_time_seconds"),
        ((0.1, 300, -1, 180, 60), "agents"),
        ((0.1, 300, 5, -1, 60), "patience_seconds"),
        ((0.1, 300, 5, math.nan, 60), "patience_seconds"),
        ((math.inf, 300, 5, 180, 60), "arrivals_per_second"),
        ((0.1, 300, 5, 180, math.nan), "answer_within_seconds"),
    ],
)
def test_an_argument_that_has_no_meaning_is_refused_by_name(arguments, field):
    with pytest.raises(InvalidOperation) as refused:
        erlang_a(*arguments)
    assert [problem.field for problem in refused.value.problems] == [field]


def test_agents_needed_are_the_fewest_that_keep_target_and_cap():
    lam, cap = np.linspace(0.005, 0.3, 40), 0.85
    for patience in (np.inf, 180.0):
        agents = np.asarray(agents_needed(lam, 180, 20, 0.8, patience_seconds=patience, occupancy_cap=cap))

        def kept(heads, patience=patience):
            return (erlang_a(lam, 180, heads, patience, 20).service_level >= 0.8) & (lam * 180 <= cap * heads)

        assert kept(agents).all()
        assert not kept(np.maximum(agents - 1, 0)).any()
    assert agents_needed(0.0, 180, 20, 0.8) == 0
    smooth = agents_needed(0.05, 180, 20, 0.8, patience_seconds=180, whole=False)
    assert erlang_a(0.05, 180, smooth, 180, 20).service_level == pytest.approx(0.8, abs=1e-6)
    with pytest.raises(ValueError, match="share"):
        agents_needed(0.05, 180, 20, 80)
    with pytest.raises(ValueError, match="between 0 and 1"):
        wait_percentile(90, 0.05, 180, 12)


@pytest.mark.parametrize(
    ("arrivals", "agents", "patience", "exact_wait"),
    [(16.65, 5012.5, 1e5, 11.2818353084), (16.65, 5012.5, 1e6, 12.2808198287), (16.6833, 5012.5, 1e6, 33.1457499182)],
)
def test_large_teams_with_very_patient_callers_agree_with_forty_digits(arrivals, agents, patience, exact_wait):
    assert erlang_a(arrivals, 300.0, agents, patience, 60.0).mean_wait_seconds == pytest.approx(exact_wait, rel=1e-9)


@pytest.mark.parametrize("people", [0.5, 2.5, 60, 1000, 5000])
@pytest.mark.parametrize("load", [0.3, 0.95, 0.999, 1.0, 1.001, 1.5])
@pytest.mark.parametrize("within", [0.0, 60.0])
def test_more_people_and_more_patience_act_in_one_direction_up_to_endless_patience(people, load, within):
    agents = people * np.linspace(0.97, 1.03, 13)[:, None]
    patience = np.array([1, 2, 10, 60, 180, 600, 7200, 86400, 1e6, 1e8, 1e10, 1e13, np.inf])
    queue = erlang_a(load * people / 300, 300.0, agents, patience, within, answered_wait=False)
    level, lost = np.asarray(queue.service_level), np.asarray(queue.abandonment_rate)
    wait = np.minimum(np.asarray(queue.mean_wait_seconds), 1e15)
    assert (np.diff(level, axis=0) >= -1e-10).all()
    assert (np.diff(lost, axis=0) <= 1e-10).all()
    assert (np.diff(lost, axis=1) <= 1e-10).all()
    assert (np.diff(wait, axis=0) <= 1e-9 * np.maximum(wait[1:], 1e-3)).all()
    assert (np.diff(wait, axis=1) >= -1e-6 * np.maximum(wait[:, :-1], 1e-3)).all()


def test_erlang_c_of_a_day_is_that_of_erlang_a_with_endless_patience():
    team = a_day(agents=12, patience_seconds=86_400 * 100)
    found = without_abandonment(team.channels[0], team)
    cells = team.channels[0].arrivals_by_day(), team.channels[0].agents_by_day()
    patient = [erlang_a(n / 3600, 300, float(agents), 1e7, 60) for n, agents in zip(*(rows[0] for rows in cells), strict=True)]
    weights = cells[0][0] / cells[0].sum()
    assert found.mean_wait_seconds == pytest.approx(sum(weights * [float(q.mean_wait_seconds) for q in patient]), rel=1e-2)
    assert found.service_level == pytest.approx(sum(weights * [float(q.service_level) for q in patient]), rel=1e-3)
    assert f"{100 * found.service_level:.1f} %" in str(comparison_sentence(found))


def test_erlang_c_says_where_the_queue_would_grow_without_end():
    team = a_team(agents=8)
    found = without_abandonment(team.channels[0], team)
    assert found.mean_wait_seconds == math.inf
    assert "without end" in str(comparison_sentence(found))
    assert without_abandonment(three_channels().channels[2], three_channels()) is None


def test_many_queues_at_once_are_computed_as_each_alone():
    """Many values go by recurrences, single ones by incomplete gamma functions: two methods for each number."""
    rng = np.random.default_rng(3)
    count = 2000
    agents = rng.uniform(0.3, 110, count)
    handle, patience = rng.uniform(60, 900, count), np.exp(rng.uniform(np.log(15), np.log(3000), count))
    rate = agents * rng.uniform(0.2, 2.2, count) / handle
    together = erlang_a(rate, handle, agents, patience, 45.0, answered_wait=False)
    for name in ("service_level", "abandonment_rate", "mean_wait_seconds", "probability_of_waiting"):
        alone = [
            getattr(erlang_a(*one, 45.0, answered_wait=False), name) for one in zip(rate, handle, agents, patience, strict=True)
        ]
        np.testing.assert_allclose(getattr(together, name), alone, rtol=1e-9, atol=1e-12)


def test_the_loss_of_many_groups_is_that_of_the_recursion_over_whole_agents():
    load = np.repeat(np.linspace(0.5, 70.0, 140), 5)
    agents = np.tile([1.0, 7.0, 20.0, 45.0, 78.0], 140)
    expected = []
    for one, heads in zip(load, agents, strict=True):
        loss = 1.0
        for number in range(1, int(heads) + 1):
            loss = one * loss / (number + one * loss)
        expected.append(loss)
    np.testing.assert_allclose(erlang_b(agents, load), expected, rtol=1e-11)

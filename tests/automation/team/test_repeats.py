import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.discrete_events import day, exponential
from benchmarks.formulas.money import ContactType, residual_handle_time
from benchmarks.formulas.queues import arrivals_at_target
from benchmarks.formulas.repeats import repeat_loop
from cs_planning.automation.queues.day_noise import service_level_dispersion
from cs_planning.automation.queues.erlang import erlang_a
from cs_planning.automation.team.residual import handle_time_multiplier


def test_first_contacts_and_repeats_balance():
    loop = repeat_loop(0.12, 300, 40, 180, 60, redial_after_abandonment=0.5, recontact_after_service=0.1)
    total, first = 0.12, 0.12
    for _ in range(300):
        lost = float(erlang_a(total, 300, 40, 180, 60).abandonment_rate)
        total = first + total * (lost * 0.5 + (1 - lost) * 0.1)
    assert loop.arrivals_per_second == pytest.approx(total, rel=1e-9)
    plain = repeat_loop(0.12, 300, 40, 180, 60, redial_after_abandonment=0, recontact_after_service=0)
    assert plain.arrivals_per_second == pytest.approx(0.12)
    assert repeat_loop(0, 300, 40, 180, 60, redial_after_abandonment=0.5, recontact_after_service=0).arrivals_per_second == 0


def test_a_loop_without_end_is_refused():
    with pytest.raises(ValueError, match="no end"):
        repeat_loop(0.5, 300, 5, 180, 60, redial_after_abandonment=1.0, recontact_after_service=0.99)


def test_removing_the_shortest_contacts_agrees_with_sorted_numbers():
    times = np.sort(np.random.default_rng(1).lognormal(0, 0.8, 400_000))
    for share in (0.1, 0.3, 0.6):
        rest = times[int(share * len(times)) :].mean() / times.mean()
        assert float(handle_time_multiplier(share, 0.8, 1.0)) == pytest.approx(rest, rel=0.01)


@given(share=st.floats(0, 1), sigma=st.floats(0, 3), first=st.floats(0, 1))
def test_what_is_left_is_longer_but_less_work_in_all(share, sigma, first):
    factor = float(handle_time_multiplier(share, sigma, first))
    assert factor >= 1 - 1e-9
    assert (1 - share) * factor <= 1 + 1e-6


def test_types_lose_their_own_share():
    types = [
        ContactType(share=0.6, handle_time_seconds=180, deflected=0.5),
        ContactType(share=0.4, handle_time_seconds=600),
    ]
    assert residual_handle_time(types) == pytest.approx(420)
    assert residual_handle_time([ContactType(share=1, handle_time_seconds=180, deflected=1)]) == 0


@pytest.mark.slow
def test_neighbouring_contacts_share_their_luck():
    """The variance of a simulated day's service level is several times that of independent contacts."""
    for agents in (5, 30):
        lam = arrivals_at_target(agents, 300, 180, 0.85, 60)

        def evenly(seconds, lam=lam):
            return np.full_like(seconds, lam)

        counted = day(evenly, [agents] * 24, 1800, exponential(300), exponential(180), 60, days=1024)
        levels = counted.in_time / counted.offered
        seen = levels.var() * counted.offered.mean() / (levels.mean() * (1 - levels.mean()))
        assert service_level_dispersion(lam, 300, agents, 180, 60) == pytest.approx(seen, rel=0.3)
    assert service_level_dispersion(0, 300, 5, 180, 60) == 1


def test_the_arrivals_that_just_keep_a_target_do():
    lam = arrivals_at_target(40, 300, 180, 0.8, 60)
    assert erlang_a(lam, 300, 40, 180, 60).service_level == pytest.approx(0.8)

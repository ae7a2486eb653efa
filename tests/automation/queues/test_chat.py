import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cs_planning.automation.queues.chat import chat_queue
from cs_planning.automation.queues.erlang import erlang_a
from cs_planning.errors import InvalidOperation
from tests.automation.queues.chains import birth_death, queue


def rate_of(agents, slots, slowdown, aht):
    """Completions a second with n chats dealt out one by one to the least busy agent."""

    def completing(n):
        held = [n // agents + (1 if a < n % agents else 0) for a in range(agents)]
        return sum(k / (aht * (1 + slowdown * (k - 1))) for k in held if k)

    return completing


@pytest.mark.parametrize(("agents", "slots", "slowdown", "lam"), [(4, 3, 0.5, 0.012), (2, 2, 0.0, 0.009), (6, 4, 0.9, 0.02)])
def test_it_agrees_with_the_chain_solved_by_linear_algebra(agents, slots, slowdown, lam):
    completing = rate_of(agents, slots, slowdown, 480)
    level, abandoned, wait, waiting = queue(lam, completing, agents * slots, 120, 60)
    result = chat_queue(lam, 480, agents, 120, 60, chats_at_once=slots, slowdown_per_extra_chat=slowdown)
    assert float(result.service_level) == pytest.approx(level, abs=1e-8)
    assert float(result.abandonment_rate) == pytest.approx(abandoned, abs=1e-8)
    assert float(result.mean_wait_seconds) == pytest.approx(wait, abs=1e-6)
    assert float(result.probability_of_waiting) == pytest.approx(waiting, abs=1e-8)


def test_the_duration_of_a_chat_follows_from_the_chain_by_little():
    agents, slots, lam = 4, 3, 0.012
    full, completing = agents * slots, rate_of(agents, slots, 0.5, 480)
    p = birth_death(lam, lambda n: completing(min(n, full)) + max(n - full, 0) / 120, full + 150)
    chats = p @ np.minimum(np.arange(len(p)), full)
    busy = p @ np.minimum(np.arange(len(p)), agents) / agents
    result = chat_queue(lam, 480, agents, 120, 60, chats_at_once=slots, slowdown_per_extra_chat=0.5)
    assert float(result.mean_duration_seconds) == pytest.approx(chats / (lam * (1 - float(result.abandonment_rate))), rel=1e-8)
    assert float(result.occupancy) == pytest.approx(busy, rel=1e-8)


def test_one_chat_at_once_is_erlang_a():
    lam = np.array([0.0, 0.05, 0.2, 0.4])
    chat = chat_queue(lam, 240, 55, 300, 15, chats_at_once=1, slowdown_per_extra_chat=0.5)
    phone = erlang_a(lam, 240, 55, 300, 15)
    np.testing.assert_allclose(chat.service_level, phone.service_level, atol=1e-10)
    np.testing.assert_allclose(chat.occupancy, phone.occupancy, atol=1e-10)
    np.testing.assert_allclose(chat.mean_duration_seconds, 240, rtol=1e-9)


@settings(deadline=None, max_examples=60)
@given(
    lam=st.floats(0, 0.3),
    agents=st.floats(0, 25),
    slots=st.integers(1, 5),
    slowdown=st.floats(0, 2),
    patience=st.floats(1, 5_000),
)
def test_it_is_always_finite_and_more_people_help(lam, agents, slots, slowdown, patience):
    few, many = (
        chat_queue(lam, 480, heads, patience, 60, chats_at_once=slots, slowdown_per_extra_chat=slowdown)
        for heads in (agents, agents + 1)
    )
    for result in (few, many):
        shares = np.array([result.service_level, result.abandonment_rate, result.occupancy, result.probability_of_waiting])
        assert ((shares >= 0) & (shares <= 1 + 1e-12)).all()
        assert 0 <= float(result.mean_wait_seconds) <= patience * (1 + 1e-9)
        assert float(result.mean_duration_seconds) >= 480 * (1 - 1e-9)
    assert float(many.service_level) >= float(few.service_level) - 1e-9


@pytest.mark.parametrize("wrong", [{"chats_at_once": 0}, {"slowdown_per_extra_chat": -0.1}])
def test_impossible_settings_are_refused(wrong):
    settings_of = {"chats_at_once": 2, "slowdown_per_extra_chat": 0.5, **wrong}
    with pytest.raises(InvalidOperation):
        chat_queue(0.1, 480, 5, 120, 60, **settings_of)

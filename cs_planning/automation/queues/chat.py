"""Agents who lead several chats at once: each further chat slows the others down, so a slot is worth less than an agent."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from cs_planning.automation.queues.erlang import WaitingPart
from cs_planning.automation.special_functions import Floats
from cs_planning.errors import InvalidOperation
from cs_planning.language import text


@dataclass(frozen=True)
class ChatResult:
    """A chat queue in steady state, arrays of the broadcast shape.

    Attributes:
        service_level: served within the time ÷ offered.
        abandonment_rate: gave up ÷ offered.
        mean_wait_seconds: wait of everybody.
        probability_of_waiting: share that finds every slot taken.
        occupancy: share of the agents' time with at least one chat.
        mean_duration_seconds: how long a chat lasts at the concurrency that arises.
        overloaded: arrivals at or above the rate with every slot taken.
    """

    service_level: Floats
    abandonment_rate: Floats
    mean_wait_seconds: Floats
    probability_of_waiting: Floats
    occupancy: Floats
    mean_duration_seconds: Floats
    overloaded: np.ndarray


def chat_queue(
    arrivals_per_second: ArrayLike,
    handle_time_seconds: ArrayLike,
    agents: ArrayLike,
    patience_seconds: ArrayLike,
    answer_within_seconds: ArrayLike,
    *,
    chats_at_once: int,
    slowdown_per_extra_chat: float,
) -> ChatResult:
    """A birth–death chain over the number of chats, spread evenly over the agents.

    Args:
        arrivals_per_second: at least 0.
        handle_time_seconds: of a chat that is the agent's only one, above 0.
        agents: at least 0; between whole numbers the results of both neighbours are mixed.
        patience_seconds: mean patience, above 0.
        answer_within_seconds: at least 0.
        chats_at_once: slots of an agent, at least 1.
        slowdown_per_extra_chat: β: with k chats each lasts (1 + β(k − 1)) times as long.

    Raises:
        InvalidOperation: fewer than one slot, a negative slowdown, or patience that is not above 0.

    Assumptions: new chats go to the least busy agent, exponential chats and patience, steady state.
    Not valid when: agents choose their chats, or customers' own pauses make up most of a chat.
    Source: after Luo & Zhang (2013) and Tezcan & Zhang (2014); one slot is Erlang A.
    """
    lam, aht, heads, patience, within = (
        np.array(array)
        for array in np.broadcast_arrays(
            *(
                np.asarray(value, float)
                for value in (arrivals_per_second, handle_time_seconds, agents, patience_seconds, answer_within_seconds)
            )
        )
    )
    if chats_at_once < 1 or slowdown_per_extra_chat < 0 or not bool((patience > 0).all()):
        raise InvalidOperation(
            text("A chat queue needs at least one slot an agent, no negative slowdown and patience above 0."),
            text("Check the number of chats at once, the slowdown and the patience."),
        )
    shape = lam.shape
    cells = [array.ravel() for array in (lam, aht, heads, patience, within)]
    fields = np.zeros((7, cells[0].size))
    for whole, share in _neighbours(cells[2]):
        for count in np.unique(whole):
            chosen = np.flatnonzero((whole == count) & (share > 0))
            if len(chosen):
                values = _whole_agents(int(count), chats_at_once, slowdown_per_extra_chat, *(c[chosen] for c in cells))
                fields[:, chosen] += share[chosen] * values
    level, abandoned, wait, waiting, busy, duration, over = (field.reshape(shape) for field in fields)
    return ChatResult(level, abandoned, wait, waiting, busy, duration, over > 0.5)


def _neighbours(heads: Floats) -> list[tuple[Floats, Floats]]:
    low = np.floor(heads + 1e-9)
    share = np.clip(heads - low, 0.0, 1.0)
    return [(low, 1 - share), (low + 1, share)]


def _whole_agents(
    count: int, slots: int, slowdown: float, lam: Floats, aht: Floats, _heads: Floats, patience: Floats, within: Floats
) -> Floats:
    """The seven fields of `ChatResult` for `count` agents, shape (7, cells)."""
    ones = np.ones_like(lam)
    if count == 0:
        some = (lam > 0) * ones
        return np.stack([1 - some, some, some * patience, some, some, aht, some])
    inverse, chats, busy = ones.copy(), np.zeros_like(lam), np.zeros_like(lam)
    chats_before, busy_before = chats, busy
    # The reciprocal of the loss probability grows state by state without overflow in ratios, as in Erlang B; the mean number
    # of chats and of busy agents below a full house come along as running averages over the states.
    arriving = np.where(lam > 0, lam, 1.0)
    rate = 0.0
    with np.errstate(over="ignore"):
        for n in range(1, count * slots + 1):
            each, more = divmod(n, count)
            # Chats are spread evenly: `more` agents lead one chat more than the others, and each agent's chats share his pace.
            rate = more * (each + 1) / (1 + slowdown * each)
            # An agent without a chat finishes none.
            if each:
                rate += (count - more) * each / (1 + slowdown * (each - 1))
            inverse = 1 + rate / (aht * arriving) * inverse
            chats_before, busy_before = chats, busy
            chats = chats + (n - chats) / inverse
            busy = busy + (min(n, count) - busy) / inverse
    full_rate = rate / aht
    waiting, abandoned, level = WaitingPart(-np.log(inverse), arriving, full_rate, patience).solve(within)
    waiting, abandoned = np.where(lam > 0, waiting, 0.0), np.where(lam > 0, abandoned, 0.0)
    level = np.where(lam > 0, level, 1.0)
    # The averages hold below the full house; with everybody's slots taken all count × slots chats go on.
    mean_chats = (1 - waiting) * chats_before + waiting * count * slots
    mean_busy = (1 - waiting) * busy_before + waiting * count
    served = lam * (1 - abandoned)
    duration = np.divide(mean_chats, served, out=aht.copy(), where=served > 0)
    occupancy = np.where(lam > 0, np.minimum(mean_busy / count, 1.0), 0.0)
    return np.stack([level, abandoned, abandoned * patience, waiting, occupancy, duration, (lam >= full_rate) * ones])

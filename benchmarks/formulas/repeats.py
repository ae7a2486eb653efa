"""Failed service comes back: people redial after giving up, and return when an issue was not solved."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.optimize import brentq

from cs_planning.automation.queues.erlang import ErlangResult, erlang_a
from cs_planning.automation.special_functions import Floats

_MOST_COMING_BACK = 0.95


@dataclass(frozen=True)
class RepeatLoop:
    """Where repeats and the queue agree.

    Attributes:
        arrivals_per_second: first contacts and repeats together.
        queue: the queue at that rate.
    """

    arrivals_per_second: float
    queue: ErlangResult


def coming_back(abandonment_rate: ArrayLike, redial_after_abandonment: ArrayLike, recontact_after_service: ArrayLike) -> Floats:
    """Share of all contacts that lead to one more."""
    lost = np.asarray(abandonment_rate, float)
    return np.asarray(lost * np.asarray(redial_after_abandonment) + (1 - lost) * np.asarray(recontact_after_service))


def close_loop(first_contacts: float, share_back: Callable[[float], float]) -> float:
    """The total rate at which first contacts plus the repeats of the total are the total.

    Args:
        first_contacts: rate of first contacts, at least 0.
        share_back: share of contacts that lead to one more, at a total rate; rises or falls with it, below 1.

    Raises:
        ValueError: at some rate hardly anything is ever settled.
    """
    if first_contacts <= 0:
        return 0.0

    def excess(total: float) -> float:
        return first_contacts + total * share_back(total) - total

    high = first_contacts / (1 - _MOST_COMING_BACK)
    if excess(high) > 0:
        raise ValueError("Nearly every contact leads to another one: the volume has no end.")
    low = first_contacts
    return low if excess(low) <= 0 else float(brentq(excess, low, high, xtol=1e-14 * high, rtol=1e-13))


def repeat_loop(
    first_contacts_per_second: float,
    handle_time_seconds: float,
    agents: float,
    patience_seconds: float,
    answer_within_seconds: float,
    *,
    redial_after_abandonment: float,
    recontact_after_service: float,
) -> RepeatLoop:
    """Erlang A with repeats, by bisection on the total arrival rate.

    Args:
        first_contacts_per_second: at least 0.
        handle_time_seconds: above 0.
        agents: at least 0.
        patience_seconds: mean patience.
        answer_within_seconds: at least 0.
        redial_after_abandonment: share of those who gave up that try again.
        recontact_after_service: share of the served that come back.

    Raises:
        ValueError: the shares leave no total.

    Assumptions: repeats come back later, when the queue has forgotten them, so that the total is again Poisson.
    Source: after Ding, Koole & van der Mei (2015), redials and reconnects.
    """

    def at(total: float) -> ErlangResult:
        return erlang_a(total, handle_time_seconds, agents, patience_seconds, answer_within_seconds, answered_wait=False)

    def share_back(total: float) -> float:
        return float(coming_back(at(total).abandonment_rate, redial_after_abandonment, recontact_after_service))

    total = close_loop(first_contacts_per_second, share_back)
    return RepeatLoop(total, erlang_a(total, handle_time_seconds, agents, patience_seconds, answer_within_seconds))

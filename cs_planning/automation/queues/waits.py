"""Waits behind the means: percentiles, the share that waits longer than a time, and the agents that a target takes."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from cs_planning.automation.queues.erlang import ENDLESS, NOBODY, WaitingPart, checked_arrays, erlang_a, log_erlang_c, shaped
from cs_planning.automation.special_functions import Floats, log_loss
from cs_planning.errors import InvalidOperation
from cs_planning.language import text

_BISECTIONS = 60


def wait_percentile(
    share: float,
    arrivals_per_second: ArrayLike,
    handle_time_seconds: ArrayLike,
    agents: ArrayLike,
    patience_seconds: ArrayLike = np.inf,
) -> float | Floats:
    """The wait that `share` of all arrivals stay under (served or not), by bisection; exactly 0 for those who find an agent.

    Args:
        share: between 0 and 1, both excluded.
        arrivals_per_second: λ, at least 0.
        handle_time_seconds: mean handle time, above 0.
        agents: at least 0, real-valued.
        patience_seconds: mean patience; infinite means Erlang C.
    """
    if not 0 < share < 1:
        raise InvalidOperation(
            text("The percentile {share} is not between 0 and 1.", share=share), text("Write 0.9 for the 90th percentile.")
        )
    lam, aht, n, patience = checked_arrays(
        arrivals_per_second=arrivals_per_second,
        handle_time_seconds=handle_time_seconds,
        agents=agents,
        patience_seconds=patience_seconds,
    )
    load, beyond = lam * aht, 1 - share
    result = np.zeros_like(lam)
    endless = patience * np.maximum(n / aht, lam) > ENDLESS
    waits = lam > 0
    closed = waits & endless
    if closed.any():
        log_c = np.asarray(log_erlang_c(n[closed], load[closed]))
        with np.errstate(divide="ignore", invalid="ignore"):
            seconds = aht[closed] / (n - load)[closed] * (log_c - np.log(beyond))
        result[closed] = np.where(load[closed] >= n[closed], np.inf, np.maximum(seconds, 0.0))
    lost = waits & ~endless & (n < NOBODY)
    result[lost] = -patience[lost] * np.log(beyond)
    usual = waits & ~endless & (n >= NOBODY) & (patience > 0)
    if usual.any():
        part = WaitingPart(log_loss(n[usual], load[usual]), lam[usual], (n / aht)[usual], patience[usual])
        low, high = np.zeros(int(usual.sum())), -patience[usual] * np.log(beyond)
        for _ in range(_BISECTIONS):
            middle = (low + high) / 2
            above = part.still_waiting(middle) > beyond
            low, high = np.where(above, middle, low), np.where(above, high, middle)
        result[usual] = np.where(part.still_waiting(np.zeros_like(low)) <= beyond, 0.0, (low + high) / 2)
    return shaped(result)


def waiting_longer_than(
    seconds: ArrayLike,
    arrivals_per_second: ArrayLike,
    handle_time_seconds: ArrayLike,
    agents: ArrayLike,
    patience_seconds: ArrayLike = np.inf,
) -> float | Floats:
    """Share of all arrivals that are still in the queue after `seconds`, neither served nor gone.

    Args:
        seconds: at least 0.
        arrivals_per_second: λ, at least 0.
        handle_time_seconds: mean handle time, above 0.
        agents: at least 0, real-valued.
        patience_seconds: mean patience; infinite means Erlang C.
    """
    after, lam, aht, n, patience = checked_arrays(
        seconds=seconds,
        arrivals_per_second=arrivals_per_second,
        handle_time_seconds=handle_time_seconds,
        agents=agents,
        patience_seconds=patience_seconds,
    )
    load, result = lam * aht, np.zeros_like(lam)
    endless = patience * np.maximum(n / aht, lam) > ENDLESS
    closed = (lam > 0) & endless
    if closed.any():
        log_c = np.asarray(log_erlang_c(n[closed], load[closed]))
        result[closed] = np.exp(log_c - np.maximum((n - load)[closed], 0.0) * after[closed] / aht[closed])
    lost = (lam > 0) & ~endless & (n < NOBODY) & (patience > 0)
    result[lost] = np.exp(-after[lost] / patience[lost])
    usual = (lam > 0) & ~endless & (n >= NOBODY) & (patience > 0)
    if usual.any():
        part = WaitingPart(log_loss(n[usual], load[usual]), lam[usual], (n / aht)[usual], patience[usual])
        result[usual] = part.still_waiting(after[usual])
    return shaped(result)


def agents_needed(
    arrivals_per_second: ArrayLike,
    handle_time_seconds: ArrayLike,
    answer_within_seconds: ArrayLike,
    service_target: float,
    *,
    patience_seconds: ArrayLike = np.inf,
    occupancy_cap: float = 1.0,
    whole: bool = True,
) -> float | Floats:
    """The fewest agents on the queue that keep the service level and the occupancy cap.

    Args:
        arrivals_per_second: λ, at least 0.
        handle_time_seconds: above 0.
        answer_within_seconds: at least 0.
        service_target: share of the offered to be served in time, below 1.
        patience_seconds: mean patience; infinite means Erlang C.
        occupancy_cap: offered load ÷ agents stays at or below it.
        whole: whether to round up to whole people.

    Raises:
        InvalidOperation: the target or the cap is not between 0 and 1.
    """
    if not (0 <= service_target < 1 and 0 < occupancy_cap <= 1):
        raise InvalidOperation(
            text("The target {target} or the occupancy cap {cap} is not a share.", target=service_target, cap=occupancy_cap),
            text("Write shares below 1, such as 0.8 for 80 %."),
        )
    lam, aht, within, patience = checked_arrays(
        arrivals_per_second=arrivals_per_second,
        handle_time_seconds=handle_time_seconds,
        answer_within_seconds=answer_within_seconds,
        patience_seconds=patience_seconds,
    )
    load = lam * aht

    def kept(agents: Floats) -> np.ndarray:
        level = erlang_a(lam, aht, agents, patience, within, answered_wait=False).service_level
        return np.asarray((np.asarray(level) >= service_target) & (load <= occupancy_cap * agents * (1 + 1e-12)))

    low, high = np.zeros_like(load), np.ceil(load + np.sqrt(load) + 1)
    while not bool((enough := kept(high)).all()):
        low, high = np.where(enough, low, high), np.where(enough, high, np.ceil(high * 1.3 + 1))
    while bool((high - low > (1 if whole else 1e-9 * np.maximum(high, 1.0))).any()):
        middle = np.floor((low + high) / 2) if whole else (low + high) / 2
        enough = kept(middle)
        low, high = np.where(enough, low, middle), np.where(enough, middle, high)
    return shaped(np.where(load > 0, high, 0.0))

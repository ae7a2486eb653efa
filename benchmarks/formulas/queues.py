"""Single queues: loss, waits, staffing, lagged arrivals, and the rate that just keeps a target."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from cs_planning.automation.queues.erlang import (
    ENDLESS,
    NOBODY,
    WaitingPart,
    checked_arrays,
    erlang_a,
    log_erlang_b,
    log_erlang_c,
    shaped,
)
from cs_planning.automation.special_functions import Floats, log_loss

_BISECTIONS = 60


def erlang_b(agents: ArrayLike, load: ArrayLike) -> float | Floats:
    """Loss probability of a group without waiting room.

    Args:
        agents: at least 0, real-valued.
        load: offered load in Erlang.

    Source: Erlang (1917); real-valued by Jagerman (1974).
    """
    return shaped(np.exp(np.asarray(log_erlang_b(agents, load))))


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
        raise ValueError(f"The percentile {share} is not between 0 and 1; write 0.9 for the 90th.")
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
        ValueError: the target or the cap is not between 0 and 1.
    """
    if not (0 <= service_target < 1 and 0 < occupancy_cap <= 1):
        raise ValueError(
            f"The target {service_target} or the occupancy cap {occupancy_cap} is not a share; write 0.8 for 80 %."
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


def lagged_arrivals(arrivals_per_second: Floats, handle_time_seconds: float, interval_seconds: float) -> Floats:
    """The mean arrival rate of each interval one handle time earlier, shape (..., intervals); zero before the day begins.

    Source: Green, Kolesar & Soares (2003), lag SIPP.
    """
    count = arrivals_per_second.shape[-1]
    edges = np.arange(count + 1) * interval_seconds
    total = np.zeros((*arrivals_per_second.shape[:-1], count + 1))
    total[..., 1:] = np.cumsum(arrivals_per_second * interval_seconds, axis=-1)
    shifted = np.clip(edges - handle_time_seconds, 0, None)
    position = shifted / interval_seconds
    whole = np.minimum(position.astype(int), count - 1)
    reached = total[..., whole] + (position - whole) * (total[..., whole + 1] - total[..., whole])
    lagged: Floats = np.diff(reached, axis=-1) / interval_seconds
    return lagged


def arrivals_at_target(
    agents: float, handle_time_seconds: float, patience_seconds: float, target: float, within: float
) -> float:
    """The arrival rate at which the service level is exactly `target`, by bisection; contacts a second."""
    low, high = 0.0, 4 * (agents + 1) / handle_time_seconds
    for _ in range(100):
        middle = (low + high) / 2
        result = erlang_a(middle, handle_time_seconds, agents, patience_seconds, within, answered_wait=False)
        low, high = (middle, high) if float(result.service_level) >= target else (low, middle)
    return (low + high) / 2

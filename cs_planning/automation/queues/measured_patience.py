"""Patience as a log shows it, not as an exponential: how likely a caller still waits after each second, and its queue.

Callers who leave at once, after an announcement or hardly ever make mean wait ÷ abandonment rate depend on the load, which one
mean patience can't follow.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from pydantic import BaseModel, ConfigDict

from cs_planning.automation.queues.erlang import log_erlang_b
from cs_planning.automation.special_functions import Floats

_EDGES = np.array([0, 3, 6, 10, 15, 20, 30, 45, 60, 75, 90, 120, 150, 180, 240, 300, 420, 600, 900, 1800.0])
_FEWEST_LEAVING = 20
_SHORTEST_WAIT_SECONDS = 0.5
_LONGEST_SECONDS = 2e5
_MOST_STEPS = 400
_HIGHEST = 700.0
_NOBODY = 1e-9


class Patience(BaseModel):
    """How many still wait: between the edges people leave at a constant rate, after the last one at the last rate.

    Attributes:
        edges_seconds: beginnings of the pieces, the first is 0.
        leaving_per_second: the rate in each piece.
    """

    model_config = ConfigDict(frozen=True)

    edges_seconds: tuple[float, ...]
    leaving_per_second: tuple[float, ...]

    @classmethod
    def exponential(cls, mean_seconds: float) -> Patience:
        """One rate for ever."""
        return cls(edges_seconds=(0.0,), leaving_per_second=(1 / mean_seconds,))

    def still_waiting(self, seconds: Floats) -> Floats:
        """Share of callers whose patience is longer, same shape as `seconds`."""
        edges, rates = np.array(self.edges_seconds), np.array(self.leaving_per_second)
        upto = np.concatenate([[0.0], np.cumsum(rates[:-1] * np.diff(edges))])
        piece = np.searchsorted(edges, seconds, side="right") - 1
        return np.asarray(np.exp(-(upto[piece] + rates[piece] * (seconds - edges[piece]))))


@dataclass(frozen=True)
class Waits:
    """What the queue does, arrays of the same shape.

    Attributes:
        service_level: served within the time ÷ offered.
        abandonment_rate: gave up ÷ offered.
        mean_wait_seconds: of everybody.
    """

    service_level: Floats
    abandonment_rate: Floats
    mean_wait_seconds: Floats


def patience_of(wait_seconds: Floats, gave_up: np.ndarray) -> Patience:
    """The patience behind waits of which most ended with an answer.

    Args:
        wait_seconds: of each call, shape (n,).
        gave_up: whether the caller ended the wait, shape (n,).

    Assumptions: whoever was answered would have gone on waiting like those who were not (independent censoring); the rate is
        constant between edges that have at least 20 leaving callers between them.
    Source: piecewise exponential form of Kaplan & Meier (1958); applied to callers by Brown et al. (2005).
    """
    waits = np.where(gave_up, np.maximum(wait_seconds, _SHORTEST_WAIT_SECONDS), wait_seconds)
    edges, rates = [0.0], []
    upper = [*_EDGES[1:], np.inf]
    for number, edge in enumerate(upper):
        begin = edges[-1]
        leaving = float((gave_up & (waits >= begin) & (waits < edge)).sum())
        later = float((gave_up & (waits >= edge)).sum())
        last = number == len(upper) - 1 or later < _FEWEST_LEAVING
        if leaving < _FEWEST_LEAVING and not last:
            continue
        leaving += later if last else 0.0
        end = np.inf if last else edge
        exposure = float(np.clip(np.minimum(waits, end) - begin, 0, None).sum())
        # Half a leaver where none was seen: a hazard of exactly zero would promise that nobody ever leaves.
        rates.append(max(leaving, 0.5) / max(exposure, 1.0))
        if last:
            break
        edges.append(float(end))
    return Patience(edges_seconds=tuple(edges), leaving_per_second=tuple(rates))


def queue_with_patience(
    arrivals_per_second: Floats,
    handle_time_seconds: Floats,
    agents: Floats,
    patience: Patience,
    answer_within_seconds: float,
) -> Waits:
    """A queue whose callers lose patience in any way (M/M/N+G), in steady state.

    Args:
        arrivals_per_second: λ, above 0, shape (n,).
        handle_time_seconds: mean handle time, shape (n,).
        agents: real-valued, at least 0, shape (n,).
        patience: of the callers.
        answer_within_seconds: the time that the service level counts.

    Assumptions: Poisson arrivals, exponential handle times, first come first served.
    Source: Baccelli & Hebuterne (1981); in the form of Zeltyn & Mandelbaum (2005).
    """
    lam, aht = (np.asarray(a, float)[:, None] for a in (arrivals_per_second, handle_time_seconds))
    n = np.maximum(np.asarray(agents, float), _NOBODY)[:, None]
    grid = np.concatenate([[0.0], np.geomspace(1e-3, _LONGEST_SECONDS, _MOST_STEPS)])
    grid = np.union1d(grid, [answer_within_seconds, *patience.edges_seconds])
    step = np.diff(grid)
    still = patience.still_waiting(grid)
    entering = np.concatenate([[0.0], np.cumsum(step * _between(still))])
    exponent = lam * entering - n / aht * grid
    # Scaled by its peak, or overload (an exponent of hundreds) overflows; the scale cancels in every ratio below.
    peak = exponent.max(axis=1, keepdims=True)
    density = np.exp(exponent - peak)
    pieces = step * (density[:, 1:] + density[:, :-1]) / 2
    # Integrals from t to the end, summed from the far end so that the small tail keeps its digits.
    beyond = np.concatenate([np.cumsum(pieces[:, ::-1], axis=1)[:, ::-1], np.zeros((len(lam), 1))], axis=1)
    load = (lam * aht)[:, 0]
    log_lost = np.asarray(log_erlang_b(n[:, 0], load))
    with np.errstate(divide="ignore"):
        log_free = np.log1p(-np.exp(log_lost)) - log_lost + np.log(load / n[:, 0]) - peak[:, 0]
    free = np.exp(np.minimum(log_free, _HIGHEST))
    rate = lam[:, 0]
    whole = free + rate * beyond[:, 0]
    waiting_longer = rate[:, None] * beyond / whole[:, None]
    offered_wait = rate[:, None] * density / whole[:, None]
    served = offered_wait * still
    in_time = grid <= answer_within_seconds
    # The time that counts and every edge of the hazard lie on the grid, so no step straddles them.
    early = in_time[1:]
    within = (step * (served[:, 1:] + served[:, :-1]) / 2)[:, early].sum(axis=1)
    left = (step * ((offered_wait * (1 - still))[:, 1:] + (offered_wait * (1 - still))[:, :-1]) / 2).sum(axis=1)
    seen = waiting_longer * still
    wait = (step * (seen[:, 1:] + seen[:, :-1]) / 2).sum(axis=1)
    return Waits(
        service_level=np.clip(free / whole + within, 0.0, 1.0), abandonment_rate=np.clip(left, 0.0, 1.0), mean_wait_seconds=wait
    )


def _between(values: Floats) -> Floats:
    return np.asarray((values[1:] + values[:-1]) / 2)

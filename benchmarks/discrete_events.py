"""A discrete-event simulation of one first-come-first-served group, many replications side by side.

It knows nothing of the formulas: every contact takes the person who is free first, unless its patience ends before.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

Sampler = Callable[[np.random.Generator, int], np.ndarray]


@dataclass(frozen=True)
class Counted:
    """Sums over all replications, shape (replications,): offered, served in time, gave up, waited (seconds)."""

    offered: np.ndarray
    in_time: np.ndarray
    gave_up: np.ndarray
    waited: np.ndarray

    @property
    def service_level(self) -> float:
        """Served in time ÷ offered."""
        return float(self.in_time.sum() / self.offered.sum())

    @property
    def abandonment_rate(self) -> float:
        """Gave up ÷ offered."""
        return float(self.gave_up.sum() / self.offered.sum())

    @property
    def mean_wait_seconds(self) -> float:
        """Wait of everybody."""
        return float(self.waited.sum() / self.offered.sum())


def exponential(mean: float) -> Sampler:
    return lambda rng, size: rng.exponential(mean, size)


def lognormal(mean: float, cv: float) -> Sampler:
    variance = np.log1p(cv * cv)
    return lambda rng, size: rng.lognormal(np.log(mean) - variance / 2, np.sqrt(variance), size)


def fixed(value: float) -> Sampler:
    return lambda rng, size: np.full(size, value)


def balking(share: float, others: Sampler) -> Sampler:
    def sample(rng: np.random.Generator, size: int) -> np.ndarray:
        return np.where(rng.random(size) < share, 0.0, others(rng, size))

    return sample


def stationary(
    arrivals_per_second: float,
    agents: int,
    service: Sampler,
    patience: Sampler,
    within: float,
    *,
    contacts: int = 4_000_000,
    replications: int = 1024,
    seed: int = 1,
) -> Counted:
    """A group in steady state; the first fifth of every replication is not counted."""
    rng = np.random.default_rng(seed)
    steps = int(contacts / replications * 1.25)
    skipped = steps // 5
    free = np.zeros((replications, agents))
    rows = np.arange(replications)
    now = np.zeros(replications)
    tally = np.zeros((4, replications))
    for step in range(steps):
        now = now + rng.exponential(1 / arrivals_per_second, replications)
        first = free.argmin(axis=1)
        wait = np.maximum(free[rows, first] - now, 0.0)
        limit = patience(rng, replications)
        served = wait <= limit
        ends = now + wait + service(rng, replications)
        free[rows, first] = np.where(served, ends, free[rows, first])
        if step >= skipped:
            tally += np.stack([np.ones(replications), served & (wait <= within), ~served, np.minimum(wait, limit)])
    return Counted(*tally)


def day(
    rate: Callable[[np.ndarray], np.ndarray],
    agents: list[int],
    interval_seconds: float,
    service: Sampler,
    patience: Sampler,
    within: float,
    *,
    days: int = 2048,
    seed: int = 1,
) -> Counted:
    """Days that begin empty, with a roster that changes every interval.

    Whoever should go off duty finishes the contact first and counts as present until then: a new contact begins when fewer
    people are busy than the roster has.
    """
    rng = np.random.default_rng(seed)
    roster = np.array(agents)
    length = len(agents) * interval_seconds
    people = int(roster.max())
    free = np.zeros((days, people))
    rows = np.arange(days)
    tally = np.zeros((4, days))
    for now in _arrival_times(rate, length, days, rng).T:
        comes = now < length
        start = _first_start(now, free, roster, interval_seconds)
        wait = np.where(comes, start - np.where(comes, now, 0.0), 0.0)
        limit = patience(rng, days)
        served = (wait <= limit) & comes
        free[rows, 0] = np.where(served, start + service(rng, days), free[:, 0])
        free.sort(axis=1)
        tally += np.stack([comes, served & (wait <= within), comes & ~served, np.where(comes, np.minimum(wait, limit), 0.0)])
    return Counted(*tally)


def _first_start(now: np.ndarray, free: np.ndarray, roster: np.ndarray, interval_seconds: float) -> np.ndarray:
    """When fewer are busy than the roster has, from `now` on; `free` is sorted in each row."""
    last, people = len(roster) - 1, free.shape[1]
    rows = np.arange(len(now))
    slot = np.minimum(np.where(np.isfinite(now), now, 0.0) / interval_seconds, last).astype(int)
    earliest, start = now.copy(), np.full(len(now), np.inf)
    while True:
        place = people - roster[slot]
        begins = np.where(place < people, np.maximum(earliest, free[rows, np.minimum(place, people - 1)]), np.inf)
        settled = (begins < (slot + 1) * interval_seconds) | (slot == last)
        start = np.where(np.isinf(start) & settled, begins, start)
        if settled.all():
            return start
        earliest = np.where(settled, earliest, (slot + 1) * interval_seconds)
        slot = np.where(settled, slot, slot + 1)


def _arrival_times(rate: Callable[[np.ndarray], np.ndarray], length: float, days: int, rng: np.random.Generator) -> np.ndarray:
    """Times of a Poisson process with that rate, shape (days, most arrivals of a day), sorted, infinite after the last."""
    edges = np.linspace(0, length, 20_001)
    cumulative = np.concatenate([[0.0], np.cumsum(rate((edges[1:] + edges[:-1]) / 2)) * (edges[1] - edges[0])])
    counts = rng.poisson(cumulative[-1], days)
    uniform = rng.random((days, counts.max())) * cumulative[-1]
    times: np.ndarray = np.interp(uniform, cumulative, edges)
    times[np.arange(counts.max())[None, :] >= counts[:, None]] = np.inf
    times.sort(axis=1)
    return times

"""Futures of a KPI whose values pile up at a bound: rare counts that are mostly zero, shares that are mostly complete.

A scale without bounds can't hold a lump of values at one place.  Whole numbers near zero are counted as what they are, draws
from a rate that wanders; anything else is first asked whether it lies on its bound, and only what does not is forecast on a
scale.

Source: A. C. Harvey, C. Fernandes, "Time series models for count or qualitative observations", *Journal of Business & Economic
Statistics* 7 (1989): a rate, or a share, whose past counts less and less.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.special import betaln, chdtri

from cs_planning.forecasting.evidence.history import FEWEST_POINTS, History
from cs_planning.kpis.catalogue import Unit

Array = np.ndarray
Interior = Callable[[History], Array]
"""Paths of a history that never lies on the bound, shape (draws, h)."""

_MEMORIES = np.array([1.0, 0.97, 0.93, 0.87, 0.75])
_LOG_PRIOR_OF_MEMORIES = np.log([0.4, 0.2, 0.2, 0.12, 0.08])
_CLUSTERS = np.array([np.inf, 3.0, 1.0, 0.4])
_LOG_PRIOR_OF_CLUSTERS = np.log([0.65, 0.2, 0.1, 0.05])
_LEAST_SHARE, _LEAST_TIMES = 0.15, 3
_MOST_COUNTED = 3.0
_LEAST_CHANCE_OF_VARIATION = 0.01


@dataclass(frozen=True)
class Pile:
    """Values of a history that lie on a bound.

    Attributes:
        bound: in the KPI's unit.
        on: which points lie on it, shape (n,).
        counted: whether the values are few whole numbers above zero, to be drawn as counts.
    """

    bound: float
    on: Array
    counted: bool


def pile_of(history: History) -> Pile | None:
    """The bound at which the recent values of a history pile up, or nothing.

    Assumptions: fewer than three values, or fewer than 15 %, are no pile; counts with a mean of at most 3 are drawn as such,
        wherever they lie, unless they vary less than chance alone would let them (a team of three people is no rate); a KPI
        that never moved is none of this.
    """
    recent = history.recent()
    values, kpi = recent.values, recent.series.kpi
    if np.ptp(values) == 0:
        return None
    if kpi.unit is Unit.COUNT and kpi.lower == 0 and kpi.upper is None and _drawn_from_a_rate(values):
        return Pile(0.0, values == 0, True)
    bounds = [float(bound) for bound in (kpi.lower, kpi.upper) if bound is not None]
    piles = [Pile(bound, np.isclose(values, bound, rtol=0, atol=1e-9 * max(1.0, abs(bound))), False) for bound in bounds]
    largest = max(piles, key=lambda pile: int(pile.on.sum()), default=None)
    if largest is None or largest.on.all() or largest.on.sum() < _LEAST_TIMES or largest.on.mean() < _LEAST_SHARE:
        return None
    return largest


def paths_of_counts(counts: Array, steps: Array, horizon: int, draws: int, rng: np.random.Generator) -> Array:
    """Paths of whole numbers that are drawn from a rate.

    Args:
        counts: the history, whole numbers from 0, shape (n,).
        steps: the time of each, whole numbers ending with 0, shape (n,).
        horizon: periods ahead.
        draws: how many paths.
        rng: the random numbers.

    Returns:
        whole numbers, shape (draws, horizon).

    Method: the rate is gamma distributed and its past counts less by a factor each period; each number is negative binomial
        around it.  Several factors and several degrees of clustering are weighed by how well they foresaw each number.
    """
    memory, cluster = (one.ravel() for one in np.meshgrid(_MEMORIES, _CLUSTERS, indexing="ij"))
    weight = np.add.outer(_LOG_PRIOR_OF_MEMORIES, _LOG_PRIOR_OF_CLUSTERS).ravel()
    # A weak start at the mean of the history.
    shape = np.full(len(memory), 0.5)
    rate = shape / max(float(counts.mean()), 0.5 / len(counts))
    for count, gap in zip(counts, np.diff(steps, prepend=steps[0] - 1), strict=True):
        # Both fade alike: the mean of the rate stays, and what is known of it becomes less.
        shape, rate = shape * memory**gap, rate * memory**gap
        weight = weight + _log_chance(count, shape, rate, cluster)
        # A clustered number tells less of the rate, by how much of its variance is that of a draw from it.
        told = 1 / (1 + shape / rate / cluster)
        shape, rate = shape + told * count, rate + told
    member = _picked(weight, draws, rng)
    memory, cluster, shape, rate = memory[member], cluster[member], shape[member], rate[member]
    paths = np.empty((draws, horizon))
    for ahead in range(horizon):
        shape, rate = np.maximum(shape * memory, 1e-6), np.maximum(rate * memory, 1e-9)
        mean = rng.gamma(shape) / rate
        clustered = np.isfinite(cluster)
        # A factor of mean one makes draws from a rate as clustered as the member says.
        frailty = np.ones(draws)
        frailty[clustered] = rng.gamma(cluster[clustered]) / cluster[clustered]
        paths[:, ahead] = rng.poisson(np.minimum(mean * frailty, 1e9))
        told = 1 / (1 + shape / rate / cluster)
        shape, rate = shape + told * paths[:, ahead], rate + told
    return paths


def paths_on_and_off(pile: Pile, history: History, horizon: int, draws: int, rng: np.random.Generator, rest: Interior) -> Array:
    """Paths that lie on the bound as often as the history did, and go on as the other values did in between.

    Args:
        pile: which values lie on the bound.
        history: the points that `pile` was found in.
        horizon: periods ahead.
        draws: how many paths.
        rng: the random numbers.
        rest: paths of the history without the values on the bound, whose last step is that of its last value.

    Returns:
        shape (draws, horizon).

    Method: whether a value lies on the bound is a share whose past counts less by a factor each period, the factors weighed
        by how well they foresaw; where fewer than eight other values are known, those are drawn again.
    """
    memory, weight = _MEMORIES, _LOG_PRIOR_OF_MEMORIES
    on, off = np.full(len(memory), 0.5), np.full(len(memory), 0.5)
    for hit, gap in zip(pile.on, np.diff(history.steps, prepend=history.steps[0] - 1), strict=True):
        # What is known fades towards a twentieth of a case and never to nothing, of which no share could be drawn.
        on, off = 0.05 + (on - 0.05) * memory**gap, 0.05 + (off - 0.05) * memory**gap
        weight = weight + np.log((on if hit else off) / (on + off))
        on, off = on + hit, off + (not hit)
    member = _picked(weight, draws, rng)
    memory, on, off = memory[member], on[member], off[member]
    between = history.only(~pile.on)
    if len(between.steps) >= FEWEST_POINTS and np.ptp(between.values) > 0:
        paths = rest(between)
        # The scale may round onto the bound; how often a value lies there is drawn below, so here it stays off it.
        inside = np.abs(paths - pile.bound) > 0
        nearest = between.values[np.argmin(np.abs(between.values - pile.bound))]
        paths = np.where(inside, paths, nearest)
    else:
        paths = rng.choice(between.values, (draws, horizon))
    for ahead in range(horizon):
        on, off = 0.05 + (on - 0.05) * memory, 0.05 + (off - 0.05) * memory
        hit = rng.random(draws) < rng.beta(on, off)
        paths[hit, ahead] = pile.bound
        on, off = on + hit, off + ~hit
    return paths


def _drawn_from_a_rate(values: Array) -> bool:
    """Whether values are few whole numbers that vary at least about as much as draws from one rate."""
    mean = float(values.mean())
    if not 0 < mean <= _MOST_COUNTED or np.any(values != np.round(values)):
        return False
    return bool(float(np.sum((values - mean) ** 2)) / mean > chdtri(len(values) - 1, 1 - _LEAST_CHANCE_OF_VARIATION))


def _log_chance(count: float, shape: Array, rate: Array, cluster: Array) -> Array:
    """The log probability of a number under a negative binomial of the mean and variance that each member expects."""
    mean = shape / rate
    # Of the draw, of the rate that is not known, and of the clustering of draws around it.
    variance = mean + mean / rate + mean * (mean + 1 / rate) / cluster
    size = mean**2 / np.maximum(variance - mean, 1e-12)
    return np.asarray(
        -betaln(size, count + 1)
        - np.log(size + count)
        + size * np.log(size / (size + mean))
        + count * np.log(mean / (size + mean))
    )


def _picked(weight: Array, draws: int, rng: np.random.Generator) -> Array:
    chance = np.exp(weight - weight.max())
    return rng.choice(len(weight), draws, p=chance / chance.sum())

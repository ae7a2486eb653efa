"""The bank of small structural models that a forecast averages over.

Each member says how a KPI moves: a level that wanders or keeps coming back, a trend, a season, and noise, as a Gaussian process
over the periods with everything measured in the noise of one step.  Given a history, the evidence for each member and its
prediction follow in closed form; averaging over all of them by evidence carries the uncertainty about parameters and about the
choice of the model, which a single fitted model hides.

Source: unobserved-components models (Harvey 1989, *Forecasting, Structural Time Series Models and the Kalman Filter*)
written as covariances; Bayesian model averaging with tempered evidence.  The prior weights were fixed on the M1 competition.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

Array = np.ndarray


@dataclass(frozen=True)
class Level:
    """How the level moves: variances of its steps, of noise, and of a part that fades by `memory` each period."""

    walk: float
    noise: float
    fading: float
    memory: float
    log_prior: float


@dataclass(frozen=True)
class Trend:
    """How the slope moves: its standard deviation in steps, and its memory from period to period (1: it never changes)."""

    slope: float
    memory: float
    log_prior: float


@dataclass(frozen=True)
class Season:
    """How strong the seasonal figures are, in steps, and their memory from year to year (1: they never change)."""

    strength: float
    memory: float
    log_prior: float


LEVELS = (
    Level(0.0, 1.0, 0.0, 0.0, -0.44),
    Level(0.0, 0.2, 0.8, 0.7, 0.54),
    Level(0.0, 0.3, 1.0, 0.9, 0.20),
    Level(0.02, 1.0, 0.0, 0.0, 0.02),
    Level(0.1, 1.0, 0.0, 0.0, 1.18),
    Level(0.3, 1.0, 0.0, 0.0, 0.09),
    Level(1.0, 1.0, 0.0, 0.0, -0.58),
    Level(1.0, 0.01, 0.0, 0.0, -0.18),
)
TRENDS = (
    Trend(0.0, 1.0, 1.04),
    Trend(0.05, 1.0, 1.42),
    Trend(0.15, 1.0, -0.69),
    Trend(0.3, 0.9, -0.92),
    Trend(0.1, 0.9, 0.22),
)
SEASONS = (
    Season(0.0, 1.0, 0.11),
    Season(0.5, 1.0, -0.72),
    Season(1.0, 1.0, -0.36),
    Season(2.0, 1.0, 1.92),
    Season(1.0, 0.85, -0.54),
)
LOG_PRIOR_OF_RATIOS = -0.5
"""What a scale in ratios starts with against the plain one."""
EVIDENCE_POWER = 0.75
"""How far evidence is believed: below 1, since no member is true."""
DEGREES_OF_FREEDOM = 8.0
"""How heavy the tails are: those of a t distribution."""
_DIFFUSE = 1e3
_HARMONICS = 4


@dataclass(frozen=True)
class Calendar:
    """Which season the members look for.

    Attributes:
        length: periods in a season, not always whole (52.18 weeks in a year); 0 when there is none.
        smooth: whether the season is a smooth wave rather than one figure for each period.
    """

    length: float
    smooth: bool = False

    def likeness(self, distance: Array) -> Array:
        """The covariance of unit seasonal figures `distance` periods apart."""
        if self.smooth:
            turns = 2 * np.pi * np.arange(1, _HARMONICS + 1) / self.length
            return np.asarray(np.cos(distance[..., None] * turns).mean(axis=-1))
        return np.asarray((np.mod(distance, self.length) == 0) - 1.0 / self.length)


@dataclass(frozen=True)
class Extra:
    """A known shape with an unknown size: a break, a marked event.

    Attributes:
        shape: its value at each step, shape (N,).
        variance: of its size, in squared noise of one step.
    """

    shape: tuple[float, ...]
    variance: float


@dataclass(frozen=True)
class Bank:
    """All members, prepared for the steps at which there is a history.

    Attributes:
        steps: the times of the history, whole numbers, shape (n,); the last one is 0.
        picks: the level, trend and season of each member, shape (g, 3).
        log_prior: shape (g,).
        whitening: the inverse Cholesky factor of each member's covariance, shape (g, n, n).
        log_determinant: of each member's covariance, shape (g,).
    """

    steps: Array
    calendar: Calendar
    picks: Array
    log_prior: Array
    whitening: Array
    log_determinant: Array

    def whiten(self, z: Array) -> Array:
        """The history in independent standard steps under each member, shape (g, n)."""
        return np.asarray(self.whitening @ z)

    def precision_rows(self, whitened: Array) -> Array:
        """The history times each member's precision matrix, shape (g, n)."""
        return np.asarray(np.einsum("gij,gi->gj", self.whitening, whitened))


def covariance_parts(steps: Array, calendar: Calendar) -> tuple[Array, Array, Array]:
    """The covariances of every level, trend and season between all `steps`, shapes (·, N, N)."""
    times = steps.astype(float)
    distance = np.abs(times[:, None] - times[None, :])
    reach = np.minimum(np.abs(times)[:, None], np.abs(times)[None, :])
    walk = np.where(np.sign(times)[:, None] == np.sign(times)[None, :], reach, 0.0)
    same = np.eye(len(steps))
    levels = []
    for level in LEVELS:
        fading = level.fading * level.memory**distance if level.fading else 0.0
        step = level.walk + 2 * level.noise + 2 * level.fading * (1 - level.memory)
        levels.append((level.walk * walk + level.noise * same + fading) / step)
    trends = [trend.slope**2 * _trend_shape(steps, trend.memory) if trend.slope else np.zeros_like(walk) for trend in TRENDS]
    seasons = [
        season.strength**2 * season.memory ** (distance / calendar.length) * calendar.likeness(distance)
        if season.strength
        else np.zeros_like(walk)
        for season in (SEASONS if calendar.length > 1 else SEASONS[:1])
    ]
    return np.array(levels), np.array(trends), np.array(seasons)


def _trend_shape(steps: Array, memory: float) -> Array:
    """The covariance of what a slope of unit variance adds to the level between step 0 and each step."""
    times = steps.astype(float)
    if memory == 1.0:
        return np.outer(times, times)
    grid = np.arange(int(steps.min()), int(steps.max()) + 1)
    slopes = memory ** np.abs(grid[:, None] - grid[None, :])
    sums = np.cumsum(np.cumsum(slopes, axis=0), axis=1)
    at = steps - grid[0]
    zero = -grid[0]
    return np.asarray(sums[np.ix_(at, at)] - sums[at, zero][:, None] - sums[zero, at][None, :] + sums[zero, zero])


def _bank(steps: Array, calendar: Calendar, extra: Array | None, limit: int) -> Bank:
    levels, trends, seasons = covariance_parts(steps, calendar)
    counts = (len(levels), len(trends), len(seasons))
    picks = np.stack(np.meshgrid(*[np.arange(count) for count in counts], indexing="ij"), axis=-1).reshape(-1, 3)
    log_prior = (
        np.array([level.log_prior for level in LEVELS])[picks[:, 0]]
        + np.array([trend.log_prior for trend in TRENDS])[picks[:, 1]]
        + np.array([season.log_prior for season in SEASONS])[picks[:, 2]]
    )
    keep = np.sort(np.argsort(-log_prior, kind="stable")[:limit])
    picks, log_prior = picks[keep], log_prior[keep]
    covariance = levels[picks[:, 0]] + trends[picks[:, 1]] + seasons[picks[:, 2]] + _DIFFUSE
    if extra is not None:
        covariance = covariance + extra
    covariance[:, np.arange(len(steps)), np.arange(len(steps))] += 1e-6
    factor = np.linalg.cholesky(covariance)
    log_determinant = 2 * np.log(np.diagonal(factor, axis1=1, axis2=2)).sum(axis=1)
    return Bank(steps, calendar, picks, log_prior - logsumexp(log_prior), np.linalg.inv(factor), log_determinant)


@lru_cache(maxsize=12)
def _regular_bank(count: int, calendar: Calendar, limit: int) -> Bank:
    return _bank(np.arange(1 - count, 1), calendar, None, limit)


def bank_for(steps: Array, calendar: Calendar, extra: Array | None = None) -> Bank:
    """The members prepared for a history.

    Args:
        steps: times of the history, whole numbers ending with 0, shape (n,).
        calendar: the season to look for.
        extra: covariance to be added to every member, in squared noise of one step, shape (n, n).
    """
    limit = 400 if len(steps) <= 80 else 60
    if extra is None and len(steps) == 1 - steps[0]:
        return _regular_bank(len(steps), calendar, limit)
    return _bank(steps, calendar, extra, limit)


def logsumexp(values: Array) -> float:
    """log Σ exp, without overflow."""
    top = float(np.max(values))
    return top + float(np.log(np.sum(np.exp(values - top))))


@dataclass(frozen=True)
class Evidence:
    """What a history says about each member.

    Attributes:
        log_evidence: log density of the history, the size of its steps integrated out, shape (g,).
        step_variance: of one step, in the squared unit of z, shape (g,).
        whitened: the history in independent steps, shape (g, n).
    """

    log_evidence: Array
    step_variance: Array
    whitened: Array


def evidence(bank: Bank, z: Array) -> Evidence:
    """Weighs every member of `bank` by a history `z`, shape (n,), whose steps have a size of about one."""
    whitened = bank.whiten(z)
    squares = 1.0 + np.einsum("gi,gi->g", whitened, whitened)
    log_evidence = -0.5 * bank.log_determinant - 0.5 * len(z) * np.log(squares)
    return Evidence(log_evidence, squares / len(z), whitened)


def predict(
    bank: Bank, members: Array, found: Evidence, future: Array, extra: tuple[Array, Array] | None = None
) -> tuple[Array, Array]:
    """Means and Cholesky factors of the joint prediction of some members, in the unit of z and in steps.

    Args:
        bank: as the evidence was found with.
        members: indices of the members wanted, shape (k,).
        found: the evidence.
        future: times to predict, whole numbers above 0, shape (h,).
        extra: covariances to add between history and future, shape (n, h), and within the future, shape (h, h).

    Returns:
        means, shape (k, h), and factors, shape (k, h, h).
    """
    n = len(bank.steps)
    levels, trends, seasons = _parts_with_future(tuple(bank.steps.tolist()), bank.calendar, len(future))
    means, factors = np.empty((len(members), len(future))), np.empty((len(members), len(future), len(future)))
    block = max(1, int(4e6 / (n + len(future)) ** 2))
    for start in range(0, len(members), block):
        chosen = members[start : start + block]
        level, trend, season = bank.picks[chosen].T
        joint = levels[level] + trends[trend] + seasons[season] + _DIFFUSE
        cross, within = joint[:, :n], joint[:, n:]
        if extra is not None:
            cross, within = cross + extra[0], within + extra[1]
        loadings = bank.whitening[chosen] @ cross
        means[start : start + block] = np.einsum("gnh,gn->gh", loadings, found.whitened[chosen])
        rest = within - np.swapaxes(loadings, 1, 2) @ loadings
        rest[:, np.arange(len(future)), np.arange(len(future))] += 1e-6
        factors[start : start + block] = np.linalg.cholesky(rest)
    return means, factors


@lru_cache(maxsize=12)
def _parts_with_future(steps: tuple[int, ...], calendar: Calendar, horizon: int) -> tuple[Array, Array, Array]:
    """The columns of `covariance_parts` that belong to the future, shapes (·, n + h, h)."""
    times = np.concatenate([np.array(steps, int), np.arange(1, horizon + 1)])
    levels, trends, seasons = covariance_parts(times, calendar)
    n = len(steps)
    return levels[:, :, n:], trends[:, :, n:], seasons[:, :, n:]

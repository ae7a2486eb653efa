"""The bank of small structural models that a forecast averages over.

Each member says how a KPI moves: a level that wanders or keeps coming back, a trend, a season, and noise, as a Gaussian process
over the periods with everything measured in the noise of one step.  Given a history, the evidence for each member and its
prediction follow in closed form; averaging over all of them by evidence carries the uncertainty about parameters and about the
choice of the model, which a single fitted model hides.

Source: unobserved-components models (Harvey 1989, *Forecasting, Structural Time Series Models and the Kalman Filter*)
written as covariances; Bayesian model averaging with tempered evidence.  The prior weights were fixed on the M1 competition.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache

import numpy as np
from scipy.linalg import lapack
from scipy.special import logsumexp

from cs_planning.forecasting.models import width_rule

Array = np.ndarray


class PeriodPace(StrEnum):
    """How long a period is: what is a slow trend from day to day is none from year to year."""

    SHORT = "short"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


@dataclass(frozen=True)
class Prior:
    """Log weight before any data, for each pace; `None` leaves the part out."""

    short: float | None
    month: float | None
    quarter: float | None
    year: float | None

    def at(self, pace: PeriodPace) -> float:
        """The log weight at one pace, −∞ for a part that is left out."""
        weight = {"short": self.short, "month": self.month, "quarter": self.quarter, "year": self.year}[pace.value]
        return -np.inf if weight is None else weight


@dataclass(frozen=True)
class LevelDynamics:
    """How the level moves: variances of its steps, of noise, and of a part that fades by `memory` each period."""

    walk: float
    noise: float
    fading: float
    memory: float
    prior: Prior


@dataclass(frozen=True)
class TrendDynamics:
    """How the slope moves: its standard deviation in steps, and its memory from period to period (1: it never changes)."""

    slope: float
    memory: float
    prior: Prior


@dataclass(frozen=True)
class Season:
    """How strong the seasonal figures are, in steps, and their memory from year to year (1: they never change)."""

    strength: float
    memory: float
    prior: Prior


LEVELS = (
    LevelDynamics(0.0, 1.0, 0.0, 0.0, Prior(-0.4, -0.4, -0.4, -0.4)),
    LevelDynamics(0.0, 0.2, 0.8, 0.7, Prior(0.1, 0.1, 0.4, 0.1)),
    LevelDynamics(0.0, 0.3, 1.0, 0.9, Prior(0.2, 0.2, 0.2, 0.2)),
    LevelDynamics(0.003, 1.0, 0.0, 0.0, Prior(-0.2, None, None, None)),
    LevelDynamics(0.02, 1.0, 0.0, 0.0, Prior(-0.2, -0.2, -0.2, -0.2)),
    LevelDynamics(0.1, 1.0, 0.0, 0.0, Prior(-0.1, -0.1, -0.1, -0.1)),
    LevelDynamics(0.3, 1.0, 0.0, 0.0, Prior(-0.1, -0.1, -0.1, -0.1)),
    LevelDynamics(1.0, 1.0, 0.0, 0.0, Prior(-0.3, -0.3, -0.3, -0.3)),
    LevelDynamics(1.0, 0.2, 0.0, 0.0, Prior(-0.2, -0.2, -0.2, -0.2)),
    LevelDynamics(1.0, 0.01, 0.0, 0.0, Prior(1.1, 1.1, 1.1, 1.1)),
)
TRENDS = (
    TrendDynamics(0.0, 1.0, Prior(1.0, 0.0, -0.1, -0.3)),
    TrendDynamics(0.004, 1.0, Prior(0.5, None, None, None)),
    TrendDynamics(0.02, 1.0, Prior(0.0, 0.8, 0.6, 0.0)),
    TrendDynamics(0.05, 1.0, Prior(None, 0.4, 0.3, -0.2)),
    TrendDynamics(0.15, 1.0, Prior(None, 0.5, 0.4, -0.3)),
    TrendDynamics(0.4, 1.0, Prior(None, -0.2, 0.1, -0.1)),
    TrendDynamics(1.0, 1.0, Prior(None, -0.1, 0.8, 1.8)),
    TrendDynamics(0.1, 0.9, Prior(-0.3, 0.0, -0.2, -0.5)),
    TrendDynamics(0.8, 0.9, Prior(None, -0.5, -0.2, 0.4)),
    TrendDynamics(0.5, 0.7, Prior(-0.7, -0.7, -0.6, -0.6)),
)
SEASONS = (
    Season(0.0, 1.0, Prior(0.5, 0.0, 1.5, 0.0)),
    Season(1.0, 1.0, Prior(-0.3, -0.5, -0.3, None)),
    Season(2.0, 1.0, Prior(-0.2, -0.5, -0.3, None)),
    Season(3.0, 1.0, Prior(0.2, 0.1, 0.1, None)),
    Season(5.0, 1.0, Prior(0.9, 1.0, 0.6, None)),
    Season(9.0, 1.0, Prior(None, 0.2, 0.1, None)),
    Season(5.0, 0.9, Prior(None, 0.6, 0.0, None)),
    Season(4.0, 0.7, Prior(None, 0.5, 0.0, None)),
    Season(2.0, 0.95, Prior(-0.1, -0.5, -0.7, None)),
    Season(1.0, 0.85, Prior(-0.6, -0.8, -0.9, None)),
)
LOG_PRIOR_OF_RATIOS = 0.0
"""What a scale in ratios starts with against the plain one."""
EVIDENCE_POWER = {PeriodPace.SHORT: 0.45, PeriodPace.MONTH: 0.45, PeriodPace.QUARTER: 0.45, PeriodPace.YEAR: 0.5}
"""How far evidence is believed: below 1, since no member is true."""
_POWER_OF_FEW, _FEW, _MANY = 0.35, 12, 24
"""What a history of 12 points and less adds to that power, and one of 24 and more no longer: few can't contradict much."""
_DOUBT_IN_SEASONS = 2.0
"""Log weight that members without a season gain by the cube of the seasons that are lacking to two."""
_WIDENING_BY_PERIOD = {PeriodPace.SHORT: 0.001, PeriodPace.MONTH: 0.005, PeriodPace.QUARTER: 0.075, PeriodPace.YEAR: 0.02}
"""What each period ahead adds to the width: members know nothing of a future in which they no longer hold."""
_MOST_MEMBERS = {PeriodPace.SHORT: 450, PeriodPace.MONTH: 650, PeriodPace.QUARTER: 300, PeriodPace.YEAR: 450}
_WIDTH_OF_NOISE, _WIDTH_OF_WALKS, _WIDENING_BY_TRENDS = 0.73, 0.83, 1.2
_MORE_BY_WEEK, _MOST_BY_WEEKS = 0.012, 1.15
"""What each week ahead adds besides, up to how much: the next one is wide enough by itself, that of the next quarter is not."""
DIFFUSE = 1e3
_HARMONICS = 4
_SHARED_LENGTHS = (16, 32, 60)
"""Lengths of histories for which a bank is prepared; up to the last one a bank has all its members."""


@dataclass(frozen=True)
class Calendar:
    """Which season the members look for.

    Attributes:
        pace: how long a period is.
        length: periods in a season, not always whole (52.18 weeks in a year); 0 when there is none.
        smooth: whether the season is a smooth wave rather than one figure for each period.
    """

    pace: PeriodPace
    length: float
    smooth: bool = False

    def lacking(self, count: int) -> float:
        """How many seasons are lacking to two in a history of `count` points, 0…2; 0 without a season."""
        return max(0.0, 2.0 - count / self.length) if self.length > 1 else 0.0

    def likeness(self, distance: Array) -> Array:
        """The covariance of unit seasonal figures `distance` periods apart."""
        if self.smooth:
            # Harmonics of equal and independent size: their covariance is the mean of their cosines.
            turns = 2 * np.pi * np.arange(1, _HARMONICS + 1) / self.length
            return np.asarray(np.cos(distance[..., None] * turns).mean(axis=-1))
        # Less one share, so that the figures of a season sum to zero: what they have in common belongs to the level.
        return np.asarray((np.mod(distance, self.length) == 0) - 1.0 / self.length)


def evidence_power(calendar: Calendar, count: int) -> float:
    """How far the evidence of `count` points is believed."""
    return EVIDENCE_POWER[calendar.pace] + _POWER_OF_FEW * float(np.clip((_MANY - count) / (_MANY - _FEW), 0, 1))


def widening(calendar: Calendar, horizon: int) -> Array:
    """What the deviation of each period ahead is multiplied by, shape (horizon,)."""
    ahead = np.arange(1, horizon + 1)
    wider = 1 + _WIDENING_BY_PERIOD[calendar.pace] * ahead
    return np.asarray(wider * np.minimum(1 + _MORE_BY_WEEK * ahead, _MOST_BY_WEEKS) if calendar.smooth else wider)


@dataclass(frozen=True)
class Bank:
    """All members, prepared for the steps at which there is a history.

    Attributes:
        steps: the times of the history, whole numbers, shape (n,); the last one is 0.
        picks: the level, trend and season of each member, shape (g, 3).
        log_prior: shape (g,).
        whitening: the inverse of each member's factor U, covariance = U Uᵀ, shape (g, n, n).  Before shapes are added U is
            upper triangular, so that the whitening of the last points alone is the corner of that of all.
        log_determinant: of each member's covariance, shape (g,).
    """

    steps: Array
    calendar: Calendar
    picks: Array
    log_prior: Array
    whitening: Array
    log_determinant: Array

    @property
    def width(self) -> Array:
        """What each member's prediction is to be scaled with, shape (g,).

        The core is narrow since the tails are heavy; members whose level or trend keeps what happens err more than they say.
        """
        walks = np.array([level.walk >= 1 for level in LEVELS])[self.picks[:, 0]]
        trends = np.array([trend.slope >= 0.4 and trend.memory >= 0.9 for trend in TRENDS])[self.picks[:, 1]]
        width = np.where(walks, _WIDTH_OF_WALKS, _WIDTH_OF_NOISE) * np.where(trends, _WIDENING_BY_TRENDS, 1.0)
        return np.asarray(width * width_rule.RULE.width_of(len(self.steps)))

    def log_prior_at(self, count: int) -> Array:
        """The log weights before a history of `count` points: one of less than two seasons can't tell a season, shape (g,)."""
        doubt = _DOUBT_IN_SEASONS * self.calendar.lacking(count) ** 3
        log_prior = self.log_prior + doubt * (self.picks[:, 2] == 0)
        return np.asarray(log_prior - logsumexp(log_prior))

    def whiten(self, z: Array) -> Array:
        """The history in independent standard steps under each member, shape (g, n)."""
        return np.asarray(self.whitening @ z)

    def with_shapes(self, shapes: Array) -> Bank:
        """The same members when the history may also hold known shapes of unknown size.

        Args:
            shapes: each scaled by the standard deviation of its size in steps, shape (k, n).
        """
        # With M = W Sᵀ the new whitening is (I + M Mᵀ)^−½ W, which differs from W along the k axes of M alone:
        # nothing of size n is factored again.
        moved = np.tensordot(self.whitening, shapes, (2, 1))
        power, turn = np.linalg.eigh(np.swapaxes(moved, 1, 2) @ moved)
        power = np.maximum(power, 0.0)
        axes = (moved @ turn) / np.sqrt(np.maximum(power, 1e-12))[:, None, :]
        shrink = np.where(power > 1e-9, 1 / np.sqrt(1 + power) - 1, 0.0)
        whitening = self.whitening + (axes * shrink[:, None, :]) @ (np.swapaxes(axes, 1, 2) @ self.whitening)
        return replace(self, whitening=whitening, log_determinant=self.log_determinant + np.log1p(power).sum(axis=1))


def covariance_parts(steps: Array, calendar: Calendar) -> tuple[Array, Array, Array]:
    """The covariances of every level, trend and season between all `steps`, shapes (·, N, N)."""
    times = steps.astype(float)
    distance = np.abs(times[:, None] - times[None, :])
    # A walk is counted from the last point: times on the same side of it share the shorter way, others nothing.
    reach = np.minimum(np.abs(times)[:, None], np.abs(times)[None, :])
    walk = np.where(np.sign(times)[:, None] == np.sign(times)[None, :], reach, 0.0)
    same = np.eye(len(steps))
    levels = []
    for level in LEVELS:
        fading = level.fading * level.memory**distance if level.fading else 0.0
        # The variance of a difference between neighbours, so that one step of every level has the size one.
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
    # What slopes add up to is a double sum over their covariance, taken from step 0, at which nothing has been added yet.
    grid = np.arange(int(steps.min()), int(steps.max()) + 1)
    slopes = memory ** np.abs(grid[:, None] - grid[None, :])
    sums = np.cumsum(np.cumsum(slopes, axis=0), axis=1)
    at = steps - grid[0]
    zero = -grid[0]
    return np.asarray(sums[np.ix_(at, at)] - sums[at, zero][:, None] - sums[zero, at][None, :] + sums[zero, zero])


def _bank(steps: Array, calendar: Calendar, noise: Array | None, limit: int) -> Bank:
    levels, trends, seasons = covariance_parts(steps, calendar)
    counts = (len(levels), len(trends), len(seasons))
    picks = np.stack(np.meshgrid(*[np.arange(count) for count in counts], indexing="ij"), axis=-1).reshape(-1, 3)
    pace = calendar.pace
    log_prior = (
        np.array([level.prior.at(pace) for level in LEVELS])[picks[:, 0]]
        + np.array([trend.prior.at(pace) for trend in TRENDS])[picks[:, 1]]
        + np.array([season.prior.at(pace) for season in SEASONS])[picks[:, 2]]
    )
    keep = np.sort(np.argsort(-log_prior, kind="stable")[: min(limit, int(np.isfinite(log_prior).sum()))])
    picks, log_prior = picks[keep], log_prior[keep]
    # The level of the last point is unknown, hence the same large variance everywhere.
    covariance = levels[picks[:, 0]] + trends[picks[:, 1]] + seasons[picks[:, 2]] + DIFFUSE
    # A little noise keeps the matrix of a member without any of its own invertible.
    covariance[:, np.arange(len(steps)), np.arange(len(steps))] += 1e-6 + (0.0 if noise is None else noise)
    # Factored from the newest point backwards, so that a shorter history is a corner of the same factor.
    factor = np.ascontiguousarray(np.linalg.cholesky(covariance[:, ::-1, ::-1])[:, ::-1, ::-1])
    whitening = np.array([lapack.dtrtri(one.T, lower=1)[0].T for one in factor])
    return Bank(steps, calendar, picks, log_prior - logsumexp(log_prior), whitening, _log_determinant(whitening))


def _log_determinant(whitening: Array) -> Array:
    return np.asarray(-2 * np.log(np.diagonal(whitening, axis1=1, axis2=2)).sum(axis=1))


@lru_cache(maxsize=12)
def _regular_bank(count: int, calendar: Calendar) -> Bank:
    return _bank(np.arange(1 - count, 1), calendar, None, _most_members(count, _MOST_MEMBERS[calendar.pace]))


@lru_cache(maxsize=64)
def _last_of_regular(count: int, calendar: Calendar) -> Bank:
    """The members for a history without gaps: the corner of a somewhat longer bank, which many lengths share."""
    longer = _regular_bank(next((size for size in _SHARED_LENGTHS if size >= count), 12 * -(-count // 12)), calendar)
    whitening = longer.whitening[:, -count:, -count:]
    return replace(longer, steps=longer.steps[-count:], whitening=whitening, log_determinant=_log_determinant(whitening))


def bank_for(steps: Array, calendar: Calendar, noise: Array | None = None) -> Bank:
    """The members prepared for a history.

    Args:
        steps: times of the history, whole numbers ending with 0, shape (n,).
        calendar: the season to look for.
        noise: variance of known noise at each point, in squared steps, shape (n,); `None` when there is none.
    """
    if noise is None and len(steps) == 1 - steps[0]:
        return _last_of_regular(len(steps), calendar)
    return _bank(steps, calendar, noise, _most_members(len(steps), 150))


def _most_members(count: int, most: int) -> int:
    """Fewer members for long histories, whose matrices are larger."""
    return int(np.clip(most * (60 / count) ** 1.3, 40, most))

"""How much wider or narrower than usual the ranges of one series must be: what the forecasts of its own past missed.

The members are weighed as they would have been at each of the last origins, and what followed is told in normal scores: the
square of a score is one on average when the ranges are right.  The mean square of the few that a series has is shrunken towards
one, the more so the farther ahead, since forecasts that overlap miss together.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.special import ndtri, stdtr

from cs_planning.forecasting.evidence.history import FEWEST_POINTS
from cs_planning.forecasting.models import width_rule
from cs_planning.forecasting.models.fit import BankFit
from cs_planning.forecasting.models.members import PeriodPace, evidence_power
from cs_planning.forecasting.models.weighing import rolling

Array = np.ndarray

_LEAST_ORIGINS, _ORIGINS_BY_POINTS = 8, 3
_MOST_MEMBERS = {60: 120, 200: 60}
"""How many members are asked, by the most points of a history: each costs more in a long one."""
_OVERLAP = 0.6
"""Forecasts h periods ahead from neighbouring origins tell as much as 1 ÷ (.6 h) as many from origins that lie apart."""
_FARTHEST_SCORE = 3.0


def own_widths(fits: Sequence[BankFit], horizon: int) -> Array:
    """What the deviation of each period ahead is to be multiplied by, shape (horizon,).

    Args:
        fits: the members on each scale, weighed by the history.
        horizon: periods ahead.

    Assumptions: daily ranges stay as they are, since the last few days say nothing of the months for which days are forecast.
    """
    calendar = fits[0].bank.calendar
    if calendar.pace is PeriodPace.SHORT and not calendar.smooth:
        return np.ones(horizon)
    return widths_of(past_scores(fits, horizon), _share_known(fits[0]))


def _share_known(fit: BankFit) -> float:
    """Which part of the variance of a step comes from samples whose size is known, 0–1: it is not looked up in the history."""
    n = len(fit.bank.steps)
    moved = float(np.mean(np.diff(fit.z[:n]) ** 2)) * fit.step_size**2 if n > 1 else 0.0
    return min(1.0, 2.0 * float(np.median(fit.known.noise[:n])) / moved) if moved > 0 else 0.0


def widths_of(scores: Array, share_known: float = 0.0) -> Array:
    """The widths that scores ask for, shape (horizon,).

    Args:
        scores: of past forecasts, by origin and periods ahead, unknown ones NaN, shape (origins, horizon).
        share_known: the part of the variance that the sizes of samples tell, 0–1.

    Method: at each distance the mean square of the scores counts as much as their number ÷ (.6 · distance), at most that
        number, beside a few of one.
    """
    rule = width_rule.RULE
    understated = 1.0 + (rule.understated - 1.0) * (1.0 - share_known)
    squares = np.ones(scores.shape[1])
    for ahead in range(scores.shape[1]):
        known = scores[np.isfinite(scores[:, ahead]), ahead]
        if len(known):
            # Neighbouring forecasts share most of what they missed, the more so the farther they look.
            told = len(known) / max(1.0, _OVERLAP * (ahead + 1))
            missed = understated * float(np.mean(known**2))
            squares[ahead] = (rule.prior_errors + told * missed) / (rule.prior_errors + told)
    return np.sqrt(squares)


def past_scores(fits: Sequence[BankFit], horizon: int, *, all_origins: bool = False) -> Array:
    """Normal scores of what followed the last origins, unknown ones NaN, shape (origins, horizon).

    Args:
        fits: the members on each scale, weighed by the history.
        horizon: periods ahead.
        all_origins: from the earliest on, instead of the last third or so.

    Assumptions: an origin has at least eight points before it; breaks are known at each origin as they are known now.
    """
    n = len(fits[0].bank.steps)
    first = FEWEST_POINTS if all_origins else max(FEWEST_POINTS, n - max(_LEAST_ORIGINS, n // _ORIGINS_BY_POINTS))
    origins = np.arange(first, n)
    farthest = min(horizon, n - int(origins[0])) if len(origins) else 0
    scores = np.full((len(origins), horizon), np.nan)
    if not farthest:
        return scores
    members = next(count for most, count in _MOST_MEMBERS.items() if n <= most)
    weights, chances = [], []
    for one in fits:
        some = np.argsort(-one.score, kind="stable")[:members]
        noise = one.known.noise[:n] / one.step_size**2
        past = rolling(one.bank, some, one.z, one.shapes[:, :n], noise, origins, farthest)
        powers = np.array([evidence_power(one.bank.calendar, int(count)) for count in origins])
        priors = np.stack([one.bank.log_prior_at(int(count))[some] for count in origins], axis=1)
        weights.append(priors + powers * (past.log_evidence + one.comparable[origins - 1]))
        width = one.bank.width[some, None, None] * one.wider(farthest)
        chances.append(stdtr(width_rule.RULE.degrees_of_freedom, past.standardised / width))
    score = np.concatenate(weights)
    weight = np.exp(score - score.max(axis=0))
    chance = np.einsum("go,goh->oh", weight / weight.sum(axis=0), np.concatenate(chances))
    edge = 1e-4
    known = np.isfinite(chance)
    # Through the member's own tails into normal scores, cut so that one wild period does not decide the width.
    scores[:, :farthest][known] = np.clip(ndtri(np.clip(chance[known], edge, 1 - edge)), -_FARTHEST_SCORE, _FARTHEST_SCORE)
    return scores

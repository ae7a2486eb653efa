"""What a history says about the members of a bank, and what they say about the periods to come."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from cs_planning.forecasting.models.members import DIFFUSE, Array, Bank, Calendar, covariance_parts


@dataclass(frozen=True)
class BankEvidence:
    """What a history says about each member.

    Attributes:
        log_evidence: log density of the history, the size of its steps integrated out, shape (g,).
        step_variance: of one step, in the squared unit of z, shape (g,).
        whitened: the history in independent steps, shape (g, n).
    """

    log_evidence: Array
    step_variance: Array
    whitened: Array


def evidence(bank: Bank, z: Array) -> BankEvidence:
    """Weighs every member of `bank` by a history `z`, shape (n,), whose steps have a size of about one."""
    whitened = bank.whiten(z)
    # Integrating the size of a step out leaves a power of the squares; the half keeps a member that fits exactly from winning
    # by an infinite evidence.
    squares = 0.5 + np.einsum("gi,gi->g", whitened, whitened)
    log_evidence = -0.5 * bank.log_determinant - 0.5 * len(z) * np.log(squares)
    return BankEvidence(log_evidence, squares / len(z), whitened)


def predict(
    bank: Bank, members: Array, found: BankEvidence, horizon: int, shapes: Array | None = None, noise: Array | None = None
) -> tuple[Array, Array]:
    """Means and Cholesky factors of the joint prediction of some members, in the unit of z and in steps.

    Args:
        bank: as the evidence was found with.
        members: indices of the members wanted, shape (k,).
        found: the evidence.
        horizon: periods ahead, h.
        shapes: the shapes of unknown size that `bank` was given, with their future, shape (·, n + h).
        noise: variance of known noise of each future period, in squared steps, shape (h,).

    Returns:
        means, shape (k, h), and factors, shape (k, h, h).
    """
    n = len(bank.steps)
    levels, trends, seasons = _parts_with_future(tuple(bank.steps.tolist()), bank.calendar, horizon)
    known = 0.0 if shapes is None else shapes.T @ shapes[:, n:]
    own = 1e-6 + (0.0 if noise is None else noise)
    means, factors = np.empty((len(members), horizon)), np.empty((len(members), horizon, horizon))
    # So many members at once that their matrices take some 32 MB.
    block = max(1, int(4e6 / (n + horizon) ** 2))
    for start in range(0, len(members), block):
        chosen = members[start : start + block]
        level, trend, season = bank.picks[chosen].T
        joint = levels[level] + trends[trend] + seasons[season] + DIFFUSE + known
        # The same product gives the mean, from the whitened history, and what of the future that history explains.
        loadings = bank.whitening[chosen] @ joint[:, :n]
        means[start : start + block] = np.einsum("gnh,gn->gh", loadings, found.whitened[chosen])
        rest = joint[:, n:] - np.swapaxes(loadings, 1, 2) @ loadings
        rest[:, np.arange(horizon), np.arange(horizon)] += own
        factors[start : start + block] = np.linalg.cholesky(rest)
    return means, factors


@dataclass(frozen=True)
class Rolling:
    """What some members would have said at past origins.

    Attributes:
        log_evidence: of the points up to each origin, shape (k, origins).
        standardised: (what followed − its mean) ÷ its deviation, by periods ahead; NaN after the end, shape (k, origins, h).
    """

    log_evidence: Array
    standardised: Array


def rolling(bank: Bank, members: Array, z: Array, shapes: Array, noise: Array, origins: Array, horizon: int) -> Rolling:
    """The evidence and the predictions of some members at past origins of a history.

    Args:
        bank: the members.
        members: indices of those wanted, shape (k,).
        z: the history, shape (n,).
        shapes: known shapes and disturbances, scaled by the deviation of their size in steps, shape (·, n).
        noise: variance of known noise at each point, in squared steps, shape (n,).
        origins: how many points are known at each, increasing, shape (origins,).
        horizon: periods ahead.

    Method: the factor L of the covariance, oldest point first, holds all origins at once: L⁻¹ z are the errors one step
        ahead in their own deviations, and the rows of L after an origin tell what is known and what is left of later points.
    """
    n = len(z)
    levels, trends, seasons = _parts_of_history(tuple(bank.steps.tolist()), bank.calendar)
    level, trend, season = bank.picks[members].T
    covariance = levels[level] + trends[trend] + seasons[season] + DIFFUSE + shapes.T @ shapes
    covariance[:, np.arange(n), np.arange(n)] += 1e-6 + noise
    # The history goes in as one more row: its row of the factor is L⁻¹ z, the errors one step ahead from every origin. The
    # corner only has to be large enough for the matrix to stay positive.
    bordered = np.empty((len(members), n + 1, n + 1))
    bordered[:, :n, :n], bordered[:, n, :n], bordered[:, n, n] = covariance, z, 1e9 * (1 + float(z @ z))
    factor = np.linalg.cholesky(bordered)
    errors, factor = factor[:, n, :n], factor[:, :n, :n]
    squares = 0.5 + np.cumsum(errors**2, axis=1)
    spent = np.cumsum(np.log(np.diagonal(factor, axis1=1, axis2=2)), axis=1)
    standardised = np.full((len(members), len(origins), horizon), np.nan)
    for index, count in enumerate(origins):
        until = min(n, int(count) + horizon)
        rows = factor[:, count:until, :]
        mean = np.einsum("ghn,gn->gh", rows[:, :, :count], errors[:, :count])
        deviation = np.sqrt((rows[:, :, count:] ** 2).sum(axis=2) * (squares[:, count - 1] / count)[:, None])
        standardised[:, index, : until - count] = (z[count:until] - mean) / deviation
    at = origins - 1
    return Rolling(-spent[:, at] - 0.5 * origins * np.log(squares[:, at]), standardised)


@lru_cache(maxsize=24)
def _parts_of_history(steps: tuple[int, ...], calendar: Calendar) -> tuple[Array, Array, Array]:
    """`covariance_parts`, kept for histories of the same times."""
    return covariance_parts(np.array(steps, int), calendar)


@lru_cache(maxsize=12)
def _parts_with_future(steps: tuple[int, ...], calendar: Calendar, horizon: int) -> tuple[Array, Array, Array]:
    """The columns of `covariance_parts` that belong to the future, shapes (·, n + h, h)."""
    times = np.concatenate([np.array(steps, int), np.arange(1, horizon + 1)])
    levels, trends, seasons = covariance_parts(times, calendar)
    n = len(steps)
    return levels[:, :, n:], trends[:, :, n:], seasons[:, :, n:]

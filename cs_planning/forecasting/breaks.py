"""Finds what does not belong to the usual movement of a history: outliers, and breaks in its level or slope."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from cs_planning.forecasting.members import EVIDENCE_POWER, Bank, Evidence, logsumexp


class Disturbance(StrEnum):
    """`OUTLIER` concerns one period, `LEVEL` and `SLOPE` everything after it."""

    OUTLIER = "outlier"
    LEVEL = "level"
    SLOPE = "slope"


@dataclass(frozen=True)
class Finding:
    """A disturbance that makes the history much more likely.

    Attributes:
        kind: what it is.
        index: position of the outlier, or of the first point after the break.
        shape: its value at each point, 0 at the last one, shape (n,).
        gain: how much more likely the history becomes, as a log Bayes factor.
    """

    kind: Disturbance
    index: int
    shape: np.ndarray
    gain: float


SIZE_VARIANCE = 100.0
"""Variance of the unknown size of a disturbance, in squared steps; of a change of slope a hundredth of it."""
LEAST_GAIN = {Disturbance.OUTLIER: 3.0, Disturbance.LEVEL: 3.6, Disturbance.SLOPE: 4.0}
_MOST_FINDINGS = 3
_MOST_MEMBERS = 40
_FEWEST_AROUND_A_BREAK = 4


def disturbances(bank: Bank, found: Evidence) -> tuple[Finding, ...]:
    """Up to three disturbances, the clearest first.

    Args:
        bank: the members for the history, without extra covariance.
        found: what the history says about each.

    Method: the size of each possible disturbance is integrated out of every member; the ratio of the evidence averaged over
    members with and without it is its Bayes factor.  The clearest one is taken out, and the search goes on.
    """
    kinds, indices, shapes, variances = _candidates(bank.steps)
    score = bank.log_prior + EVIDENCE_POWER * found.log_evidence
    some = np.argsort(-score, kind="stable")[:_MOST_MEMBERS]
    moved = bank.whitening[some] @ shapes.T
    whitened, log_determinant, log_prior = found.whitened[some], bank.log_determinant[some], bank.log_prior[some]
    n = whitened.shape[1]
    squares = found.step_variance[some] * n
    needed = np.array([LEAST_GAIN[kind] for kind in kinds])
    findings: list[Finding] = []
    while len(findings) < _MOST_FINDINGS:
        norm = np.einsum("gnc,gnc->gc", moved, moved)
        cut = np.einsum("gnc,gn->gc", moved, whitened) ** 2 / (1 / variances + norm)
        left = np.maximum(squares[:, None] - cut, 1e-9)
        log_evidence = -0.5 * (log_determinant[:, None] + np.log1p(variances * norm)) - 0.5 * n * np.log(left)
        now = logsumexp(log_prior + EVIDENCE_POWER * (-0.5 * log_determinant - 0.5 * n * np.log(squares)))
        score = log_prior[:, None] + EVIDENCE_POWER * log_evidence
        top = score.max(axis=0)
        gain = top + np.log(np.exp(score - top).sum(axis=0)) - now
        best = int(np.argmax(gain - needed))
        if gain[best] < needed[best]:
            break
        findings.append(Finding(kinds[best], int(indices[best]), shapes[best], float(gain[best])))
        axis, weight = moved[:, :, best], 1 / (1 / variances[best] + norm[:, best])
        squares, log_determinant = left[:, best], log_determinant + np.log1p(variances[best] * norm[:, best])
        whitened = whitened - axis * (weight * np.einsum("gn,gn->g", axis, whitened))[:, None]
        moved = moved - axis[:, :, None] * (weight[:, None] * np.einsum("gn,gnc->gc", axis, moved))[:, None, :]
    return tuple(findings)


def shapes_of(findings: tuple[Finding, ...]) -> np.ndarray:
    """The shapes of the findings, each scaled by the standard deviation of its size in steps, shape (k, n)."""
    return np.array([np.sqrt(_variance(finding.kind)) * finding.shape for finding in findings])


def _variance(kind: Disturbance) -> float:
    return SIZE_VARIANCE / 100 if kind is Disturbance.SLOPE else SIZE_VARIANCE


def _candidates(steps: np.ndarray) -> tuple[list[Disturbance], np.ndarray, np.ndarray, np.ndarray]:
    n = len(steps)
    pulses = np.arange(n - 2)
    breaks = np.arange(_FEWEST_AROUND_A_BREAK, n - _FEWEST_AROUND_A_BREAK + 1, max(1, n // 60))
    levels = -(steps[None, :] < steps[breaks][:, None]).astype(float)
    slopes = np.minimum(steps[None, :] - steps[breaks][:, None], 0).astype(float)
    kinds = [Disturbance.OUTLIER] * len(pulses) + [Disturbance.LEVEL] * len(breaks) + [Disturbance.SLOPE] * len(breaks)
    shapes = np.concatenate([np.eye(n)[pulses], levels, slopes])
    return kinds, np.concatenate([pulses, breaks, breaks]), shapes, np.array([_variance(kind) for kind in kinds])

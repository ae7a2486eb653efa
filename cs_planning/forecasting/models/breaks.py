"""Finds what does not belong to the usual movement of a history: outliers, and breaks in its level or slope."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

import numpy as np
from scipy.special import logsumexp

from cs_planning.forecasting.models.members import Bank
from cs_planning.forecasting.models.weighing import BankEvidence


class Disturbance(StrEnum):
    """`OUTLIER` concerns one period, `SPELL` a few in a row, `LEVEL` and `SLOPE` everything after it."""

    OUTLIER = "outlier"
    SPELL = "spell"
    LEVEL = "level"
    SLOPE = "slope"


@dataclass(frozen=True)
class FoundDisturbance:
    """A disturbance that makes the history much more likely.

    Attributes:
        kind: what it is.
        index: position of the outlier, or of the first point of the spell or after the break.
        end: position after the outlier or the spell; n for a break.
        shape: its value at each point, 0 at the last one, shape (n,).
        gain: how much more likely the history becomes, as a log Bayes factor.
    """

    kind: Disturbance
    index: int
    end: int
    shape: np.ndarray
    gain: float


SIZE_VARIANCE = 100.0
"""Variance of the unknown size of a disturbance, in squared steps; of a change of slope a hundredth of it."""
LEAST_GAIN = {Disturbance.OUTLIER: 3.0, Disturbance.LEVEL: 3.6, Disturbance.SLOPE: 4.0}
"""Log Bayes factors above which the forecast lets a disturbance be of any size; fixed on the M1 competition."""
LEAST_GAIN_TO_MENTION = {Disturbance.OUTLIER: 2.5, Disturbance.SPELL: 2.0, Disturbance.LEVEL: 1.7, Disturbance.SLOPE: 1.6}
"""Log Bayes factors above which it is worth mentioning; fixed on simulated histories, few of which raise an alarm."""
_EVIDENCE_POWER = 0.45
_MOST_LACKING = 0.5
_MOST_MEMBERS = 40
_FEWEST_AROUND_A_BREAK = 4
_SPELLS = (3, 4, 5, 6, 8, 10)
_LONGEST_FOR_SPELLS = 125


def disturbances(
    bank: Bank, found: BankEvidence, least_gain: Mapping[Disturbance, float] = LEAST_GAIN
) -> tuple[FoundDisturbance, ...]:
    """The disturbances of a history, the clearest first: at most three, and one more for every forty points.

    Args:
        bank: the members for the history, without extra covariance.
        found: what the history says about each.
        least_gain: what each kind has to gain.

    Method: the size of each possible disturbance is integrated out of every member; the ratio of the evidence averaged over
    members with and without it is its Bayes factor.  The clearest one is taken out, and the search goes on; one that
        gains too little by itself is kept when the next one makes up for it, since disturbances hide each other.
    """
    kinds, firsts, ends, shapes = _candidates(tuple(bank.steps.tolist()), frozenset(least_gain))
    variances = np.array([_variance(kind) for kind in kinds])
    score = bank.log_prior + _EVIDENCE_POWER * found.log_evidence
    n = len(bank.steps)
    some = np.argsort(-score, kind="stable")[: max(12, int(_MOST_MEMBERS * min(1.0, 40 / n)))]
    moved = np.tensordot(bank.whitening[some], shapes, (2, 1))
    whitened, log_determinant, log_prior = found.whitened[some], bank.log_determinant[some], bank.log_prior[some]
    squares = found.step_variance[some] * n
    needed = np.array([least_gain[kind] for kind in kinds])
    norm, along = (moved**2).sum(axis=1), _against(whitened, moved)
    taken: list[tuple[np.ndarray, np.ndarray]] = []
    findings: list[FoundDisturbance] = []
    surplus: list[float] = []
    while len(findings) < 3 + n // 40:
        # What a disturbance of that prior variance takes off the squares (Sherman–Morrison); the determinant grows with it.
        cut = along**2 / (1 / variances + norm)
        left = np.maximum(squares[:, None] - cut, 1e-9)
        log_evidence = -0.5 * (log_determinant[:, None] + np.log1p(variances * norm)) - 0.5 * n * np.log(left)
        now = logsumexp(log_prior + _EVIDENCE_POWER * (-0.5 * log_determinant - 0.5 * n * np.log(squares)))
        score = log_prior[:, None] + _EVIDENCE_POWER * log_evidence
        top = score.max(axis=0)
        gain = top + np.log(np.exp(score - top).sum(axis=0)) - now
        best = int(np.argmax(gain - needed))
        surplus.append(float(gain[best] - needed[best]))
        if surplus[-1] < -_MOST_LACKING or (len(surplus) > 1 and max(surplus[-2:]) < 0):
            break
        findings.append(FoundDisturbance(kinds[best], int(firsts[best]), int(ends[best]), shapes[best], float(gain[best])))
        # Every candidate loses its part along the one taken out; of what is left only the sums over the points are asked for.
        axis = moved[:, :, best] - sum(earlier * lost[:, best, None] for earlier, lost in taken)
        length, weight = norm[:, best], 1 / (1 / variances[best] + norm[:, best])
        shared = _against(axis, moved) - sum(np.einsum("gn,gn->g", axis, earlier)[:, None] * lost for earlier, lost in taken)
        squares, log_determinant = left[:, best], log_determinant + np.log1p(variances[best] * length)
        twice = (weight * (2 - weight * length))[:, None]
        norm, along = np.maximum(norm - twice * shared**2, 0.0), along - twice * shared * along[:, best, None]
        taken.append((axis, weight[:, None] * shared))
    totals = np.cumsum([0.0, *surplus[: len(findings)]])
    return tuple(findings[: int(np.argmax(totals))])


def _against(vectors: np.ndarray, moved: np.ndarray) -> np.ndarray:
    """The product of one vector of each member, shape (g, n), with each of its candidates, shape (g, n, c); shape (g, c)."""
    return np.asarray((vectors[:, None, :] @ moved)[:, 0])


def shapes_of(findings: tuple[FoundDisturbance, ...]) -> np.ndarray:
    """The shapes of the findings, each scaled by the standard deviation of its size in steps, shape (k, n)."""
    return np.array([np.sqrt(_variance(finding.kind)) * finding.shape for finding in findings])


def _variance(kind: Disturbance) -> float:
    return SIZE_VARIANCE / 100 if kind is Disturbance.SLOPE else SIZE_VARIANCE


@lru_cache(maxsize=24)
def _candidates(
    times: tuple[int, ...], wanted: frozenset[Disturbance]
) -> tuple[list[Disturbance], np.ndarray, np.ndarray, np.ndarray]:
    """Kind, first position, position after the end, and shape of every disturbance that is looked for."""
    steps = np.array(times)
    n = len(steps)
    place = np.arange(n)
    lengths = _SPELLS if n <= _LONGEST_FOR_SPELLS else ()
    spans = {
        Disturbance.OUTLIER: [(first, first + 1) for first in range(n - 2)],
        Disturbance.SPELL: [(first, first + length) for length in lengths for first in range(1, n - length - 1)],
    }
    after = range(_FEWEST_AROUND_A_BREAK, n - _FEWEST_AROUND_A_BREAK + 1, max(1, n // 100))
    spans[Disturbance.LEVEL] = spans[Disturbance.SLOPE] = [(first, n) for first in after]
    kinds, places, shapes = [], [], []
    for kind in Disturbance:
        if kind not in wanted:
            continue
        for first, end in spans[kind]:
            kinds.append(kind)
            places.append((first, end))
            match kind:
                case Disturbance.OUTLIER | Disturbance.SPELL:
                    shapes.append(((place >= first) & (place < end)).astype(float))
                case Disturbance.LEVEL:
                    shapes.append(-(place < first).astype(float))
                case Disturbance.SLOPE:
                    shapes.append(np.minimum(steps - steps[first], 0).astype(float))
    firsts, ends = np.array(places).T
    return kinds, firsts, ends, np.array(shapes)

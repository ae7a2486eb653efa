"""The members on one scale, weighed by a history, and the paths they draw."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import stats
from scipy.special import logsumexp

from cs_planning.forecasting.evidence.history import History
from cs_planning.forecasting.evidence.known import Known
from cs_planning.forecasting.evidence.scales import Bend, ValueScale
from cs_planning.forecasting.models import width_rule
from cs_planning.forecasting.models.breaks import FoundDisturbance, disturbances, shapes_of
from cs_planning.forecasting.models.members import (
    LOG_PRIOR_OF_RATIOS,
    Bank,
    Calendar,
    bank_for,
    evidence_power,
    widening,
)
from cs_planning.forecasting.models.weighing import BankEvidence, evidence, predict


@dataclass(frozen=True)
class BankFit:
    """The bank of members on one scale, weighed by a history.

    Attributes:
        scale: the scale of the numbers.
        known: what was known beside the values.
        bank, found: the members and the evidence for each.
        centre, step_size: z = (number − known mean − centre) ÷ step size.
        shapes: known shapes and disturbances, scaled by the deviation of their size in steps, shape (k, n + h).
        findings: the disturbances that were found.
        score: log weight of each member, comparable with those on other scales, shape (g,).
        z: the history as the members see it, shape (n,).
        comparable: what makes the log evidence of the first points comparable with that on other scales, by how many they
            are, shape (n,).
    """

    scale: ValueScale
    known: Known
    bank: Bank
    found: BankEvidence
    centre: float
    step_size: float
    shapes: np.ndarray
    findings: tuple[FoundDisturbance, ...]
    score: np.ndarray
    z: np.ndarray
    comparable: np.ndarray

    def paths(
        self, counts: np.ndarray, rng: np.random.Generator, own: np.ndarray, first: np.ndarray | None = None
    ) -> np.ndarray:
        """Sample paths in the KPI's unit.

        Args:
            counts: how many paths of each member, shape (g,).
            rng: the random numbers.
            own: what the distance of each period ahead from the middle of all paths is multiplied by, shape (h,).
            first: the values of the first period where they are known from elsewhere, shape (sum of counts,); the later
                periods then follow from them.

        Returns:
            shape (sum of counts, h).
        """
        n = len(self.bank.steps)
        members = np.flatnonzero(counts)
        horizon = len(self.known.mean) - n
        noise = self.known.noise[n:] / self.step_size**2
        means, factors = predict(self.bank, members, self.found, horizon, self.shapes, noise)
        # Stretched around the middle of all members, so that wider ranges do not move the forecast.
        middle = np.average(means, axis=0, weights=counts[members])
        means = middle + own * (means - middle)
        owner = np.repeat(np.arange(len(members)), counts[members])
        moves = rng.standard_normal((len(owner), horizon))
        freedom = width_rule.RULE.degrees_of_freedom
        # One factor for a whole path: a future is calm or wild throughout.
        tail = np.sqrt(freedom / rng.chisquare(freedom, len(owner)))
        spread = (tail * self._width[members][owner])[:, None] * self.wider(horizon) * own
        if first is not None:
            # The move that leads to the value that is known; the later periods then follow from it by the same factor.
            moves[:, 0] = (self._standard(first) - means[owner, 0]) / (spread[:, 0] * factors[owner, 0, 0])
        ends = np.cumsum(counts[members])
        for index, end in enumerate(ends):
            part = slice(end - counts[members][index], end)
            moves[part] = moves[part] @ factors[index].T
        z = means[owner] + spread * moves
        paths = self.scale.back(self.known.mean[n:] + self.centre + self.step_size * z)
        if first is not None:
            paths[:, 0] = first
        return paths

    def score_knowing(self, first: np.ndarray) -> np.ndarray:
        """The log weight of each member when the next period will be one of these equally likely values, shape (g,).

        Args:
            first: in the KPI's unit, shape (k,).
        """
        n = len(self.bank.steps)
        everyone = np.arange(len(self.score))
        noise = self.known.noise[n : n + 1] / self.step_size**2
        means, factors = predict(self.bank, everyone, self.found, 1, self.shapes[:, : n + 1], noise)
        deviation = (self._width * self.wider(1) * factors[:, 0, 0])[:, None]
        density = stats.t.logpdf(
            (self._standard(first)[None, :] - means) / deviation, width_rule.RULE.degrees_of_freedom
        ) - np.log(deviation)
        density = density + self.scale.log_slope(first)[None, :] - np.log(self.step_size)
        return np.asarray(
            self.score + evidence_power(self.bank.calendar, n) * (logsumexp(density, axis=1) - np.log(len(first)))
        )

    @property
    def _width(self) -> np.ndarray:
        return np.asarray(self.bank.width * np.sqrt(self.found.step_variance))

    def wider(self, horizon: int) -> np.ndarray:
        """What the deviation of each period ahead is widened with, shape (horizon,)."""
        return widening(self.bank.calendar, horizon)

    def _standard(self, first: np.ndarray) -> np.ndarray:
        """Values of the first period as z."""
        return np.asarray((self.scale.forward(first) - self.known.mean[len(self.bank.steps)] - self.centre) / self.step_size)


def fit(history: History, scale: ValueScale, calendar: Calendar, known: Known, *, breaks: bool = True) -> BankFit:
    """Weighs the members on one scale.

    Args:
        history: the points, at least two of them different.
        scale: the scale of the numbers.
        calendar: the season to look for.
        known: what is known beside the values.
        breaks: whether to look for outliers and breaks.
    """
    values, n = history.values, len(history.steps)
    numbers = scale.forward(values) - known.mean[:n]
    gaps = np.maximum(np.diff(history.steps), 1)
    # The noise of samples is in both ends of a difference, so it is taken off twice; never all, since it is estimated.
    moved = usual_square(np.diff(numbers) / np.sqrt(gaps))
    step_size = float(np.sqrt(max(moved - 2 * float(np.median(known.noise[:n])), 0.05 * moved))) or 1.0
    centre = float(numbers[-1])
    z = (numbers - centre) / step_size
    noisy = known.noise[:n] / step_size**2 if known.noise.any() else None
    bank = bank_for(history.steps, calendar, noisy)
    sizes = np.where(np.isfinite(known.deviations), known.deviations / step_size, 10.0)
    shapes = known.shapes * sizes[:, None]
    if len(shapes):
        bank = bank.with_shapes(shapes[:, :n])
    found = evidence(bank, z)
    findings = disturbances(bank, found) if breaks else ()
    if findings:
        odd = shapes_of(findings)
        bank = bank.with_shapes(odd)
        found = evidence(bank, z)
        shapes = np.concatenate([shapes, np.pad(odd, [(0, 0), (0, len(known.mean) - n)])])
    slopes, counted = scale.log_slope(values), np.arange(1, n + 1) * np.log(step_size)
    comparable = found.log_evidence + slopes.sum() - counted[-1]
    ratio = LOG_PRIOR_OF_RATIOS if scale.shape is Bend.LOG else 0.0
    score = bank.log_prior_at(n) + ratio + evidence_power(calendar, n) * comparable
    return BankFit(scale, known, bank, found, centre, step_size, shapes, findings, score, z, np.cumsum(slopes) - counted)


def usual_square(steps: np.ndarray) -> float:
    """The mean square of steps, those beyond four robust deviations cut to that, so that one outlier does not set the unit."""
    limit = 4 * 1.4826 * float(np.median(np.abs(steps - np.median(steps))))
    return float(np.mean(np.minimum(steps**2, limit**2))) if limit > 0 else float(np.mean(steps**2))


def shares_of(draws: int, weights: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """How many of the draws each member gets: in proportion to its weight, by systematic sampling, shape (g,)."""
    edges = np.cumsum(weights / weights.sum()) * draws + rng.random()
    return np.diff(np.floor(np.concatenate([[0.0], edges[:-1], [draws]])).astype(int).clip(0, draws))

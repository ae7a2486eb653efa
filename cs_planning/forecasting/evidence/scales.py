"""Scales on which a KPI may be forecast: each maps its valid range onto the whole line, so that no path can leave it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

Values = np.ndarray


class Bend(StrEnum):
    """How a scale bends.

    `PLAIN` keeps the unit, `LOG` counts in ratios from a bound, `SOFT` keeps the unit except near a bound, which it approaches
    and never crosses, `LOGIT` counts in odds between two bounds.
    """

    PLAIN = "plain"
    LOG = "log"
    SOFT = "soft"
    LOGIT = "logit"


@dataclass(frozen=True)
class ValueScale:
    """A one-to-one map from the valid values of a KPI to all numbers, and back.

    Attributes:
        shape: how it bends.
        bound: the bound of `LOG` and `SOFT`, the lower bound of `LOGIT`.
        side: +1 when valid values lie above `bound`, −1 when they lie below.
        size: the width of the range of `LOGIT`; the distance from the bound within which `SOFT` bends.
        grain: the step of whole numbers, to which paths are rounded; 0 when values are continuous.
        touch: how near to a bound a value is the bound itself; 0 when the data never touched a bound.
        lower, upper: the valid range; infinite where it is open.
    """

    shape: Bend
    bound: float = 0.0
    side: int = 1
    size: float = 1.0
    grain: float = 0.0
    touch: float = 0.0
    lower: float = -np.inf
    upper: float = np.inf

    def forward(self, values: Values) -> Values:
        """Valid values in the KPI's unit → numbers on this scale; a value on a bound is taken for one just inside."""
        match self.shape:
            case Bend.PLAIN:
                return np.array(values, float)
            case Bend.LOG:
                return np.asarray(self.side * np.log(self._distance(values)))
            case Bend.SOFT:
                distance = self._distance(values) / self.size
                return self.side * self.size * (distance + np.log(-np.expm1(-distance)))
            case Bend.LOGIT:
                share = self._share(values)
                return np.asarray(np.log(share) - np.log1p(-share))

    def back(self, numbers: Values) -> Values:
        """Numbers on this scale → valid values in the KPI's unit, rounded to the grain of the data where they have one."""
        with np.errstate(over="ignore"):
            match self.shape:
                case Bend.PLAIN:
                    values = np.array(numbers, float)
                case Bend.LOG:
                    values = self.bound + self.side * np.exp(np.minimum(self.side * numbers, 700.0))
                case Bend.SOFT:
                    values = self.bound + self.side * self.size * np.logaddexp(0.0, self.side * numbers / self.size)
                case Bend.LOGIT:
                    values = self.bound + self.size / (1.0 + np.exp(-numbers))
        if self.grain:
            return np.round(values / self.grain) * self.grain
        if self.touch:
            values = np.where(values - self.lower < self.touch, self.lower, values)
            values = np.where(self.upper - values < self.touch, self.upper, values)
        return values

    def log_slope(self, values: Values) -> Values:
        """The logarithm of the derivative of `forward` at `values`, which makes likelihoods on two scales comparable."""
        match self.shape:
            case Bend.PLAIN:
                return np.zeros(np.shape(values))
            case Bend.LOG:
                return np.asarray(-np.log(self._distance(values)))
            case Bend.SOFT:
                return -np.log(-np.expm1(-self._distance(values) / self.size))
            case Bend.LOGIT:
                share = self._share(values)
                return np.asarray(-np.log(share) - np.log1p(-share) - np.log(self.size))

    def _distance(self, values: Values) -> Values:
        return np.maximum(self.side * (np.asarray(values, float) - self.bound), self._inside)

    def _share(self, values: Values) -> Values:
        edge = self._inside / self.size
        return np.clip((np.asarray(values, float) - self.bound) / self.size, edge, 1.0 - edge)

    @property
    def _inside(self) -> float:
        return self.touch or self.grain / 2 or (1e-9 * self.size if self.shape is Bend.LOGIT else float(np.finfo(float).tiny))


def candidate_scales(values: Values, lower: float | None, upper: float | None) -> tuple[ValueScale, ...]:
    """The scales that suit a history, the first being the simplest.

    Args:
        values: the history in the KPI's unit, shape (n,), inside the bounds.
        lower, upper: the valid range of the KPI; `None` where it is open.

    Assumptions: an unbounded KPI whose values are all positive may move in ratios as well as in steps; a KPI with one bound may
    do either, softly bent at the bound; one with two bounds moves in odds.
    """
    low = -np.inf if lower is None else float(lower)
    high = np.inf if upper is None else float(upper)
    grain, touch = _steps(values, low, high)
    if np.isfinite(low) and np.isfinite(high):
        return (ValueScale(Bend.LOGIT, low, 1, high - low, grain, touch, low, high),)
    if np.isfinite(low) or np.isfinite(high):
        side = 1 if np.isfinite(low) else -1
        bound = low if side == 1 else high
        distance = side * (values - bound)
        bend = 0.2 * float(np.median(distance)) or 0.2 * float(np.mean(distance)) or 1.0
        return (
            ValueScale(Bend.SOFT, bound, side, bend, grain, touch, low, high),
            ValueScale(Bend.LOG, bound, side, 1.0, grain, touch, low, high),
        )
    plain = ValueScale(Bend.PLAIN)
    return (plain, ValueScale(Bend.LOG)) if float(np.min(values)) > 0 else (plain,)


def _steps(values: Values, low: float, high: float) -> tuple[float, float]:
    """The grain and the touch: 1 and ½ for small whole numbers, else half the gap between a touched bound and the rest."""
    width = high - low if np.isfinite(high - low) else float(np.mean(np.abs(values - (low if np.isfinite(low) else high))))
    if not np.isfinite(width):
        return 0.0, 0.0
    near = 1e-6 * width
    touched = (values <= low + near) | (values >= high - near)
    bounds = [bound for bound in (low, high) if np.isfinite(bound)]
    whole = bool(np.all(values == np.round(values))) and all(bound == round(bound) for bound in bounds)
    if whole and np.isfinite(low) and (np.median(values) < 100 or touched.any()):
        return 1.0, 0.5
    if not touched.any():
        return 0.0, 0.0
    inner = values[~touched]
    if not len(inner):
        return 0.0, width / 1000 or 0.5
    gap = min(float(np.min(inner)) - low, high - float(np.max(inner)))
    return 0.0, min(gap, width) / 2

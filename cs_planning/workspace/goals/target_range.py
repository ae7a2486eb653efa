"""The span of a target slider: what the KPI has done and what it may do."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from cs_planning.kpis.catalogue import Kpi, Unit
from cs_planning.kpis.quantity import PERCENT_DIGITS

_STEPS = 200
_WHOLE_MONEY = 1000


@dataclass(frozen=True)
class TargetRange:
    """A span of targets in the KPI's unit, on a grid of round steps."""

    kpi: Kpi
    low: float
    high: float
    step: float

    @property
    def digits(self) -> int:
        """Digits after the point that the steps need."""
        return max(0, -math.floor(math.log10(self.step) + 1e-9))

    @property
    def format(self) -> str:
        """The printf format of a value."""
        return f"%.{self.digits}f"

    def nearest(self, value: float | None) -> float:
        """The value of the grid nearest to `value`; the middle without one."""
        wanted = (self.low + self.high) / 2 if value is None else min(max(value, self.low), self.high)
        return round(self.low + round((wanted - self.low) / self.step) * self.step, self.digits + 1)


def range_of(kpi: Kpi, values: np.ndarray, draws: np.ndarray | None, targets: Iterable[float | None]) -> TargetRange:
    """A span that holds the recent history, nearly all forecast draws and the targets that are set.

    Args:
        kpi: its bounds are kept.
        values: recent history, shape (n,).
        draws: of the measured quantity; for totals they lie far from the history, which is then left out.
        targets: that must lie inside.
    """
    known = np.asarray([target for target in targets if target is not None], float)
    spread = np.quantile(draws, [0.002, 0.998]) if draws is not None and len(draws) else np.empty(0)
    history = values[np.isfinite(values)]
    if len(spread) and len(history) and (spread[0] > 2 * history.max() > 0):
        history = np.empty(0)
    seen = np.concatenate([history, spread, known])
    if not len(seen):
        seen = np.array([kpi.lower or 0.0, kpi.upper or 100.0])
    low, high = float(seen.min()), float(seen.max())
    if high - low < 1e-9 * max(1.0, abs(high)):
        low, high = low - max(1.0, abs(low) * 0.5), high + max(1.0, abs(high) * 0.5)
    margin = 0.1 * (high - low)
    low, high = low - margin, high + margin
    if kpi.lower is not None:
        low = max(low, kpi.lower)
    if kpi.upper is not None:
        high = min(high, kpi.upper)
    step = max(_round_step((high - low) / _STEPS), _finest_said(kpi, max(abs(low), abs(high))))
    first, last = math.floor(low / step) * step, math.ceil(high / step) * step
    digits = max(0, -math.floor(math.log10(step) + 1e-9))
    return TargetRange(kpi, round(first, digits + 1), round(max(last, first + step), digits + 1), step)


def _finest_said(kpi: Kpi, size: float) -> float:
    """The smallest step that a sentence shows, so that slider, title and sentence say the same number."""
    if kpi.unit is Unit.PERCENT:
        return 10.0**-PERCENT_DIGITS
    if kpi.unit is Unit.MONEY:
        return 1.0 if size >= _WHOLE_MONEY else 0.01
    return 1.0 if size >= 100 else 0.1 if size >= 10 else 0.01


def _round_step(step: float) -> float:
    power = 10.0 ** math.floor(math.log10(step))
    nearest = min((1, 2, 5, 10), key=lambda factor: abs(math.log(factor * power / step)))
    return float(f"{nearest * power:.6g}")

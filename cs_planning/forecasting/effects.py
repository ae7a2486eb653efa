"""What a change from outside (a bot, a training, more people) does to the futures of a KPI."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

import numpy as np

from cs_planning.forecasting.forecast import Forecast

_EDGE = 1e-9


class EffectKind(StrEnum):
    """How the amount of an effect is applied.

    `RATIO` multiplies (times, costs, volumes); `LOGIT_SHIFT` moves the log odds of a KPI with two bounds (shares); `ADDITIVE`
    adds to the middle of the paths, inside the KPI's bounds.
    """

    RATIO = "ratio"
    LOGIT_SHIFT = "logit_shift"
    ADDITIVE = "additive"


@dataclass(frozen=True)
class Effect:
    """A change of a KPI.

    Attributes:
        kpi: the catalogue id that it moves.
        kind: how `amount` is applied.
        amount: the full effect: one number, or draws of it, shape (m,).
        first: the day on which it begins; `None` is the first forecast period.
        ramp_months: months from `first` until it works fully; 0 at once.
    """

    kpi: str
    kind: EffectKind
    amount: float | np.ndarray
    first: date | None = None
    ramp_months: float = 0.0


def with_effect(forecast: Forecast, effect: Effect) -> Forecast:
    """The forecast with an effect on its paths; it grows evenly along its ramp and stays.

    Args:
        forecast: paths, shape (draws, h).
        effect: where `amount` holds draws, path i gets draw i, starting over when there are fewer.

    Assumptions: the effect is independent of the paths; what happens anyway happens besides it.
    Not valid when: the history already contains the change.
    """
    strength = _strength(forecast, effect)
    amounts = np.resize(np.atleast_1d(np.asarray(effect.amount, float)), len(forecast.paths))[:, None] * np.ones(len(strength))
    paths = np.asarray(forecast.paths, float)
    kpi = forecast.series.kpi
    match effect.kind:
        case EffectKind.RATIO:
            moved = paths * np.maximum(amounts, _EDGE) ** strength
        case EffectKind.LOGIT_SHIFT:
            moved = _shifted(paths, amounts * strength, *_bounds(kpi.lower, kpi.upper))
        case _:
            moved = _added(paths, amounts * strength, kpi.lower, kpi.upper)
    moved.flags.writeable = False
    return replace(forecast, paths=moved)


def _strength(forecast: Forecast, effect: Effect) -> np.ndarray:
    """How far the effect works in the middle of each period, 0…1, shape (h,)."""
    starts = [period.date() for period in forecast.periods]
    middles = np.array([start.toordinal() + (forecast.frequency.end_of(start) - start).days / 2 for start in starts])
    begin = (effect.first or starts[0]).toordinal()
    if effect.ramp_months <= 0:
        return (middles >= begin).astype(float)
    return np.clip((middles - begin) / (effect.ramp_months * 30.44), 0.0, 1.0)


def _bounds(lower: float | None, upper: float | None) -> tuple[float, float]:
    return (0.0 if lower is None else lower), (100.0 if upper is None else upper)


def _shifted(paths: np.ndarray, shift: np.ndarray, lower: float, upper: float) -> np.ndarray:
    share = np.clip((paths - lower) / (upper - lower), _EDGE, 1 - _EDGE)
    odds = np.log(share) - np.log1p(-share) + shift
    return np.asarray(lower + (upper - lower) / (1 + np.exp(-odds)))


def _added(paths: np.ndarray, change: np.ndarray, lower: float | None, upper: float | None) -> np.ndarray:
    if lower is None and upper is None:
        return paths + change
    middle = np.median(paths, axis=0)
    if lower is not None and upper is not None:
        width = upper - lower
        inside = np.clip((np.stack([middle + 0 * change, middle + change]) - lower) / width, 1e-6, 1 - 1e-6)
        odds = np.log(inside) - np.log1p(-inside)
        return _shifted(paths, odds[1] - odds[0], lower, upper)
    sign, bound = (1.0, lower) if lower is not None else (-1.0, upper)
    assert bound is not None
    distance = np.maximum(sign * (middle - bound), _EDGE)
    wanted = np.maximum(distance + sign * change, 1e-6 * distance)
    return np.asarray(bound + sign * np.maximum(sign * (paths - bound), 0) * wanted / distance)

"""What a change in the operation does to a forecast: its paths are moved, and stay inside the valid range."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

import numpy as np

from cs_planning.forecasting.evidence.scales import Bend, ValueScale, candidate_scales
from cs_planning.forecasting.forecast import Forecast


class EffectKind(StrEnum):
    """How an effect is told.

    `RATIO` multiplies the distance from the lower bound (0.7 is 30 % less; odds are multiplied where there are two bounds),
    `LOGIT_SHIFT` adds to the log odds of a KPI with two bounds, `ADDITIVE` adds in the KPI's unit, less near a bound.
    """

    RATIO = "ratio"
    LOGIT_SHIFT = "logit_shift"
    ADDITIVE = "additive"


@dataclass(frozen=True)
class Effect:
    """A change of one KPI from a period on.

    Attributes:
        kpi: the id of the KPI.
        kind: how `amount` is told.
        amount: its full size; several are equally likely draws of it.
        first: a day in the first period that is changed.
        ramp_months: how long it takes to grow from nothing to its full size; 0 is at once.
    """

    kpi: str
    kind: EffectKind
    amount: float | tuple[float, ...]
    first: date
    ramp_months: float = 0.0


def with_effect(forecast: Forecast, effect: Effect) -> Forecast:
    """The forecast with an effect on its KPI; unchanged when the effect is on another KPI.

    Args:
        forecast: paths of shape (draws, h).
        effect: its draws are dealt to the paths in turn.

    Raises:
        ValueError: a ratio is not positive, an amount is not finite, or a shift of odds meets a KPI without two bounds.

    Assumptions: the effect is independent of how the KPI would have moved without it.
    """
    if effect.kpi != forecast.series.key.kpi:
        return forecast
    amounts = np.atleast_1d(np.asarray(effect.amount, float))
    if not np.isfinite(amounts).all() or (effect.kind is EffectKind.RATIO and (amounts <= 0).any()):
        raise ValueError(
            f"amount of an effect of kind {effect.kind} is {effect.amount}, expected finite and, for a ratio, above 0"
        )
    share = _ramp(forecast, effect)
    kpi = forecast.series.kpi
    history = forecast.series.values
    scales = [replace(scale, grain=0.0, touch=0.0) for scale in candidate_scales(history, kpi.lower, kpi.upper)]
    moves = np.resize(amounts, len(forecast.paths))[:, None] * share[None, :]
    match effect.kind:
        case EffectKind.RATIO:
            ratios = 1 + np.resize(amounts - 1, len(forecast.paths))[:, None] * share[None, :]
            paths = _multiplied(forecast.paths, ratios, scales[0])
        case EffectKind.LOGIT_SHIFT:
            if scales[0].shape is not Bend.LOGIT:
                raise ValueError(f"a shift of odds needs a KPI with a lower and an upper bound, got '{effect.kpi}'")
            paths = _moved(forecast.paths, moves, scales[0])
        case EffectKind.ADDITIVE:
            slope = float(np.exp(scales[0].log_slope(np.array([np.median(forecast.paths)]))[0]))
            paths = _moved(forecast.paths, moves * slope, scales[0])
    paths.flags.writeable = False
    return replace(forecast, paths=paths)


def with_effects(forecast: Forecast, effects: tuple[Effect, ...]) -> Forecast:
    """The forecast with one effect after the other."""
    for effect in effects:
        forecast = with_effect(forecast, effect)
    return forecast


def _ramp(forecast: Forecast, effect: Effect) -> np.ndarray:
    """The share of the full effect in each forecast period, shape (h,)."""
    rhythm = forecast.rhythm
    begin = np.datetime64(rhythm.start_of(effect.first))
    months = (forecast.periods.to_numpy() - begin) / np.timedelta64(1, "D") / 30.4375
    length = 365.25 / rhythm.frequency.periods_per_year / 30.4375
    grown = np.ones(len(months)) if effect.ramp_months <= 0 else np.minimum((months + length) / effect.ramp_months, 1.0)
    return np.where(forecast.periods.to_numpy() >= begin, grown, 0.0)


def _multiplied(paths: np.ndarray, ratios: np.ndarray, scale: ValueScale) -> np.ndarray:
    if scale.shape is Bend.LOGIT:
        return _moved(paths, np.log(ratios), scale)
    return np.asarray(scale.bound + (paths - scale.bound) * ratios)


def _moved(paths: np.ndarray, moves: np.ndarray, scale: ValueScale) -> np.ndarray:
    """Moves on the scale; a path on a bound stays there, since no finite move leaves it."""
    on_bound = (paths <= scale.lower) | (paths >= scale.upper)
    moved = scale.back(scale.forward(paths) + moves)
    return np.where(on_bound | (moves == 0), paths, moved)

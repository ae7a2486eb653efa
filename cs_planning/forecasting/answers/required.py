"""What would have to happen: the way to a target, and the change that makes it likely."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pandas as pd

from cs_planning.forecasting.answers.measures import (
    first_index,
    hardest_target,
    last_index,
    measure,
    observed_values,
    steps_above,
)
from cs_planning.forecasting.evidence.scales import ValueScale, candidate_scales
from cs_planning.forecasting.forecast import Forecast, Question
from cs_planning.goals.goal import Measure


def required_path(forecast: Forecast, question: Question, target: float) -> pd.DataFrame:
    """The way from here to the target: the middle path with its season, bent evenly until it just reaches the target.

    Returns:
        columns `period` (first days of the forecast periods up to the deadline) and `value` (in the KPI's unit).  Periods of
        the question that are already observed count as they are.  When no path inside the valid range reaches the target, the
        path comes as near as the range allows.
    """
    last = last_index(forecast, question)
    middle = np.median(forecast.paths[:, : last + 1], axis=0)
    observed, first = observed_values(forecast, question), first_index(forecast, question)
    scale = _scale(forecast)
    start = scale.forward(middle)
    above = steps_above(forecast, question)
    ramp = np.arange(1, last + 2) / (last + 1)

    def path(bend: float) -> np.ndarray:
        if question.measure is Measure.EVERY:
            return np.asarray(scale.back(start + bend))
        return np.asarray(scale.back(start + bend * ramp))

    def gap(bend: float) -> float:
        periods = np.concatenate([observed, path(bend)[first:]])
        return float(measure(periods[None, :] - above, question)[0]) - target

    bend = _root(gap, float(np.ptp(start)) + abs(float(np.median(start))) + 1e-12)
    return pd.DataFrame({"period": forecast.periods[: last + 1], "value": path(bend)})


def improvement_needed(forecast: Forecast, question: Question, target: float, probability: float = 0.8) -> float:
    """The constant change of the KPI per period, in its unit, that lifts the probability of `target` to `probability`.

    Positive raises the KPI.  Near a bound the same effort moves the KPI less, as everywhere in a forecast; the change is given
    as it would be at today's level.  Infinite when no change inside the valid range suffices.
    """
    last = last_index(forecast, question)
    observed, first = observed_values(forecast, question), first_index(forecast, question)
    scale = _scale(forecast)
    numbers = scale.forward(forecast.paths[:, : last + 1])
    middle = np.median(forecast.paths[:, 0])
    slope = float(np.exp(scale.log_slope(np.array([middle]))[0]))
    ramp = np.arange(1, last + 2)
    above = steps_above(forecast, question)

    def gap(change: float) -> float:
        future = scale.back(numbers + change * ramp)[:, first:]
        past = np.broadcast_to(observed, (len(future), len(observed)))
        draws = measure(np.concatenate([past, future], axis=1) - above, question)
        return hardest_target(draws, question.direction, probability) - target

    reach = float(np.std(numbers)) + float(np.ptp(np.median(numbers, axis=0))) + 1e-12
    change = _root(gap, reach)
    if abs(gap(change)) > 1e-3 * (abs(target) + float(np.std(forecast.paths))):
        return float(np.inf) if gap(change) < 0 else float(-np.inf)
    return change / slope


def _scale(forecast: Forecast) -> ValueScale:
    """The simplest scale of the KPI, without rounding."""
    kpi = forecast.series.kpi
    return replace(candidate_scales(forecast.series.values, kpi.lower, kpi.upper)[0], grain=0.0, touch=0.0)


def _root(rising: Callable[[float], float], reach: float) -> float:
    """Where a rising function crosses zero, looked for within `reach` and, when need be, farther; the nearest end otherwise."""
    low, high = -reach, reach
    for _ in range(40):
        if rising(low) <= 0 <= rising(high):
            break
        low, high = (2 * low, high) if rising(low) > 0 else (low, 2 * high)
        if max(-low, high) > 1e3 * reach:
            break
    for _ in range(50):
        middle = (low + high) / 2
        low, high = (middle, high) if rising(middle) < 0 else (low, middle)
    return (low + high) / 2

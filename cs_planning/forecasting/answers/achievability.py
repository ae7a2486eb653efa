"""How likely a goal is, and which targets would be honest: everything read off the same sample paths."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from cs_planning.forecasting.answers.measures import hardest_target, measured
from cs_planning.forecasting.answers.required import improvement_needed, required_path
from cs_planning.forecasting.forecast import Assessment, Forecast, Question
from cs_planning.goals.goal import Direction, Measure
from cs_planning.kpis.catalogue import Kpi
from cs_planning.language import Text, text

__all__ = [
    "SuggestedTargets",
    "assess",
    "assess_measured",
    "bands",
    "improvement_needed",
    "measured",
    "required_path",
    "suggested_targets",
    "target_for",
]

FLOOR_PROBABILITY, PRIMARY_PROBABILITY, STRETCH_PROBABILITY = 0.80, 0.55, 0.20


@dataclass(frozen=True)
class SuggestedTargets:
    """Targets with the probabilities that a floor, a primary and a stretch target should have, in the KPI's unit."""

    floor: float
    primary: float
    stretch: float


def assess(forecast: Forecast, question: Question, target: float) -> Assessment:
    """How likely `target` (in the KPI's unit) is, with intervals of the measured quantity."""
    return assess_measured(measured(forecast, question), question, target, forecast.series.kpi)


def assess_measured(draws: np.ndarray, question: Question, target: float, kpi: Kpi) -> Assessment:
    """The same from draws that `measured` gave, shape (draws,): quick enough to follow a slider."""
    expected, low80, high80, low95, high95 = np.quantile(draws, [0.5, 0.1, 0.9, 0.025, 0.975]).tolist()
    probability, reason = _certain(draws, question, target, kpi)
    if probability is None:
        reached = draws >= target if question.direction is Direction.AT_LEAST else draws <= target
        # Half a path is added on either side: a finite number of futures never shows certainty.
        probability = (float(np.count_nonzero(reached)) + 0.5) / (len(draws) + 1)
    return Assessment(target, probability, expected, low80, high80, low95, high95, reason)


def target_for(forecast: Forecast, question: Question, probability: float) -> float:
    """The hardest target, in the KPI's unit, that is reached with `probability` (0…1)."""
    return hardest_target(measured(forecast, question), question.direction, probability)


def suggested_targets(forecast: Forecast, question: Question) -> SuggestedTargets:
    """Honest targets: a floor that holds with 80 %, a primary target with 55 %, a stretch target with 20 %."""
    draws = measured(forecast, question)
    floor, primary, stretch = (
        hardest_target(draws, question.direction, chance)
        for chance in (FLOOR_PROBABILITY, PRIMARY_PROBABILITY, STRETCH_PROBABILITY)
    )
    return SuggestedTargets(floor, primary, stretch)


def bands(forecast: Forecast, levels: Sequence[float] = (0.5, 0.8, 0.95)) -> pd.DataFrame:
    """The fan: for each period and each level the interval that holds the KPI with that probability, and the median.

    Returns:
        columns `period`, `level` (0…1), `low`, `high`, `median` (in the KPI's unit), one row a period and level.
    """
    wanted = [0.5, *(0.5 + side * level / 2 for level in levels for side in (-1, 1))]
    found = np.quantile(forecast.paths, wanted, axis=0)
    return pd.concat(
        [
            pd.DataFrame(
                {
                    "period": forecast.periods,
                    "level": level,
                    "low": found[1 + 2 * index],
                    "high": found[2 + 2 * index],
                    "median": found[0],
                }
            )
            for index, level in enumerate(levels)
        ],
        ignore_index=True,
    )


def _certain(draws: np.ndarray, question: Question, target: float, kpi: Kpi) -> tuple[float | None, Text | None]:
    if question.steps:
        return _certain_by_steps(draws, question, target)
    single = question.measure is not Measure.TOTAL
    above = single and kpi.upper is not None and target > kpi.upper
    below = kpi.lower is not None and target < kpi.lower and (single or kpi.lower == 0)
    if above and kpi.upper is not None:
        reached = question.direction is Direction.AT_MOST
        return float(reached), text(
            "{kpi} can never be above {bound}; the target is {target}.",
            kpi=kpi.name,
            bound=float(kpi.upper),
            target=float(target),
        )
    if below and kpi.lower is not None:
        reached = question.direction is Direction.AT_LEAST
        return float(reached), text(
            "{kpi} can never be below {bound}; the target is {target}.",
            kpi=kpi.name,
            bound=float(kpi.lower),
            target=float(target),
        )
    if np.ptp(draws) == 0:
        return float(question.direction.meets(float(draws[0]), target)), text(
            "The periods observed so far decide it: the value is {value}.", value=float(draws[0])
        )
    if question.measure is Measure.EVERY:
        worst = draws.max() if question.direction is Direction.AT_LEAST else draws.min()
        share = np.mean(draws == worst)
        if not question.direction.meets(float(worst), target) and share > 0.5:
            return 0.0, text("A period that is already observed missed the target: {value}.", value=float(worst))
    return None, None


def _certain_by_steps(draws: np.ndarray, question: Question, target: float) -> tuple[float | None, Text | None]:
    """As `_certain`, where each period has a step of its own: a bound of the KPI says nothing of all of them at once."""
    if np.ptp(draws) == 0:
        reached = question.direction.meets(float(draws[0]), target)
        words = text("Every period met its step.") if reached else text("A period that is already observed missed its step.")
        return float(reached), words
    worst = draws.max() if question.direction is Direction.AT_LEAST else draws.min()
    if not question.direction.meets(float(worst), target) and np.mean(draws == worst) > 0.5:
        return 0.0, text("A period that is already observed missed its step.")
    return None, None

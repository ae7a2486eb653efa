"""The shape of the year in daily data, which the members, who see half a year, can't learn."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

_WAVES = 6
_YEAR = 365.25
_MOST_DAYS = 6 * 366


@dataclass(frozen=True)
class YearPattern:
    """What the time of the year adds, in numbers on a scale, as waves.

    Attributes:
        coefficients: of cosine and sine of each wave, shape (2 · waves,).
    """

    coefficients: np.ndarray

    def at(self, end: pd.Timestamp, steps: np.ndarray) -> np.ndarray:
        """The pattern on the days `steps` days after `end`, shape (len(steps),)."""
        return np.asarray(_waves(end, steps) @ self.coefficients)


def fit_year_pattern(end: pd.Timestamp, steps: np.ndarray, numbers: np.ndarray) -> YearPattern:
    """The waves of the year in up to six years of daily numbers.

    Args:
        end: the last day of the history.
        steps: days, whole numbers ending with 0, shape (n,).
        numbers: the history on a scale, shape (n,).

    Method: least squares on waves, days of the week and a level that bends once a year, each wave then shrunk by how surely it
        differs from nothing, judged by blocks of four weeks since neighbouring days are alike; numbers beyond four standard
        deviations are cut to that.
    """
    recent = steps > -_MOST_DAYS
    steps, numbers = steps[recent], numbers[recent]
    waves = _waves(end, steps)
    days = (steps[:, None] % 7 == np.arange(7)[None, :]).astype(float)
    knots = np.arange(0, int(-steps[0] // _YEAR) + 1)
    bends = np.maximum(-steps[:, None] / _YEAR - knots[None, :], 0.0)
    design = np.concatenate([waves, days, bends], axis=1)
    products = design.T @ design
    for _ in range(2):
        solution, *_ = np.linalg.lstsq(products, design.T @ numbers, rcond=None)
        rest = numbers - design @ solution
        spread = 4 * float(np.std(rest))
        numbers = design @ solution + np.clip(rest, -spread, spread)
    blocks = pd.Series(rest).groupby(steps // 28).mean().to_numpy()
    variance = 2 * float(np.var(blocks)) / max(len(blocks), 1)
    power = solution[0 : 2 * _WAVES : 2] ** 2 + solution[1 : 2 * _WAVES : 2] ** 2
    kept = np.maximum(0.0, 1 - 2 * variance / np.maximum(power, 1e-300))
    return YearPattern(solution[: 2 * _WAVES] * np.repeat(kept, 2))


def _waves(end: pd.Timestamp, steps: np.ndarray) -> np.ndarray:
    turn = 2 * np.pi * (end.day_of_year + steps) / _YEAR
    orders = np.arange(1, _WAVES + 1)
    pairs = np.stack([np.cos(turn[:, None] * orders), np.sin(turn[:, None] * orders)], axis=2)
    return np.asarray(pairs.reshape(len(steps), 2 * _WAVES))

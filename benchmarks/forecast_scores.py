"""How well stated probabilities did on a panel: skill, calibration, coverage, each with its standard error over the series."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from benchmarks.panel import Panel
from cs_planning.forecasting.models.rare import paths_of_counts
from cs_planning.forecasting.sheets.assessment import assess_sheet
from cs_planning.kpis.calendar.service_calendar import CALENDAR_YEAR

_RESAMPLES = 200
RATES = (0.2, 0.5, 1.0)
"""Cases a month of the simulated rare counts."""


@dataclass(frozen=True)
class Measured:
    """A figure and its standard error over the series of a panel."""

    value: float
    error: float

    def __str__(self) -> str:
        return f"{self.value:.3f} ± {self.error:.3f}"


@dataclass(frozen=True)
class Score:
    """How the probabilities of a panel did.

    Attributes:
        series: how many series.
        skill: 1 − Brier ÷ Brier of the random walk.
        calibration_error: the expected calibration error in ten bins.
        coverage80, coverage95: the share of outcomes inside the intervals.
        milliseconds: time a series.
        peers: skill of each peer, by its name.
        margins: skill beyond that of each peer, on the same series.
    """

    series: int
    skill: Measured
    calibration_error: Measured
    coverage80: Measured
    coverage95: Measured
    milliseconds: float
    peers: Mapping[str, float]
    margins: Mapping[str, Measured]


def score_panel(panel: Panel, peers: Mapping[str, pd.Series]) -> Score:
    """Assesses a panel on one core and compares with what became of its goals.

    Args:
        panel: the series and goals.
        peers: what others think of every goal, by `goal_id`.

    Method: standard errors are those of 200 resamples of whole series, since the goals of one series succeed together.
    """
    begin = time.process_time()
    result = assess_sheet(panel.history, panel.goals, calendar=CALENDAR_YEAR)
    spent = time.process_time() - begin
    both = result.merge(panel.outcome, on="goal_id", validate="one_to_one").sort_values("series", kind="stable")
    count = both["series"].nunique()
    met = both["met"].to_numpy(float)
    chances = {"own": both["probability"].fillna(0.5).to_numpy(float), "walk": both["walk"].to_numpy(float)}
    chances |= {name: both["goal_id"].map(said).to_numpy(float) for name, said in peers.items()}
    inside = [both["actual"].between(both[f"low{level}"], both[f"high{level}"]).to_numpy(float) for level in (80, 95)]
    rows = np.arange(len(both)).reshape(count, -1)

    def figures(chosen: np.ndarray) -> dict[str, float]:
        brier = {name: float(np.mean((chance[chosen] - met[chosen]) ** 2)) for name, chance in chances.items()}
        skill = {name: 1 - one / brier["walk"] for name, one in brier.items()}
        found = {f"skill {name}": one for name, one in skill.items()}
        found |= {f"beyond {name}": skill["own"] - skill[name] for name in peers}
        found["calibration"] = calibration_error(chances["own"][chosen], met[chosen])
        return found | {"80": float(inside[0][chosen].mean()), "95": float(inside[1][chosen].mean())}

    rng = np.random.default_rng(0)
    tried = pd.DataFrame([figures(rows[rng.integers(0, count, count)].ravel()) for _ in range(_RESAMPLES)])
    found, errors = figures(rows.ravel()), tried.std()
    measured = {name: Measured(value, float(errors[name])) for name, value in found.items()}
    return Score(
        count,
        measured["skill own"],
        measured["calibration"],
        measured["80"],
        measured["95"],
        1000 * spent / count,
        {name: found[f"skill {name}"] for name in peers},
        {name: measured[f"beyond {name}"] for name in peers},
    )


def calibration_error(chance: np.ndarray, met: np.ndarray) -> float:
    """The mean distance of what was said from what came true, over ten bins of equal width."""
    group = np.minimum((chance * 10).astype(int), 9)
    bins = [group == number for number in range(10) if (group == number).any()]
    return float(sum(abs(chance[one].mean() - met[one].mean()) * one.mean() for one in bins))


def chance_of_none(rate: float, *, series: int = 60, months: int = 36) -> tuple[float, float]:
    """The stated chance that a simulated rare count is zero in the next month, on average over series, and the true one.

    Args:
        rate: cases a month, Poisson.
        series: how many are simulated.
        months: of each history.
    """
    rng = np.random.default_rng(7)
    stated = []
    for _ in range(series):
        counts = rng.poisson(rate, months).astype(float)
        paths = paths_of_counts(counts, np.arange(1 - months, 1), 1, 1000, rng)
        stated.append(float(np.mean(paths == 0)))
    return float(np.mean(stated)), float(np.exp(-rate))

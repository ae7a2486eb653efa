"""How well stated probabilities did on a panel: skill, calibration, coverage, each with its standard error over the series."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
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


@dataclass(frozen=True)
class Judged:
    """What was said of the goals of a panel, beside what became of them.

    Attributes:
        goals: `series`, `met`, `own` and `walk` with what each said, `in80` and `in95`, and a column for each peer.
        seconds: processor time that ours took.
        peers: the names of the peers.
    """

    goals: pd.DataFrame
    seconds: float
    peers: tuple[str, ...] = ()


def judged(panel: Panel, peers: Mapping[str, pd.Series]) -> Judged:
    """Assesses a panel on one core beside what became of its goals.

    Args:
        panel: the series and goals.
        peers: what others think of every goal, by `goal_id`.
    """
    begin = time.process_time()
    result = assess_sheet(panel.history, panel.goals, calendar=CALENDAR_YEAR)
    seconds = time.process_time() - begin
    both = result.merge(panel.outcome, on="goal_id", validate="one_to_one")
    goals = pd.DataFrame({"series": both["series"], "met": both["met"].astype(float), "walk": both["walk"].astype(float)})
    goals["own"] = both["probability"].fillna(0.5).astype(float)
    for level in (80, 95):
        goals[f"in{level}"] = both["actual"].between(both[f"low{level}"], both[f"high{level}"]).astype(float)
    for name, said in peers.items():
        goals[name] = both["goal_id"].map(said).astype(float)
    return Judged(goals, seconds, tuple(peers))


def score_panel(panel: Panel, peers: Mapping[str, pd.Series]) -> Score:
    """How the probabilities of a panel did; `peers` as `judged` takes them."""
    return score_of([judged(panel, peers)])


def score_of(panels: Sequence[Judged]) -> Score:
    """How the probabilities of one panel or of several together did.

    Method: standard errors are those of 200 resamples of whole series, since the goals of one series succeed together.
    """
    peers = panels[0].peers
    goals = pd.concat([one.goals.assign(series=f"{place} " + one.goals["series"]) for place, one in enumerate(panels)])
    rows = list(goals.reset_index(drop=True).groupby("series", sort=False).indices.values())
    met, names = goals["met"].to_numpy(), ("own", "walk", *peers)
    said = {name: goals[name].to_numpy() for name in names}
    inside = {level: goals[f"in{level}"].to_numpy() for level in (80, 95)}

    def figures(chosen: np.ndarray) -> dict[str, float]:
        brier = {name: float(np.mean((chance[chosen] - met[chosen]) ** 2)) for name, chance in said.items()}
        skill = {name: 1 - one / brier["walk"] for name, one in brier.items()}
        found = {f"skill {name}": one for name, one in skill.items()}
        found |= {f"beyond {name}": skill["own"] - skill[name] for name in peers}
        found["calibration"] = calibration_error(said["own"][chosen], met[chosen])
        return found | {f"in{level}": float(one[chosen].mean()) for level, one in inside.items()}

    rng = np.random.default_rng(0)
    drawn = (np.concatenate([rows[place] for place in rng.integers(0, len(rows), len(rows))]) for _ in range(_RESAMPLES))
    found, errors = figures(np.concatenate(rows)), pd.DataFrame([figures(one) for one in drawn]).std()
    measured = {name: Measured(value, float(errors[name])) for name, value in found.items()}
    return Score(
        len(rows),
        measured["skill own"],
        measured["calibration"],
        measured["in80"],
        measured["in95"],
        1000 * sum(one.seconds for one in panels) / len(rows),
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

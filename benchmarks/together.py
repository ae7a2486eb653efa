"""Are several goals at once judged better with the dependence of past misses than as if they were independent?

    python -m benchmarks.together [--source KPIS.csv] [--every 3] [--prior 8]

At every past origin each series is forecast three periods ahead; a goal asks for its own median, at least or at most at
random, so that each is an even chance and only what ties them decides. Scored are "all of two" over all pairs (Brier
score) and how many of all are reached (ranked probability score); lower is better. KPIS.csv is what `python -m
cs_planning kpis` writes; without it, a synthetic panel of five KPIs of which three move together.
"""

from __future__ import annotations

import argparse
from itertools import combinations
from pathlib import Path

import numpy as np
import pandas as pd

from cs_planning.forecasting.answers import together
from cs_planning.forecasting.answers.measures import measured
from cs_planning.forecasting.answers.together import JudgedGoal, jointly
from cs_planning.forecasting.forecast import Question
from cs_planning.forecasting.models.paths import forecast, past_misses
from cs_planning.goals.goal import Direction, Measure
from cs_planning.kpis.catalogue import CATALOGUE
from cs_planning.kpis.frequency import Frequency, Rhythm
from cs_planning.kpis.series import KpiSeries, SeriesKey, split_series

AHEAD, LEAST = 3, 24


def synthetic(seed: int = 0, points: int = 72) -> list[KpiSeries]:
    """Five monthly KPIs; the shocks of the first three share a cause (r = .6, one of them the other way)."""
    rng = np.random.default_rng(seed)
    cause = rng.standard_normal(points)
    ids = ("csat", "first_response_mean", "nps", "cost_per_contact", "qa_score")
    load = np.array([0.78, -0.78, 0.78, 0.0, 0.0])
    shocks = load[:, None] * cause + np.sqrt(1 - load**2)[:, None] * rng.standard_normal((5, points))
    periods = pd.date_range("2020-01-01", periods=points, freq="MS")
    rows = [
        pd.DataFrame({"series": name, "period": periods, "value": 50 + np.cumsum(0.8 * each), "sample_size": np.nan})
        for name, each in zip(ids, shocks, strict=True)
    ]
    return list(split_series(pd.concat(rows, ignore_index=True), Rhythm(Frequency.MONTH, 1), CATALOGUE).values())


def main() -> None:
    """Prints both scores with and without dependence, and the standard error of the difference."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--source", type=Path)
    parser.add_argument("--every", type=int, default=3, help="one origin in so many")
    parser.add_argument("--prior", type=float, help="periods without dependence beside those seen")
    given = parser.parse_args()
    if given.prior is not None:
        together._PRIOR_PERIODS = given.prior
    panel = read(given.source) if given.source else synthetic()
    periods = sorted(set.intersection(*(set(one.periods) for one in panel)))
    rng = np.random.default_rng(1)
    pairs, counts = [], []
    for at in range(LEAST, len(periods) - AHEAD, given.every):
        goals, outcomes = at_origin(panel, periods[at], periods[at + AHEAD], rng)
        alone = [JudgedGoal(one.forecast, one.question, one.target) for one in goals]
        for one, other in combinations(range(len(goals)), 2):
            true = float(outcomes[one] and outcomes[other])
            told = [jointly([each[one], each[other]]).all for each in (goals, alone)]
            pairs.append([(chance - true) ** 2 for chance in told])
        counts.append([ranked(each, sum(outcomes)) for each in (goals, alone)])
    for name, scores in (("all of two, Brier score", pairs), ("how many of all, ranked probability score", counts)):
        found = np.array(scores)
        gain = found[:, 1] - found[:, 0]
        print(
            f"{name}: {found[:, 0].mean():.4f} with dependence, {found[:, 1].mean():.4f} independent, "
            f"gain {gain.mean():+.4f} ± {gain.std() / np.sqrt(len(gain)):.4f} ({len(gain)} cases)"
        )


def read(source: Path) -> list[KpiSeries]:
    """Monthly series of a file, those with enough points."""
    frame = pd.read_csv(source, parse_dates=["period"])
    rhythm = Rhythm(Frequency.MONTH, 1)
    found = split_series(frame[["series", "period", "value", "sample_size"]], rhythm, CATALOGUE)
    return [series for key, series in found.items() if not SeriesKey.parse(str(key)).scope and len(series) > LEAST + AHEAD]


def at_origin(
    panel: list[KpiSeries], origin: pd.Timestamp, last: pd.Timestamp, rng: np.random.Generator
) -> tuple[list[JudgedGoal], list[bool]]:
    """A goal on each series as it was known at the origin, and whether each was reached."""
    goals, outcomes = [], []
    for series in panel:
        known = KpiSeries(series.key, series.kpi, series.rhythm, series.frame[series.frame["period"] <= origin])
        direction = Direction.AT_LEAST if rng.random() < 0.5 else Direction.AT_MOST
        asked = Question(Measure.LEVEL, direction, last.date())
        made = forecast(known, last.date())
        target = float(np.median(measured(made, asked)))
        goals.append(JudgedGoal(made, asked, target, past_misses(known)))
        value = float(series.frame.loc[series.frame["period"] == last, "value"].iloc[0])
        outcomes.append(direction.meets(value, target))
    return goals, outcomes


def ranked(goals: list[JudgedGoal], reached: int) -> float:
    """The ranked probability score of how many of the goals are reached."""
    found = jointly(goals)
    below = np.cumsum(found.counted)
    return float(np.sum((below - (np.arange(len(below)) >= reached)) ** 2))


if __name__ == "__main__":
    main()

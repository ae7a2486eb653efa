"""A panel of series whose future is known, and fair goals on it.

Either the committed synthetic panel or a file of a forecasting competition in long form (columns
`competition,id,period,type,start,h,split,t,value`, `split` being `train` or `test`).
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
from scipy.special import ndtr

SYNTHETIC = Path(__file__).parent / "panel.csv"
STARTS = {"WEEKLY": "W-MON", "MONTHLY": "MS", "QUARTERLY": "QS", "YEARLY": "YS"}
TARGETS_IN_DEVIATIONS = (-1.0, -0.5, 0.0, 0.5, 1.0)
MEASURES, MEASURE_CHANCES = ("level", "average", "total"), (0.6, 0.3, 0.1)


@dataclass(frozen=True)
class Panel:
    """Tables for `assess_sheet`, and what became of each goal.

    `outcome` has `goal_id`, `met`, `actual` and `walk`, the probability that a random walk gives.
    """

    history: pd.DataFrame
    goals: pd.DataFrame
    outcome: pd.DataFrame


def synthetic_series(seed: int = 0, count: int = 60, periods: int = 60) -> pd.DataFrame:
    """Monthly series of five kinds in the long form of a competition, the last 12 months being the test part."""
    rng = np.random.default_rng(seed)
    time = np.arange(periods)
    rows = []
    for index in range(count):
        noise, walk = rng.normal(0, 3, periods), np.cumsum(rng.normal(0, 1.5, periods))
        season = rng.normal(0, 6, 12)[time % 12]
        kind = ("noise", "walk", "season", "trend", "break")[index % 5]
        values = (
            100
            + {
                "noise": noise,
                "walk": walk + 0.3 * noise,
                "season": season + 0.5 * walk + noise,
                "trend": rng.normal(0, 0.5) * time + season * 0.5 + noise,
                "break": np.where(time < rng.integers(20, 34), 0.0, rng.choice([-25.0, 25.0])) + noise,
            }[kind]
        )
        for step, value in enumerate(np.maximum(values, 1.0)):
            split = "train" if step < periods - 12 else "test"
            rows.append(("synthetic", f"{kind}-{index:02d}", "MONTHLY", kind, 0, 12, split, step + 1, round(float(value), 2)))
    return pd.DataFrame(rows, columns=["competition", "id", "period", "type", "start", "h", "split", "t", "value"])


def make_panel(long: pd.DataFrame, period: str, length: int, horizon: int, *, seed: int = 0, most: int | None = None) -> Panel:
    """Cuts every series to its last `length` training values and sets five goals `horizon` periods ahead.

    Targets lie −1 … 1 standard deviation of the change over the horizon from where the series stands.  At most `most` series
    are taken, drawn with the seed.
    """
    rng = np.random.default_rng(seed)
    chosen = long[long["period"] == period]
    if most is not None:
        counts = chosen.groupby(["id", "split"]).size().unstack(fill_value=0).reindex(columns=["train", "test"], fill_value=0)
        enough = counts.index[(counts["train"] >= length) & (counts["test"] >= horizon)]
        chosen = chosen[chosen["id"].isin(np.random.default_rng(seed).permutation(np.sort(enough))[:most])]
    labels = pd.date_range("2000-01-01", periods=length + horizon, freq=STARTS[period]).strftime("%Y-%m-%d").tolist()
    history, goals, outcome = [], [], []
    for name, rows in chosen.sort_values("t").groupby("id", sort=True):
        past = rows.loc[rows["split"] == "train", "value"].to_numpy(float)[-length:]
        future = rows.loc[rows["split"] == "test", "value"].to_numpy(float)[:horizon]
        if len(past) < length or len(future) < horizon:
            continue
        history += [(name, label, value) for label, value in zip(labels, past, strict=False)]
        measure = str(rng.choice(MEASURES, p=MEASURE_CHANCES))
        rolling = past if measure == "level" else np.convolve(past, np.ones(horizon) / horizon, "valid")
        actual = future[-1] if measure == "level" else future.mean()
        spread = float(np.std(rolling[horizon:] - rolling[:-horizon])) + 1e-9
        share = horizon if measure == "level" else (horizon + 1) * (2 * horizon + 1) / (6 * horizon)
        walk = (float(np.std(np.diff(past))) + 1e-9) * np.sqrt(share)
        times = horizon if measure == "total" else 1
        for number, deviations in enumerate(TARGETS_IN_DEVIATIONS):
            target = rolling[-1] + deviations * spread
            upward = bool(rng.random() < 0.5)
            above = float(ndtr((past[-1] - target) / walk))
            goal = f"{name}-{number}"
            goals.append((goal, name, "at_least" if upward else "at_most", measure, target * times, labels[-1]))
            met = actual >= target if upward else actual <= target
            outcome.append((goal, bool(met), actual * times, above if upward else 1 - above))
    return Panel(
        pd.DataFrame(history, columns=["series", "period", "value"]),
        pd.DataFrame(goals, columns=["goal_id", "series", "direction", "measure", "target", "deadline"]),
        pd.DataFrame(outcome, columns=["goal_id", "met", "actual", "walk"]),
    )

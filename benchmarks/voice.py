"""Would exponential smoothing by statsmodels help as one more voice in the average?

    python -m benchmarks.voice --source FILE… [--most 200]

The peer `mix` of `benchmarks.forecast_peer` is given a part of each probability.  A positive gain is a better Brier score than
that of the forecast alone, as a share of the random walk's, with its standard error over series.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import pandas as pd

from benchmarks.forecast import COMPETITION_PANELS
from benchmarks.forecast_peer import peer_probabilities
from benchmarks.panel import Panel, make_panel
from cs_planning.forecasting.sheets.assessment import assess_sheet
from cs_planning.kpis.calendar.service_calendar import CALENDAR_YEAR

PARTS = (0.15, 0.25, 0.5)
FEWEST_POINTS = 30


def gains(panel: Panel, said: pd.Series) -> tuple[float, list[tuple[float, float]]]:
    """The skill of the forecast alone, and for each of `PARTS` the gain in skill and its standard error over series.

    Args:
        panel: series and goals.
        said: what the other voice thinks of every goal, by `goal_id`.
    """
    result = assess_sheet(panel.history, panel.goals, calendar=CALENDAR_YEAR)
    both = result.merge(panel.outcome, on="goal_id", validate="one_to_one").sort_values("series", kind="stable")
    met, walk = both["met"].to_numpy(float), both["walk"].to_numpy(float)
    own, other = both["probability"].fillna(0.5).to_numpy(float), both["goal_id"].map(said).to_numpy(float)
    series = both["series"].nunique()
    nothing = float(np.mean((walk - met) ** 2))

    def gain(part: float) -> tuple[float, float]:
        mixed = (1 - part) * own + part * other
        each = ((own - met) ** 2 - (mixed - met) ** 2).reshape(series, -1).mean(axis=1) / nothing
        return float(each.mean()), float(each.std(ddof=1) / np.sqrt(series))

    return 1 - float(np.mean((own - met) ** 2)) / nothing, [gain(part) for part in PARTS]


def main() -> None:
    """Prints a Markdown row for each collection and panel of at least thirty points."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--source", type=Path, nargs="+", required=True, help="collections in long form")
    parser.add_argument("--most", type=int, default=200, help="series of each panel, drawn with a fixed seed")
    arguments = parser.parse_args()
    print("| panel | series | skill alone | " + " | ".join(f"{part:.0%} of the voice" for part in PARTS) + " |")
    print("|---|---|---|" + "---|" * len(PARTS))
    long = pd.concat([pd.read_csv(source) for source in arguments.source])
    for name, part in long.groupby("competition", sort=False):
        for period, length, horizon in COMPETITION_PANELS:
            if length < FEWEST_POINTS or period not in {"MONTHLY", "QUARTERLY"}:
                continue
            panel = make_panel(part, period, length, horizon, most=arguments.most)
            if panel.history.empty:
                continue
            skill, found = gains(panel, peer_probabilities(panel, period, horizon))
            cells = " | ".join(f"{gain:+.3f} ± {error:.3f}" for gain, error in found)
            count = panel.history["series"].nunique()
            print(f"| {name}, {period.lower()} {length}/{horizon} | {count} | {skill:.3f} | {cells} |", flush=True)


if __name__ == "__main__":
    main()

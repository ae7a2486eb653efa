"""Speed and accuracy of the forecast.

python -m benchmarks.forecast                          the committed synthetic panel
python -m benchmarks.forecast --source COMPETITION.csv   a real panel in the long form of `benchmarks.panel`
… --docs docs/forecasting.md                           also writes the table between its markers
… --jobs 2                                             also how 1,000 series use the cores and the memory
"""

from __future__ import annotations

import argparse
import resource
import time
import warnings
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
from statsmodels.tsa.exponential_smoothing.ets import ETSModel

from benchmarks.forecast_peer import mix_probabilities
from benchmarks.panel import SYNTHETIC, Panel, make_panel, synthetic_series
from cs_planning.forecasting.sheets.assessment import assess_sheet
from cs_planning.kpis.calendar.service_calendar import CALENDAR_YEAR

COMPETITION_PANELS = (
    ("MONTHLY", 36, 3),
    ("MONTHLY", 24, 3),
    ("MONTHLY", 60, 3),
    ("MONTHLY", 36, 12),
    ("MONTHLY", 12, 1),
    ("MONTHLY", 48, 6),
    ("QUARTERLY", 24, 4),
    ("QUARTERLY", 32, 6),
    ("QUARTERLY", 40, 8),
    ("YEARLY", 12, 2),
    ("YEARLY", 15, 4),
)
SYNTHETIC_PANELS = (("MONTHLY", 36, 3), ("MONTHLY", 24, 3), ("MONTHLY", 36, 12), ("MONTHLY", 12, 1))
PEER_SERIES = 5
MARKERS = ("<!-- measured: begin -->", "<!-- measured: end -->")


@dataclass(frozen=True)
class Score:
    """How the probabilities of a panel did."""

    series: int
    brier: float
    walk_brier: float
    calibration_error: float
    coverage80: float
    coverage95: float
    milliseconds: float
    peer_skill: float
    margin: float
    margin_error: float

    @property
    def skill(self) -> float:
        """1 − Brier ÷ Brier of the random walk."""
        return 1 - self.brier / self.walk_brier


def score_panel(panel: Panel, period: str, horizon: int) -> Score:
    """Assesses a panel on one core and compares with what became of its goals, and with the mix of three models.

    `margin` is the skill beyond that of the mix; its standard error comes from the differences on the same series.
    """
    begin = time.process_time()
    result = assess_sheet(panel.history, panel.goals, calendar=CALENDAR_YEAR)
    spent = time.process_time() - begin
    both = result.merge(panel.outcome, on="goal_id", validate="one_to_one")
    chance, met = both["probability"].fillna(0.5).to_numpy(float), both["met"].to_numpy(float)
    group = np.minimum((chance * 10).astype(int), 9)
    bins = [group == number for number in range(10) if (group == number).any()]
    series = panel.history["series"].nunique()
    peer = both["goal_id"].map(mix_probabilities(panel, period, horizon)).to_numpy(float)
    walk_brier = float(np.mean((both["walk"].to_numpy(float) - met) ** 2))
    gained = pd.Series((peer - met) ** 2 - (chance - met) ** 2).groupby(both["series"]).mean() / walk_brier
    return Score(
        series,
        float(np.mean((chance - met) ** 2)),
        walk_brier,
        float(sum(abs(chance[chosen].mean() - met[chosen].mean()) * chosen.mean() for chosen in bins)),
        float(both["actual"].between(both["low80"], both["high80"]).mean()),
        float(both["actual"].between(both["low95"], both["high95"]).mean()),
        1000 * spent / series,
        1 - float(np.mean((peer - met) ** 2)) / walk_brier,
        float(gained.mean()),
        float(gained.std() / np.sqrt(series)),
    )


def peer_milliseconds(panel: Panel) -> float:
    """Time per series of statsmodels when it chooses among eight fully estimated ETS models by AICc."""
    begin = time.process_time()
    names = panel.history["series"].unique()[:PEER_SERIES]
    for name in names:
        values = panel.history.loc[panel.history["series"] == name, "value"].to_numpy(float)
        fits = []
        for trend, damped in ((None, False), ("add", False), ("add", True)):
            for season in (None, "add", "mul") if len(values) >= 24 and values.min() > 0 else (None,):
                with warnings.catch_warnings():
                    warnings.simplefilter("ignore")
                    model = ETSModel(
                        values, error="add", trend=trend, damped_trend=damped, seasonal=season, seasonal_periods=12
                    )
                    fits.append(model.fit(disp=False))
        min(fits, key=lambda fit: fit.aicc)
    return 1000 * (time.process_time() - begin) / len(names)


def many_series(panel: Panel, jobs: int, counts: tuple[int, int] = (250, 1000)) -> str:
    """How the cores and the memory are used when a few and when many series are assessed."""
    names = panel.history["series"].unique()
    parts = []
    for count in counts:
        copies = range(-(-count // len(names)))
        history, goals = (
            pd.concat([table.assign(series=table["series"] + f"/{copy}") for copy in copies])
            for table in (panel.history, panel.goals)
        )
        wanted = history["series"].unique()[:count]
        history, goals = history[history["series"].isin(wanted)], goals[goals["series"].isin(wanted)]
        goals = goals.assign(goal_id=[str(number) for number in range(len(goals))])
        begin, busy = time.perf_counter(), _seconds_of_children()
        assess_sheet(history, goals, jobs=jobs, calendar=CALENDAR_YEAR)
        wall, cores = time.perf_counter() - begin, _seconds_of_children() - busy
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        parts.append(f"{count:,} series: {wall:.0f} s, {cores / wall:.1f} cores busy, at most {peak:.0f} MB a process")
    return f"With {jobs} jobs, " + "; ".join(parts) + "."


def _seconds_of_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def table(long: pd.DataFrame, panels: tuple[tuple[str, int, int], ...]) -> str:
    """The measured table in Markdown."""
    lines = [
        "| panel (history/horizon) | series | skill | of the mix | beyond the mix | ECE | 80 % in | 95 % in | ms a series |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    for period, length, horizon in panels:
        found = score_panel(make_panel(long, period, length, horizon), period, horizon)
        margin = f"{found.margin:+.3f} ± {found.margin_error:.3f}"
        accuracy = f"{found.skill:.3f} | {found.peer_skill:.3f} | {margin} | {found.calibration_error:.3f}"
        coverage = f"{found.coverage80:.1%} | {found.coverage95:.1%}"
        name = f"{period.lower()} {length}/{horizon}"
        lines.append(f"| {name} | {found.series} | {accuracy} | {coverage} | {found.milliseconds:.1f} |")
        print(lines[-1], flush=True)
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--source", type=Path, help="a competition in long form; the synthetic panel otherwise")
    parser.add_argument("--docs", type=Path, help="a Markdown file whose measured table is replaced")
    parser.add_argument("--jobs", type=int, default=0, help="also assess 1,000 series with so many processes")
    parser.add_argument("--make-panel", action="store_true", help="write the synthetic panel again and stop")
    arguments = parser.parse_args()
    if arguments.make_panel:
        synthetic_series().to_csv(SYNTHETIC, index=False)
        return
    long = pd.read_csv(arguments.source or SYNTHETIC)
    panels = COMPETITION_PANELS if arguments.source else SYNTHETIC_PANELS
    name = ", ".join(map(str, long["competition"].unique()))
    measured = table(long, tuple(panel for panel in panels if panel[0] in set(long["period"])))
    monthly = make_panel(long, "MONTHLY", 36, 3)
    ours, peer = score_panel(monthly, "MONTHLY", 3).milliseconds, peer_milliseconds(monthly)
    speed = (
        f"{ours:.1f} ms a series of 36 months with five goals; "
        f"statsmodels' automatic ETS takes {peer:.0f} ms: {peer / ours:.0f} times as long."
    )
    if arguments.jobs:
        speed += "\n" + many_series(monthly, arguments.jobs)
    print(speed)
    if arguments.docs:
        page = arguments.docs.read_text(encoding="utf-8")
        head, rest = page.split(MARKERS[0], 1)
        _, tail = rest.split(MARKERS[1], 1)
        body = f"\nPanel: {name}.\n\n{measured}\n\n{speed}\n"
        arguments.docs.write_text(f"{head}{MARKERS[0]}{body}{MARKERS[1]}{tail}", encoding="utf-8")


if __name__ == "__main__":
    main()

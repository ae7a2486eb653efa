"""Speed and accuracy of the forecast.

python -m benchmarks.forecast                         the committed synthetic panel
python -m benchmarks.forecast --source FILE…            collections in the long form of `benchmarks.panel`, 100 series a panel
… --most 600 --peer "automatic ETS"                   more series; a peer to compare with on the same ones
… --leave-out                                         also how the widths would do that the other collections would choose
… --docs docs/forecasting.md                          also writes the table between its markers
… --jobs 2                                            also how 1,000 series use the cores and the memory
"""

from __future__ import annotations

import argparse
import resource
import time
import warnings
from pathlib import Path

import pandas as pd
from statsmodels.tsa.exponential_smoothing.ets import ETSModel

from benchmarks.forecast_peer import PEERS, peer_probabilities
from benchmarks.forecast_scores import RATES, chance_of_none, score_panel
from benchmarks.left_out import left_out_table
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
    ("WEEKLY", 104, 13),
    ("WEEKLY", 60, 4),
)
SYNTHETIC_PANELS = (("MONTHLY", 36, 3), ("MONTHLY", 24, 3), ("MONTHLY", 36, 12), ("MONTHLY", 12, 1))
PEER_SERIES = 5
MARKERS = ("<!-- measured: begin -->", "<!-- measured: end -->")


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


Panels = tuple[tuple[str, int, int], ...]


def table(long: pd.DataFrame, panels: Panels, most: int | None, peer: str | None) -> str:
    """The measured table in Markdown, a row for each collection and panel that it has series for."""
    lines = [
        f"| panel (history/horizon) | series | skill | of the {peer} | beyond it | ECE | 80 % in | 95 % in | ms a series |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    for name, part in long.groupby("competition", sort=False):
        for period, length, horizon in panels:
            panel = make_panel(part, period, length, horizon, most=most)
            if panel.history.empty:
                continue
            peers = {} if peer is None else {peer: peer_probabilities(panel, period, horizon, peer)}
            found = score_panel(panel, peers)
            compared = " | ".join([f"{found.peers[one]:.3f} | {found.margins[one]}" for one in peers] or ["– | –"])
            accuracy = f"{found.skill} | {compared} | {found.calibration_error}"
            coverage = f"{found.coverage80} | {found.coverage95}"
            title = f"{name}, {period.lower()} {length}/{horizon}"
            lines.append(f"| {title} | {found.series} | {accuracy} | {coverage} | {found.milliseconds:.1f} |")
            print(lines[-1], flush=True)
    return "\n".join(lines)


def rare_counts() -> str:
    """What is stated for simulated counts that are mostly zero, beside the truth."""
    said = [(rate, *chance_of_none(rate)) for rate in RATES]
    parts = [f"{stated:.2f} stated, {true:.2f} true at {rate:g} a month" for rate, stated, true in said]
    return "Chance of no case: " + "; ".join(parts) + "."


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--source", type=Path, nargs="+", help="collections in long form; the synthetic panel otherwise")
    parser.add_argument("--most", type=int, default=100, help="series of each panel, drawn with a fixed seed")
    parser.add_argument("--peer", choices=list(PEERS), help="also what a peer makes of the same goals")
    parser.add_argument("--leave-out", action="store_true", help="also choose the widths on all collections but one")
    parser.add_argument("--docs", type=Path, help="a Markdown file whose measured table is replaced")
    parser.add_argument("--jobs", type=int, default=0, help="also assess 1,000 series with so many processes")
    parser.add_argument("--make-panel", action="store_true", help="write the synthetic panel again and stop")
    arguments = parser.parse_args()
    if arguments.make_panel:
        synthetic_series().to_csv(SYNTHETIC, index=False)
        return
    long = pd.concat([pd.read_csv(source) for source in arguments.source or [SYNTHETIC]])
    panels = COMPETITION_PANELS if arguments.source else SYNTHETIC_PANELS
    name = ", ".join(map(str, long["competition"].unique()))
    measured = table(long, panels, arguments.most, arguments.peer)
    if arguments.leave_out:
        measured += "\n\n" + left_out_table(long, panels, arguments.most)
    measured += "\n\n" + rare_counts()
    print(measured)
    if "MONTHLY" not in set(long["period"]):
        return
    monthly = make_panel(long, "MONTHLY", 36, 3, most=arguments.most)
    ours, peer = score_panel(monthly, {}).milliseconds, peer_milliseconds(monthly)
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

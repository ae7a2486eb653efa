"""Speed of a large ticket log: import and all monthly KPIs by channel, beside pandas and a bare DuckDB script, equal results.

`python -m benchmarks.contacts [--rows 1000000] [--keep FOLDER]`; the full run is `--rows 10000000` (a CSV of about 1.8 GB).
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd

from benchmarks import contacts_in_duckdb, contacts_in_pandas
from cs_planning.kpis.calendar.service_calendar import CALENDAR_YEAR
from cs_planning.kpis.contacts.columns import typed_contacts
from cs_planning.kpis.contacts.conversion.from_file import read_contacts
from cs_planning.kpis.contacts.log.manifest import merge_contacts
from cs_planning.kpis.contacts.points.aggregate import contact_kpis
from cs_planning.kpis.contacts.points.engines import open_contacts
from cs_planning.kpis.files.reading import read_sample
from cs_planning.kpis.frequency import Frequency
from cs_planning.kpis.imports.recognise import recognise
from cs_planning.kpis.imports.sheets import kpis_from_files

YEARS_SECONDS = 157_788_000
_CORES = 2


def make_log(path: Path, rows: int) -> None:
    """Writes `rows` tickets of five years, created in order, about 180 bytes each."""
    moment = f"timestamp '2020-01-01' + to_seconds((i * {YEARS_SECONDS} / {rows})::BIGINT"
    written = "'%Y-%m-%d %H:%M:%S'"
    with duckdb.connect() as connection:
        connection.execute(
            f"""COPY (SELECT 'T-' || i AS "Ticket ID", strftime({moment}), {written}) AS "Created at",
            strftime({moment} + ((hash(i) % 100000) / 2)::BIGINT), {written}) AS "First response at",
            CASE WHEN hash(i, 1) % 50 = 0 THEN '' ELSE
              strftime({moment} + (50000 + hash(i, 2) % 500000)::BIGINT), {written}) END AS "Solved at",
            ['email', 'chat', 'phone', 'web', 'social'][1 + (hash(i, 3) % 5)::INT] AS "Channel",
            'Team ' || (hash(i, 4) % 12) AS "Team",
            ['Delivery', 'Invoice', 'Account', 'Technical problem'][1 + (hash(i, 5) % 4)::INT] AS "Category",
            CASE WHEN hash(i, 6) % 12 = 0 THEN 1 ELSE 0 END AS "Reopened",
            CASE WHEN hash(i, 7) % 3 = 0 THEN (1 + hash(i, 8) % 5)::VARCHAR ELSE '' END AS "Satisfaction",
            'Question about order ' || i || ' and the delivery that was promised for last week' AS "Subject",
            CASE WHEN hash(i, 1) % 50 = 0 THEN 'open' ELSE 'closed' END AS "Status"
            FROM range({rows}) numbers(i)) TO '{path}' (HEADER)"""
        )


def product(path: Path, folder: Path) -> dict[str, float]:
    """Imports the log into files by month, computes its KPIs and adds a month; seconds of the clock and of the processors."""
    clock = _Clock()
    sample = read_sample(path)
    log = read_contacts(path, sample, recognise(sample).mapping, folder, today=date(2026, 1, 1))
    result = clock.lap("import")
    with open_contacts(log.paths) as contacts:
        points = pd.concat(
            [
                contact_kpis(contacts, CALENDAR_YEAR.rhythm(Frequency.MONTH)),
                contact_kpis(contacts, CALENDAR_YEAR.rhythm(Frequency.MONTH), ["channel"]),
            ]
        )
    result |= clock.lap("kpis")
    points.to_parquet(folder / "points.parquet")
    month = duckdb.read_parquet(str(log.paths[-1])).df()
    fresh = typed_contacts(month.assign(contact_id="new " + month["contact_id"], created_at=pd.Timestamp("2025-02-15")))
    clock.lap("preparing")
    grown = merge_contacts(folder, log.manifest, fresh)
    with open_contacts(grown.paths(folder)) as contacts:
        for by in ([], ["channel"]):
            contact_kpis(contacts, CALENDAR_YEAR.rhythm(Frequency.MONTH), by, since=date(2025, 2, 1))
    return result | clock.lap("add_month") | {"peak_megabytes": _peak_megabytes(), "rows": log.accepted_rows}


def command(path: Path, folder: Path) -> dict[str, float]:
    """The command `kpis`: the same KPIs without keeping the log."""
    clock = _Clock()
    kpis_from_files([path], Frequency.MONTH, ["channel"], calendar=CALENDAR_YEAR, today=date(2026, 1, 1))
    return clock.lap("total") | {"peak_megabytes": _peak_megabytes()}


def in_pandas(path: Path, folder: Path) -> dict[str, float]:
    """The same KPIs by the plain pandas script."""
    clock = _Clock()
    points, _rejected = contacts_in_pandas.monthly_kpis(path)
    result = clock.lap("total")
    points.to_parquet(folder / "in_pandas.parquet")
    return result | {"peak_megabytes": _peak_megabytes()}


def in_duckdb(path: Path, folder: Path) -> dict[str, float]:
    """The same KPIs by the bare DuckDB script."""
    clock = _Clock()
    points, _rejected = contacts_in_duckdb.monthly_kpis(path)
    result = clock.lap("total")
    points.to_parquet(folder / "in_duckdb.parquet")
    return result | {"peak_megabytes": _peak_megabytes()}


class _Clock:
    """Seconds since the last look: of the clock on the wall, and of all processors together."""

    def __init__(self) -> None:
        self._last = time.perf_counter(), time.process_time()

    def lap(self, name: str) -> dict[str, float]:
        now = time.perf_counter(), time.process_time()
        wall, cpu = (after - before for before, after in zip(self._last, now, strict=True))
        self._last = now
        return {f"{name}_seconds": wall, f"{name}_cpu": cpu}


def _peak_megabytes() -> float:
    """The most memory that was resident; `ru_maxrss` would count that of the parent before `exec`."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmHWM"):
            return int(line.split()[1]) / 1024
    return float("nan")


def largest_difference(ours: pd.DataFrame, theirs: pd.DataFrame) -> tuple[int, float]:
    """How many points both have, and the largest relative difference between them."""
    both = ours.merge(theirs, on=["series", "period"], suffixes=("", "_peer"))
    if len(both) < len(theirs):
        raise SystemExit(f"{len(theirs) - len(both)} points of the peer are missing")
    difference = np.abs(both["value"] - both["value_peer"]) / np.maximum(np.abs(both["value_peer"]), 1e-9)
    return len(both), float(difference.max())


def _run_alone(part: str, path: Path, folder: Path) -> dict[str, float]:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.contacts", "--part", part, "--log", str(path), "--folder", str(folder)],
        check=True,
        capture_output=True,
        text=True,
    )
    return dict(json.loads(done.stdout.splitlines()[-1]))


_PARTS = {"product": product, "command": command, "in_pandas": in_pandas, "in_duckdb": in_duckdb}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--part", choices=list(_PARTS))
    parser.add_argument("--log", type=Path)
    parser.add_argument("--folder", type=Path)
    arguments = parser.parse_args()
    if arguments.part:
        print(json.dumps(_PARTS[arguments.part](arguments.log, arguments.folder)))
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = folder / "tickets.csv"
        make_log(path, arguments.rows)
        _report(arguments.rows, path, {part: _run_alone(part, path, folder) for part in _PARTS})
        ours = pd.read_parquet(folder / "points.parquet")
        for peer in ("in_pandas", "in_duckdb"):
            points, difference = largest_difference(ours, pd.read_parquet(folder / f"{peer}.parquet"))
            print(f"equal points {peer}: {points:,} (largest relative difference {difference:.1e})")


def _report(rows: int, path: Path, ran: dict[str, dict[str, float]]) -> None:
    ours = ran["product"]
    load = " ".join(f"{value:.1f}" for value in os.getloadavg())
    print(f"rows                       {rows:,} ({path.stat().st_size / 1e9:.2f} GB); load {load}")
    print(f"{'':<26} {'wall s':>8} {'cpu s':>8} {'cpu / 2':>8}")
    both = {f"total_{kind}": ours[f"import_{kind}"] + ours[f"kpis_{kind}"] for kind in ("seconds", "cpu")}
    for label, figures, key in (
        ("import, files by month", ours, "import"),
        ("monthly KPIs by channel", ours, "kpis"),
        ("both", both, "total"),
        ("adding one month", ours, "add_month"),
        ("command kpis", ran["command"], "total"),
        ("plain pandas", ran["in_pandas"], "total"),
        ("bare DuckDB", ran["in_duckdb"], "total"),
    ):
        wall, cpu = figures[f"{key}_seconds"], figures[f"{key}_cpu"]
        print(f"{label:<26} {wall:>8.1f} {cpu:>8.1f} {cpu / _CORES:>8.1f}")
    for label, figures in (("import and KPIs", both), ("command kpis", ran["command"])):
        wall, cpu = figures["total_seconds"], figures["total_cpu"]
        pandas, bare = ran["in_pandas"], ran["in_duckdb"]
        print(
            f"{label}: {pandas['total_seconds'] / wall:.2f} × as fast as pandas by the clock, "
            f"{pandas['total_cpu'] / (cpu / _CORES):.2f} × by cpu on two cores against one; "
            f"{wall / bare['total_seconds']:.2f} × the time of bare DuckDB by the clock, {cpu / bare['total_cpu']:.2f} × by cpu"
        )
    peaks = ", ".join(f"{part} {figures['peak_megabytes']:.0f} MB" for part, figures in ran.items())
    print(f"peak memory: {peaks}")


if __name__ == "__main__":
    main()

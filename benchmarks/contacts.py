"""Speed of a large ticket log: import and all monthly KPIs by channel, beside a plain pandas script, with equal results.

`python -m benchmarks.contacts [--rows 1000000] [--keep FOLDER]`; the full run is `--rows 10000000` (a CSV of about 1.8 GB).
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd

from benchmarks.contacts_in_pandas import monthly_kpis
from cs_planning.kpis.aggregate import contact_kpis
from cs_planning.kpis.contact_files import read_contacts
from cs_planning.kpis.contact_log import merge_contacts
from cs_planning.kpis.contacts import typed_contacts
from cs_planning.kpis.frequency import Frequency
from cs_planning.kpis.reading import read_sample
from cs_planning.kpis.recognise import recognise

YEARS_SECONDS = 157_788_000


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
            'closed' AS "Status" FROM range({rows}) numbers(i)) TO '{path}' (HEADER)"""
        )


def product(path: Path, folder: Path) -> dict[str, float]:
    """Imports the log and computes its KPIs as the command line does; seconds and peak memory."""
    begin = time.perf_counter()
    sample = read_sample(path)
    log = read_contacts(path, sample, recognise(sample).mapping, folder, today=date(2026, 1, 1))
    imported = time.perf_counter()
    points = pd.concat([contact_kpis(log.paths, Frequency.MONTH), contact_kpis(log.paths, Frequency.MONTH, ["channel"])])
    computed = time.perf_counter()
    points.to_parquet(folder / "points.parquet")
    month = duckdb.sql(f"SELECT * FROM read_parquet('{log.paths[-1]}')").df()
    fresh = typed_contacts(month.assign(contact_id="new " + month["contact_id"], created_at=pd.Timestamp("2025-02-15")))
    before_merge = time.perf_counter()
    grown = merge_contacts(folder, log.manifest, fresh)
    contact_kpis(grown.paths(folder)[-2:], Frequency.MONTH)
    merged = time.perf_counter()
    return {
        "import_seconds": imported - begin,
        "kpis_seconds": computed - imported,
        "total_seconds": computed - begin,
        "add_month_seconds": merged - before_merge,
        "peak_megabytes": _peak_megabytes(),
        "rows": log.accepted_rows,
    }


def peer(path: Path, folder: Path) -> dict[str, float]:
    """The same KPIs by the plain pandas script."""
    begin = time.perf_counter()
    monthly_kpis(path).to_parquet(folder / "peer.parquet")
    return {"total_seconds": time.perf_counter() - begin, "peak_megabytes": _peak_megabytes()}


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


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--part", choices=["product", "peer"])
    parser.add_argument("--log", type=Path)
    parser.add_argument("--folder", type=Path)
    arguments = parser.parse_args()
    if arguments.part:
        print(json.dumps({"product": product, "peer": peer}[arguments.part](arguments.log, arguments.folder)))
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = folder / "tickets.csv"
        make_log(path, arguments.rows)
        ours, theirs = _run_alone("product", path, folder), _run_alone("peer", path, folder)
        points, difference = largest_difference(
            pd.read_parquet(folder / "points.parquet"), pd.read_parquet(folder / "peer.parquet")
        )
        print(f"rows                      {arguments.rows:>12,}   ({path.stat().st_size / 1e9:.2f} GB)")
        for label, key in (
            ("import", "import_seconds"),
            ("monthly KPIs by channel", "kpis_seconds"),
            ("both", "total_seconds"),
        ):
            print(f"{label:<25} {ours[key]:>12.1f} s")
        print(f"{'plain pandas, both':<25} {theirs['total_seconds']:>12.1f} s")
        print(f"{'times faster':<25} {theirs['total_seconds'] / ours['total_seconds']:>12.1f}")
        print(f"{'adding one month':<25} {ours['add_month_seconds']:>12.1f} s")
        print(f"{'peak memory':<25} {ours['peak_megabytes']:>12.0f} MB (pandas {theirs['peak_megabytes']:.0f} MB)")
        print(f"{'equal points':<25} {points:>12,}   (largest relative difference {difference:.1e})")


if __name__ == "__main__":
    main()

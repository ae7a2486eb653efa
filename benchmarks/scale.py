"""What the KPIs of many contacts need on each engine, and what many series need in a workspace.

    python -m benchmarks.scale [--contacts 1000000 10000000] [--engines duckdb postgresql spark] [--series 100 1000 10000]

The contacts are a folder of Parquet files by month, as an import leaves them; PostgreSQL gets them as a table, Spark is a
cluster of a master and two workers on this machine.  Every engine is asked by the command `kpis`, for months, the whole and by
channel and team.  Processor time and memory are those of the command and of the engine's processes together.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
import psycopg

from benchmarks.process_tree import Usage, watched_run
from cs_planning.workspace import Home, Save, Workspace
from tests.kpis.spark import running_cluster
from tests.storage.postgresql import running_server

MONTHS = 60
FIRST_MONTH = pd.Timestamp("2021-01-01")
BREAKDOWNS = ("channel", "team")
_EXECUTOR_MEMORY = "2500m"
_WORK_MEMORY = "256MB"
_SQL_TYPES = {"created_at": "timestamp", "first_response_at": "timestamp", "solved_at": "timestamp"} | {
    "first_response_minutes": "float8",
    "resolution_hours": "float8",
    "csat_satisfied": "float8",
    "reopened": "boolean",
    "solved": "boolean",
}


def make_contacts(folder: Path, contacts: int) -> None:
    """Writes contacts of five years as files by month, in order of their creation."""
    folder.mkdir()
    starts = pd.date_range(FIRST_MONTH, periods=MONTHS + 1, freq="MS")
    bounds = np.linspace(0, contacts, MONTHS + 1).astype(int)
    with duckdb.connect(config={"threads": 2, "memory_limit": "2GB"}) as connection:
        for number in range(MONTHS):
            file = folder / f"contacts-{starts[number]:%Y-%m}.parquet"
            seconds = int((starts[number + 1] - starts[number]).total_seconds())
            low, high = int(bounds[number]), int(bounds[number + 1])
            connection.execute(
                f"""COPY (SELECT 'T-' || i AS contact_id, 'ticket' AS kind, created_at,
                created_at + to_seconds(answered) AS first_response_at,
                CASE WHEN solved THEN created_at + to_seconds(took) END AS solved_at,
                answered / 60.0 AS first_response_minutes,
                CASE WHEN solved THEN took / 3600.0 END AS resolution_hours,
                hash(i, 6) % 12 = 0 AS reopened, solved,
                ['email', 'chat', 'phone', 'web', 'social'][1 + (hash(i, 3) % 5)::INT] AS channel,
                'Team ' || (hash(i, 4) % 12) AS team,
                CASE WHEN hash(i, 7) % 3 = 0 THEN (hash(i, 8) % 5 > 0)::INT::DOUBLE END AS csat_satisfied
                FROM (SELECT i, '{starts[number]}'::TIMESTAMP + to_seconds(((i - {low}) * {seconds} / {high - low})::BIGINT)
                    AS created_at, (hash(i) % 50000)::BIGINT AS answered, (50000 + hash(i, 2) % 500000)::BIGINT AS took,
                    hash(i, 1) % 50 > 0 AS solved
                    FROM range({low}, {high}) numbers(i))) TO '{file}' (FORMAT parquet)"""
            )


@contextmanager
def in_duckdb(folder: Path) -> Iterator[tuple[list[str], list[int], str]]:
    """How the command asks, the processes of the engine and what to say about it: here, the command itself."""
    yield ["--engine", "duckdb", "--table", str(folder)], [], "the files as they are"


@contextmanager
def in_postgresql(folder: Path) -> Iterator[tuple[list[str], list[int], str]]:
    """The same for a PostgreSQL server of its own, into which the contacts are loaded first."""
    with running_server() as server:
        url = server.format(database="postgres")
        begun = time.perf_counter()
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(f"ALTER SYSTEM SET work_mem = '{_WORK_MEMORY}'")
            connection.execute("SELECT pg_reload_conf()")
            files = sorted(folder.glob("*.parquet"))
            names = duckdb.read_parquet(str(files[0])).columns
            columns = ", ".join(f"{name} {_SQL_TYPES.get(name, 'text')}" for name in names)
            connection.execute(f"CREATE TABLE contacts ({columns})")
            for file in files:
                _load(connection, file)
            connection.execute("ANALYZE contacts")
            [(size, answering)] = connection.execute("SELECT pg_total_relation_size('contacts'), pg_backend_pid()").fetchall()
            postmaster = _parent(answering)
        said = f"loaded in {time.perf_counter() - begun:.0f} s, a table of {size / 1e9:.1f} GB"
        yield ["--engine", url, "--table", "contacts"], [postmaster], said


def _load(connection: psycopg.Connection, file: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        text = Path(folder) / "month.csv"
        duckdb.read_parquet(str(file)).write_csv(str(text), header=False)
        with (
            connection.cursor() as cursor,
            cursor.copy("COPY contacts FROM STDIN (FORMAT csv)") as copy,
            text.open("rb") as rows,
        ):
            while block := rows.read(1 << 20):
                copy.write(block)


def _parent(process: int) -> int:
    fields = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return int(fields[1])


@contextmanager
def on_spark(folder: Path) -> Iterator[tuple[list[str], list[int], str]]:
    """The same for a cluster of two workers with a core each, which read the files by themselves."""
    with running_cluster(workers=2, memory="3g") as (url, processes):
        asked = f"{url}?spark.executor.memory={_EXECUTOR_MEMORY}&spark.driver.host=127.0.0.1"
        yield ["--engine", asked, "--table", str(folder)], processes, f"the files as they are, executors of {_EXECUTOR_MEMORY}"


ENGINES = {"duckdb": in_duckdb, "postgresql": in_postgresql, "spark": on_spark}


def asked(engine: str, folder: Path, out: Path) -> tuple[Usage, str]:
    """What the command took at an engine, and what is to be said about it."""
    with ENGINES[engine](folder) as (arguments, processes, said):
        command = [sys.executable, "-m", "cs_planning", "kpis", *arguments, "--out", str(out)]
        for name in BREAKDOWNS:
            command += ["--by", name]
        return watched_run(command, processes), said


def of_contacts(contacts: int, engines: list[str], keep: Path) -> None:
    """Makes so many contacts, asks every engine for their KPIs, and compares the answers with DuckDB's."""
    folder = keep / f"contacts-{contacts}"
    make_contacts(folder, contacts)
    size = sum(file.stat().st_size for file in folder.iterdir())
    print(f"{contacts:,} contacts, {size / 1e9:.2f} GB of Parquet")
    for engine in engines:
        load = os.getloadavg()[0]
        out = keep / f"{engine}-{contacts}.csv"
        usage, said = asked(engine, folder, out)
        print(
            f"  {engine:10s} {usage.seconds:7.1f} s by the clock, {usage.processor_seconds:7.1f} s of the processor, "
            f"{usage.peak_megabytes:6,.0f} MB; {said}; load before {load:.1f}",
            flush=True,
        )
        if usage.failure:
            print(f"             failed: {usage.failure}")
        elif (first := keep / f"duckdb-{contacts}.csv") != out and first.exists():
            print(f"             {_compared(first, out)}", flush=True)


def _compared(first: Path, second: Path) -> str:
    ours, theirs = (pd.read_csv(path).set_index(["series", "period"])["value"].sort_index() for path in (first, second))
    if not ours.index.equals(theirs.index):
        return f"OTHER POINTS: {len(ours)} and {len(theirs)}"
    difference = (np.abs(ours - theirs) / np.maximum(np.abs(ours), 1e-9)).max()
    return f"{len(ours):,} points equal to DuckDB's, largest relative difference {difference:.1e}"


def of_series(count: int, keep: Path) -> None:
    """Imports so many monthly series into a workspace and reads what every page asks for."""
    periods = pd.date_range(FIRST_MONTH, periods=MONTHS, freq="MS")
    rng = np.random.default_rng(0)
    file = keep / f"series-{count}.csv"
    pd.DataFrame(
        {
            "KPI": "CSAT",
            "Period": np.tile(periods.strftime("%Y-%m-%d"), count),
            "Team": np.repeat([f"Team {number:05d}" for number in range(count)], MONTHS),
            "Value": np.round(rng.uniform(70, 95, count * MONTHS), 2),
        }
    ).to_csv(file, index=False)
    workspace = Workspace.open(Home.at(keep / f"home-{count}"))
    save = Save("benchmark", uuid.uuid4().hex, datetime(2026, 1, 2, tzinfo=UTC))
    marks = {}
    for name, work in (
        ("import", lambda: workspace.data.import_path(file, save=save)),
        ("list", workspace.data.series_list),
        ("a first page", lambda: workspace.standings.brief(date(2026, 1, 2))),
    ):
        begun, own = time.perf_counter(), time.process_time()
        work()
        marks[name] = f"{name} {time.perf_counter() - begun:.2f} s ({time.process_time() - own:.2f} of the processor)"
    size = (keep / f"home-{count}" / "workspace.db").stat().st_size
    workspace.close()
    print(f"{count:,} series, {count * MONTHS:,} points: {'; '.join(marks.values())}; database {size / 1e6:.0f} MB", flush=True)


def main() -> None:
    """Measures what was asked for, the smallest first."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--contacts", type=int, nargs="*", default=[1_000_000])
    parser.add_argument("--engines", nargs="*", choices=list(ENGINES), default=list(ENGINES))
    parser.add_argument("--series", type=int, nargs="*", default=[100, 1_000, 10_000])
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        for count in sorted(given.series):
            of_series(count, Path(folder))
        for contacts in sorted(given.contacts):
            of_contacts(contacts, given.engines, Path(folder))


if __name__ == "__main__":
    main()

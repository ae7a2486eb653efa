"""Two processes of the app on one database: what one changes, the next answer of the other follows."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd
import pytest

from cs_planning.workspace import Home, Save, Workspace

NOW = datetime(2026, 11, 10, 9, tzinfo=UTC)
QUARTERS = pd.DataFrame(
    {"Quarter": ["2025-04-01", "2025-07-01", "2025-10-01", "2026-01-01", "2026-04-01"], "CSAT": [80, 81, 82, 83, 84]}
)
ANSWERS = """
import sys
from datetime import date
from pathlib import Path
from cs_planning.kpis.frequency import Frequency
from cs_planning.kpis.period_names import period_label
from cs_planning.workspace import Home, Workspace
opened = Workspace.open(Home.at(Path(sys.argv[1]), sys.argv[2]))
for _asked in sys.stdin:
    series = opened.data.series("csat", Frequency.QUARTER)
    remembered = opened.planning._series.load("csat", Frequency.QUARTER)
    print(
        opened.planning.quarters(date(2026, 11, 10), 1)[0].label,
        period_label(series.last_period, series.rhythm),
        period_label(remembered.last_period, remembered.rhythm),
        sep="; ",
        flush=True,
    )
"""


@pytest.fixture
def other(url: str, tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that opened the workspace and answers a line for each line."""
    arguments = [sys.executable, "-c", ANSWERS, str(tmp_path), url]
    with subprocess.Popen(arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        yield process
        assert process.stdin is not None
        process.stdin.close()


def answer_of(process: subprocess.Popen[str]) -> str:
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write("ask\n")
    process.stdin.flush()
    return process.stdout.readline().strip()


@pytest.mark.faults
def test_the_next_answer_of_another_process_follows_a_changed_fiscal_year(url, tmp_path, other):
    ours = Workspace.open(Home.at(tmp_path, url))
    ours.data.import_file("csat.csv", QUARTERS.to_csv(index=False).encode(), save=Save("t", "import", NOW))
    assert answer_of(other) == "Q4 2026; Q2 2026; Q2 2026"
    ours.clock.save(None, 4, save=Save("t", "april", NOW))
    assert answer_of(other) == "Q3 of fiscal 2026; Q1 of fiscal 2026; Q1 of fiscal 2026"
    ours.clock.save(None, 1, save=Save("t", "january", NOW))
    assert answer_of(other) == "Q4 2026; Q2 2026; Q2 2026"
    ours.close()

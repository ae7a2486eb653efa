"""Commands that are stopped while they read: nothing is waited for, nothing is left, and no traceback is shown."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

_LONGEST_SECONDS = 2.0
_ROWS = 700_000


@pytest.fixture(scope="module")
def large_log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A log of tickets that is large enough to be read outside the memory."""
    path = tmp_path_factory.mktemp("log") / "tickets.csv"
    with path.open("w", encoding="utf-8") as file:
        file.write("Ticket ID,Created at,Solved at,Status,Channel,Team\n")
        file.writelines(
            f"T{number},2025-{1 + number % 12:02d}-{1 + number % 28:02d} 09:00:00,"
            f"2025-{1 + number % 12:02d}-{1 + number % 28:02d} {10 + number % 9}:30:00,Solved,mail,Team {number % 7}\n"
            for number in range(_ROWS)
        )
    return path


def started(arguments: list[str], folder: Path) -> subprocess.Popen[str]:
    environment = {**os.environ, "TMPDIR": str(folder), "CS_PLANNING_HOME": str(folder / "data"), "LANG": "en_US.UTF-8"}
    return subprocess.Popen(
        [sys.executable, "-m", "cs_planning", *arguments],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def has_open(process: subprocess.Popen[str], file: Path) -> bool:
    """Whether a process reads a file right now."""
    with suppress(OSError):
        return any(one.readlink() == file for one in Path(f"/proc/{process.pid}/fd").iterdir())
    return False


def stopped_when(is_time: Callable[[], bool], process: subprocess.Popen[str], number: int) -> tuple[float, str]:
    """The seconds from the signal to the end, and what was said."""
    end = time.monotonic() + 120
    while not is_time() and process.poll() is None and time.monotonic() < end:
        time.sleep(0.01)
    assert process.poll() is None, process.communicate()[1]
    sent = time.monotonic()
    process.send_signal(number)
    said = process.communicate(timeout=60)[1]
    return time.monotonic() - sent, said


@pytest.mark.parametrize("number", [signal.SIGINT, pytest.param(signal.SIGTERM, marks=pytest.mark.slow)])
def test_a_stopped_run_ends_at_once_and_leaves_no_contacts_and_no_traceback(
    large_log: Path, tmp_path: Path, number: signal.Signals
) -> None:
    out = tmp_path / "kpis.csv"
    process = started(["kpis", str(large_log), "--by", "team", "--out", str(out)], tmp_path)
    took, said = stopped_when(lambda: has_open(process, large_log), process, number)
    assert process.returncode == 128 + number
    assert took < _LONGEST_SECONDS
    assert said == "Stopped.\n"
    assert list(tmp_path.iterdir()) == []


def test_a_run_that_is_stopped_while_it_starts_shows_no_traceback(large_log: Path, tmp_path: Path) -> None:
    process = started(["kpis", str(large_log), "--out", str(tmp_path / "kpis.csv")], tmp_path)
    begun = time.monotonic()
    took, said = stopped_when(lambda: time.monotonic() - begun > 0.6, process, signal.SIGINT)
    assert took < _LONGEST_SECONDS
    assert "Traceback" not in said
    assert list(tmp_path.iterdir()) == []


def test_a_stopped_import_leaves_the_workspace_without_contacts(large_log: Path, tmp_path: Path) -> None:
    process = started(["import", str(large_log)], tmp_path)
    took, said = stopped_when(lambda: any(tmp_path.rglob("import-*/*")), process, signal.SIGINT)
    assert took < _LONGEST_SECONDS
    assert "Traceback" not in said
    assert list(tmp_path.rglob("*.parquet")) == list(tmp_path.rglob("import-*")) == []

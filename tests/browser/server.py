"""Starts the real server on a free port, with a workspace of its own."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[2]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running_server(home: Path, *, sample: bool, today: str | None = None, script: Path | None = None) -> Iterator[str]:
    """The address of a server whose workspace lives in `home`; with or without the sample team."""
    with started_server(home, sample=sample, today=today, script=script) as (address, _process):
        yield address


@contextmanager
def started_server(
    home: Path, *, sample: bool, today: str | None = None, script: Path | None = None, database: str | None = None
) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """As `running_server`, with the process beside the address; its workspace may have a database of its own."""
    port = free_port()
    environment = {
        **os.environ,
        "CS_PLANNING_HOME": str(home),
        "CS_PLANNING_SAMPLE": "1" if sample else "0",
        "STREAMLIT_SERVER_HEADLESS": "true",
        "STREAMLIT_SERVER_PORT": str(port),
    }
    environment.pop("CS_PLANNING_DATABASE_URL", None)
    if database:
        environment["CS_PLANNING_DATABASE_URL"] = database
    if script:
        # A page that is compared with the product runs as Streamlit comes: it walks all objects after every run.
        environment["STREAMLIT_RUNNER_POST_SCRIPT_GC"] = "true"
    if today:
        environment["CS_PLANNING_TODAY"] = today
    log = (home.parent / f"{home.name}-{port}.log").open("wb")
    process = subprocess.Popen(
        [sys.executable, "-m", "streamlit", "run", str(script or ROOT / "app.py")],
        cwd=ROOT,
        env=environment,
        stdout=log,
        stderr=subprocess.STDOUT,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_until_healthy(process, f"{address}/_stcore/health")
        yield address, process
    finally:
        process.terminate()
        process.wait(timeout=20)
        log.close()


def _wait_until_healthy(process: subprocess.Popen[bytes], url: str) -> None:
    deadline = time.monotonic() + 180
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise RuntimeError(f"the server ended with {process.returncode}")
        try:
            with urllib.request.urlopen(url, timeout=2):
                return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("the server did not answer within 180 s")

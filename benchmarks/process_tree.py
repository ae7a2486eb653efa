"""What a command and the processes of its engine take together: time of the clock and of the processors, and memory."""

from __future__ import annotations

import os
import subprocess
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

_EVERY_SECONDS = 0.25
_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Usage:
    """What a command took.

    Attributes:
        seconds, processor_seconds: by the clock, and of all processors.
        peak_megabytes: the most memory at any look, what processes share counted once.
        failure: the last that a failed command said; empty when it did its work.
    """

    seconds: float
    processor_seconds: float
    peak_megabytes: float
    failure: str


def watched_run(command: Sequence[str], processes: Sequence[int] = ()) -> Usage:
    """Runs a command and watches it, its children and some other processes with theirs.

    Args:
        command: what to run.
        processes: ids of those that work for it, such as the first process of a database server.
    """
    before = sum(processor_seconds(family(process)) for process in processes)
    begun, peak, own = time.perf_counter(), 0.0, 0.0
    with tempfile.TemporaryFile() as said:
        started = subprocess.Popen(command, stdout=said, stderr=said)
        ended = False
        while not ended:
            here = family(started.pid)
            own = max(own, processor_seconds(here))
            everybody = [*here, *(one for process in processes for one in family(process))]
            peak = max(peak, sum(megabytes(one) for one in everybody))
            time.sleep(_EVERY_SECONDS)
            gone, status, usage = os.wait4(started.pid, os.WNOHANG)
            ended = gone == started.pid
        started.returncode = os.waitstatus_to_exitcode(status)
        # What a child such as Java took that nobody waited for is known by the last look alone.
        own = max(own, usage.ru_utime + usage.ru_stime)
        wall = time.perf_counter() - begun
        said.seek(0)
        words = said.read().decode(errors="replace").strip().splitlines()
    after = sum(processor_seconds(family(process)) for process in processes)
    return Usage(wall, own + after - before, peak, words[-1] if started.returncode and words else "")


def family(process: int) -> list[int]:
    """A process and all that come of it."""
    parents = {one: int(fields[1]) for one in _all() if (fields := _fields(one))}
    found = [process]
    for one in found:
        found += [child for child, parent in parents.items() if parent == one]
    return found


def processor_seconds(processes: Sequence[int]) -> float:
    """The processor time of processes, with that of children that have ended."""
    return sum(sum(int(each) for each in fields[11:15]) for one in processes if (fields := _fields(one))) / _TICKS


def megabytes(process: int) -> float:
    """The memory of a process, with its share of what it shares."""
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="utf-8").splitlines()
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


def _all() -> list[int]:
    return [int(one.name) for one in Path("/proc").iterdir() if one.name.isdigit()]


def _fields(process: int) -> list[str]:
    """What `/proc` says of a process after its name: state, parent, …; empty when it has gone."""
    try:
        return Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    except OSError:
        return []

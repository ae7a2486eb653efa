"""Many open pages and many people who click, on two processes with one PostgreSQL: is every click answered, and how late?

    python -m benchmarks.crowd [--sessions 50] [--people 20] [--minutes 5]

Everybody has a goal page and What-if open, which are two sessions, and clicks again a second after the answer has come; half
of them at each process.  Beside it: how long one person waits who is alone there before the others come.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import numpy as np

from benchmarks.process_tree import family, megabytes
from benchmarks.visitors import TODAY, Visitor, print_by_kind, processor_seconds
from cs_planning.workspace import Home, Workspace
from cs_planning.workspace.safekeeping.moving import copy
from tests.browser.server import started_server
from tests.storage.postgresql import running_server

PAUSE_SECONDS = 1.0
ALONE = 20
"""How often the one person clicks who is alone."""
FORGOTTEN_SECONDS = 150
"""After which a server has given up what nobody has open any more; `disconnectedSessionTTL` is 120."""


@dataclass
class Waits:
    """How long people waited for answers.

    Attributes:
        seconds: of each click that was answered.
        failed: what came instead of an answer.
    """

    seconds: list[float] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)

    @property
    def median(self) -> float:
        """Seconds that half of the clicks waited at most."""
        return float(np.median(self.seconds))

    @property
    def late(self) -> float:
        """Seconds that 95 % of the clicks waited at most."""
        return float(np.quantile(self.seconds, 0.95))

    def words(self) -> str:
        """The same in a line."""
        return f"{len(self.seconds)} clicks, median {self.median:.2f} s, 95 % {self.late:.2f} s, {len(self.failed)} failed"


@contextmanager
def department(folder: Path) -> Iterator[tuple[list[tuple[str, int]], list[str]]]:
    """The addresses and processes of two servers on one workspace of the sample team, and the ids of its goals."""
    sample = Workspace.sample(Home.at(folder), TODAY)
    home, goals = sample.home, [goal.id for goal in sample.planning.goals()]
    sample.close()
    with running_server() as server:
        database = server.format(database="postgres")
        copy(f"sqlite:///{home.database}", database, replace=False)
        start = partial(started_server, home.folder, sample=False, today=TODAY.isoformat(), database=database)
        with start() as (one, first), start() as (other, second):
            yield [(one, first.pid), (other, second.pid)], goals


def clicks_of(people: Sequence[Visitor], *, until: float, most: int | None = None) -> Waits:
    """Lets people click until a moment of the clock, each `most` times at most; one who fails clicks no more."""
    found = Waits()

    def go_on(person: Visitor) -> None:
        done = 0
        while time.monotonic() < until and (most is None or done < most):
            begun = time.monotonic()
            try:
                person.act()
            except Exception as error:
                found.failed.append(f"{type(error).__name__}: {error}")
                return
            found.seconds.append(time.monotonic() - begun)
            done += 1
            time.sleep(PAUSE_SECONDS)

    threads = [threading.Thread(target=go_on, args=(one,)) for one in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for person in people:
        found.failed.extend(person.failures())
    return found


def crowd(folder: Path, sessions: int, people: int, minutes: float, *, forget: bool = True) -> tuple[Waits, Waits]:
    """Prints what came of it; returns the waits of one who was alone, and of all.

    Args:
        folder: for the workspace and the servers' logs.
        sessions: how many are open, two for each visitor.
        people: how many of the visitors click.
        minutes: for which they do.
        forget: whether to wait until the servers have given back what the sessions took.
    """
    with department(folder) as (servers, goals):
        alone_there = [Visitor(servers[0][0], goals[0], 0)]
        clicks_of(alone_there, until=time.monotonic() + 60, most=3)
        alone = clicks_of(alone_there, until=time.monotonic() + 120, most=ALONE if minutes >= 1 else 3)
        print(f"alone: {alone.words()}; load {os.getloadavg()[0]:.1f}", flush=True)
        print_by_kind(alone_there)
        alone_there[0].taken.clear()
        empty = _weight(servers)
        everybody = [
            Visitor(servers[number % 2][0], goals[number % len(goals)], number) for number in range(1, sessions // 2)
        ] + alone_there
        before, own = [processor_seconds(process) for _, process in servers], time.process_time()
        begun = time.monotonic()
        waits = clicks_of(everybody[:people], until=begun + 60 * minutes)
        wall = time.monotonic() - begun
        served = sum(processor_seconds(process) for _, process in servers) - sum(before)
        full = _weight(servers)
        print(f"{people} people, {len(everybody) * 2} sessions, {wall:.0f} s: {waits.words()}; load {os.getloadavg()[0]:.1f}")
        print_by_kind(everybody[:people])
        print(f"  95 % is {waits.late / alone.median:.1f} × the median of one alone")
        print(f"  the servers took {served / wall:.2f} cores, the visitors {(time.process_time() - own) / wall:.2f}")
        print(f"  {(full - empty) / len(everybody) / 2:.1f} MB a session", flush=True)
        for person in everybody:
            person.leave()
        if forget:
            time.sleep(FORGOTTEN_SECONDS)
            print(
                f"  {_weight(servers) - empty:+.0f} MB of {full - empty:.0f} are left {FORGOTTEN_SECONDS} s after all have gone"
            )
        for words in sorted(set(waits.failed))[:10]:
            print(f"  failed: {words}")
    return alone, waits


def _weight(servers: Sequence[tuple[str, int]]) -> float:
    return sum(megabytes(one) for _, process in servers for one in family(process))


def main() -> None:
    """Measures what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sessions", type=int, default=50)
    parser.add_argument("--people", type=int, default=20)
    parser.add_argument("--minutes", type=float, default=5.0)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        crowd(Path(folder), given.sessions, given.people, given.minutes)


if __name__ == "__main__":
    main()

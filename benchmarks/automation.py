"""Speed of the automation what-if, as ratios against named peers in the same run.

    pip install -r benchmarks/requirements.txt
    python -m benchmarks.automation

Times are processor seconds of one core, the best of several runs; compare ratios, not seconds.
"""

from __future__ import annotations

import importlib
import sys
import time
from collections.abc import Callable
from typing import Any

import numpy as np

from benchmarks.formulas.queues import agents_needed
from cs_planning.automation.levers.demand import ChatbotLever
from cs_planning.automation.levers.uncertainty import sobol_draws
from cs_planning.automation.queues.erlang import erlang_a, erlang_c
from cs_planning.automation.scenarios.scenario import Scenario, outcome_draws, point_outcome, simulate
from cs_planning.automation.team.operation import Operation
from cs_planning.automation.team.reading import read_operation

CELLS = 10_000 * 48 * 5


def seconds(work: Callable[[], object], runs: int = 5) -> float:
    """Processor seconds of the fastest of several runs, after one to warm up."""
    work()
    best = np.inf
    for _ in range(runs):
        started = time.process_time()
        work()
        best = min(best, time.process_time() - started)
    return float(best)


def peer(name: str) -> Any | None:
    try:
        return importlib.import_module(name)
    except ImportError:
        print(f"{name} is not installed: pip install -r benchmarks/requirements.txt")
        return None


def a_day(intervals: int) -> Operation:
    shape = [40 + 30 * float(np.sin(3.14 * i / intervals)) for i in range(intervals)]
    return read_operation(
        {
            "contacts_per_day": 3600,
            "opening_hours_per_day": intervals / 2,
            "handle_time_seconds": 300,
            "agents": 27 * 24 / intervals,
            "cost_per_agent_hour": 28,
            "shrinkage": 0.30,
            "currency": "USD",
            "patience_seconds": 180,
            "arrivals_per_interval": shape,
            "agents_per_interval": shape,
        }
    )


def with_bot(containment: float) -> Scenario:
    return Scenario(name=f"bot {containment}", levers=(ChatbotLever(containment=containment),))


def scenarios() -> None:
    day, long_day = a_day(24), a_day(48)
    draws, bot = sobol_draws(), with_bot(0.2)
    one = seconds(lambda: outcome_draws(day, bot, draws), 15)
    print(f"one scenario, 1,024 draws × 24 intervals: {1000 * one:.1f} ms (limit 20 ms): {verdict(one <= 0.020)}")
    point = seconds(lambda: point_outcome(day, bot), 15)
    print(f"a point for the slider, 24 intervals: {1000 * point:.1f} ms (limit 20 ms): {verdict(point <= 0.020)}")
    both = seconds(lambda: simulate(day, [bot]), 8)
    print(f"slider to new picture, both scenarios with bands: {1000 * both:.1f} ms (limit 100 ms): {verdict(both <= 0.100)}")
    chosen = [with_bot(share) for share in (0.1, 0.2, 0.3, 0.4)]
    large = seconds(lambda: simulate(long_day, chosen, draws=10_000), 3)
    print(f"10,000 draws × 48 intervals × 5 scenarios: {large:.2f} s (limit 1.5 s): {verdict(large <= 1.5)}")


def verdict(kept: bool) -> str:
    return "kept" if kept else "MISSED"


def cells() -> float:
    """Processor seconds of a cell of exact Erlang A."""
    rng = np.random.default_rng(0)
    lam, agents, patience = rng.uniform(0.05, 0.2, 8192), rng.integers(20, 60, 8192) * 1.0, rng.uniform(90, 600, 8192)
    return seconds(lambda: erlang_a(lam, 300.0, agents, patience, 60.0, answered_wait=False), 20) / 8192


def against_workforce() -> None:
    library = peer("pyworkforce.queuing")
    if library is None:
        return
    rng = np.random.default_rng(0)
    count = 2000
    lam, agents = rng.uniform(0.05, 0.12, count), rng.integers(45, 60, count)

    def loop() -> list[float]:
        levels = []
        for rate, heads in zip(lam, agents, strict=True):
            queue = library.ErlangC(transactions=rate * 1800, aht=5.0, interval=30, asa=1.0, shrinkage=0.0)
            levels.append(queue.service_level(positions=int(heads)))
        return levels

    ours = seconds(lambda: erlang_c(lam, 300.0, agents, 60.0), 20)
    theirs = seconds(loop, 2)
    ratio = theirs / ours
    print(
        f"Erlang C, {count:,} intervals: {ratio:,.0f} × as fast as a loop of pyworkforce (at least 10): {verdict(ratio >= 10)}"
    )

    def needed() -> object:
        return agents_needed(lam, 300.0, 60.0, 0.8)

    def needed_by_peer() -> list[Any]:
        found = []
        for rate in lam:
            queue = library.ErlangC(transactions=rate * 1800, aht=5.0, interval=30, asa=1.0, shrinkage=0.0)
            found.append(queue.required_positions(service_level=0.8))
        return found

    ratio = seconds(needed_by_peer, 2) / seconds(needed, 5)
    print(f"agents needed, {count:,} intervals: {ratio:,.0f} × as fast as pyworkforce (at least 10): {verdict(ratio >= 10)}")


def against_simulation(cell: float) -> None:
    """A day of 48 half hours with 40 agents, by ciw at fixed staffing, against the same number of exact cells."""
    library = peer("ciw")
    if library is None:
        return
    network = library.create_network(
        arrival_distributions=[library.dists.Exponential(rate=0.1267)],
        service_distributions=[library.dists.Exponential(rate=1 / 300)],
        reneging_time_distributions=[library.dists.Exponential(rate=1 / 180)],
        number_of_servers=[40],
    )

    def day() -> None:
        library.seed(1)
        library.Simulation(network).simulate_until_max_time(43_200)

    theirs = seconds(day, 1)
    ratio = theirs / (cell * 48)
    print(f"one draw of a day: {ratio:,.0f} × as fast as one simulated day of ciw (more than 1,000): {verdict(ratio > 1000)}")
    print(f"  (10,000 draws × 48 intervals × 5 scenarios would take ciw {theirs * 50_000 / 3600:.1f} h)")


def main() -> int:
    scenarios()
    cell = cells()
    print(f"exact Erlang A with abandonment: {1e9 * cell:.0f} ns a cell, {cell * CELLS:.2f} s for 2.4 million")
    against_workforce()
    against_simulation(cell)
    return 0


if __name__ == "__main__":
    sys.exit(main())

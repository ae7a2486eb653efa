"""A call centre that never existed: single calls, agents with shifts and pauses, callers who hang up."""

import heapq
from typing import Any

import numpy as np
import pandas as pd

PROFILE = np.array([14, 30, 46, 52, 48, 40, 38, 44, 46, 36, 24, 14], float)
ROSTER = [2, 4, 5, 6, 6, 5, 5, 5, 6, 5, 3, 2]


def simulated_calls(days=28, seed=3, patience_seconds=240.0, handle_seconds=360.0, pause_share=0.12, first="2025-03-03"):
    """A log of calls: busy and calm days, lognormal handle times, agents who pause after a call without being off duty."""
    rng = np.random.default_rng(seed)
    rows = []
    for day in pd.date_range(first, periods=days):
        busy = rng.lognormal(-0.02, 0.2)
        arrivals = np.sort(np.concatenate([3600 * (h + rng.random(rng.poisson(busy * PROFILE[h]))) for h in range(12)]))
        rows += _one_day(arrivals, day + pd.Timedelta(hours=8), rng, patience_seconds, handle_seconds, pause_share)
    return pd.DataFrame(rows)


def _one_day(arrivals, opening, rng, patience_seconds, handle_seconds, pause_share):
    spread = 0.9
    events = [(t, 0, n) for n, t in enumerate(arrivals)] + [(3600.0 * h, 1, h) for h in range(12)]
    heapq.heapify(events)
    waiting: list[Any] = []
    rows: list[Any] = []
    idle: set[int] = set()
    busy: set[int] = set()
    wanted = 0
    limits = arrivals + rng.exponential(patience_seconds, len(arrivals))

    def begin(now):
        while idle and waiting:
            call = waiting.pop(0)
            if limits[call] < now:
                rows.append(_row(opening, arrivals[call], limits[call] - arrivals[call], None, None))
                continue
            agent = idle.pop()
            busy.add(agent)
            length = rng.lognormal(np.log(handle_seconds) - spread**2 / 2, spread)
            rows.append(_row(opening, arrivals[call], now - arrivals[call], length, f"agent {agent}"))
            pause = rng.exponential(handle_seconds * pause_share)
            heapq.heappush(events, (now + length + pause, 2, agent))

    while events:
        now, kind, number = heapq.heappop(events)
        if kind == 0:
            waiting.append(number)
        elif kind == 1:
            wanted = ROSTER[number]
            idle = {agent for agent in range(wanted) if agent not in busy}
        else:
            busy.discard(number)
            if number < wanted:
                idle.add(number)
        begin(now)
    rows += [_row(opening, arrivals[call], limits[call] - arrivals[call], None, None) for call in waiting]
    return rows


def _row(opening, arrival, wait, service, agent):
    entered = opening + pd.Timedelta(seconds=arrival)
    answered = entered + pd.Timedelta(seconds=wait)
    return {
        "arrival": entered,
        "wait_seconds": wait,
        "abandoned": agent is None,
        "service_start": answered if agent else pd.NaT,
        "service_seconds": service if service else np.nan,
        "agent": agent,
    }

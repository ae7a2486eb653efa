"""A bank's call centre that never existed: shifts, agents who are present but not available, callers of two priorities.

Single calls are simulated one after the other and written in the layout of the Technion bank log or in a plain one.
Nothing in it is what the model assumes: handle times are lognormal (CV 1.23), patience is anything but exponential, a day's
and an hour's volume vary, agents leave the queue for a while without leaving their shift, the second fortnight is busier.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

Patience = Callable[[np.random.Generator, int], np.ndarray]

WEEKDAY = [15, 35, 62, 78, 80, 74, 66, 64, 66, 62, 58, 50, 44, 42, 40, 34, 22]
"""Calls an hour from 7:00 to midnight; the mean of about 900 a day."""
AROUND_THE_CLOCK = [6, 4, 3, 2, 3, 5, 12, *WEEKDAY[1:], 14][:24]
"""Calls an hour from midnight to midnight."""


def exponential(mean: float) -> Patience:
    return lambda rng, n: rng.exponential(mean, n)


def lognormal(mean: float, cv: float) -> Patience:
    sigma = np.sqrt(np.log1p(cv * cv))
    return lambda rng, n: rng.lognormal(np.log(mean) - sigma**2 / 2, sigma, n)


def hyperexponential(share: float, short: float, long: float) -> Patience:
    return lambda rng, n: rng.exponential(np.where(rng.random(n) < share, short, long))


def balking(share: float, rest: Patience) -> Patience:
    return lambda rng, n: np.where(rng.random(n) < share, rng.uniform(0, 3, n), rest(rng, n))


def announced(rest: Patience, share: float = 0.12, seconds: float = 60.0) -> Patience:
    """Some leave when an announcement after a minute tells them that they still wait."""
    return lambda rng, n: np.where(rng.random(n) < share, seconds + rng.uniform(-2, 8, n), rest(rng, n))


@dataclass(frozen=True)
class Bank:
    """A call centre.

    Attributes:
        patience: of each caller.
        target_load: workload ÷ people whom the roster puts on each hour.
        handle_seconds: mean of the lognormal handle time.
        pause_every_seconds, pause_seconds: of an agent on shift, both exponential; the log does not show pauses.
        after_call_share, after_call_seconds: work after a call that the log does not show.
        growth: volume of the second fortnight ÷ volume of the first.
        opens_at_hour: of the first hour of `calls_per_hour`, which may run past midnight.
        priority_share, head_start_seconds: callers who are put in the queue as if they had come earlier.
    """

    patience: Patience
    target_load: float = 0.75
    handle_seconds: float = 190.0
    pause_every_seconds: float = 3600.0
    pause_seconds: float = 480.0
    after_call_share: float = 0.3
    after_call_seconds: float = 40.0
    growth: float = 1.1
    calls_per_hour: Sequence[float] = field(default_factory=lambda: WEEKDAY)
    opens_at_hour: int = 7
    priority_share: float = 0.3
    head_start_seconds: float = 90.0
    phantom_share: float = 0.02


def simulated_calls(bank: Bank, *, days: int = 28, seed: int = 1, first: str = "1999-02-01") -> pd.DataFrame:
    """A row a call: `arrival`, `wait_seconds`, `abandoned`, `service_seconds`, `agent`, `priority`, `outcome`."""
    rng = np.random.default_rng(seed)
    frames = []
    for number, day in enumerate(pd.date_range(first, periods=days)):
        growth = bank.growth if number >= days / 2 else 1.0
        quiet = {4: 0.75, 5: 0.45}.get(day.day_of_week, 1.0)
        opening = day + pd.Timedelta(hours=bank.opens_at_hour)
        volume = np.array(bank.calls_per_hour, float) * quiet
        frames.append(_one_day(bank, volume, growth, rng).assign(opening=opening))
    calls = pd.concat(frames, ignore_index=True)
    calls["arrival"] = calls.pop("opening") + pd.to_timedelta(calls["arrival"], unit="s")
    return calls.sort_values("arrival", ignore_index=True)


def _roster(bank: Bank, volume: np.ndarray, rng: np.random.Generator) -> list[tuple[float, float]]:
    """Shifts of four to eight hours that together cover the planned people of each hour; some fall ill."""
    wanted = np.maximum(np.round(volume * bank.handle_seconds / 3600 / bank.target_load + rng.normal(0, 0.35, len(volume))), 1)
    covered = np.zeros(len(wanted))
    shifts: list[tuple[float, float]] = []
    for hour in range(len(wanted)):
        while covered[hour] < wanted[hour]:
            length = int(rng.integers(3, 8))
            covered[hour : hour + length] += 1
            over = hour + length
            while over > hour + 1 and (covered[over - 1 : over] > (wanted[over - 1] if over <= len(wanted) else 0) + 1).any():
                over -= 1
                covered[over : over + 1] -= 1
            if rng.random() > 0.03 or not shifts:
                begin = 3600.0 * hour + rng.uniform(-240, 240)
                shifts.append((max(begin, 0.0), min(3600.0 * over + rng.uniform(-240, 240), 3600.0 * len(wanted))))
    return shifts


def _one_day(bank: Bank, volume: np.ndarray, growth: float, rng: np.random.Generator) -> pd.DataFrame:
    shifts = _roster(bank, volume, rng)
    actual = volume * growth * rng.lognormal(-0.005, 0.1) * rng.lognormal(-0.00125, 0.05, len(volume))
    arrivals = np.sort(np.concatenate([3600 * (h + rng.random(rng.poisson(mean))) for h, mean in enumerate(actual)]))
    n = len(arrivals)
    sigma = np.sqrt(np.log1p(1.23**2))
    lengths = rng.lognormal(np.log(bank.handle_seconds) - sigma**2 / 2, sigma, n)
    limits = arrivals + bank.patience(rng, n)
    high = rng.random(n) < bank.priority_share
    rank = arrivals - np.where(high, bank.head_start_seconds, 0.0)
    events: list[tuple[float, int, int]] = [(t, 0, call) for call, t in enumerate(arrivals)]
    for agent, (begin, end) in enumerate(shifts):
        events += [(begin, 1, agent), (end, 3, agent)]
        at = begin + rng.exponential(bank.pause_every_seconds)
        while at < end:
            events.append((at, 4, agent))
            at += rng.exponential(bank.pause_seconds) + 1
            events.append((at, 5, agent))
            at += rng.exponential(bank.pause_every_seconds)
    heapq.heapify(events)
    waiting: list[tuple[float, int]] = []
    idle: dict[int, float] = {}
    busy: set[int] = set()
    paused: set[int] = set()
    off = set(range(len(shifts)))
    served: dict[int, tuple[float, float, int]] = {}

    def ready(agent: int, now: float) -> None:
        if agent not in busy and agent not in off and agent not in paused:
            idle[agent] = now

    while events:
        now, kind, number = heapq.heappop(events)
        if kind == 0:
            heapq.heappush(waiting, (rank[number], number))
        elif kind in (1, 2, 5):
            {1: off, 2: busy, 5: paused}[kind].discard(number)
            ready(number, now)
        else:
            (off if kind == 3 else paused).add(number)
            idle.pop(number, None)
        while idle and waiting:
            _, call = heapq.heappop(waiting)
            if limits[call] < now:
                continue
            agent = min(idle, key=idle.__getitem__)
            del idle[agent]
            busy.add(agent)
            served[call] = (now, lengths[call], agent)
            after = rng.exponential(bank.after_call_seconds) if rng.random() < bank.after_call_share else 0.0
            heapq.heappush(events, (now + lengths[call] + after, 2, agent))
    phantom = rng.random(n) < bank.phantom_share
    rows = [served.get(call) for call in range(n)]
    begun = np.array([row[0] if row else np.nan for row in rows])
    gone = np.isnan(begun)
    return pd.DataFrame(
        {
            "arrival": arrivals,
            "wait_seconds": np.where(gone, limits - arrivals, begun - arrivals).clip(0),
            "abandoned": gone,
            "service_seconds": [row[1] if row else np.nan for row in rows],
            "agent": [f"AGENT{row[2]:02d}" if row else None for row in rows],
            "priority": np.where(high, 2, 0),
            "outcome": np.where(phantom & gone, "PHANTOM", np.where(gone, "HANG", "AGENT")),
        }
    )


def in_technion_layout(calls: pd.DataFrame) -> pd.DataFrame:
    """The columns and writings of the bank log: dates as yymmdd, times of day, 0:00:00 for "none"."""
    entered = calls["arrival"].dt.floor("s")
    wait = calls["wait_seconds"].round().astype(int)
    left = entered + pd.to_timedelta(wait, unit="s")
    seconds = calls["service_seconds"].fillna(0).round().astype(int)
    answered = ~calls["abandoned"]
    queued = wait > 0

    def clock(moments: pd.Series, known: pd.Series) -> pd.Series:
        written: pd.Series = moments.dt.strftime("%-H:%M:%S").where(known, "0:00:00")
        return written

    menu = entered - pd.Timedelta(seconds=9)
    return pd.DataFrame(
        {
            "vru+line": "AA0101",
            "call_id": np.arange(len(calls)),
            "customer_id": np.where(calls["priority"] > 0, 9_000_000 + np.arange(len(calls)), 0),
            "priority": calls["priority"],
            "type": "PS",
            "date": menu.dt.strftime("%y%m%d").astype(int),
            "vru_entry": menu.dt.strftime("%-H:%M:%S"),
            "vru_exit": entered.dt.strftime("%-H:%M:%S"),
            "vru_time": 9,
            "q_start": clock(entered, queued),
            "q_exit": clock(left, queued),
            "q_time": wait,
            "outcome": calls["outcome"],
            "ser_start": clock(left, answered),
            "ser_exit": clock(left + pd.to_timedelta(seconds, unit="s"), answered),
            "ser_time": seconds,
            "server": calls["agent"].fillna("NO_SERVER"),
        }
    )


def in_plain_layout(calls: pd.DataFrame) -> pd.DataFrame:
    """Full times under everyday headers."""
    answered = ~calls["abandoned"]
    left = calls["arrival"] + pd.to_timedelta(calls["wait_seconds"], unit="s")
    end = left + pd.to_timedelta(calls["service_seconds"], unit="s")
    real = calls["outcome"] != "PHANTOM"
    plain = pd.DataFrame(
        {
            "Call ID": np.arange(len(calls)),
            "Arrival Time": calls["arrival"].dt.strftime("%Y-%m-%d %H:%M:%S"),
            "Answer Time": left.where(answered).dt.strftime("%Y-%m-%d %H:%M:%S"),
            "End Time": end.where(answered, left).dt.strftime("%Y-%m-%d %H:%M:%S"),
            "Agent": calls["agent"].fillna(""),
            "Abandoned": np.where(calls["abandoned"], "yes", "no"),
        }
    )
    return plain[real]


BANKS: dict[str, Bank] = {
    "balking and patient": Bank(balking(0.07, exponential(600))),
    "hyperexponential": Bank(hyperexponential(0.25, 40, 900)),
    "very hyperexponential, growing": Bank(hyperexponential(0.3, 20, 1500), growth=1.15),
    "lognormal patience": Bank(lognormal(420, 2.0), target_load=0.78),
    "announcement": Bank(announced(balking(0.04, exponential(500)))),
    "exponential, much away": Bank(exponential(350), pause_seconds=900, target_load=0.65),
    "overloaded": Bank(balking(0.05, lognormal(400, 1.5)), target_load=1.0, growth=1.2),
    "calm": Bank(balking(0.05, exponential(500)), target_load=0.62, growth=1.05),
    "shrinking": Bank(balking(0.06, hyperexponential(0.2, 60, 900)), target_load=0.8, growth=0.88),
    "around the clock": Bank(
        balking(0.06, hyperexponential(0.2, 60, 800)), calls_per_hour=AROUND_THE_CLOCK, opens_at_hour=0, target_load=0.7
    ),
    "past midnight": Bank(balking(0.05, lognormal(400, 2)), calls_per_hour=[80, 88, 84, 80, 72, 60, 44, 30], opens_at_hour=18),
    "long calls, small": Bank(
        balking(0.05, exponential(450)), handle_seconds=400, calls_per_hour=[v / 3 for v in WEEKDAY], target_load=0.65
    ),
    "large": Bank(balking(0.05, exponential(300)), calls_per_hour=[4 * v for v in WEEKDAY], target_load=0.85),
}
"""Sets that differ in patience, load, size and opening hours."""

"""A simulation of single contacts, one event after the other, to hold the model's days against."""

import heapq
import random
from collections import deque
from typing import Any

import numpy as np

_WARMING = 2


def simulated_days(channel, days, seed=1, *, around_the_clock=False):
    """Service level, mean wait of everybody and abandonment of a channel with one contact a person at a time.

    Poisson arrivals by interval, exponential handle times and patience, first come first served.  Who has begun is served to
    the end, also where an interval with fewer people begins; who waits at the end of the day is served by those of the last
    interval.  Around the clock, the days follow one another without a break, and the first is not counted.
    """
    rng = np.random.default_rng(seed)
    arrivals, agents = channel.arrivals_by_day()[0], channel.agents_by_day()[0]
    width = channel.interval_seconds()
    count = len(arrivals)
    runs = 1 if around_the_clock else days
    laps = days + 1 if around_the_clock else 1
    waits, answered = [], []
    for _run in range(runs):
        rates = np.tile(arrivals, laps)
        numbers = rng.poisson(rates)
        times = np.sort(np.repeat(np.arange(len(rates)) * width, numbers) + rng.uniform(0, width, numbers.sum()))
        patience = rng.exponential(channel.patience_seconds, len(times))
        handle = rng.exponential(channel.handle_time_seconds, len(times))
        events = [(time, 0, place) for place, time in enumerate(times)]
        events += [(edge * width, 2, 0) for edge in range(1, len(rates))]
        heapq.heapify(events)
        busy, head, queue = 0, 0, []
        wait, served = np.zeros(len(times)), np.zeros(len(times), bool)
        while events:
            now, kind, place = heapq.heappop(events)
            present = agents[min(int(now / width + 1e-9), len(rates) - 1) % count]
            if kind == 0:
                queue.append(place)
            elif kind == 1:
                busy -= 1
            while busy < present and head < len(queue):
                first = queue[head]
                head += 1
                left = times[first] + patience[first]
                if left <= now and left > times[first]:
                    wait[first] = patience[first]
                    continue
                wait[first], served[first] = now - times[first], True
                busy += 1
                heapq.heappush(events, (now + handle[first], 1, first))
        for first in queue[head:]:
            wait[first] = patience[first]
        counted = times >= (count * width if around_the_clock else 0)
        waits.append(wait[counted])
        answered.append(served[counted])
    wait, served = np.concatenate(waits), np.concatenate(answered)
    return float((served & (wait <= channel.answer_within_seconds)).mean()), float(wait.mean()), float((~served).mean())


def simulated_chats(channel, contacts, seed=1):
    """Service level, mean wait and abandonment of an even day of chats, person by person: the least busy gets the next."""
    rng = np.random.default_rng(seed)
    people, most, slower = round(channel.agents), channel.chats_at_once, channel.slowdown_per_extra_chat
    speed = [0.0, *(k / (channel.handle_time_seconds * (1 + slower * (k - 1))) for k in range(1, most + 1))]
    arrival, leaving = channel.volume_per_day / (channel.hours * 3600), 1 / channel.patience_seconds
    having = [0] * people
    waiting: list[Any] = []
    now, waits, in_time, lost = 0.0, 0.0, 0, 0
    came = ended = 0
    while ended < contacts:
        done = sum(speed[k] for k in having)
        gone = len(waiting) * leaving
        total = arrival + done + gone
        now += rng.exponential(1 / total)
        pick = rng.uniform(0, total)
        if pick < arrival:
            came += 1
            least = having.index(min(having))
            if having[least] < most:
                having[least] += 1
                in_time, ended = in_time + 1, ended + 1
            else:
                waiting.append(now)
        elif pick < arrival + done:
            pick -= arrival
            ends = np.cumsum([speed[k] for k in having])
            place = min(int(np.searchsorted(ends, pick, side="right")), people - 1)
            if waiting:
                wait = now - waiting.pop(0)
                waits, ended = waits + wait, ended + 1
                in_time += wait <= channel.answer_within_seconds
            else:
                having[place] -= 1
        else:
            wait = now - waiting.pop(int(rng.integers(len(waiting))))
            waits, lost, ended = waits + wait, lost + 1, ended + 1
    return in_time / ended, waits / ended, lost / ended


def simulated_mail(channel, weeks, seed=1):
    """Share answered in time and mean response in seconds of items that arrive at any hour and are worked off in open hours.

    The weeks begin after two weeks of warming up; what is open then counts from then on, and for the mean alone.
    """
    rng = np.random.default_rng(seed)
    opens, hours, open_days = channel.opens_at_hour, channel.hours, sorted(channel.open_weekdays)
    begin, end = 168.0 * _WARMING, 168.0 * (_WARMING + weeks)
    items = rng.poisson(channel.volume_per_day * channel.open_days_per_week * (weeks + _WARMING))
    backlog = np.full(round(channel.backlog_at_start), begin)
    times = np.sort(np.concatenate([backlog, rng.uniform(0, end, items)]), kind="stable")
    starts = np.array([168 * week + 24 * day + opens for week in range(weeks * 4 + 8) for day in open_days], float)
    worked = np.arange(len(starts)) * hours

    def in_open_time(moment):
        before = np.searchsorted(starts, moment, side="right") - 1
        return np.where(before < 0, 0.0, worked[before] + np.minimum(moment - starts[before], hours))

    def on_the_clock(moment):
        session = np.minimum((moment / hours - 1e-12).astype(int), len(starts) - 1)
        return starts[session] + moment - worked[session]

    free = [0.0] * round(channel.agents)
    ready, handle = in_open_time(times), rng.exponential(channel.handle_time_seconds / 3600, len(times))
    done = np.empty(len(times))
    for place in range(len(times)):
        done[place] = max(heapq.heappop(free), ready[place]) + handle[place]
        heapq.heappush(free, done[place])
    finished = on_the_clock(done)
    looked = finished > begin
    response = finished[looked] - np.maximum(times[looked], begin)
    came = finished[times > begin] - times[times > begin]
    return float((came <= channel.answer_within_seconds / 3600).mean()), float(response.mean() * 3600)


def simulated_solutions(rate, handle, agents, patience, contained, with_bot, contacts=60_000, seed=1):
    """Mean seconds from first contact to the end of handling, of single contacts that come to one; a bot meets each first."""
    dice, now, free = random.Random(seed), 0.0, agents
    queue: deque[tuple[float, float]] = deque()
    ends: list[float] = []
    solved: list[float] = []

    def begin(at, waited):
        seconds = dice.expovariate(1 / handle)
        heapq.heappush(ends, at + seconds)
        solved.append(with_bot + waited + seconds)

    for _ in range(contacts):
        now += dice.expovariate(rate)
        if dice.random() < contained:
            solved.append(with_bot)
            continue
        while ends and ends[0] <= now:
            end = heapq.heappop(ends)
            while queue and queue[0][1] <= end:
                queue.popleft()  # gave up before anybody was free
            if queue:
                begin(end, end - queue.popleft()[0])
            else:
                free += 1
        if free:
            free -= 1
            begin(now, 0.0)
        else:
            queue.append((now, now + dice.expovariate(1 / patience)))
    return sum(solved) / len(solved)

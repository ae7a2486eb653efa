"""The queue or the backlog of one channel in every draw, for a given volume."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cs_planning.automation.queues.chat import chat_queue
from cs_planning.automation.queues.erlang import erlang_a
from cs_planning.automation.queues.within_day import effective_arrivals
from cs_planning.automation.special_functions import Floats
from cs_planning.automation.team.backlog import backlog_response, weekly_capacity
from cs_planning.automation.team.channel import Channel, ChannelKind

_CHUNK = 8192
_STEP_HOURS = 0.5


@dataclass(frozen=True)
class Queue:
    """What people wait for and what becomes of them, arrays of shape (n,).

    Attributes:
        wait: mean wait of everybody.
        level: share served in time.
        abandonment: share that gives up.
        waiting: share that the backlog grows by.
        occupancy: busy share of the people present.
        duration: how long a contact lasts.
        overloaded: share of the contacts that arrive while load is at or above the people present.
        spare: contacts that could be done beside those that arrive, as a share of them; of a backlog only.
        level_by_interval: mean share served in time of each weekday and interval, shape (days, intervals).
    """

    wait: Floats
    level: Floats
    abandonment: Floats
    waiting: Floats
    occupancy: Floats
    duration: Floats
    overloaded: Floats
    spare: Floats
    level_by_interval: Floats


def queue_of(channel: Channel, own: Floats, handle: Floats, agents: Floats, patience: Floats) -> Queue:
    """The queue of a channel.

    Args:
        channel: as it is.
        own: factors on its arrivals that people must handle, shape (n,).
        handle: handle times in seconds, shape (n,).
        agents: people present, shape (n, days, intervals).
        patience: mean patience in seconds, shape (n,).

    Assumptions: nobody is answered whom the people present have no time for, also where the day's shape carries load on.
    """
    if channel.kind is ChannelKind.EMAIL:
        return _backlog(channel, own, handle, agents)
    return _live(channel, own, handle, agents, patience)


def _live(channel: Channel, own: Floats, handle: Floats, agents: Floats, patience: Floats) -> Queue:
    arrivals = channel.arrivals_by_day()
    seconds = channel.interval_seconds()
    rates = arrivals / seconds * own[:, None, None]
    even = arrivals.shape[1] == 1
    effective = rates
    if not even:
        around = channel.hours >= 24
        effective = effective_arrivals(rates, handle[:, None], seconds, around_the_clock=around)
    shape = rates.shape
    cells = [np.broadcast_to(a, shape).ravel() for a in (effective, handle[:, None, None], agents, patience[:, None, None])]
    solved = np.empty((6, cells[0].size))
    for start in range(0, cells[0].size, _CHUNK):
        part = slice(start, start + _CHUNK)
        solved[:, part] = _cells(channel, *(cell[part] for cell in cells))
    wait, level, abandoned, busy, duration, over = solved.reshape(6, *shape)
    share = (arrivals / arrivals.sum())[None]
    people = agents / np.maximum(agents.sum(axis=(1, 2), keepdims=True), 1e-300)

    def over_contacts(values: Floats) -> Floats:
        return np.asarray((share * values).sum(axis=(1, 2)))

    lost = over_contacts(abandoned)
    possible = agents.sum(axis=(1, 2)) * seconds * _at_once(channel) / handle
    # Where load carries over, interval by interval can answer more than people have hours for: hours are the limit.
    wanted = own * arrivals.sum()
    answered = np.minimum(np.clip(1 - lost, 0.0, 1.0), np.where(wanted > 0, possible / np.maximum(wanted, 1e-300), 1.0))
    return Queue(
        wait=over_contacts(wait),
        level=np.clip(over_contacts(level), 0.0, answered),
        abandonment=np.maximum(1 - answered, 0.0),
        waiting=np.zeros_like(handle),
        occupancy=np.asarray((people * busy).sum(axis=(1, 2))),
        duration=over_contacts(duration),
        overloaded=over_contacts(over),
        spare=np.zeros_like(handle),
        level_by_interval=level.mean(axis=0),
    )


def _at_once(channel: Channel) -> float:
    """Contacts that one person finishes in a handle time at most."""
    if channel.kind is not ChannelKind.CHAT:
        return 1.0
    chats = np.arange(1, channel.chats_at_once + 1)
    return float((chats / (1 + channel.slowdown_per_extra_chat * (chats - 1))).max())


def _cells(channel: Channel, rate: Floats, handle: Floats, agents: Floats, patience: Floats) -> Floats:
    within = channel.answer_within_seconds
    if channel.kind is ChannelKind.CHAT and channel.chats_at_once > 1:
        chat = chat_queue(
            rate,
            handle,
            agents,
            patience,
            within,
            chats_at_once=channel.chats_at_once,
            slowdown_per_extra_chat=channel.slowdown_per_extra_chat,
        )
        return np.stack(
            [
                chat.mean_wait_seconds,
                chat.service_level,
                chat.abandonment_rate,
                chat.occupancy,
                chat.mean_duration_seconds,
                chat.overloaded.astype(float),
            ]
        )
    queue = erlang_a(rate, handle, agents, patience, within, answered_wait=False)
    return np.stack(
        [
            np.asarray(queue.mean_wait_seconds),
            np.asarray(queue.service_level),
            np.asarray(queue.abandonment_rate),
            np.asarray(queue.occupancy),
            handle,
            np.asarray(queue.overloaded, float),
        ]
    )


def _backlog(channel: Channel, own: Floats, handle: Floats, agents: Floats) -> Queue:
    # Written contacts come at all hours of their days; people work on them in theirs.
    weekly = own * channel.volume_per_day * channel.open_days_per_week
    steps = round(168 / _STEP_HOURS)
    days = np.isin(np.arange(7), channel.arrival_weekdays).repeat(steps // 7)
    arrivals = weekly[:, None] * (days / days.sum())
    rate = np.broadcast_to(agents.mean(axis=(1, 2)), handle.shape) * 3600 / handle
    capacity = weekly_capacity(rate, channel.working_week(), _STEP_HOURS)
    result = backlog_response(
        arrivals, capacity, _STEP_HOURS, channel.answer_within_seconds / 3600, backlog_at_start=channel.backlog_at_start
    )
    utilisation = np.maximum(result.utilisation, 1e-300)
    return Queue(
        wait=result.mean_response_hours * 3600,
        level=result.answered_within,
        abandonment=np.zeros_like(handle),
        waiting=1 - np.minimum(1 / utilisation, 1.0),
        occupancy=np.minimum(result.utilisation, 1.0),
        duration=handle,
        overloaded=(result.utilisation >= 1).astype(float),
        spare=np.maximum(1 / utilisation - 1, 0.0),
        level_by_interval=np.reshape(np.mean(result.answered_within), (1, 1)),
    )

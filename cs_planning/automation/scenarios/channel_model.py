"""One channel under one scenario: what its queue or backlog does in each draw, and what it takes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cs_planning.automation.levers.channel_draws import ChannelDraws
from cs_planning.automation.levers.shift import Amount, Bill, Shift
from cs_planning.automation.levers.uncertainty import AnySample, Draws, Likeliest
from cs_planning.automation.queues.chat import chat_queue
from cs_planning.automation.queues.erlang import erlang_a
from cs_planning.automation.queues.within_day import effective_arrivals
from cs_planning.automation.scenarios.self_service import self_service_draws
from cs_planning.automation.special_functions import Floats
from cs_planning.automation.team.backlog import backlog_response, weekly_capacity
from cs_planning.automation.team.operation import Channel, ChannelKind, Operation
from cs_planning.automation.team.repeats import coming_back

_CHUNK = 8192
_STEP_HOURS = 0.5
_LOOPS = 12
_MOST_COMING_BACK = 0.95


@dataclass(frozen=True)
class _Queue:
    wait: Floats
    level: Floats
    abandonment: Floats
    occupancy: Floats
    duration: Floats
    overloaded: Floats


def channel_draws(
    channel: Channel, operation: Operation, shift: Shift, bill: Bill, sample: AnySample, *, baseline_back: float | None = None
) -> ChannelDraws:
    """A channel under a shift, in every draw.

    Args:
        channel: as it is.
        operation: the rest of the team.
        shift: what the levers do to the channel.
        bill: what they cost; its repeats from the partner count here.
        sample: where uncertain values come from.
        baseline_back: share of contacts that lead to one more as things are (`share_coming_back`); None for "as is" itself.

    Assumptions: measured volumes hold today's repeats; fewer or more repeats than today change the volume, and the loop is
    closed at the likeliest values.
    """
    if not channel.has_people:
        return self_service_draws(channel, operation, shift, sample)
    repeats: Floats | float = 1.0
    if baseline_back is not None:
        abandoned = _closed_abandonment(channel, operation, shift, bill, sample, baseline_back)
        repeats = (1 - baseline_back) / (1 - _share_back(channel, abandoned, shift.recontact))
    return _draws(channel, operation, shift, bill, sample, repeats)


def share_coming_back(channel: Channel, operation: Operation) -> float:
    """Share of a channel's contacts that lead to one more as things are, at the likeliest values."""
    now = _draws(channel, operation, Shift(), Bill(), Likeliest(), 1.0)
    return float(_share_back(channel, now.abandonment, 1.0)[0])


def _share_back(channel: Channel, abandoned: Floats, recontact: Amount) -> Floats:
    served_back = np.minimum(channel.recontact_after_service * np.asarray(recontact), 1.0)
    return np.minimum(coming_back(abandoned, channel.redial_after_abandonment, served_back), _MOST_COMING_BACK)


def _closed_abandonment(
    channel: Channel, operation: Operation, shift: Shift, bill: Bill, sample: AnySample, baseline_back: float
) -> Floats:
    """The abandonment rate at which repeats and queue agree; for many draws, that of their middle."""
    if isinstance(sample, Draws):
        shift = Shift(**{name: float(np.mean(value)) for name, value in vars(shift).items()})
        bill = Bill(outsourced_recontact=float(np.mean(bill.outsourced_recontact)))
        sample = Likeliest()
    ratio: Floats | float = 1.0
    abandoned = np.zeros(1)
    redials = channel.redial_after_abandonment > 0
    for _ in range(_LOOPS if redials else 2):
        abandoned = _draws(channel, operation, shift, bill, sample, ratio).abandonment
        wanted = (1 - baseline_back) / (1 - _share_back(channel, abandoned, shift.recontact))
        ratio = (ratio + wanted) / 2 if redials else wanted
    return abandoned


def _draws(
    channel: Channel, operation: Operation, shift: Shift, bill: Bill, sample: AnySample, repeats: Floats | float
) -> ChannelDraws:
    doubt = operation.doubt
    volume = sample.factor("volume", doubt.volume_cv) * shift.volume * repeats
    handle = channel.handle_time_seconds * sample.factor("handle_time", doubt.handle_time_cv) * shift.handle_time
    present = (1 + sample.draw("absence", doubt.absence)) * channel.availability
    patience = sample.draw("patience", channel.patience())
    if channel.patience_seconds is not None:
        patience = patience * sample.factor("patience", doubt.patience_cv)
    arrivals = channel.arrivals_by_day()
    rostered = np.maximum(
        channel.agents_by_day() * np.asarray(shift.agents)[..., None, None] + np.asarray(shift.agents_added)[..., None, None],
        0.0,
    )
    own = volume * shift.reaching_people * (1 - operation.outsourced_share)
    own = own * (1 + operation.outsourced_share * bill.outsourced_recontact)
    agents = rostered * present[:, None, None]
    days = operation.days_per_month
    queue = (
        _backlog(channel, own, handle, agents)
        if channel.kind is ChannelKind.EMAIL
        else _live(channel, arrivals, own, handle, agents, patience)
    )
    per_month = channel.volume_per_day * days
    demand = volume * per_month + 0 * handle
    people = own * per_month + 0 * handle
    outsourced = volume * shift.reaching_people * operation.outsourced_share * per_month
    back = np.minimum(channel.recontact_after_service * np.asarray(shift.recontact), 0.95)
    bot_solved = demand * (1 - shift.reaching_people)
    settled = (people * (1 - queue.abandonment) + outsourced) * (1 - back) + bot_solved
    contained = np.asarray(shift.contained)
    to_person = queue.wait + np.where(contained > 0, shift.bot_seconds, 0.0)
    hours = rostered.sum(axis=-1).mean(axis=-1) * channel.interval_seconds() / 3600 * days
    return ChannelDraws(
        demand=demand,
        contained=demand * contained,
        people=people,
        outsourced=outsourced + 0 * handle,
        resolved=settled,
        wait=queue.wait,
        level=queue.level,
        abandonment=queue.abandonment,
        occupancy=queue.occupancy,
        handle_time=queue.duration,
        agent_hours=hours + 0 * handle,
        agents=rostered.mean(axis=(-1, -2)) + 0 * handle,
        fees=demand * shift.fees_per_contact,
        first_response=np.where(contained > 0, shift.bot_answer_seconds, queue.wait),
        to_person=to_person,
        to_resolution=(1 - shift.reaching_people) * shift.bot_seconds + shift.reaching_people * (to_person + queue.duration),
        overloaded=queue.overloaded,
    )


def _live(channel: Channel, arrivals: Floats, own: Floats, handle: Floats, agents: Floats, patience: Floats) -> _Queue:
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
    share = rates / np.maximum(rates.sum(axis=(1, 2), keepdims=True), 1e-300)
    people = agents / np.maximum(agents.sum(axis=(1, 2), keepdims=True), 1e-300)

    def over_contacts(values: Floats) -> Floats:
        return np.asarray((share * values).sum(axis=(1, 2)))

    return _Queue(
        wait=over_contacts(wait),
        level=over_contacts(level),
        abandonment=over_contacts(abandoned),
        occupancy=np.asarray((people * busy).sum(axis=(1, 2))),
        duration=over_contacts(duration),
        overloaded=over_contacts(over),
    )


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


def _backlog(channel: Channel, own: Floats, handle: Floats, agents: Floats) -> _Queue:
    weekly = own * channel.volume_per_day * channel.open_days_per_week
    steps = round(168 / _STEP_HOURS)
    arrivals = np.broadcast_to((weekly / steps)[:, None], (len(handle), steps))
    rate = np.broadcast_to(agents.mean(axis=(1, 2)), handle.shape) * 3600 / handle
    capacity = weekly_capacity(rate, channel.working_week(), _STEP_HOURS)
    result = backlog_response(
        arrivals, capacity, _STEP_HOURS, channel.answer_within_seconds / 3600, backlog_at_start=channel.backlog_at_start
    )
    return _Queue(
        wait=result.mean_response_hours * 3600,
        level=result.answered_within,
        abandonment=np.zeros_like(handle),
        occupancy=np.minimum(result.utilisation, 1.0),
        duration=handle,
        overloaded=(result.utilisation >= 1).astype(float),
    )

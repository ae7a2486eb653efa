"""One channel under one scenario: what its queue or backlog does in each draw, and what it takes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from cs_planning.automation.channels.flows import Routes, demand_of_issues
from cs_planning.automation.channels.queue import Queue, queue_of
from cs_planning.automation.channels.self_service import self_service_draws
from cs_planning.automation.levers.channel_draws import ChannelDraws, Hours
from cs_planning.automation.levers.shift import Bill, Shift
from cs_planning.automation.levers.uncertainty import AnySample, Draws
from cs_planning.automation.ranges import central
from cs_planning.automation.special_functions import Floats
from cs_planning.automation.team.channel import Channel, ChannelKind
from cs_planning.automation.team.operation import Operation

_LOADS = np.concatenate([[0.0], np.geomspace(0.2, 25.0, 40)])
_FEW = 256
_PASSES_OF_FEW, _PASSES_OF_MANY = 12, 3
_CLOSE_OF_FEW, _CLOSE_OF_MANY = 1e-8, 2e-3


@dataclass(frozen=True)
class _People:
    """Who works on a channel in each draw, and how long a contact takes them.

    Attributes:
        handle: seconds, shape (n,).
        rostered: shape (n, days, intervals).
        present: share of them who take contacts, shape (n,).
        patience: of customers, shape (n,).
    """

    handle: Floats
    rostered: Floats
    present: Floats
    patience: Floats

    def queue(self, channel: Channel, own: Floats) -> Queue:
        """The queue when `own` times the measured contacts want them."""
        return queue_of(channel, own, self.handle, self.rostered * self.present[:, None, None], self.patience)


def channel_draws(
    channel: Channel, operation: Operation, shift: Shift, bill: Bill, sample: AnySample, *, as_is: ChannelDraws | None = None
) -> ChannelDraws:
    """A channel under a shift, in every draw.

    Args:
        channel: as it is.
        operation: the rest of the team.
        shift: what the levers do to the channel.
        bill: what they cost; its repeats from the partner count here.
        sample: where uncertain values come from.
        as_is: the same channel as things are, in the same draws; None for "as is" itself.

    Assumptions: measured volumes hold today's repeats. A lever leaves the issues as they are, save those that it brings or
    keeps away; how often they are asked about follows from the queue that it leads to.
    """
    if not channel.has_people:
        return self_service_draws(channel, operation, shift, sample)
    people = _people(channel, operation, shift, sample)
    routes = Routes.of(channel, operation, shift, bill)
    measured = channel.volume_per_day * operation.open_days_of(channel)
    if as_is is None:
        demand = sample.factor("volume", operation.doubt.volume_cv) * shift.volume * measured + 0 * people.handle
        queue = people.queue(channel, demand / measured * routes.own)
        return _draws(channel, operation, shift, people, routes, demand, queue)
    issues = (as_is.issues.exist - as_is.contacts.waiting_before) * shift.volume + 0 * people.handle
    # The ratio first: where nothing changes it is 1 to the last digit, and the scenario is the team as it is.
    moved = _looked_up(channel, people, routes, issues, measured) / _looked_up_as_is(channel, operation, sample, as_is)
    guess = as_is.demand * moved
    demand, queue = _closed(channel, people, routes, issues, guess, measured, many=isinstance(sample, Draws))
    return _draws(channel, operation, shift, people, routes, demand, queue)


def _people(channel: Channel, operation: Operation, shift: Shift, sample: AnySample) -> _People:
    doubt = operation.doubt
    patience = sample.draw("patience", channel.patience())
    if channel.patience_seconds is not None:
        patience = patience * sample.factor("patience", doubt.patience_cv)
    rostered = np.maximum(
        channel.agents_by_day() * np.reshape(shift.agents, (-1, 1, 1)) + np.reshape(shift.agents_added, (-1, 1, 1)), 0.0
    )
    handle = channel.handle_time_seconds * sample.factor("handle_time", doubt.handle_time_cv) * shift.handle_time
    return _People(
        handle=np.asarray(handle),
        rostered=np.broadcast_to(rostered, (len(handle), *rostered.shape[1:])),
        present=np.asarray((1 + sample.draw("absence", doubt.absence)) * channel.availability),
        patience=np.asarray(patience),
    )


def _closed(
    channel: Channel, people: _People, routes: Routes, issues: Floats, guess: Floats, measured: float, *, many: bool
) -> tuple[Floats, Queue]:
    """The demand at which repeats and queue agree in each draw, near a guess, and the queue there."""
    close, passes = (_CLOSE_OF_MANY, _PASSES_OF_MANY) if many and len(issues) > _FEW else (_CLOSE_OF_FEW, _PASSES_OF_FEW)
    demand = guess
    for number in range(passes):
        queue = people.queue(channel, demand / measured * routes.own)
        wanted = issues / (1 - routes.coming_back(queue.abandonment, 1 - queue.abandonment - queue.waiting))
        off = float(np.max(np.abs(wanted - demand) / np.maximum(demand, 1e-300), initial=0.0))
        if off <= close or number == passes - 1:
            break
        demand = (demand + wanted) / 2 if routes.redial else wanted
    return wanted, queue


@lru_cache(maxsize=32)
def _looked_up_as_is(channel: Channel, operation: Operation, sample: AnySample, as_is: ChannelDraws) -> Floats:
    """What the look-up says of the team as it is: as far as it is off there, it is off with levers, whichever they are."""
    people, routes = _people(channel, operation, Shift(), sample), Routes.of(channel, operation, Shift(), Bill())
    issues = as_is.issues.exist - as_is.contacts.waiting_before
    return _looked_up(channel, people, routes, issues, channel.volume_per_day * operation.open_days_of(channel))


def _looked_up(channel: Channel, people: _People, routes: Routes, issues: Floats, measured: float) -> Floats:
    handle, present = np.mean(people.handle), np.mean(people.present)
    count = len(_LOADS)
    roster = np.broadcast_to(people.rostered.mean(axis=0), (count, *people.rostered.shape[1:]))
    middle = _People(np.full(count, handle), roster, np.full(count, present), np.full(count, central(channel.patience())))
    # The queue's answer to its load at the middle of the draws: close to that of each draw, and twenty times as quick.
    heads = np.maximum(people.rostered.mean(axis=(1, 2)) * people.present, 1e-9)
    each = routes.own / measured * (people.handle / handle) * (np.maximum(np.mean(heads), 1e-9) / heads)
    usual = max(float(np.median(issues * each)), 1e-12)
    answer = middle.queue(channel, _LOADS * usual)
    return demand_of_issues(issues, routes, _LOADS * usual, answer.abandonment, answer.waiting, each)


def _draws(
    channel: Channel, operation: Operation, shift: Shift, people: _People, routes: Routes, demand: Floats, queue: Queue
) -> ChannelDraws:
    days, nothing = operation.open_days_of(channel), 0 * people.handle
    before = channel.backlog_at_start if channel.kind is ChannelKind.EMAIL else 0.0
    contacts, issues = routes.ends(demand, before, queue)
    on_queue = people.rostered.sum(axis=-1).mean(axis=-1) * channel.interval_seconds() / 3600 * days
    present = on_queue * people.present
    worked = contacts.answered * people.handle / 3600
    if channel.kind is ChannelKind.CHAT and channel.chats_at_once > 1:
        worked = queue.occupancy * present
    occupancy = queue.occupancy
    if before:
        # What waited before fills the time that the arrivals leave.
        occupancy = np.minimum(worked / np.maximum(present, 1e-300), 1.0)
    answers_first = shift.answers_first
    to_person = queue.wait + (np.asarray(shift.bot_seconds) if answers_first else 0.0)
    return ChannelDraws(
        contacts=contacts,
        issues=issues,
        hours=Hours(rostered=np.maximum(on_queue, present), worked=np.minimum(worked, present)),
        demand=demand,
        contained=demand * np.asarray(shift.contained),
        people=demand * routes.own,
        outsourced=contacts.handed_over,
        wait=queue.wait,
        level=queue.level,
        abandonment=queue.abandonment,
        occupancy=occupancy,
        handle_time=queue.duration,
        agent_hours=on_queue * max(1.0, channel.availability) + nothing,
        agents=people.rostered.mean(axis=(-1, -2)) + nothing,
        fees=demand * shift.fees_per_contact,
        first_response=shift.bot_answer_seconds + nothing if answers_first else queue.wait,
        to_person=to_person + nothing,
        to_resolution=_to_resolution(routes, queue, to_person, np.asarray(shift.bot_seconds)),
        overloaded=queue.overloaded,
        level_by_interval=queue.level_by_interval,
    )


def _to_resolution(routes: Routes, queue: Queue, to_person: Floats, with_bot: Floats) -> Floats:
    """From first contact to the end of handling, of those who come to one: whoever gave up has no solution.

    Assumptions: those who are answered waited as long as everybody.
    """
    bot = 1 - routes.own - routes.partner
    answered = routes.own * (1 - queue.abandonment) + routes.partner
    share = np.divide(answered, answered + bot, out=np.ones_like(queue.wait), where=answered + bot > 0)
    return np.asarray((1 - share) * with_bot + share * (to_person + queue.duration))

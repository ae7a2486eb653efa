"""Self-service: pages on which people help themselves; who does not succeed is part of the volume of a channel with people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from cs_planning.automation.levers.channel_draws import ChannelDraws, Contacts, Hours, Issues
from cs_planning.automation.levers.shift import Amount, Shift
from cs_planning.automation.levers.uncertainty import AnySample
from cs_planning.automation.special_functions import Floats
from cs_planning.automation.team.channel import Channel
from cs_planning.automation.team.operation import Operation


def self_service_draws(channel: Channel, operation: Operation, shift: Shift, sample: AnySample) -> ChannelDraws:
    """A self-service channel under a shift, in every draw: nobody waits and nobody answers, each visit has its price.

    Args:
        channel: as it is.
        operation: the rest of the team.
        shift: what the levers do to it.
        sample: where uncertain values come from.

    Assumptions: a visit that does not end there shows in the volume of the channel that it is handed over to, not here.
    """
    measured = channel.volume_per_day * operation.open_days_of(channel)
    visits = sample.factor("volume", operation.doubt.volume_cv) * shift.volume * measured
    solved = visits * _solved(channel, shift)
    nothing, certain = np.zeros_like(solved), np.ones_like(solved)
    return ChannelDraws(
        contacts=Contacts(
            offered=visits,
            waiting_before=nothing,
            answered=nothing,
            abandoned=nothing,
            contained=solved,
            handed_over=visits - solved,
            waiting=nothing,
        ),
        issues=Issues(exist=solved, resolved=solved, lost=nothing, waiting=nothing),
        hours=Hours(rostered=nothing, worked=nothing),
        demand=solved,
        contained=solved,
        people=nothing,
        outsourced=nothing,
        wait=nothing,
        level=certain,
        abandonment=nothing,
        occupancy=nothing,
        handle_time=nothing,
        agent_hours=nothing,
        agents=nothing,
        fees=visits * channel.price_per_contact + channel.monthly_cost,
        first_response=nothing,
        to_person=nothing,
        to_resolution=certain * channel.handle_time_seconds,
        overloaded=nothing,
        level_by_interval=np.zeros((1, 1)),
    )


def handed_over(operation: Operation, shifts: Sequence[Shift], as_is: Sequence[ChannelDraws]) -> list[Shift]:
    """The shifts of all channels, when what self-service hands over has changed.

    Args:
        operation: the team as it is.
        shifts: what the levers do to each channel by itself.
        as_is: each channel as things are, in the same draws.

    Assumptions: the volume of a channel with people, as measured, holds what self-service hands over to it today, one issue a
        visit; of several channels each gets as much of it as it has of their issues.
    """
    found = list(shifts)
    issues = [one.issues.exist - one.contacts.waiting_before for one in as_is]
    for pages, shift, visits in zip(operation.channels, shifts, as_is, strict=True):
        today = visits.contacts.handed_over
        if pages.has_people or float(today.max()) <= 0:
            continue
        factor = shift.volume * (1 - _solved(pages, shift)) / (1 - pages.solved_share)
        targets = _targets(operation, pages)
        part = np.minimum(today / np.maximum(sum(issues[target] for target in targets), 1e-9), 1.0)
        for target in targets:
            own = found[target]
            found[target] = replace(own, volume=_mixed(own.volume, factor, part))
    return found


def _mixed(own: Amount, handed: Amount, part: Floats) -> Amount:
    return np.asarray(own) * (1 - part) + np.asarray(handed) * part


def _solved(channel: Channel, shift: Shift) -> Floats:
    return np.asarray(np.clip(channel.solved_share + np.asarray(shift.solved_added), 0.0, 1.0))


def _targets(operation: Operation, pages: Channel) -> list[int]:
    """Places of the channels that unsolved visits go to."""
    people = [place for place, one in enumerate(operation.channels) if one.has_people]
    wanted = set(pages.hands_over_to)
    named = [place for place in people if wanted & operation.channels[place].names]
    return named or people[:1]

"""What has to be said beside a result: where the model is rough, and where the team would be hurt."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from cs_planning.automation.levers.channel_draws import ChannelDraws
from cs_planning.automation.levers.demand import ChatbotLever, SelfServiceLever
from cs_planning.automation.levers.people import OutsourcingLever, StaffingLever
from cs_planning.automation.levers.registry import Lever
from cs_planning.automation.money.bills import MOST_SHRINKAGE
from cs_planning.automation.queues.within_day import carried_over_warning
from cs_planning.automation.ranges import central
from cs_planning.automation.team.channel import Channel, ChannelKind
from cs_planning.automation.team.operation import Operation
from cs_planning.language import Duration, Percent, Text, rounded_whole, text

_MOST_CONTAINED = 0.4
_COUNTS_FOR: Mapping[str, tuple[ChannelKind, Text]] = {
    "chats_at_once": (ChannelKind.CHAT, text("chats at once")),
    "backlog_at_start": (ChannelKind.EMAIL, text("the backlog at the start")),
    "hours_by_weekday": (ChannelKind.EMAIL, text("working hours by weekday")),
    "monthly_cost": (ChannelKind.SELF_SERVICE, text("a licence a month")),
    "price_per_contact": (ChannelKind.SELF_SERVICE, text("the price of a visit")),
    "hands_over_to": (ChannelKind.SELF_SERVICE, text("whom it hands over to")),
}
"""For which kind of channel a field counts, where it does not count for all, and what it is called."""


def warnings_of(operation: Operation, levers: Sequence[Lever], channels: Sequence[ChannelDraws]) -> tuple[Text, ...]:
    """Everything that a reader of the outcome must know."""
    found = [
        *_of_names(operation, levers),
        *_of_levers(operation, levers),
        *_of_limits(operation, levers),
        *_of_pages(operation, channels),
    ]
    for channel, draws in zip(operation.channels, channels, strict=True):
        found += _of_channel(operation, channel, draws)
    return tuple(found)


def _of_channel(operation: Operation, channel: Channel, draws: ChannelDraws) -> Iterator[Text]:
    name = channel.label()
    for field in _without_effect(channel):
        yield text("{channel}: {field} changes nothing for this kind of channel.", channel=name, field=field)
    if not channel.has_people:
        return
    if "answer_within_seconds" not in channel.model_fields_set:
        yield text(
            "{channel}: nobody said within which time an answer is in time; {limit} are counted.",
            channel=name,
            limit=Duration(seconds=channel.answer_within_seconds),
        )
    if channel.kind is ChannelKind.EMAIL:
        yield from _of_backlog(operation, channel, draws)
        return
    share = float(np.median(draws.overloaded))
    if share > 0:
        yield text(
            "{channel}: {share} of the contacts arrive when there is at least as much work as people; it only works because "
            "callers give up.",
            channel=name,
            share=Percent(share=share, digits=1),
        )
    occupancy = float(np.median(draws.occupancy))
    if channel.chats_at_once == 1 and occupancy > operation.occupancy_cap:
        yield text(
            "{channel}: people are busy {occupancy} of the time, above the limit of {cap}.",
            channel=name,
            occupancy=Percent(share=occupancy, digits=1),
            cap=Percent(share=operation.occupancy_cap, digits=1),
        )
    if channel.patience_seconds is None:
        yield text(
            "{channel}: how long people wait before they give up was not measured; 90 to 600 seconds are taken.", channel=name
        )
    if channel.kind is ChannelKind.CHAT and channel.chats_at_once > 2 and channel.slowdown_per_extra_chat >= 1:
        yield text("{channel}: with this slowdown more than two chats at once serve nobody faster.", channel=name)
    seconds = channel.interval_seconds()
    rates = channel.arrivals_by_day() / seconds * float(np.median(draws.people / np.maximum(draws.demand, 1e-9)))
    carried = carried_over_warning(
        rates, float(np.median(draws.handle_time)), channel.agents_by_day(), central(channel.patience()), seconds
    )
    if carried is not None and rates.shape[1] > 1:
        yield carried


def _without_effect(channel: Channel) -> Iterator[Text]:
    """Fields that somebody wrote and that count for other kinds of channels alone."""
    for field, (kind, name) in _COUNTS_FOR.items():
        if channel.kind is not kind and getattr(channel, field) != type(channel).model_fields[field].default:
            yield name


def _of_pages(operation: Operation, channels: Sequence[ChannelDraws]) -> Iterator[Text]:
    """Pages that hand over more than the channels with people get."""
    people = sum(float(np.median(one.demand)) for own, one in zip(operation.channels, channels, strict=True) if own.has_people)
    for channel, draws in zip(operation.channels, channels, strict=True):
        over = 0.0 if channel.has_people else float(np.median(draws.contacts.handed_over))
        if over > people:
            yield text(
                "{channel}: {over} unsolved visits a month are handed over, but people get {people} contacts. Most who do not "
                "succeed seem to give up: check the visits and the share that ends there.",
                channel=channel.label(),
                over=rounded_whole(over),
                people=rounded_whole(people),
            )


def _of_backlog(operation: Operation, channel: Channel, draws: ChannelDraws) -> Iterator[Text]:
    agents, handle = float(np.median(draws.agents)) * channel.availability, float(np.median(draws.handle_time))
    capacity = agents * channel.hours * 3600 / max(handle, 1e-9)
    arriving = float(np.median(draws.people)) / operation.open_days_of(channel)
    if arriving <= capacity:
        return
    growth = arriving - capacity
    if capacity <= 0:
        yield text(
            "{channel}: nobody works on it, the backlog grows by {growth} a day.", channel=channel.label(), growth=growth
        )
        return
    allowed = channel.answer_within_seconds / 3600 / channel.hours * capacity
    days = max(allowed - channel.backlog_at_start, 0.0) / growth
    yield text(
        "{channel}: more arrives than can be done. The backlog grows by {growth} a day without end and passes the agreed time "
        "after {days} open days; the response time shown is that of the first four weeks.",
        channel=channel.label(),
        growth=growth,
        days=days,
    )


def _of_names(operation: Operation, levers: Sequence[Lever]) -> Iterator[Text]:
    """Channels that a lever can't tell apart, since they have one name, or one the name of the other's kind."""
    chosen = {name for lever in levers for name in lever.channels}
    for name in sorted(chosen):
        named = [one for one in operation.channels if name in one.names]
        if len(named) > 1 and any(one.name == name for one in named):
            yield text(
                "{count} channels are called “{name}”: a lever for it works on all of them. Give each a name of its own.",
                count=len(named),
                name=name,
            )


def _of_limits(operation: Operation, levers: Sequence[Lever]) -> Iterator[Text]:
    """What levers add together beyond what there can be, which is not counted."""
    for channel in operation.channels:
        own = [lever for lever in levers if lever.works_on(channel)]
        away = operation.shrinkage + sum(central(getattr(lever, "shrinkage_change", 0.0)) for lever in own)
        if channel.has_people and not 0 <= away <= MOST_SHRINKAGE:
            yield text(
                "{channel}: with the levers {share} of the paid time would be away from the queue; {limit} is counted.",
                channel=channel.label(),
                share=Percent(share=away, digits=1),
                limit=Percent(share=min(max(away, 0.0), MOST_SHRINKAGE), digits=1),
            )
        ends = channel.solved_share + sum(central(getattr(lever, "solved_share_change", 0.0)) for lever in own)
        if not channel.has_people and not 0 <= ends <= 1:
            yield text(
                "{channel}: with the levers {share} of the visits would end there; {limit} is counted.",
                channel=channel.label(),
                share=Percent(share=ends, digits=1),
                limit=Percent(share=min(max(ends, 0.0), 1.0), digits=1),
            )


def _of_levers(operation: Operation, levers: Sequence[Lever]) -> Iterator[Text]:
    for channel in operation.channels:
        bots = [lever for lever in levers if isinstance(lever, ChatbotLever) and channel.has_people and lever.works_on(channel)]
        # One after the other: the second bot meets what the first one leaves.
        if 1 - math.prod(1 - central(bot.containment) for bot in bots) > _MOST_CONTAINED:
            yield text("More than 40 % of all contacts for a chatbot is above what independent sources report.")
            break
    pages = any(not channel.has_people for channel in operation.channels)
    for lever in levers:
        if isinstance(lever, SelfServiceLever) and central(lever.solved_share_change) != 0 and not pages:
            yield text(
                "“{lever}”: the team has no pages on which more visits could end; that part changes nothing.", lever=lever.title
            )
        paid = operation.outsourced_price_per_contact > 0 and central(getattr(lever, "minimum_contacts_per_month", 0.0)) > 0
        if isinstance(lever, OutsourcingLever) and operation.outsourced_share <= 0 and not paid:
            yield text("“{lever}” changes nothing: no share of the contacts is answered by a partner.", lever=lever.title)
        if isinstance(lever, StaffingLever):
            for channel in operation.channels:
                factor, added = 1 + central(lever.agents_share_change), central(lever.agents_change)
                left = float(channel.agents_by_day().min()) * factor + added
                if lever.works_on(channel) and left <= 0:
                    yield text("{channel}: in some hours nobody is left on the queue.", channel=channel.label())

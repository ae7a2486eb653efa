"""A team described from its data as far as they go, with usual values where nothing was measured."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from cs_planning.automation.calibration.calibrate import calibrate_operation
from cs_planning.automation.team.channel import Channel, ChannelKind
from cs_planning.automation.team.operation import Operation
from cs_planning.automation.team.reading import read_operation
from cs_planning.automation.team.usual_prices import usual_prices
from cs_planning.automation.team.work_hours import usual_hours, written_week
from cs_planning.kpis.calendar.opening_hours import OpeningHours
from cs_planning.kpis.channels import is_social
from cs_planning.kpis.service_level import ANSWER_WITHIN_SECONDS
from cs_planning.workspace.scenarios.data.channel_data import DAYS_PER_MONTH, ChannelData, FoundChannel

_SPARE = 1.25
_USUAL_HOURS = 10.0
_USUAL_DAYS = 21.0
_WHOLE_FROM = 10.0
_USUAL_OF: dict[ChannelKind, dict[str, Any]] = {
    ChannelKind.PHONE: {
        "contacts_per_day": 400.0,
        "handle_time_seconds": 300.0,
        "patience_seconds": 180,
        "answer_within_seconds": ANSWER_WITHIN_SECONDS,
        "recontact_after_service": 0.12,
    },
    ChannelKind.CHAT: {
        "contacts_per_day": 150.0,
        "handle_time_seconds": 480.0,
        "patience_seconds": 120,
        "answer_within_seconds": ANSWER_WITHIN_SECONDS,
        "chats_at_once": 3,
        "slowdown_per_extra_chat": 0.5,
        "recontact_after_service": 0.12,
    },
    ChannelKind.EMAIL: {
        "contacts_per_day": 100.0,
        "handle_time_seconds": 600.0,
        "answer_within_seconds": 28_800,
        "open_weekdays": (0, 1, 2, 3, 4),
        "recontact_after_service": 0.12,
    },
}
_USUAL_TIMES = (ANSWER_WITHIN_SECONDS, 60.0, 30.0, 45.0, 90.0, 120.0, 180.0)


@dataclass(frozen=True)
class DraftedOperation:
    """A team described from its data as far as they go.

    Attributes:
        operation: with usual values where nothing was measured, named in its `usual_values`.
        data: what was taken for its first channel.
        agents_from_waits: whether people on the queue and the time of the service level are those that would explain the
            waits; False where nothing was measured or no usual numbers explain it, so that nothing is calibrated yet.
    """

    operation: Operation
    data: ChannelData
    agents_from_waits: bool = False


def drafted_operation(
    data: ChannelData,
    currency: str,
    hours: OpeningHours | None = None,
    others: Sequence[FoundChannel] = (),
    name: str = "",
) -> DraftedOperation:
    """A team described from its data: a telephone queue, and the other channels that were found.

    Where contacts, handle time or the roster are not in the data, usual values stand in.  Waits that were measured tell how
    many people would explain them.  An hour costs what is usual in the currency; 0 stands in where
    nobody knows that, and is to be asked for.

    Args:
        data: of the telephone.
        currency: ISO 4217.
        hours: when the service is open; ten hours a day where nobody said it.
        others: further channels; where no calls were counted beside them, there is no telephone.
        name: of the telephone in the data; channels keep their names where several are of a kind, and social networks always.
    """
    open_hours = _USUAL_HOURS if hours is None else usual_hours(hours)
    prices = usual_prices(currency)
    team: dict[str, Any] = {
        "cost_per_agent_hour": 0.0 if prices is None else prices.agent_hour,
        "currency": currency,
    }
    usual = ["cost_per_agent_hour", "shrinkage"]
    found = [] if others and data.contacts_per_day is None else [FoundChannel(ChannelKind.PHONE, name, data)]
    together = [*found, *others]
    known = [one.data.open_days_per_month for one in together if one.data.open_days_per_month is not None]
    team["days_per_month"] = round(min(max(known, default=_USUAL_DAYS), 31.0))
    if not known:
        usual.append("days_per_month")
    channels = []
    for place, one in enumerate(together):
        fields, missing = _usual_channel(one, open_hours, hours, team["days_per_month"])
        keeps_name = is_social(one.name) or sum(other.kind is one.kind for other in together) > 1
        fields["name"] = one.name if keeps_name else ""
        channels.append(fields)
        usual += [f"channels.{place}.{field}" for field in missing]
    made = read_operation({"channels": channels, **team}).model_copy(update={"usual_values": tuple(usual)})
    explained_by: list[tuple[bool, Operation]] = []
    for within in _USUAL_TIMES if found else ():
        measured = data.measured(within)
        if measured is None:
            break
        timed = made.channels[0].model_copy(update={"answer_within_seconds": within})
        fitted, fit = calibrate_operation(_with_first(made, timed), measured)
        explained = max(round(2 * (timed.agents or 1.0) * fit.availability) / 2, 0.5)
        channel = fitted.channels[0].model_copy(update={"agents": explained, "availability": 1.0})
        drafted = _with_first(fitted, channel)
        again = calibrate_operation(drafted, measured)[1] if fit.usable else fit
        if fit.usable and again.usable:
            explained_by.append((again.within_tolerance, drafted))
        if explained_by and explained_by[-1][0]:
            break
    if not explained_by:
        return DraftedOperation(made, data)
    # The first time that explains the waits within tolerance, else the first that explains them at all.
    drafted = next((one for close, one in explained_by if close), explained_by[0][1])
    explains = {f"channels.0.{field}" for field in ("patience_seconds", "answer_within_seconds", "agents")}
    left = tuple(path for path in usual if path not in explains)
    return DraftedOperation(drafted.model_copy(update={"usual_values": left}), data, agents_from_waits=True)


def _with_first(operation: Operation, channel: Channel) -> Operation:
    return operation.model_copy(update={"channels": (channel, *operation.channels[1:])})


def _usual_channel(
    found: FoundChannel, open_hours: float, hours: OpeningHours | None, team_days: int
) -> tuple[dict[str, Any], tuple[str, ...]]:
    """The fields of a channel with usual values where the data say nothing, and which fields those are."""
    data, usual = found.data, _USUAL_OF[found.kind]
    contacts, handle = (
        data.contacts_per_day or usual["contacts_per_day"],
        data.handle_time_seconds or usual["handle_time_seconds"],
    )
    days = data.open_days_per_month
    if found.kind is ChannelKind.EMAIL and days is not None:
        worked = len(usual["open_weekdays"]) if hours is None else sum(map(bool, written_week(hours)))
        if worked and days > math.ceil(worked * 31 / 7):
            # It is written on more days than the usual five: where nobody said when it is worked on, on those as well; else
            # what comes in between waits for the next open day.
            if hours is None:
                usual = {**usual, "open_weekdays": tuple(range(7))}
            else:
                contacts, days = contacts * days / (worked * DAYS_PER_MONTH / 7), None
    chats = usual.get("chats_at_once", 1)
    # Chats beside each other slow each other down: one person does no more than so many in the time of one.
    at_once = max(count / (1 + usual.get("slowdown_per_extra_chat", 0.0) * (count - 1)) for count in range(1, chats + 1))
    load = contacts * handle / (open_hours * 3600) / at_once
    fields = {
        **usual,
        "kind": found.kind.value,
        "contacts_per_day": contacts_shown(contacts),
        "open_days_per_month": None if days is None or round(days) == team_days else round(min(days, 31.0), 1),
        "opening_hours_per_day": open_hours,
        "handle_time_seconds": float(max(round(handle), 1)),
        "agents": max(float(math.ceil(load * _SPARE)) if chats > 1 else round(2 * load * _SPARE) / 2, 1.0),
    }
    if found.kind is ChannelKind.EMAIL and data.arrival_weekdays:
        fields["arrival_weekdays"] = data.arrival_weekdays
    if found.kind is ChannelKind.EMAIL and hours is not None:
        fields["hours_by_weekday"] = written_week(hours)
    missing = [*(name for name in usual if name not in {"contacts_per_day", "handle_time_seconds", "open_weekdays"}), "agents"]
    if found.kind is ChannelKind.EMAIL and hours is None:
        missing.append("open_weekdays")
    missing += [name for name in ("contacts_per_day", "handle_time_seconds") if not getattr(data, name)]
    if hours is None:
        missing.append("opening_hours_per_day")
    return fields, tuple(missing)


def contacts_shown(contacts: float) -> float:
    """Contacts a day as a team is described by them: below ten with one digit, since a handful a week is not none a day."""
    return max(round(contacts, 1), 0.1) if contacts < _WHOLE_FROM else float(round(contacts))

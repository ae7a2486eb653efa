"""The team as it is: its channels, what was taken from imported data, and whether the model describes it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st

from cs_planning.automation.calibration.result import Calibration
from cs_planning.automation.team.channel import Channel, ChannelKind
from cs_planning.automation.team.measured import Measured, MeasuredPart
from cs_planning.automation.team.operation import Operation, TargetPeriod
from cs_planning.automation.team.reading import read_operation
from cs_planning.automation.team.usual_prices import usual_prices
from cs_planning.automation.team.work_hours import written_week
from cs_planning.errors import InvalidOperation
from cs_planning.kpis.currency import is_currency
from cs_planning.language import Duration, Percent, Text, listed, ntext, rounded_whole, text
from cs_planning.language import gettext as _
from cs_planning.ui import session
from cs_planning.ui.parts.drawing import draw_error, plain
from cs_planning.ui.what_if.team.backlog import draw_backlog
from cs_planning.ui.what_if.team.fields import Fields
from cs_planning.ui.what_if.team.fit import draw_fit, draw_measured
from cs_planning.ui.what_if.team.profile import draw_profile
from cs_planning.workspace import Workspace
from cs_planning.workspace.scenarios.data.channel_data import ChannelData
from cs_planning.workspace.scenarios.data.drafted import DraftedOperation, contacts_shown
from cs_planning.workspace.scenarios.told.usual import of_channel, of_team
from cs_planning.workspace.words.fields import hint

_FORM = "what-if-team"
_SLOTS = "what-if-team.channels"
_CONFIRMED = "what-if-team.confirmed"
TEAM_OPENED = "what-if-team.opened"
"""Under this name the session keeps the team from which the fields were opened."""
_STARTS: dict[str, dict[str, Any]] = {
    "phone": {"contacts_per_day": 400, "handle_time_seconds": 300, "agents": 6, "patience_seconds": 180},
    "chat": {
        "contacts_per_day": 150,
        "handle_time_seconds": 480,
        "agents": 3,
        "patience_seconds": 120,
        "chats_at_once": 3,
    },
    "email": {
        "contacts_per_day": 100,
        "handle_time_seconds": 600,
        "agents": 3,
        "answer_within_seconds": 28_800,
        "open_weekdays": (0, 1, 2, 3, 4),
    },
    "self_service": {"contacts_per_day": 200, "handle_time_seconds": 180, "solved_share": 0.4},
}


@dataclass(frozen=True)
class Team:
    """What the form says.

    Attributes:
        operation: calibrated where something was measured.
        fits: how well the model describes each channel; `None` where nothing was measured.
    """

    operation: Operation
    fits: tuple[Calibration | None, ...]

    @property
    def usable(self) -> bool:
        """Whether levers may be tried on it."""
        return all(fit is None or fit.usable for fit in self.fits)


def draw_team(workspace: Workspace, kept: Operation | None) -> Team | None:
    """The form of the team; `None` while something in it can't be used."""
    opened = workspace.clock.calendar.hours
    drafted = workspace.what_if.data.drafted(workspace.money.currency.code, opened) if kept is None else None
    base = kept or (drafted.operation if drafted else None)
    if base is None:
        return None
    slots: list[list[str]] = session.kept(_SLOTS, [[str(n), one.kind.value] for n, one in enumerate(base.channels)])
    fields = Fields(_FORM)
    fields.of_team = of_team(base)
    confirmed = frozenset(session.kept(_CONFIRMED, []))
    fields.usual |= fields.of_team - confirmed
    in_settings = written_week(opened) if opened else None
    channels, measured = [], []
    for number, (slot, kind) in enumerate(slots):
        own = int(slot) if slot.isdigit() else len(base.channels)
        channel = base.channels[own] if own < len(base.channels) else _new_channel(kind, in_settings)
        at = f"channels.{number}." if number else ""
        of_this = of_channel(base, own) if own < len(base.channels) else _STARTS[kind]
        fields.usual |= {at + field for field in of_this} - confirmed
        with st.container(key=f"{_FORM}-{slot}", border=len(slots) > 1, gap="small"):
            data = workspace.what_if.data.of(channel)
            hours = workspace.what_if.data.day_of_week(channel)
            parts = workspace.what_if.data.parts_of_day(channel, channel.answer_within_seconds)
            typed, seen = _draw_channel(fields, channel, data, slot, number, slots, drafted, hours, in_settings, parts)
        channels.append(typed)
        measured.append(seen)
    unknown = workspace.what_if.data.unknown_channels()
    if unknown:
        left_out = text("Not taken from your data, since nobody knows how they wait: {names}.", names=listed(unknown))
        st.caption(f":orange[:material/help_center:] {plain(left_out)}")
    _draw_adding(slots)
    common = _draw_common(fields, base)
    common["usual_values"] = _draw_usual(fields)
    try:
        made = read_operation({**base.model_dump(), **common, "channels": channels})
    except InvalidOperation as error:
        if not fields.say(error):
            draw_error(error)
        return None
    fitted, fits = workspace.what_if.data.calibrated(made, measured)
    draw_fit(fitted, fits)
    if kept is not None and fitted != kept:
        told = _(
            "This team is not the one that is kept: other pages show the kept one until you keep this one with a scenario."
        )
        st.caption(f":orange[:material/edit:] {told}")
    return Team(fitted, fits)


def _draw_usual(fields: Fields) -> tuple[str, ...]:
    """Offers to confirm the usual values that still stand in the form; gives the paths of those that nobody confirmed."""
    left = fields.still_usual
    if not left:
        return ()
    told = _("Usual values stand where no data tell the number. Change them, or say that they are right.")
    st.caption(f":orange[:material/help_center: {told}]")
    st.button(
        _("These values are right for us"),
        key=f"{_FORM}-confirm",
        icon=":material/done_all:",
        on_click=session.keep,
        args=(_CONFIRMED, [*session.kept(_CONFIRMED, []), *left]),
    )
    return tuple(name if name in fields.of_team or "." in name else f"channels.0.{name}" for name in left)


def forget_team() -> None:
    """The team was kept: the form opens from what is kept."""
    session.forget(_SLOTS)
    session.forget(_CONFIRMED)
    session.forget_widgets(_FORM)


def _new_channel(kind: str, in_settings: tuple[str, ...] | None) -> Channel:
    week = {"hours_by_weekday": in_settings} if kind == ChannelKind.EMAIL.value and in_settings else {}
    return Channel.model_validate({"kind": kind, **_STARTS[kind], **week})


def _draw_adding(slots: list[list[str]]) -> None:
    kinds = {
        "phone": _("Telephone"),
        "chat": _("Chat"),
        "email": _("E-mail or tickets"),
        "self_service": _("Self-service"),
    }
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"{_FORM}-adding"):
        st.caption(_("Another channel:"), width="content")
        for kind, label in kinds.items():
            taken = {slot for slot, _kind in slots}
            free = next(name for number in range(len(slots) + 1) if (name := f"{kind}{number}") not in taken)
            st.button(
                label,
                key=f"{_FORM}-add-{kind}",
                icon=":material/add:",
                type="tertiary",
                on_click=session.keep,
                args=(_SLOTS, [*slots, [free, kind]]),
            )


def _draw_channel(
    fields: Fields,
    channel: Channel,
    data: ChannelData,
    slot: str,
    number: int,
    slots: list[list[str]],
    drafted: DraftedOperation | None,
    hours: tuple[tuple[float, ...], ...] | None,
    in_settings: tuple[str, ...] | None,
    parts: tuple[MeasuredPart, ...],
) -> tuple[dict[str, Any], Measured | None]:
    at = f"channels.{number}." if number else ""
    many = len(slots) > 1
    if many:
        with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
            st.markdown(f"**{plain(channel.label())}**", width="content")
            st.button(
                _("Remove"),
                key=f"{_FORM}-{slot}-remove",
                icon=":material/close:",
                type="tertiary",
                on_click=session.keep,
                args=(_SLOTS, [one for one in slots if one[0] != slot]),
            )
    _draw_taken(data, slot, drafted)
    typed: dict[str, Any] = channel.model_dump()
    one, two = st.columns(2)

    def number_field(place: Any, field: str, label: str, start: float | None, step: float) -> None:
        typed[field] = fields.number(place, at + field, label, start, step, slot=slot)

    if not channel.has_people:
        _draw_pages(fields, typed, channel, at, slot, (one, two))
        return typed, None
    number_field(one, "handle_time_seconds", _("Handle time (seconds)"), channel.handle_time_seconds, 5)
    detailed = channel.kind is not ChannelKind.EMAIL and draw_profile(fields, channel, typed, slot, at, hours)
    if not detailed:
        one, two = st.columns(2)
        number_field(one, "contacts_per_day", _("Contacts a day"), channel.volume_per_day, 10)
        number_field(
            two,
            "agents",
            _("People on the queue at once"),
            channel.agents or float(channel.agents_by_day().mean()),
            0.5,
        )
        if channel.kind is not ChannelKind.EMAIL:
            number_field(one, "opening_hours_per_day", _("Opening hours a day"), channel.hours, 0.5)
    if channel.open_days_per_month is not None:
        number_field(two, "open_days_per_month", _("Open days a month"), channel.open_days_per_month, 1)
    if channel.kind is ChannelKind.EMAIL:
        draw_backlog(fields, channel, typed, slot, at, in_settings)
    one, two = st.columns(2)
    if channel.kind is not ChannelKind.EMAIL:
        number_field(one, "patience_seconds", _("Patience (seconds)"), channel.patience_seconds, 10)
        number_field(two, "answer_within_seconds", _("Answer within (seconds)"), channel.answer_within_seconds, 5)
    if channel.kind is ChannelKind.CHAT:
        number_field(one, "chats_at_once", _("Chats at once"), channel.chats_at_once, 1)
        typed["chats_at_once"] = None if typed["chats_at_once"] is None else int(typed["chats_at_once"])
        typed["slowdown_per_extra_chat"] = fields.percent(
            two, f"{at}slowdown_per_extra_chat", _("Each further chat slows by"), channel.slowdown_per_extra_chat, slot=slot
        )
    typed["recontact_after_service"] = fields.percent(
        one, f"{at}recontact_after_service", _("Come back with the same issue"), channel.recontact_after_service, slot=slot
    )
    if channel.kind is ChannelKind.EMAIL:
        return typed, None
    seen = draw_measured(
        fields,
        data,
        typed["answer_within_seconds"],
        at,
        slot,
        channel,
        parts,
        fits_at_once=drafted is not None and drafted.agents_from_waits,
    )
    if seen is None:
        typed["calibrated_on"] = None
    return typed, seen


def _draw_pages(fields: Fields, typed: dict[str, Any], channel: Channel, at: str, slot: str, columns: Sequence[Any]) -> None:
    """Pages on which people help themselves: nobody answers, and who does not succeed arrives on another channel."""
    one, two = columns
    for place, field, label, start, step in (
        (one, "contacts_per_day", _("Visits a day"), channel.volume_per_day, 10),
        (one, "price_per_contact", _("Price of a visit"), channel.price_per_contact, 0.01),
        (two, "monthly_cost", _("Licence and upkeep a month"), channel.monthly_cost, 100),
    ):
        typed[field] = fields.number(place, at + field, label, start, step, slot=slot)
    typed["solved_share"] = fields.percent(
        two,
        f"{at}solved_share",
        _("Visits that end there"),
        channel.solved_share,
        slot=slot,
    )


def contacts_a_day(contacts: float) -> Text:
    """How many contacts come a day."""
    shown = contacts_shown(contacts)
    return ntext("{value} contact a day", "{value} contacts a day", 1 if shown == 1 else 2, value=shown)


def _draw_taken(data: ChannelData, slot: str, drafted: DraftedOperation | None) -> None:
    """What imported data say, and a button that takes it."""
    if data.first is None or data.last is None:
        st.caption(_("Nothing about this channel in the imported data: usual values stand in until you write your own."))
        return
    found: list[str] = []
    values: dict[str, float] = {}
    if data.contacts_per_day is not None:
        values["contacts_per_day"] = contacts_shown(data.contacts_per_day)
        found.append(str(contacts_a_day(data.contacts_per_day)))
    if data.handle_time_seconds is not None:
        values["handle_time_seconds"] = float(rounded_whole(data.handle_time_seconds))
        found.append(str(text("handle time {value}", value=Duration(seconds=values["handle_time_seconds"]))))
    if data.service_level is not None:
        found.append(str(text("service level {value}", value=Percent(share=data.service_level, digits=1))))
    if data.abandonment_rate is not None:
        found.append(str(text("abandonment {value}", value=Percent(share=data.abandonment_rate, digits=1))))
    if data.mean_wait_seconds is not None:
        found.append(str(text("speed of answer {value}", value=Duration(seconds=data.mean_wait_seconds))))
    note = text("Taken from your data, {first} to {last}: {found}.", first=data.first, last=data.last, found=listed(found))
    st.caption(f":material/info: {plain(note)}")
    if drafted is not None:
        if drafted.agents_from_waits and data == drafted.data:
            st.caption(
                _(
                    "People on the queue and the time that the service level counts are not in the data; "
                    "those that would explain your waits stand in."
                )
            )
        elif data.mean_wait_seconds is not None:
            st.caption(_("Write your roster and the time that the service level counts, then switch calibration on."))
        return

    def take() -> None:
        for field, value in values.items():
            session.set_widget(f"{_FORM}-{slot}-{field}", value)

    if values:
        st.button(
            _("Take contacts and handle time from the data"),
            key=f"{_FORM}-{slot}-take",
            type="tertiary",
            icon=":material/download:",
            on_click=take,
        )


def _draw_hour(fields: Fields, place: Any, base: Operation, currency: str) -> Any:
    """The cost of a paid hour: a usual one follows the currency, a written one stays, an unknown one is asked for."""
    field, label = "cost_per_agent_hour", _("Cost of a paid hour")
    if field not in fields.of_team or not is_currency(currency):
        written = fields.number(place, field, label, base.cost_per_agent_hour, 1)
        if currency != base.currency and is_currency(currency):
            place.caption(_("Another currency converts nothing: amounts stay as they are written."))
        return written
    usual = usual_prices(currency)
    slot = "" if currency == base.currency else currency
    return fields.number(place, field, label, None if usual is None else usual.agent_hour, 1, slot=slot)


def _draw_common(fields: Fields, base: Operation) -> dict[str, Any]:
    one, two = st.columns(2)
    currency = fields.letters(two, "currency", _("Currency (three letters)"), base.currency, 3)
    made: dict[str, Any] = {
        "cost_per_agent_hour": _draw_hour(fields, one, base, currency),
        "currency": currency,
        "days_per_month": fields.number(one, "days_per_month", _("Open days a month"), base.days_per_month, 1),
        "shrinkage": fields.percent(
            two,
            "shrinkage",
            _("Shrinkage: paid time off the queue"),
            base.shrinkage,
        ),
        "service_target": fields.percent(one, "service_target", _("Service target"), base.service_target),
    }
    periods = {TargetPeriod.DAY.value: _("on a day"), TargetPeriod.MONTH.value: _("in a month")}
    made["service_target_period"] = two.selectbox(
        _("It counts"),
        list(periods),
        list(periods).index(base.service_target_period.value),
        format_func=lambda period: periods[period],
        key=f"{_FORM}-service_target_period",
        persist_state="session",
        help=hint("service_target_period"),
    )
    made["horizon_months"] = fields.number(one, "horizon_months", _("Months looked at"), base.horizon_months, 1)
    made["annual_rate"] = fields.percent(two, "annual_rate", _("Interest a year"), base.annual_rate)
    made["outsourced_share"] = fields.percent(one, "outsourced_share", _("Answered by a partner"), base.outsourced_share)
    if made["outsourced_share"]:
        for field, label in (
            ("outsourced_price_per_contact", _("The partner's price per contact")),
            ("outsourced_minimum_contacts", _("The partner's minimum a month")),
        ):
            made[field] = fields.number(two, field, label, getattr(base, field), 1)
    return made

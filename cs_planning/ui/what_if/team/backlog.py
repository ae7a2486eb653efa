"""The working hours of e-mail and tickets: the same on each open day, or weekday by weekday."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import streamlit as st

from cs_planning.automation.team.channel import Channel
from cs_planning.language import gettext as _
from cs_planning.ui import session
from cs_planning.ui.what_if.team.fields import Fields
from cs_planning.ui.what_if.team.profile import hour
from cs_planning.workspace.words.fields import hint

_FORM = "what-if-team"


def draw_backlog(
    fields: Fields, channel: Channel, typed: dict[str, Any], slot: str, at: str, in_settings: tuple[str, ...] | None
) -> None:
    """Fields for work that waits in a backlog; writes them into `typed`.

    Args:
        fields: of the form.
        channel: as it is kept.
        typed: what the form says so far.
        slot: of the channel in the form.
        at: in front of its fields.
        in_settings: opening hours of the workspace by weekday, where somebody set them.
    """
    one, two = st.columns(2)
    hours = fields.number(
        one, f"{at}answer_within_seconds", _("Answer within (hours)"), channel.answer_within_seconds / 3600, 1, slot=slot
    )
    typed["answer_within_seconds"] = None if hours is None else 3600 * hours
    typed["backlog_at_start"] = fields.number(
        two, f"{at}backlog_at_start", _("Waiting already"), channel.backlog_at_start, 10, slot=slot
    )
    days = [_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun")]
    typed["arrival_weekdays"] = fields.choice(
        st, f"{at}arrival_weekdays", _("Customers write on"), days, channel.arrival_weekdays, slot=slot
    )
    by_weekday = st.toggle(
        _("Working hours by weekday"),
        bool(channel.hours_by_weekday),
        key=f"{_FORM}-{slot}-by-weekday",
        help=hint("by_weekday"),
        persist_state="session",
    )
    if by_weekday:
        typed["hours_by_weekday"] = _draw_week(fields, channel, slot, at, days, in_settings)
        return
    typed["hours_by_weekday"] = ()
    one, two = st.columns(2)
    typed["opens_at_hour"] = fields.number(
        one, f"{at}opens_at_hour", _("Work begins at (hour)"), channel.opens_at_hour, 1, slot=slot
    )
    typed["opening_hours_per_day"] = fields.number(
        two,
        f"{at}opening_hours_per_day",
        _("Opening hours a day"),
        channel.hours,
        0.5,
        slot=slot,
    )
    typed["open_weekdays"] = fields.choice(st, f"{at}open_weekdays", _("Open on"), days, channel.open_weekdays, slot=slot)


def _draw_week(
    fields: Fields, channel: Channel, slot: str, at: str, days: Sequence[str], in_settings: tuple[str, ...] | None
) -> tuple[str, ...]:
    start = channel.hours_by_weekday or tuple(_written(channel, day) for day in range(len(days)))
    week = tuple(
        fields.words(
            st,
            f"{at}hours_by_weekday.{place}",
            day,
            start[place],
            slot=f"{slot}-hours",
            placeholder=_("closed all day"),
        )
        for place, day in enumerate(days)
    )
    fields.spare_place(f"{at}hours_by_weekday")
    st.caption(_("A break is written as 09:00-12:00, 13:00-18:00; 22:00-06:00 runs into the next day; an empty day is closed."))
    if in_settings is not None:
        st.button(
            _("Take the opening hours of the settings"),
            key=f"{_FORM}-{slot}-hours-take",
            type="tertiary",
            icon=":material/download:",
            on_click=_take,
            args=(in_settings, slot),
        )
    return week


def _take(in_settings: tuple[str, ...], slot: str) -> None:
    for place, written in enumerate(in_settings):
        session.set_widget(f"{_FORM}-{slot}-hours-{place}", written)


def _written(channel: Channel, day: int) -> str:
    """The hours that hold on each open day, as one writes them."""
    if day not in channel.open_weekdays:
        return ""
    if channel.hours >= 24:
        return "00:00-24:00"
    opens, closes = channel.opens_at_hour, channel.opens_at_hour + channel.hours
    return f"{hour(opens)}-{'24:00' if closes == 24 else hour(closes)}"

"""The hours of a channel, cell by cell: contacts and people by interval and weekday, with a picture of both."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from cs_planning.automation.team.channel import Channel
from cs_planning.automation.team.profiles import open_days, resampled
from cs_planning.language import Text, rounded, rounded_whole, text
from cs_planning.language import gettext as _
from cs_planning.ui import session
from cs_planning.ui.what_if.team.fields import Fields
from cs_planning.workspace.words.fields import hint

_FORM = "what-if-team"
_MINUTES = (15, 30, 60)
_DAY = 24
_TIME = "time"
_EDITOR_HEIGHT = 320
_QUIET = 0.02
"""Hours with less than this share of the busiest one are closed."""


def draw_profile(
    fields: Fields,
    channel: Channel,
    typed: dict[str, Any],
    slot: str,
    at: str,
    imported: tuple[tuple[float, ...], ...] | None = None,
) -> bool:
    """Fields for the hours of a channel; writes them into `typed`.

    Args:
        fields: of the form.
        channel: as it is kept.
        typed: what the form says so far.
        slot: of the channel in the form.
        at: in front of its fields.
        imported: mean contacts by weekday and hour, where imported contacts tell them.

    Returns:
        Whether the channel is described hour by hour; its volume and people are then the sums of the cells.
    """
    own = bool(channel.arrivals_per_interval or channel.agents_per_interval)
    wanted = st.toggle(
        _("Hour by hour"),
        own,
        key=f"{_FORM}-{slot}-profile",
        help=hint("hour_by_hour"),
        persist_state="session",
    )
    if not wanted:
        typed["arrivals_per_interval"], typed["agents_per_interval"] = (), ()
        return False
    one, two, three = st.columns(3)
    typed["opens_at_hour"] = fields.number(
        one, f"{at}opens_at_hour", _("Opens at (hour)"), channel.opens_at_hour, 1, slot=f"{slot}-profile"
    )
    hours = fields.number(two, f"{at}opening_hours_per_day", _("Hours open"), channel.hours, 1, slot=f"{slot}-profile")
    typed["opening_hours_per_day"] = hours
    minutes = three.selectbox(
        _("Interval (minutes)"),
        _MINUTES,
        _MINUTES.index(int(channel.interval_minutes)) if own and channel.interval_minutes in _MINUTES else 1,
        key=f"{_FORM}-{slot}-profile-minutes",
        persist_state="session",
        help=hint("profile_interval"),
    )
    by_weekday = st.toggle(
        _("Each weekday by itself"),
        channel.arrivals_by_day().shape[0] > 1,
        key=f"{_FORM}-{slot}-profile-weekdays",
        persist_state="session",
        help=hint("profile_weekdays"),
    )
    if imported is not None:
        st.button(
            _("Take the day's shape from imported contacts"),
            key=f"{_FORM}-{slot}-profile-take",
            type="tertiary",
            icon=":material/download:",
            on_click=_take_imported,
            args=(imported, channel.volume_per_day, slot),
        )
    if not hours or hours > _DAY or typed["opens_at_hour"] is None:
        return True
    typed["interval_minutes"] = float(minutes)
    count = max(rounded_whole(hours * 60 / minutes), 1)
    typed["contacts_per_day"], typed["agents"] = None, None
    opens = float(typed["opens_at_hour"])
    for field, tab in zip(
        ("arrivals_per_interval", "agents_per_interval"), st.tabs([_("Contacts"), _("People on the queue")]), strict=True
    ):
        with tab:
            typed[field] = _draw_cells(channel, field, slot, (7 if by_weekday else 1, count), opens, float(minutes))
    _draw_sums(typed)
    _draw_picture(
        np.array(typed["arrivals_per_interval"]),
        np.array(typed["agents_per_interval"]),
        60.0 * minutes,
        typed["handle_time_seconds"] or 0.0,
        opens,
        f"{_FORM}-{slot}-picture",
    )
    return True


def _take_imported(imported: tuple[tuple[float, ...], ...], volume: float, slot: str) -> None:
    """Opening hours and the shape of the day as contacts were imported; how many a day, and the people, stay as they are."""
    rows = open_days(np.array(imported))
    busy = np.flatnonzero(rows.mean(axis=0) > _QUIET * rows.mean(axis=0).max())
    first, last = int(busy[0]), int(busy[-1]) + 1
    cells = rows[:, first:last]
    cells = cells * volume / cells.sum(axis=1).mean()
    for field, value in (("opens_at_hour", first), ("opening_hours_per_day", last - first)):
        session.set_widget(f"{_FORM}-{slot}-profile-{field}", float(value))
    session.set_widget(f"{_FORM}-{slot}-profile-minutes", 60)
    session.set_widget(f"{_FORM}-{slot}-profile-weekdays", len(rows) > 1)
    structure = f"{slot}-arrivals_per_interval-{len(rows)}x{last - first}-{first:g}-60"
    session.keep(f"{_FORM}.{structure}", cells.round(2).tolist())
    session.drop_widget(f"{_FORM}-{structure}")


def profile_chart(channel: Channel, key: str) -> None:
    """Work and people over a mean day."""
    _draw_picture(
        channel.arrivals_by_day(),
        channel.agents_by_day(),
        channel.interval_seconds(),
        channel.handle_time_seconds,
        channel.opens_at_hour,
        key,
    )


def hour(value: float) -> Text:
    """An hour of the day as a clock; past midnight it goes on from 0:00."""
    return text("{hour}:{minute}", hour=f"{int(value) % _DAY:d}", minute=f"{rounded_whole(value % 1 * 60) % 60:02d}")


def _draw_cells(
    channel: Channel, field: str, slot: str, shape: tuple[int, int], opens: float, minutes: float
) -> tuple[tuple[float, ...], ...]:
    """An editor for one number an interval; what was typed before is carried into another shape."""
    structure = f"{slot}-{field}-{shape[0]}x{shape[1]}-{opens:g}-{minutes:g}"
    last = f"{_FORM}.{slot}-{field}"
    start = session.kept(f"{_FORM}.{structure}")
    if start is None:
        before = session.kept(last)
        whole = channel.arrivals_by_day() if field == "arrivals_per_interval" else channel.agents_by_day()
        cells = np.array(before) if before is not None else whole
        start = resampled(cells, shape, total=field == "arrivals_per_interval").round(2).tolist()
        session.keep(f"{_FORM}.{structure}", start)
    names = _columns(shape[0])
    frame = pd.DataFrame(np.array(start).T, columns=names)
    frame.insert(0, _TIME, [str(hour(opens + place * minutes / 60)) for place in range(shape[1])])
    edited = st.data_editor(
        frame,
        key=f"{_FORM}-{structure}",
        hide_index=True,
        disabled=[_TIME],
        num_rows="fixed",
        height=_EDITOR_HEIGHT,
        column_config={
            _TIME: st.column_config.TextColumn(_("From"), pinned=True),
            **{name: st.column_config.NumberColumn(name, min_value=0.0, max_value=1e6, format="%.4g") for name in names},
        },
        placeholder="",
        alt=_("Contacts by interval") if field == "arrivals_per_interval" else _("People by interval"),
    )
    cells = np.nan_to_num(edited[names].to_numpy(float).T)
    rows = tuple(tuple(float(value) for value in row) for row in cells)
    session.keep(last, rows)
    return rows


def _columns(days: int) -> list[str]:
    week = [_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun")]
    return week if days > 1 else [_("Every day")]


def _draw_sums(typed: dict[str, Any]) -> None:
    contacts, people = np.array(typed["arrivals_per_interval"]), np.array(typed["agents_per_interval"])
    told = text(
        "{contacts} contacts a day and {people} people at once, on average.",
        contacts=rounded(float(contacts.sum(axis=1).mean()), 1),
        people=rounded(float(people.mean()), 1),
    )
    st.caption(str(told))


def _draw_picture(arrivals: np.ndarray, agents: np.ndarray, seconds: float, handle: float, opens: float, key: str) -> None:
    """Work to do against people, over the mean day."""
    work = arrivals.mean(axis=0) * handle / seconds
    frame = pd.DataFrame(
        {
            _("Hour"): opens + np.arange(arrivals.shape[1]) * seconds / 3600,
            _("Work, in people busy"): work,
            _("People on the queue"): agents.mean(axis=0),
        }
    )
    with st.container(key=key):
        st.line_chart(frame, x=_("Hour"), y=[_("Work, in people busy"), _("People on the queue")], height=220)
    short = np.asarray(work > agents.mean(axis=0))
    if short.any():
        first = opens + int(np.argmax(short)) * seconds / 3600
        told = text("From {hour} there is more work than people: waits come from there.", hour=hour(first))
        st.caption(f":orange[:material/warning:] {told}")

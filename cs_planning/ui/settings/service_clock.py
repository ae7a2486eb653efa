"""The form of opening hours, holidays and the fiscal year."""

from __future__ import annotations

import re
from datetime import date
from zoneinfo import available_timezones

import streamlit as st
from babel.dates import get_day_names, get_month_names

from cs_planning.errors import InvalidOpeningHours, PlanningError
from cs_planning.kpis.calendar.opening_hours import OpeningHours, read_spans
from cs_planning.kpis.calendar.public_holidays import countries, parts_of, public_holidays
from cs_planning.kpis.calendar.service_calendar import ServiceCalendar
from cs_planning.language import current_language, text
from cs_planning.language import gettext as _
from cs_planning.ui import session
from cs_planning.ui.parts import saving
from cs_planning.ui.parts.drawing import draw_error, plain
from cs_planning.workspace import Save, Workspace
from cs_planning.workspace.words.fields import hint

_USUAL = "09:00-18:00"
_SHOWN_HOLIDAYS = 6


def draw(workspace: Workspace) -> None:
    """The whole form, with one button that keeps it and computes the KPIs again that rest on it."""
    calendar = workspace.clock.calendar
    kept = calendar.hours
    st.subheader(_("Opening hours"), anchor=False)
    st.markdown(
        _(
            "With opening hours, response and resolution times are also counted on a clock that stands still while the service "
            "is closed. The times of the calendar stay beside them."
        )
    )
    counted = st.toggle(
        _("Count times in opening hours too"), kept is not None, key="clock-counted", help=hint("clock_counted")
    )
    zone = None if counted else _draw_zone(calendar.zone) or ""
    try:
        hours = _draw_hours(calendar) if counted else None
        problem: PlanningError | None = None
    except PlanningError as error:
        hours, problem = None, error
    st.subheader(_("Fiscal year"), anchor=False)
    months = get_month_names("wide", context="stand-alone", locale=current_language())
    starts_in = st.selectbox(
        _("The year begins in"),
        range(1, 13),
        index=calendar.year_starts_in - 1,
        format_func=lambda month: months[month],
        key="clock-fiscal",
        width=260,
        help=hint("clock_fiscal"),
    )
    if problem is not None:
        draw_error(problem)
        return
    if st.button(_("Save"), type="primary", key="clock-save", icon=":material/save:"):
        _save(workspace, hours, starts_in, zone)


def _draw_hours(calendar: ServiceCalendar) -> OpeningHours:
    kept = calendar.hours
    names = get_day_names("wide", context="stand-alone", locale=current_language())
    week = []
    days = st.columns(7, gap="small")
    for place, column in enumerate(days):
        before = ", ".join(map(str, kept.week[place])) if kept else _USUAL if place < 5 else ""
        written = column.text_input(
            names[place],
            before,
            key=f"clock-day-{place}",
            placeholder=_("closed all day"),
            max_chars=60,
            help=hint("clock_day"),
        )
        week.append(read_spans(written or ""))
    st.caption(_("A break is written as 09:00-12:00, 13:00-18:00; an empty day is closed."))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        country = _draw_country(kept.country if kept else calendar.country)
        zone = _draw_zone(calendar.time_zone)
    closed_days = _draw_closed_days(kept)
    if country:
        _draw_coming(country)
    return OpeningHours(week=tuple(week), country=country or None, closed_days=closed_days, time_zone=zone)


def _draw_country(kept: str | None) -> str:
    known = countries()
    code, _dash, part = (kept or "").partition("-")
    country = st.selectbox(
        _("Closed on the public holidays of"),
        ["", *known],
        index=["", *known].index(code) if code in known else 0,
        format_func=lambda one: known[one] if one else _("no country"),
        key="clock-country",
        width=280,
        help=hint("clock_country"),
    )
    parts = parts_of(country) if country else ()
    if not parts:
        return str(country)
    chosen = st.selectbox(
        _("State or region"),
        ["", *parts],
        index=["", *parts].index(part) if part in parts and country == code else 0,
        format_func=lambda one: one or _("only those of the whole country"),
        key=f"clock-part-{country}",
        width=280,
        help=hint("clock_region"),
    )
    return f"{country}-{chosen}" if chosen else str(country)


def zones() -> list[str]:
    """The time zones that are offered."""
    return sorted(zone for zone in available_timezones() if "/" in zone or zone == "UTC")


def _draw_zone(kept: str | None) -> str | None:
    offered, unsaid = ["", *zones()], _("as in the files")
    chosen = st.selectbox(
        _("Time zone of the service"),
        offered,
        index=offered.index(kept) if kept in offered else 0,
        format_func=lambda zone: zone or unsaid,
        key="clock-zone",
        width=260,
        help=hint("clock_zone"),
    )
    return chosen or None


def _draw_closed_days(kept: OpeningHours | None) -> tuple[date, ...]:
    written = st.text_area(
        _("Other days on which the service is closed"),
        ", ".join(day.isoformat() for day in kept.closed_days) if kept else "",
        key="clock-closed",
        placeholder="2026-12-29, 2026-12-30",
        height=80,
        max_chars=4000,
        help=hint("clock_closed"),
    )
    days = []
    for part in re.split(r"[,、;\s]+", (written or "").strip()):
        if not part:
            continue
        try:
            days.append(date.fromisoformat(part.replace("/", "-")))
        except ValueError:
            raise InvalidOpeningHours(
                text("“{day}” is no day.", day=part[:40]), text("Write days as 2026-12-29, with commas between them.")
            ) from None
    return tuple(sorted(set(days)))


def _draw_coming(country: str) -> None:
    today = session.today()
    coming = public_holidays(country, today, today.replace(year=today.year + 1, day=1))
    listed = [text("{day} {holiday}", day=day, holiday=name) for day, name in list(coming.items())[:_SHOWN_HOLIDAYS]]
    if listed:
        st.caption(f"{_('The next holidays:')} {plain(' · '.join(map(str, listed)))}")


def _save(workspace: Workspace, hours: OpeningHours | None, starts_in: int, zone: str | None) -> None:
    bar = st.progress(0.0, _("Computing the KPIs again …"))

    def move(share: float) -> None:
        bar.progress(min(share, 1.0), _("Computing the KPIs again …"))

    def act(*, save: Save) -> None:
        workspace.clock.save(hours, starts_in, zone=zone, save=save, progress=move)

    if saving.saved("clock", act, text("Opening hours and fiscal year are kept, and the KPIs follow them.")):
        st.rerun()
    bar.empty()

"""What stands beside a probability: its record, what could go wrong, and the events that the user knows about."""

from __future__ import annotations

from datetime import date

import numpy as np
import streamlit as st

from cs_planning.errors import PlanningError
from cs_planning.forecasting.answers.track_record import Record
from cs_planning.forecasting.evidence.events import Event, EventKind
from cs_planning.goals.goal import Goal
from cs_planning.kpis.calendar.public_holidays import countries, parts_of
from cs_planning.kpis.quantity import quantity
from cs_planning.language import Text, text
from cs_planning.language import gettext as _
from cs_planning.notebook.blocks import outcome_charts
from cs_planning.ui import session
from cs_planning.ui.parts import why
from cs_planning.ui.parts.drawing import draw_chart, draw_error, percent, plain
from cs_planning.workspace import Workspace
from cs_planning.workspace.goals.forecasts import Look
from cs_planning.workspace.words.fields import hint
from cs_planning.workspace.words.figures import FIGURES

_KINDS = {
    EventKind.IGNORE: text("does not count"),
    EventKind.STEP: text("changed the level at once"),
    EventKind.RAMP: text("changed the level little by little"),
}
_HINTS = {
    EventKind.IGNORE: text("An outage or a campaign that will not come back: its periods are left out."),
    EventKind.STEP: text("A new tool or rule from a day on; how much it changed is learnt from the data."),
    EventKind.RAMP: text("Something that grew until it was in place; how much it changed is learnt from the data."),
}


def draw_record(workspace: Workspace, goal: Goal, today: date) -> None:
    """How good such forecasts of this KPI were so far, beside those of the second opinion."""
    st.subheader(_("How sure are we of that?"), anchor=False)
    with st.container(key="record"):
        try:
            with st.spinner(_("Forecasting the past of this KPI …")):
                own, second = workspace.forecasts.records(goal, today)
        except PlanningError as error:
            draw_error(error)
            return
        st.markdown(plain(own.words()))
        if own.reason is not None:
            return
        left, right = st.columns([5, 6], gap="large")
        with left:
            reason = why.of("coverage", (FIGURES["past_forecasts"].name, text("{count}", count=own.forecasts)))
            with st.container(horizontal=True, gap="large"):
                st.metric(
                    _("Inside the 80 % range"),
                    percent(own.coverage80),
                    width="content",
                    help=reason,
                )
                st.metric(_("Inside the 95 % range"), percent(own.coverage95), width="content", help=reason)
            st.markdown(plain(_compared(own, second)))
            st.caption(
                str(
                    text(
                        "{count} forecasts from the past of this very KPI, {ahead} periods ahead and made without what came "
                        "later. Dots near the dashed line mean that 70 % came true about 70 % of the time.",
                        count=own.forecasts,
                        ahead=own.horizon,
                    )
                )
            )
        with right:
            if own.reliability:
                draw_chart(outcome_charts.reliability(own), "reliability")


def _compared(own: Record, second: Record) -> Text:
    if second.reason is not None:
        return second.reason
    if abs(own.brier - second.brier) < 0.01:
        return text("The independent standard model would have done about as well.")
    if own.brier < second.brier:
        return text("The independent standard model would have done worse.")
    return text("The independent standard model would have done better: give its number weight.")


def draw_notes(look: Look) -> None:
    """Breaks, outliers, gaps, an unfinished period; and what the number would be without the handling of breaks and events."""
    st.subheader(_("What could go wrong?"), anchor=False)
    with st.container(key="doubts", gap="xsmall"):
        for note in look.forecast.notes:
            st.markdown(f":material/info: {plain(note.message)}")
        _draw_without(look)
        if not look.forecast.notes:
            st.markdown(
                _("The history shows no break, outlier or gap. A change that it never saw is not in the number: mark it.")
            )


def _draw_without(look: Look) -> None:
    kpi = look.forecast.series.kpi
    own = quantity(float(np.median(look.draws)), kpi)
    if look.unbroken is not None:
        words = text(
            "If breaks and outliers counted like any other period, {other} would be expected instead of {own}.",
            other=quantity(float(np.median(look.unbroken)), kpi),
            own=own,
        )
        st.markdown(f":material/compare_arrows: {plain(words)}")
    if look.unmarked is not None:
        words = text(
            "Without the marked events, {other} would be expected instead of {own}.",
            other=quantity(float(np.median(look.unmarked)), kpi),
            own=own,
        )
        st.markdown(f":material/compare_arrows: {plain(words)}")


def draw_country(workspace: Workspace, goal: Goal) -> None:
    """The choice of the country whose public holidays count; nothing where neither daily values nor a volume know them."""
    if not workspace.planning.knows_holidays(goal):
        return
    known = {"": _("no country"), **countries()}
    place = workspace.planning.place
    country, _sign, part = place.partition("-")
    with st.container(key="holidays", horizontal=True, gap="medium"):
        chosen = st.selectbox(
            _("Public holidays of"),
            list(known),
            index=list(known).index(country) if country in known else 0,
            format_func=lambda code: known[code],
            help=hint("holidays"),
            key="holidays-country",
            width=320,
        )
        parts = parts_of(chosen)
        wanted = chosen
        if parts:
            region = st.selectbox(
                _("Part of the country"),
                ["", *parts],
                index=["", *parts].index(part) if part in parts and chosen == country else 0,
                format_func=lambda code: code or _("only those of the whole country"),
                key=f"holidays-part-{chosen}",
                width=320,
                help=hint("holidays_part"),
            )
            wanted = f"{chosen}-{region}" if region else chosen
    if wanted == place:
        return
    form = f"holidays-{wanted}"
    try:
        workspace.planning.choose_place(wanted, save=session.save(form))
    except PlanningError as error:
        draw_error(error)
        return
    session.finish_form(form)
    st.rerun()


def draw_events(workspace: Workspace, goal: Goal) -> None:
    """The marked events of the KPI, and a form to mark another."""
    series = goal.series or ""
    st.subheader(_("What do you know that the history does not say?"), anchor=False)
    with st.container(key="events", gap="small"):
        for one in workspace.planning.events.marked(series):
            event = one.event
            with st.container(horizontal=True, vertical_alignment="center"):
                st.markdown(f":material/event_note: {plain(_told(event))}", width="content")
                if st.button(_("Remove"), key=f"event-remove-{one.id}", type="tertiary", icon=":material/delete:"):
                    form = f"event-remove-{one.id}"
                    try:
                        workspace.planning.events.take_away(one, save=session.save(form))
                    except PlanningError as error:
                        draw_error(error)
                        return
                    session.finish_form(form)
                    st.rerun()
        with st.expander(_("Mark an event"), icon=":material/add:", key="event-form"):
            _draw_form(workspace, goal, series)
        removed = [one for one in workspace.planning.events.ever_marked(series) if one.until is not None]
        if removed:
            with st.expander(_("Marks that were removed"), key="events-removed"):
                for one in removed:
                    st.caption(
                        plain(
                            text(
                                "{event} – {author}, {day}",
                                event=_told(one.event),
                                author=session.named(one.author),
                                day=one.until,
                            )
                        )
                    )


def _told(event: Event) -> Text:
    if event.last is None or event.last == event.first:
        return text("{name}: {first} {kind}", name=event.name, first=event.first, kind=_KINDS[event.kind])
    return text(
        "{name}: {first} to {last} {kind}", name=event.name, first=event.first, last=event.last, kind=_KINDS[event.kind]
    )


def _draw_form(workspace: Workspace, goal: Goal, series: str) -> None:
    form = f"event-{series}"
    name = st.text_input(
        _("What was it?"),
        max_chars=120,
        placeholder=_("e.g. outage of the telephone system"),
        key="event-name",
        help=hint("event_name"),
    )
    kind = st.segmented_control(
        _("What it did"),
        [kind.value for kind in EventKind],
        default=EventKind.IGNORE.value,
        required=True,
        format_func=lambda value: str(_KINDS[EventKind(value)]),
        key="event-kind",
        help=hint("event_kind"),
    )
    chosen = EventKind(kind or EventKind.IGNORE)
    st.caption(plain(_HINTS[chosen]))
    kept = workspace.planning.series_of(goal)
    earliest = kept.periods[0].date() if kept is not None and len(kept) else session.today()
    left, right = st.columns(2)
    first = left.date_input(_("From"), value=None, min_value=earliest, key="event-first", help=hint("event_first"))
    last = right.date_input(
        _("To"), value=None, min_value=earliest, key="event-last", disabled=chosen is EventKind.STEP, help=hint("event_last")
    )
    if not st.button(_("Mark it"), icon=":material/event:", key="event-save"):
        return
    if not name or first is None:
        st.error(_("Say what it was and when it began."), icon=":material/error:")
        return
    if last is not None and last < first:
        st.error(_("The end lies before the beginning."), icon=":material/error:")
        return
    event = Event(chosen, first, None if chosen is EventKind.STEP else last, name=name.strip())
    try:
        workspace.planning.events.mark(series, event, save=session.save(form))
    except PlanningError as error:
        draw_error(error)
        return
    session.finish_form(form)
    session.forget_widgets("event")
    st.rerun()

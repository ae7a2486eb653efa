"""How many open minutes lie between two moments: the clock of business hours.

A table of days with the open minutes before each of them is joined to the contacts inside the engine, so that the clock costs
the same on any number of contacts and on any engine that ibis knows.
"""

from __future__ import annotations

from datetime import date

import ibis
import ibis.expr.types as ir

from cs_planning.kpis.calendar.opening_hours import OpeningHours


def with_open_times(contacts: ir.Table, hours: OpeningHours, first: date, last: date) -> ir.Table:
    """The contacts with `first_response_open_minutes` and `resolution_open_hours`, the clock that stands still when closed.

    Args:
        contacts: a contact table of any engine.
        hours: when the service is open.
        first, last: the days between which everything happened that is measured; what lies outside has no such times.

    Not valid when: the service is open while the clock is set forward or back; its naive times are an hour off then.
    """
    days = ibis.memtable(hours.day_table(first, last))
    spans = (len(days.columns) - 2) // 2
    counted = contacts
    moments = [moment for moment in ("created_at", "first_response_at", "solved_at") if moment in contacts.columns]
    for moment in moments:
        at = days.rename({f"{moment}__{name}": name for name in days.columns})
        counted = counted.left_join(at, counted[moment].date() == at[f"{moment}__day"])

    def passed(moment: str) -> ir.NumericValue:
        """The open minutes from the first day until `moment`."""
        at = counted[moment]
        minute = _minute_of_day(at)
        if moment == "solved_at" and "resolution_hours" in contacts.columns:
            # Whole days that end at midnight, whenever they began, end on a date alone: whole open days lie before it.
            whole = counted.resolution_hours / 24
            is_day = (at == at.truncate("D")) & (whole == whole.floor())
            minute = is_day.ifelse(_minute_of_day(counted.created_at), minute)
        total = counted[f"{moment}__before"]
        for place in range(spans):
            opens, closes = counted[f"{moment}__opens_{place}"], counted[f"{moment}__closes_{place}"]
            total += ibis.least(ibis.greatest(minute, opens), closes) - opens
        return total

    def between(moment: str, minutes: float) -> ir.NumericValue:
        took = (passed(moment) - passed("created_at")) / minutes
        return (counted[moment] >= counted.created_at).ifelse(took, ibis.null("float64"))

    times: dict[str, ir.Value] = {}
    if "first_response_at" in moments:
        times["first_response_open_minutes"] = between("first_response_at", 1.0)
    if "solved_at" in moments:
        times["resolution_open_hours"] = between("solved_at", 60.0)
    return counted.select(*contacts.columns, **times)


def _minute_of_day(at: ir.TimestampValue) -> ir.NumericValue:
    return at.hour() * 60.0 + at.minute() + at.second() / 60.0

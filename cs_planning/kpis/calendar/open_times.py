"""How many open minutes lie between two moments: the clock of business hours.

A table of days with the open minutes before each of them is joined to the contacts inside the engine, so that the clock costs
the same on any number of contacts and on any engine that ibis knows.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import ibis
import ibis.expr.types as ir

from cs_planning.kpis.calendar.opening_hours import OpeningHours

SHORTEST, LONGEST = "resolution_open_shortest_hours", "resolution_open_longest_hours"
"""The columns of the shortest and the longest time in opening hours that the dates of a contact allow."""


def with_open_times(contacts: ir.Table, hours: OpeningHours, first: date, last: date, *, with_bounds: bool = False) -> ir.Table:
    """The contacts with `first_response_open_minutes` and `resolution_open_hours`, the clock that stands still when closed.

    Args:
        contacts: a contact table of any engine.
        hours: when the service is open.
        first, last: the days between which everything happened that is measured; what lies outside has no such times.
        with_bounds: whether to add between which times a solution took that is known by its date alone (`SHORTEST`, `LONGEST`).

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
    if with_bounds and "solved_at" in moments and "resolution_hours" in contacts.columns:
        shortest, longest = _bounds(counted, spans, passed)
        times |= {SHORTEST: shortest / 60.0, LONGEST: longest / 60.0}
    return counted.select(*contacts.columns, **times)


def _bounds(counted: ir.Table, spans: int, passed: Callable[[str], ir.NumericValue]) -> tuple[ir.NumericValue, ir.NumericValue]:
    """The fewest and the most open minutes to a solution: from and to any time of the days that are known as dates alone."""

    def length(moment: str) -> ir.NumericValue:
        spans_of = ((counted[f"{moment}__closes_{place}"], counted[f"{moment}__opens_{place}"]) for place in range(spans))
        return sum((closes - opens for closes, opens in spans_of), start=ibis.literal(0.0))

    came, solved = counted.created_at, counted.solved_at
    days = counted.resolution_hours / 24
    is_date = ((days == days.floor()) & ((solved == solved.truncate("D")) | (solved == came))).fill_null(False)
    came_on_a_date = came == came.truncate("D")
    day_begun, day_ended = counted["created_at__before"], counted["created_at__before"] + length("created_at")
    from_first = came_on_a_date.ifelse(day_begun, passed("created_at"))
    from_last = came_on_a_date.ifelse(day_ended, passed("created_at"))
    until = counted["solved_at__before"]
    took = passed("solved_at") - passed("created_at")
    shortest = is_date.ifelse(ibis.greatest(until - from_last, 0.0), took)
    longest = is_date.ifelse(until + length("solved_at") - from_first, took)
    happened = solved >= came
    return happened.ifelse(shortest, ibis.null("float64")), happened.ifelse(longest, ibis.null("float64"))


def _minute_of_day(at: ir.TimestampValue) -> ir.NumericValue:
    return at.hour() * 60.0 + at.minute() + at.second() / 60.0

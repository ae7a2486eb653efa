"""The week in which deferred work gets done: hours by weekday as people write them, and as spans of the week."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Annotated

from pydantic import AfterValidator

from cs_planning.automation.ranges import refusal
from cs_planning.errors import InvalidOpeningHours
from cs_planning.kpis.calendar.opening_hours import OpeningHours, Span, read_spans
from cs_planning.language import text

Spans = tuple[tuple[float, float], ...]
"""Beginning and end of each time at work, in hours; past 24 (in a week: past 168) it runs into the next day (week)."""

_DAY_MINUTES = 24 * 60
_DAY_HOURS, _WEEK_HOURS, _WEEKDAYS = 24, 168, 7


def spans_of_day(written: str) -> Spans:
    """The hours of one day, written `09:00-12:00, 13:00-18:00`, or `22:00-06:00` into the next day; empty for a closed day.

    Raises:
        InvalidOpeningHours: they can't be read.
    """
    return tuple((span.opens / 60, _end(span) / 60) for span in read_spans(written))


def spans_of_week(by_weekday: Sequence[str]) -> Spans:
    """The hours of seven days from Monday as spans of the week."""
    return tuple(
        (_DAY_HOURS * day + start, _DAY_HOURS * day + end)
        for day, written in enumerate(by_weekday)
        for start, end in spans_of_day(written)
    )


def same_hours(opens_at_hour: float, hours: float, weekdays: Sequence[int]) -> Spans:
    """The same hours on each of some weekdays (0 is Monday) as spans of the week; they may run past midnight."""
    return tuple((_DAY_HOURS * day + opens_at_hour, _DAY_HOURS * day + opens_at_hour + hours) for day in weekdays)


def written_week(hours: OpeningHours) -> tuple[str, ...]:
    """The opening hours of a service, one text a weekday."""
    return tuple(", ".join(map(str, spans)) for spans in hours.week)


def usual_hours(hours: OpeningHours) -> float:
    """How long a service is open on an open weekday, on average, without its breaks."""
    days = [sum(span.closes - span.opens for span in spans) for spans in hours.week if spans]
    return sum(days) / len(days) / 60


def checked_week(by_weekday: tuple[str, ...]) -> tuple[str, ...]:
    """Seven days that are open at least once and don't run into each other; none at all is allowed too.

    Raises:
        PydanticCustomError: for the field.
    """
    if not by_weekday:
        return by_weekday
    if len(by_weekday) != _WEEKDAYS:
        raise refusal(
            text("Working hours have {count} days.", count=len(by_weekday)),
            text("Give the hours of seven days, Monday first; leave a closed day empty."),
        )
    spans = sorted(spans_of_week(by_weekday))
    if not spans:
        raise refusal(text("Nobody ever works."), text("Give the hours of at least one weekday."))
    around = [*spans, (spans[0][0] + _WEEK_HOURS, spans[0][1] + _WEEK_HOURS)]
    if any(following[0] < one[1] for one, following in pairwise(around)):
        raise refusal(
            text("The hours of a day run into the next ones."),
            text("Let them end before the next begin; 22:00-06:00 runs until 6 o'clock of the next day."),
        )
    return by_weekday


def _end(span: Span) -> int:
    return span.closes if span.closes > span.opens else span.closes + _DAY_MINUTES


def _checked_day(written: str) -> str:
    """As `spans_of_day` reads it; what can't be a time of the day is refused."""
    try:
        spans = read_spans(written)
    except InvalidOpeningHours as error:
        raise refusal(
            error.message, text("Write 09:00-18:00, or with a break 09:00-12:00, 13:00-18:00; leave a closed day empty.")
        ) from None
    for span in spans:
        if span.opens == span.closes or max(span.opens, span.closes) > _DAY_MINUTES:
            raise refusal(
                text("“{written}” is no time at work.", written=str(span)),
                text("Write times from 0:00 to 24:00; 00:00-24:00 is the whole day."),
            )
    return ", ".join(map(str, spans))


DayHours = Annotated[str, AfterValidator(_checked_day)]
"""The hours of one day in writing."""

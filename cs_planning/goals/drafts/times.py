"""The times that a goal can be set for: quarters, half-years and years, and what moves with them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from cs_planning.goals.goal import Goal, Milestone
from cs_planning.kpis.frequency import Frequency, Rhythm
from cs_planning.kpis.period_names import period_words
from cs_planning.language import Text, text

_HALF_MONTHS = 6


class TimeKind(StrEnum):
    """The length of a goal's time."""

    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"
    FREE = "free"

    @property
    def label(self) -> Text:
        """The kind as a word for the screen."""
        return {
            "quarter": text("Quarter"),
            "half": text("Half-year"),
            "year": text("Year"),
            "free": text("Other dates"),
        }[self.value]


@dataclass(frozen=True)
class Quarter:
    """A quarter, half-year or year that can be picked as a goal's time.

    Attributes:
        label: what the picker shows.
        first: its first day.
        last: its last day, the deadline.
    """

    label: Text
    first: date
    last: date


def quarters_from(today: date, count: int, rhythm: Rhythm) -> list[Quarter]:
    """The quarter that holds `today` and those after it, `count` in all.

    Args:
        today: any day.
        count: at least 0.
        rhythm: any in the years whose quarters are wanted.
    """
    return _periods(today, count, rhythm.of(Frequency.QUARTER))


def times_from(kind: TimeKind, today: date, count: int, rhythm: Rhythm) -> list[Quarter]:
    """The times of one kind from the one that holds `today`, `count` in all; none for free dates.

    Args:
        kind: quarters, half-years or years, all in the years of `rhythm`.
        today: any day.
        count: at least 0.
        rhythm: any in the years that are wanted.
    """
    match kind:
        case TimeKind.QUARTER:
            return quarters_from(today, count, rhythm)
        case TimeKind.YEAR:
            return _periods(today, count, rhythm.of(Frequency.YEAR))
        case TimeKind.HALF:
            return _halves(today, count, rhythm.of(Frequency.YEAR))
        case _:
            return []


def named_span(first: date, last: date, rhythm: Rhythm) -> Text:
    """A span of days by the name of its quarter, half-year or year, and with its days; with its days alone where it has none.

    Args:
        first, last: its days.
        rhythm: any in the years whose quarters count.
    """
    days = text("{start} to {end}", start=first, end=last)
    for kind in (TimeKind.HALF, TimeKind.YEAR, TimeKind.QUARTER):
        named = times_from(kind, first, 1, rhythm)[0]
        if (named.first, named.last) == (first, last):
            return text("{period} ({days})", period=named.label, days=days)
    return days


def _periods(today: date, count: int, periods: Rhythm) -> list[Quarter]:
    starts = [periods.next_after(periods.start_of(today), step) for step in range(count)]
    return [Quarter(period_words(first, periods), first, periods.end_of(first)) for first in starts]


def _halves(today: date, count: int, years: Rhythm) -> list[Quarter]:
    begins = years.start_of(today)
    second = Frequency.MONTH.next_after(begins, _HALF_MONTHS)
    starts = [Frequency.MONTH.next_after(second if today >= second else begins, _HALF_MONTHS * step) for step in range(count)]
    return [_half(first, years) for first in starts]


def _half(first: date, years: Rhythm) -> Quarter:
    year = period_words(first, years)
    words = (
        text("First half of {year}", year=year) if years.start_of(first) == first else text("Second half of {year}", year=year)
    )
    return Quarter(words, first, Frequency.MONTH.next_after(first, _HALF_MONTHS) - timedelta(days=1))


def moved_with_the_time(before: Goal, start: date | None, deadline: date | None) -> tuple[Milestone, ...]:
    """The milestones of a goal whose time changes: each keeps its share of the time, and lies inside it.

    Args:
        before: the goal with its old time; without a start or deadline its milestones are only kept inside the new one.
        start, deadline: first and last day of the new time; without both the milestones stay.
    """
    if start is None or deadline is None or deadline < start:
        return before.milestones
    return tuple(one.model_copy(update={"due": _moved(one.due, before, start, deadline)}) for one in before.milestones)


def _moved(due: date, before: Goal, start: date, deadline: date) -> date:
    if (before.start, before.deadline) != (start, deadline) and before.start is not None and before.deadline is not None:
        days = (before.deadline - before.start).days
        share = min(max((due - before.start).days / days, 0.0), 1.0) if days > 0 else 1.0
        due = start + timedelta(days=int(share * (deadline - start).days))
    return min(max(due, start), deadline)


def time_among(times: Sequence[Quarter], start: date | None, deadline: date | None) -> Quarter | None:
    """The time that ends on a goal's deadline and holds its start; `None` when none does."""
    return next((one for one in times if one.last == deadline and (start is None or one.first <= start)), None)

"""Which periods a goal of a sheet is judged by: from its start, or the period that its deadline names, to its deadline."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import pandas as pd

from cs_planning.errors import InvalidSeries
from cs_planning.goals.goal import Measure
from cs_planning.goals.naming import language_of, plain
from cs_planning.goals.reading.deadlines import deadlines_in, year_begins
from cs_planning.goals.reading.quantities import with_digits
from cs_planning.kpis.frequency import JANUARY, Frequency, Rhythm, read_period
from cs_planning.kpis.series import KpiSeries

_MONTHS = {Frequency.MONTH: 1, Frequency.QUARTER: 3, Frequency.YEAR: 12}


@dataclass(frozen=True)
class WrittenSpan:
    """A day or a period as somebody wrote it.

    Attributes:
        first: its first day.
        last: its last day; the same one where a day was written.
    """

    first: date
    last: date

    def is_longer_than_one(self, rhythm: Rhythm) -> bool:
        """Whether it spans more than one period of a rhythm."""
        return self.last > rhythm.end_of(self.first)


NO_TIME = WrittenSpan(date.min, date.min)
"""Stands where nothing could be read."""


@dataclass(frozen=True)
class Window:
    """The periods that count for one goal on one series.

    Attributes:
        first: first day of the first period.
        last: first day of the last period.
        observed: how many of them the history knows.
        missing: how many before its end it does not know.
        is_named: whether the goal said where it begins; otherwise it begins after the history.
    """

    first: date
    last: date
    observed: int
    missing: int
    is_named: bool

    @classmethod
    def of(
        cls,
        series: KpiSeries,
        measure: Measure,
        begin: WrittenSpan | None,
        end: WrittenSpan,
        *,
        after: date | None,
        is_open: bool = False,
    ) -> Window:
        """The window of a goal.

        Args:
            series: its usable values.
            measure: a level is that of the last period alone.
            begin: what the column `start` says.
            end: what the deadline says; a period longer than those of the series is the time of a goal without a start.
            after: first day of the last period that was written down, whether or not its value can be used; a goal that does
                not say where it begins begins with the one after it.
            is_open: whether the days between the periods are closed on purpose, so that none of them is missing.
        """
        rhythm = series.rhythm
        last = rhythm.start_of(end.last)
        named = begin if begin is not None else end if end.is_longer_than_one(rhythm) else None
        if measure is Measure.LEVEL:
            first = last
        elif named is not None:
            first = rhythm.start_of(named.first)
        else:
            known = max(series.last_period, after or series.last_period)
            if rhythm.count_between(known, last) < 1:
                known = series.last_period
            first = rhythm.next_after(known)
        periods = series.periods
        inside = (periods >= pd.Timestamp(first)) & (periods <= pd.Timestamp(last))
        observed = int(np.count_nonzero(inside))
        until = min(last, series.last_period)
        begins = max(first, periods[0].date())
        missing = 0 if is_open else max(rhythm.count_between(begins, until) + 1, 0) - observed
        return cls(first, last, observed, missing, named is not None)


def read_span(written: str, today: date | None, fiscal_start_month: int | None) -> WrittenSpan | None:
    """A day or a period: `2026-06-30`, `2026-W11`, `2026-06`, `2026-Q2`, `FY2026-Q2`, `2026-H1`, `2027`, `上期`, `2027年度`.

    Args:
        written: by whoever made the list.
        today: for what names no year; `None` refuses that.
        fiscal_start_month: 1…12, the month in which years, halves and quarters begin; `None` is April for a Japanese text and
            January for any other.

    Returns: `None` when it can't be read.
    """
    try:
        first, frequency = read_period(written, fiscal_start_month or JANUARY)
    except InvalidSeries:
        return _said(written, today, fiscal_start_month)
    if frequency is None:
        return WrittenSpan(first, first)
    if frequency is Frequency.WEEK:
        return WrittenSpan(first, first + timedelta(days=6))
    if frequency is not Frequency.MONTH and "fy" not in written.lower():
        first = Frequency.MONTH.next_after(first, (fiscal_start_month or JANUARY) - 1)
    return WrittenSpan(first, Frequency.MONTH.next_after(first, _MONTHS[frequency]) - timedelta(days=1))


def _said(written: str, today: date | None, fiscal_start_month: int | None) -> WrittenSpan | None:
    sentence = with_digits(plain(written))
    fiscal = year_begins(fiscal_start_month, language_of(sentence))
    frames = deadlines_in(f"by {sentence}", today or date(1, 1, 1), fiscal)
    if len(frames) != 1 or (today is None and not any(char.isdigit() for char in sentence)):
        return None
    frame = frames[0]
    return WrittenSpan(frame.first or frame.deadline, frame.deadline)

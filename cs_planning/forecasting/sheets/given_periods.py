"""Periods of whole weeks, as retailers count them: 4, 4 and 5 weeks make a quarter, and no month begins on the first."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from cs_planning.forecasting.sheets.windows import WrittenSpan
from cs_planning.kpis.frequency import MONTHS

_WEEKS = frozenset({28, 35})
_A_YEAR = 12
_FEWEST = 4


@dataclass(frozen=True)
class GivenPeriods:
    """Months that begin on the days that were given; each is called by the calendar month that holds its middle.

    Attributes:
        starts: their first days, ascending, without a gap.
    """

    starts: tuple[date, ...]

    @classmethod
    def among(cls, days: Sequence[date]) -> GivenPeriods | None:
        """The periods of a series whose first days lie four or five weeks apart; `None` for all others.

        Args:
            days: the distinct first days of a series, ascending.
        """
        gaps = {(later - earlier).days for earlier, later in pairwise(days)}
        if len(days) < _FEWEST or not gaps <= _WEEKS or all(day.day == 1 for day in days):
            return None
        found = cls(tuple(days))
        months = [found._month(day) for day in days]
        return found if len(set(months)) == len(months) else None

    def month_of(self, day: date) -> date:
        """The first day of the calendar month by which the period that holds a day is called.

        Assumptions: after the last given start the lengths of a year before repeat.
        """
        starts = list(self.starts)
        lengths = [(later - earlier).days for earlier, later in pairwise(starts)]
        pattern = lengths[-_A_YEAR:] if len(lengths) >= _A_YEAR else lengths[-3:]
        index = 0
        while starts[-1] <= day:
            starts.append(starts[-1] + timedelta(days=pattern[index % len(pattern)]))
            index += 1
        return self._month(starts[max(bisect_right(starts, day) - 1, 0)])

    def span_of(self, span: WrittenSpan) -> WrittenSpan:
        """A single day as the month of the period that holds it; a named period is what it says."""
        if span.first != span.last:
            return span
        first = self.month_of(span.first)
        return WrittenSpan(first, MONTHS.end_of(first))

    @staticmethod
    def _month(start: date) -> date:
        return (start + timedelta(days=15)).replace(day=1)

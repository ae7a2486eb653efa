"""How old data are, and until when a number is said from them: one rule for what is imported, kept and forecast."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from cs_planning.kpis.frequency import Frequency, Rhythm

MOST_PERIODS_BEHIND = 2
MARGIN_DAYS = {Frequency.DAY: 14, Frequency.WEEK: 14, Frequency.MONTH: 10, Frequency.QUARTER: 31, Frequency.YEAR: 92}
"""How long after the end of a period its figures may take to arrive."""


@dataclass(frozen=True)
class Freshness:
    """How old the data behind a number are.

    Attributes:
        last: first day of the newest period that has a value.
        data_until: last day of that period.
        said_until: last day on which a number is said from these data.
        today: the day on which it is asked for.
    """

    last: date
    data_until: date
    said_until: date
    today: date

    @property
    def is_stale(self) -> bool:
        """Whether the data are too old for a number."""
        return self.today > self.said_until


def freshness_since(last: date, rhythm: Rhythm, today: date) -> Freshness:
    """How old data are whose newest period begins on a day.

    Args:
        last: that day.
        rhythm: of the periods.
        today: the day on which a number is asked for.

    Assumptions: a number is said until two whole periods without a value have passed and the figures of the second had the
        time of `MARGIN_DAYS` to arrive.
    """
    until = rhythm.end_of(rhythm.next_after(last, MOST_PERIODS_BEHIND))
    return Freshness(last, rhythm.end_of(last), until + timedelta(days=MARGIN_DAYS[rhythm.frequency]), today)

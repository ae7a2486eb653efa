"""The rhythm of a series, and the arithmetic of its periods.

A period is known by the date of its first day: a week starts on Monday, a quarter on the first day of its first month.  The
year, and with it the quarters, can begin in any month; a `Rhythm` carries that month, so that nothing has to be looked up.  A
fiscal year is named after the calendar year in which it begins.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

import pandas as pd

from cs_planning.errors import InvalidOpeningHours, InvalidSeries
from cs_planning.language import Text, text

_MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
JANUARY = 1
"""The month in which years begin where nobody said another one."""


def checked_month(month: int) -> int:
    """`month` as the month in which a year begins.

    Raises:
        InvalidOpeningHours: it is not one of 1…12.
    """
    if not 1 <= month <= len(_MONTHS):
        raise InvalidOpeningHours(
            text("A fiscal year can't begin in month {month}.", month=month), text("Give a month from 1 to 12.")
        )
    return month


class Frequency(StrEnum):
    """How often a series has a value."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"

    @property
    def periods_per_year(self) -> int:
        """How many periods make a year, rounded; also the length of the yearly season."""
        return {"day": 365, "week": 52, "month": 12, "quarter": 4, "year": 1}[self.value]

    @property
    def label(self) -> Text:
        """The frequency as a word for the screen."""
        return {
            "day": text("daily"),
            "week": text("weekly"),
            "month": text("monthly"),
            "quarter": text("quarterly"),
            "year": text("yearly"),
        }[self.value]

    def next_after(self, start: date, count: int = 1) -> date:
        """The first day of the period `count` periods after the one that starts on `start`; `count` may be negative."""
        match self:
            case Frequency.DAY:
                return start + timedelta(days=count)
            case Frequency.WEEK:
                return start + timedelta(weeks=count)
            case Frequency.MONTH | Frequency.QUARTER | Frequency.YEAR:
                months = {"month": 1, "quarter": 3, "year": 12}[self.value] * count
                return _month(_month_index(start) + months)

    def is_finer_than(self, other: Frequency) -> bool:
        """Whether periods of this frequency are shorter than those of `other`."""
        order = list(Frequency)
        return order.index(self) < order.index(other)


@dataclass(frozen=True)
class Rhythm:
    """How often a series has a value, in years that begin in a known month.

    Attributes:
        frequency: the length of the periods.
        year_starts_in: the month in which years, and with them quarters, begin, 1…12; 4 in most Japanese companies.

    Raises:
        InvalidOpeningHours: there is no such month.
    """

    frequency: Frequency
    year_starts_in: int

    def __post_init__(self) -> None:
        checked_month(self.year_starts_in)

    @property
    def pandas_period(self) -> str:
        """The alias of the pandas period type."""
        last = _MONTHS[self.year_starts_in - 2]
        return {"day": "D", "week": "W-SUN", "month": "M", "quarter": f"Q-{last}", "year": f"Y-{last}"}[self.frequency.value]

    def of(self, frequency: Frequency) -> Rhythm:
        """Other periods in the same years."""
        return self if frequency is self.frequency else Rhythm(frequency, self.year_starts_in)

    def start_of(self, day: date) -> date:
        """The first day of the period that holds `day`."""
        match self.frequency:
            case Frequency.DAY:
                return date(day.year, day.month, day.day)
            case Frequency.WEEK:
                return date(day.year, day.month, day.day) - timedelta(days=day.weekday())
            case Frequency.MONTH:
                return date(day.year, day.month, 1)
            case Frequency.QUARTER:
                return _month(_month_index(day) - self._months_into_year(day) % 3)
            case Frequency.YEAR:
                return _month(_month_index(day) - self._months_into_year(day))

    def next_after(self, start: date, count: int = 1) -> date:
        """The first day of the period `count` periods after the one that starts on `start`; `count` may be negative."""
        return self.frequency.next_after(start, count)

    def end_of(self, day: date) -> date:
        """The last day of the period that holds `day`."""
        return self.next_after(self.start_of(day)) - timedelta(days=1)

    def count_between(self, first: date, last: date) -> int:
        """How many periods after the period of `first` the period of `last` lies; negative when it lies before."""
        match self.frequency:
            case Frequency.DAY:
                return (last - first).days
            case Frequency.WEEK:
                return (self.start_of(last) - self.start_of(first)).days // 7
            case Frequency.MONTH:
                return (last.year - first.year) * 12 + last.month - first.month
            case Frequency.QUARTER:
                return (_month_index(self.start_of(last)) - _month_index(self.start_of(first))) // 3
            case Frequency.YEAR:
                return (_month_index(self.start_of(last)) - _month_index(self.start_of(first))) // 12

    def write(self, day: date) -> str:
        """The period that holds `day` as text: `2026-03-09`, `2026-W11`, `2026-03`, `2026-Q1`, `FY2026-Q1`, `2026`."""
        match self.frequency:
            case Frequency.DAY:
                return day.isoformat()
            case Frequency.WEEK:
                year, week, _ = day.isocalendar()
                return f"{year}-W{week:02d}"
            case Frequency.MONTH:
                return f"{day.year:04d}-{day.month:02d}"
            case Frequency.QUARTER:
                return f"{self._year_written(day)}-Q{self.quarter_of(day)}"
            case Frequency.YEAR:
                return self._year_written(day)

    def quarter_of(self, day: date) -> int:
        """The number of the quarter that holds `day`, 1…4."""
        return self._months_into_year(day) // 3 + 1

    def year_of(self, day: date) -> int:
        """The year that holds `day`: a fiscal year is named after the calendar year in which it begins."""
        return _month(_month_index(day) - self._months_into_year(day)).year

    def _year_written(self, day: date) -> str:
        return f"{'' if self.year_starts_in == JANUARY else 'FY'}{self.year_of(day):04d}"

    def _months_into_year(self, day: date) -> int:
        return (day.month - self.year_starts_in) % 12


DAYS, WEEKS, MONTHS = (Rhythm(each, JANUARY) for each in (Frequency.DAY, Frequency.WEEK, Frequency.MONTH))
"""Periods that are the same wherever the year begins."""


def _month_index(day: date) -> int:
    return day.year * 12 + day.month - 1


def _month(index: int) -> date:
    return date(index // 12, index % 12 + 1, 1)


_FISCAL = re.compile(r"FY ?(\d{4})(?:[-/ ]?Q([1-4]))?", re.IGNORECASE)
_PATTERNS = (
    (Frequency.WEEK, re.compile(r"(\d{4})-?W(\d{1,2})", re.IGNORECASE)),
    (Frequency.QUARTER, re.compile(r"(\d{4})[-/ ]?Q([1-4])", re.IGNORECASE)),
    (Frequency.QUARTER, re.compile(r"Q([1-4])[-/ ](\d{4})", re.IGNORECASE)),
    (Frequency.MONTH, re.compile(r"(\d{4})[-/](\d{1,2})")),
    (Frequency.YEAR, re.compile(r"(\d{4})")),
)


def read_period(written: str, year_starts_in: int) -> tuple[date, Frequency | None]:
    """The first day of a written period, and its frequency where the writing shows it.

    Args:
        written: `YYYY-MM-DD` (frequency unknown: None), `YYYY-Www`, `YYYY-MM`, `YYYY-Qn`, `Qn YYYY` or `YYYY`; with `FY` before
            the year, a quarter or year of the fiscal year.
        year_starts_in: the month in which fiscal years begin, 1…12.

    Raises:
        InvalidSeries: it is none of these or no such day exists.
    """
    trimmed = written.strip()
    fiscal = _FISCAL.fullmatch(trimmed)
    if fiscal is not None:
        begins = int(fiscal[1]) * 12 + year_starts_in - 1
        is_quarter = fiscal[2] is not None
        return _month(begins + 3 * (int(fiscal[2] or 1) - 1)), Frequency.QUARTER if is_quarter else Frequency.YEAR
    try:
        for frequency, pattern in _PATTERNS:
            match = pattern.fullmatch(trimmed)
            if match is None:
                continue
            first, second = int(match[1]), int(match[2]) if match.lastindex == 2 else 1
            if frequency is Frequency.QUARTER and first <= 4:
                first, second = second, first
            match frequency:
                case Frequency.WEEK:
                    return date.fromisocalendar(first, second, 1), frequency
                case Frequency.QUARTER:
                    return date(first, 3 * second - 2, 1), frequency
                case Frequency.MONTH:
                    return date(first, second, 1), frequency
                case _:
                    return date(first, 1, 1), frequency
        return date.fromisoformat(trimmed[:10]), None
    except ValueError:
        raise InvalidSeries(
            text("'{written}' is not a period.", written=written),
            text("Write it as 2026-03-09, 2026-W11, 2026-03, 2026-Q1 or 2026."),
        ) from None


def infer_frequency(starts: pd.Series) -> Frequency:
    """The frequency that the gaps between sorted, distinct dates show; monthly when there is a single date.

    Args:
        starts: datetimes, at least one.

    Assumptions: at least half of the neighbouring periods are present.
    """
    days = pd.Series(starts).drop_duplicates().sort_values()
    if len(days) < 2:
        return Frequency.MONTH
    gap = days.diff().dropna().dt.days.median()
    if gap < 4:
        return Frequency.DAY
    if gap < 20:
        return Frequency.WEEK
    if gap < 60:
        return Frequency.MONTH
    if gap < 200:
        return Frequency.QUARTER
    return Frequency.YEAR

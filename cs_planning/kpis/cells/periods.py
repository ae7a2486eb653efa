"""Cells → periods: weeks, months, quarters and years as files write them, and single days."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from cs_planning.kpis.cells.missing import is_missing
from cs_planning.kpis.cells.moments import MONTHS, DateOrder, order_of, read_moment, tidy
from cs_planning.kpis.frequency import JANUARY, Frequency


@dataclass(frozen=True)
class Periods:
    """A column read as periods.

    Attributes:
        starts: first days, datetime64, NaT where a cell is empty or no period, shape (n,).
        bad: true where a cell is filled and no period, shape (n,).
        frequency: what the writing shows (`2026-Q1`), else None.
        order: the order of day and month that the column shows; None where both are possible.
        mixed: whether cells contradict each other about that order.
    """

    starts: pd.Series
    bad: np.ndarray
    frequency: Frequency | None
    order: DateOrder | None
    mixed: bool

    @property
    def share_read(self) -> float:
        """Readable cells ÷ cells that are not empty; 0 when all are empty."""
        filled = int(self.bad.sum()) + int(self.starts.notna().sum())
        return int(self.starts.notna().sum()) / filled if filled else 0.0


_CENTURY = 100
_YEAR = r"(?P<year>(?:19|20)\d{2})"


_PERIODS = (
    (Frequency.WEEK, re.compile(rf"{_YEAR}[-/ ]?(?:w|kw|week|第)[- ]?(?P<part>\d{{1,2}})週?", re.IGNORECASE)),
    (Frequency.WEEK, re.compile(rf"(?:w|kw|week)[- ]?(?P<part>\d{{1,2}})[-/, ]+{_YEAR}", re.IGNORECASE)),
    (Frequency.QUARTER, re.compile(rf"{_YEAR}[-/ ]?q(?P<part>[1-4])", re.IGNORECASE)),
    (Frequency.QUARTER, re.compile(rf"(?:q(?P<part>[1-4])|(?P<part2>[1-4])q)[-/, ]*{_YEAR}", re.IGNORECASE)),
    (Frequency.QUARTER, re.compile(rf"{_YEAR}年(?:第)?(?P<part>[1-4])四半期")),
    (Frequency.MONTH, re.compile(rf"{_YEAR}[-/.](?P<part>\d{{1,2}})")),
    (Frequency.MONTH, re.compile(rf"(?P<part>\d{{1,2}})[-/.]{_YEAR}")),
    (Frequency.MONTH, re.compile(rf"{_YEAR}年 ?(?P<part>\d{{1,2}})月度?")),
    (Frequency.MONTH, re.compile(rf"(?P<word>[a-z]{{3,9}})\.?[-/, ]+(?:{_YEAR}|'?(?P<short>\d{{2}}))", re.IGNORECASE)),
    (Frequency.MONTH, re.compile(rf"{_YEAR}[-/, ]+(?P<word>[a-z]{{3,9}})\.?", re.IGNORECASE)),
    (Frequency.MONTH, re.compile(rf"{_YEAR}(?P<part>0[1-9]|1[0-2])")),
    (Frequency.YEAR, re.compile(rf"{_YEAR}年?(?:\.0)?")),
)
_FISCAL_YEAR = r"(?P<year>(?:19|20)?\d{2})"
_FISCAL = (
    re.compile(
        rf"fy ?'?{_FISCAL_YEAR}(?:[-/,. ]*(?:q(?P<quarter>[1-4])|(?:m|p|pd|period|month) ?(?P<place>0?[1-9]|1[0-2])))?",
        re.IGNORECASE,
    ),
    re.compile(
        rf"(?:q(?P<quarter>[1-4])|(?:m|p|pd|period|month) ?(?P<place>0?[1-9]|1[0-2]))[-/,. ]*fy ?'?{_FISCAL_YEAR}",
        re.IGNORECASE,
    ),
    re.compile(
        rf"{_FISCAL_YEAR}年度 ?(?:第?(?P<quarter>[1-4])(?:四半期|q)|q(?P<quarter2>[1-4])|(?P<month>0?[1-9]|1[0-2])月度?)?",
        re.IGNORECASE,
    ),
)
_SPAN = re.compile(r"(.{8,}?)\s*(?:–|—|~|〜| - | to )\s*(.{8,})")


def read_fiscal(cell: str, year_starts_in: int) -> tuple[date, Frequency] | None:
    """The period of a fiscal year in a cell (`FY26 Q1`, `FY2026 M01`, 2026年度第1四半期); None when it is none.

    Args:
        cell: as written.
        year_starts_in: the month in which the year begins, 1…12.

    Assumptions: a fiscal year is named after the calendar year in which it begins, as everywhere here.
    """
    written = tidy(cell)
    for pattern in _FISCAL:
        match = pattern.fullmatch(written)
        if match is None:
            continue
        found = {name: int(value) for name, value in match.groupdict().items() if value}
        year = found["year"] if found["year"] >= _CENTURY else 2000 + found["year"]
        begins = date(year, year_starts_in, 1)
        quarter = found.get("quarter") or found.get("quarter2")
        if quarter:
            return Frequency.QUARTER.next_after(begins, quarter - 1), Frequency.QUARTER
        place = found.get("place") or ((found["month"] - year_starts_in) % 12 + 1 if "month" in found else 0)
        return (Frequency.MONTH.next_after(begins, place - 1), Frequency.MONTH) if place else (begins, Frequency.YEAR)
    return None


def read_period_cell(cell: str, order: DateOrder, year_starts_in: int = JANUARY) -> tuple[date, Frequency | None] | None:
    """The first day of the period in a cell, and its frequency where the writing shows it; None when it is no period."""
    written = tidy(cell)
    fiscal = read_fiscal(written, year_starts_in)
    if fiscal is not None:
        return fiscal
    for frequency, pattern in _PERIODS:
        match = pattern.fullmatch(written)
        if match is None:
            continue
        found = match.groupdict()
        year = int(found.get("year") or 2000 + int(found.get("short") or 0))
        part = int(found.get("part") or found.get("part2") or MONTHS.get((found.get("word") or "").lower(), 0) or 0)
        try:
            match frequency:
                case Frequency.WEEK:
                    return date.fromisocalendar(year, part, 1), frequency
                case Frequency.QUARTER:
                    return date(year, 3 * part - 2, 1), frequency
                case Frequency.MONTH:
                    return date(year, part, 1), frequency
                case _:
                    return date(year, 1, 1), frequency
        except ValueError:
            continue
    span = _SPAN.fullmatch(written)
    moment = read_moment(span[1] if span else written, order)
    return None if moment is None else (moment.date(), None)


def read_periods(cells: pd.Series, order: DateOrder | None = None, year_starts_in: int = JANUARY) -> Periods:
    """A column of cells as periods.

    Args:
        cells: strings, shape (n,).
        order: the order of day and month; found on the whole column when None, day first when both are possible.
        year_starts_in: the month in which fiscal years begin, 1…12.
    """
    codes, distinct = pd.factorize(cells, use_na_sentinel=False)
    written = [str(cell) for cell in distinct.tolist()]
    found, mixed = order_of(cell for cell in written if not is_missing(cell))
    used = order or found or DateOrder.DAY_FIRST
    starts = np.full(len(distinct), np.datetime64("NaT", "s"))
    bad = np.zeros(len(distinct), dtype=bool)
    frequencies: set[Frequency | None] = set()
    for place, cell in enumerate(written):
        if is_missing(cell):
            continue
        read = read_period_cell(cell, used, year_starts_in)
        if read is None:
            bad[place] = True
            continue
        starts[place] = np.datetime64(read[0], "s")
        frequencies.add(read[1])
    frequency = frequencies.pop() if len(frequencies) == 1 else None
    return Periods(pd.Series(starts[codes]), bad[codes], frequency, found, mixed)

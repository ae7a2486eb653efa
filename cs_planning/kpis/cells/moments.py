"""Cells → points in time and periods: formats and the order of day and month, decided on the whole column."""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache

import pandas as pd

from cs_planning.kpis.cells.eras import with_western_dates
from cs_planning.kpis.cells.missing import is_missing
from cs_planning.language import Text, text


class DateOrder(StrEnum):
    """In which order a date of three numbers is written."""

    YEAR_FIRST = "ymd"
    DAY_FIRST = "dmy"
    MONTH_FIRST = "mdy"

    @property
    def label(self) -> Text:
        """The order with an example."""
        return {
            "ymd": text("year first (2026-03-31)"),
            "dmy": text("day first (31/03/2026)"),
            "mdy": text("month first (03/31/2026)"),
        }[self.value]


EPOCH_SECONDS = "epoch seconds"
EPOCH_MILLISECONDS = "epoch milliseconds"


_SHORT, _KEPT = 48, 16_384
"""Up to how many characters, and how many of them, cells are remembered."""
_DATES = (
    (re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})"), "ymd"),
    (re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})(?!\d)"), "numeric"),
    (re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日"), "japanese"),
    (re.compile(r"(\d{1,2})([-/. ])([A-Za-z]{3,9})\.?([-/, ]+)(\d{4}|\d{2})(?!\d)"), "day word"),
    (re.compile(r"([A-Za-z]{3,9})\.?([ -])(\d{1,2})(,? |-|, )(\d{4})"), "word day"),
    (re.compile(r"(\d{4})(\d{2})(\d{2})(?=$|[T ])"), "compact"),
)
_TIME = re.compile(
    r"(?P<gap>,? +|T)(?P<hour>\d{1,2}):(?P<minute>\d{2})(?P<second>:\d{2}(?P<fraction>[.,]\d{1,9})?)?"
    r"(?P<half> ?[AaPp]\.?[Mm]\.?)?(?P<zone> ?(?:Z|UTC|GMT|JST|[+-]\d{2}:?\d{2}))?"
)
_YEAR_AT_START = r"[0-9]{4}"


_PLAIN_DATE_AT_START = r"[0-9]{1,2}[-/.][0-9]{1,2}[-/.][0-9]{2,4}(?:[^0-9]|$)"


_LONGEST_DATE = len("31/12/2026")


_USUAL = re.compile(r"[0-9]{4}([-/.])[0-9]{2}\1[0-9]{2}([ T])[0-9]{2}:[0-9]{2}:[0-9]{2}")


ZONE = r" ?(Z|UTC|GMT|JST|[+-]\d{2}:?\d{2})$"
"""A regular expression for the zone at the end of a written time."""
_UTC = frozenset({"", "z", "utc", "gmt"})
MONTHS = {
    word: number
    for number, words in enumerate(
        (
            "jan january", "feb february", "mar march", "apr april", "may", "jun june", "jul july", "aug august",
            "sep sept september", "oct october", "nov november", "dec december",
        ),
        start=1,
    )
    for word in words.split()
}  # fmt: skip


_WEEKDAY = re.compile(r"^(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,? +", re.IGNORECASE)


@dataclass(frozen=True)
class Shape:
    """How one point in time is written.

    Attributes:
        format: the `strptime` format of it without its zone, or one of the two epochs.
        has_zone: whether an offset or zone is written behind it.
        has_time: whether a time of day is written.
    """

    format: str
    has_zone: bool = False
    has_time: bool = True


@dataclass(frozen=True)
class TimeColumn:
    """How a column writes points in time.

    Attributes:
        formats: all formats in it, the most frequent first.
        order: the order of its dates; None where its cells allow both day-first and month-first.
        mixed: whether some cells can only be day-first and others only month-first.
        has_zone: whether offsets are written.
        share_read: readable cells ÷ cells that are not empty.
    """

    formats: tuple[str, ...]
    order: DateOrder | None
    mixed: bool
    has_zone: bool
    share_read: float


def tidy(cell: str) -> str:
    """A cell with narrow characters, single spaces and without a leading weekday."""
    return _tidy_short(cell) if len(cell) <= _SHORT else _tidied(cell)


def _tidied(cell: str) -> str:
    folded = " ".join((cell if cell.isascii() else unicodedata.normalize("NFKC", cell)).split())
    folded = _WEEKDAY.sub("", folded) if folded[:1].isalpha() else folded
    return with_western_dates(folded)


_tidy_short = lru_cache(maxsize=_KEPT)(_tidied)
"""The same cells are looked at as points in time, as periods and as lengths, and again once their column has a role."""


def shape_of(cell: str, order: DateOrder) -> Shape | None:
    """How a point in time is written; None when it is none."""
    return _shape_of_short(cell, order) if len(cell) <= _SHORT else _found_shape(cell, order)


def _found_shape(cell: str, order: DateOrder) -> Shape | None:
    if match := _USUAL.fullmatch(cell):
        return Shape(f"%Y{match[1]}%m{match[1]}%d{match[2]}%H:%M:%S")
    written = tidy(cell)
    if re.fullmatch(r"\d{10}", written):
        return Shape(EPOCH_SECONDS)
    if re.fullmatch(r"\d{13}", written):
        return Shape(EPOCH_MILLISECONDS)
    if re.fullmatch(r"\d{14}", written):
        return Shape("%Y%m%d%H%M%S")
    for pattern, kind in _DATES:
        match = pattern.match(written)
        if match is None:
            continue
        form = _date_format(match, kind, order)
        if form is None:
            continue
        rest = written[match.end() :]
        if not rest:
            return Shape(form, has_time=False)
        clock = _TIME.fullmatch(rest)
        if clock is None:
            continue
        half = clock["half"] or ""
        form += clock["gap"].replace("T", "T") + ("%I" if half else "%H") + ":%M"
        if clock["second"]:
            form += ":%S"
        if clock["fraction"]:
            form += f"{clock['fraction'][0]}%f"
        if half:
            form += (" " if half.startswith(" ") else "") + "%p"
        return Shape(form, has_zone=bool(clock["zone"]))
    return None


_shape_of_short = lru_cache(maxsize=_KEPT)(_found_shape)


def _date_format(match: re.Match[str], kind: str, order: DateOrder) -> str | None:
    match kind:
        case "ymd":
            return f"%Y{match[2]}%m{match[2]}%d"
        case "numeric":
            year = "%Y" if len(match[4]) == 4 else "%y"
            first, second = ("%m", "%d") if order is DateOrder.MONTH_FIRST else ("%d", "%m")
            return f"{first}{match[2]}{second}{match[2]}{year}"
        case "japanese":
            return "%Y年%m月%d日"
        case "day word":
            year = "%Y" if len(match[5]) == 4 else "%y"
            month = _month_format(match[3])
            return month and f"%d{match[2]}{month}{match[4]}{year}"
        case "word day":
            month = _month_format(match[1])
            return month and f"{month}{match[2]}%d{match[4]}%Y"
        case _:
            return "%Y%m%d"


def _month_format(word: str) -> str | None:
    if word.lower() not in MONTHS or word.lower() == "sept":
        return None
    return "%b" if len(word) == 3 else "%B"


def order_of(cells: Iterable[str]) -> tuple[DateOrder | None, bool]:
    """The order of day and month that a column shows, None when both are possible, and whether cells contradict each other."""
    return _order_of_counted((cell, 1) for cell in cells)


def order_of_column(cells: pd.Series) -> tuple[DateOrder | None, bool]:
    """As `order_of`, for the different cells of a long column of strings, which are told apart by their beginnings."""
    # What begins with a year can't be a date of three numbers, and one of those has ended by its eleventh character.
    rest = cells[~cells.str.match(_YEAR_AT_START)]
    is_plain = rest.str.match(_PLAIN_DATE_AT_START)
    beginnings = rest[is_plain].str.slice(0, _LONGEST_DATE + 1).value_counts()
    plain = zip(map(str, beginnings.index), map(int, beginnings), strict=True)
    return _order_of_counted(itertools.chain(plain, ((cell, 1) for cell in rest[~is_plain].tolist())))


def _order_of_counted(counted: Iterable[tuple[str, int]]) -> tuple[DateOrder | None, bool]:
    day_first = month_first = either = 0
    for cell, count in counted:
        if _USUAL.fullmatch(cell):
            continue
        match = _DATES[1][0].match(tidy(cell))
        if match is None:
            continue
        first, second = int(match[1]), int(match[3])
        if first > 12 >= second:
            day_first += count
        elif second > 12 >= first:
            month_first += count
        elif first != second:
            either += count
    if day_first and month_first:
        return (DateOrder.DAY_FIRST if day_first >= month_first else DateOrder.MONTH_FIRST), True
    if day_first:
        return DateOrder.DAY_FIRST, False
    if month_first:
        return DateOrder.MONTH_FIRST, False
    if either:
        return None, False
    return DateOrder.YEAR_FIRST, False


def look_at_times(cells: Iterable[str], order: DateOrder | None = None) -> TimeColumn:
    """How a column writes points in time.

    Args:
        cells: the column's cells or a fair part of them.
        order: the order of day and month where it is known from elsewhere.
    """
    counts: dict[str, int] = {}
    usual: dict[tuple[str, str], int] = {}
    others: list[str] = []
    for cell in cells:
        # Most cells of most files: told by one look, and neither empty nor in any doubt.
        if match := _USUAL.fullmatch(cell):
            separators = (str(match[1]), str(match[2]))
            usual[separators] = usual.get(separators, 0) + 1
        elif not is_missing(cell):
            others.append(cell)
    for (between, before), count in usual.items():
        counts[f"%Y{between}%m{between}%d{before}%H:%M:%S"] = count
    read = sum(usual.values())
    filled = read + len(others)
    found, mixed = order_of(others)
    used = order or found or DateOrder.DAY_FIRST
    has_zone = False
    for cell in others:
        shape = shape_of(cell, used)
        if shape is None:
            continue
        read += 1
        has_zone |= shape.has_zone
        counts[shape.format] = counts.get(shape.format, 0) + 1
    formats = tuple(sorted(counts, key=lambda form: (-counts[form], form)))
    return TimeColumn(formats, found, mixed, has_zone, read / filled if filled else 0.0)


def read_moment(cell: str, order: DateOrder) -> datetime | None:
    """The point in time in a cell, as written (its zone is left out); None when it is none or does not exist."""
    shape = shape_of(cell, order)
    if shape is None:
        return None
    written = re.sub(ZONE, "", tidy(cell)) if shape.has_zone else tidy(cell)
    try:
        if shape.format in (EPOCH_SECONDS, EPOCH_MILLISECONDS):
            seconds = int(written) / (1 if shape.format == EPOCH_SECONDS else 1000)
            return datetime(1970, 1, 1) + timedelta(seconds=seconds)  # noqa: DTZ001 - naive UTC, as all times of a file
        if shape.format == "%Y-%m-%d %H:%M:%S" and _USUAL.fullmatch(written):
            return datetime.fromisoformat(written)
        written = re.sub(r"([.,]\d{6})\d+", r"\1", written)
        return datetime.strptime(written.replace(".m.", "m"), shape.format)  # noqa: DTZ007 - zones are treated apart
    except (ValueError, OverflowError):
        return None


def offset_minutes(cell: str) -> int:
    """The minutes by which the zone written behind a point in time is ahead of UTC; 0 without one."""
    match = re.search(ZONE, tidy(cell))
    zone = match[1] if match is not None else ""
    if zone.lower() in _UTC:
        return 0
    if zone == "JST":
        return 540
    return (-1 if zone.startswith("-") else 1) * (int(zone[1:3]) * 60 + int(zone[-2:]))


def has_clock(cells: Iterable[str], order: DateOrder) -> bool:
    """Whether points in time say a time of day: some cell another one than midnight, which programs write behind dates.

    Args:
        cells: the column's cells or a fair part of them; cells that are no points in time say nothing.
        order: the order of day and month.
    """
    read = False
    for cell in cells:
        moment = read_moment(cell, order)
        read |= moment is not None
        if moment is not None and moment.time() != time(0):
            return True
    return not read

"""Cells → numbers: decimal mark, thousands mark and unit, decided on the whole column."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import pandas as pd

from cs_planning.kpis.cells.durations import ShortClock, read_duration
from cs_planning.kpis.cells.missing import MISSING, is_missing
from cs_planning.kpis.cells.numerals import with_digits
from cs_planning.kpis.currency import MONEY_WORDS

__all__ = [
    "MEASURES",
    "MISSING",
    "SECONDS_IN",
    "DecimalMark",
    "Numbers",
    "WrittenUnit",
    "decimal_mark_of",
    "fold",
    "is_missing",
    "read_number",
    "read_numbers",
]


class DecimalMark(StrEnum):
    """What separates whole and fraction."""

    POINT = "."
    COMMA = ","


class WrittenUnit(StrEnum):
    """A unit that is written in a cell or a header."""

    PERCENT = "percent"
    SECONDS = "seconds"
    MINUTES = "minutes"
    HOURS = "hours"
    DAYS = "days"
    COUNT = "count"
    POINTS = "points"
    MONEY = "money"


SECONDS_IN: Mapping[WrittenUnit, float] = {
    WrittenUnit.SECONDS: 1.0,
    WrittenUnit.MINUTES: 60.0,
    WrittenUnit.HOURS: 3600.0,
    WrittenUnit.DAYS: 86400.0,
}
"""The length of each unit of time in seconds."""

_WORDS: Mapping[WrittenUnit, tuple[str, ...]] = {
    WrittenUnit.PERCENT: ("%", "percent", "pct", "パーセント"),
    WrittenUnit.SECONDS: ("s", "sec", "secs", "second", "seconds", "秒"),
    WrittenUnit.MINUTES: ("m", "min", "mins", "minute", "minutes", "分"),
    WrittenUnit.HOURS: ("h", "hr", "hrs", "hour", "hours", "時間", "std"),
    WrittenUnit.DAYS: ("d", "day", "days", "日"),
    WrittenUnit.COUNT: ("件", "回", "名", "人", "calls", "tickets", "contacts"),
    WrittenUnit.POINTS: ("点", "pt", "pts", "points", "ポイント"),
    WrittenUnit.MONEY: MONEY_WORDS,
}
MEASURES: Mapping[str, WrittenUnit] = {word: measure for measure, words in _WORDS.items() for word in words}
"""Every word for a unit, in lower case."""

_BEFORE = "|".join(re.escape(word) for word in sorted(MONEY_WORDS, key=len, reverse=True) if word.isascii() or len(word) == 1)
_NUMBER = re.compile(
    rf"(?P<open>\()?\s*(?P<before>{_BEFORE})?\s*(?P<sign>[-+−])?\s*(?P<digits>[\d.,' \u00a0\u202f]*\d[\d.,]*)"
    r"(?P<power>e[-+]?\d{1,3})?\s*(?P<unit>[^\d\s.,()-]{1,10})?\s*(?P<close>\))?"
)
_GROUPED = {mark: re.compile(rf"\d{{1,3}}(?:{re.escape(mark)}\d{{3}})+") for mark in (".", ",")}


@dataclass(frozen=True)
class Numbers:
    """A column read as numbers.

    Attributes:
        values: shape (n,), NaN where the cell is empty or no number; times with a unit of their own are in seconds.
        bad: shape (n,), true where a cell is neither empty nor a number.
        measures: how many cells have which unit; `None` counts cells without one, zeros left out.
        decimal_mark: the mark that was used.
        ambiguous: whether a mark was seen that could be either.
    """

    values: np.ndarray
    bad: np.ndarray
    measures: Mapping[WrittenUnit | None, int]
    decimal_mark: DecimalMark
    ambiguous: bool = False

    @property
    def share_read(self) -> float:
        """Numbers ÷ cells that are not empty; 0 when all are empty."""
        filled = int(self.bad.sum()) + int(np.isfinite(self.values).sum())
        return 1 - int(self.bad.sum()) / filled if filled else 0.0

    @property
    def measure(self) -> WrittenUnit | None:
        """The one unit that is written in the cells (seconds for all times); None without any."""
        found = {WrittenUnit.SECONDS if measure in SECONDS_IN else measure for measure in self.measures if measure is not None}
        return found.pop() if len(found) == 1 else None

    @property
    def has_mixed_measures(self) -> bool:
        """Whether cells have units that don't belong together, or some have one and some have none."""
        found = {WrittenUnit.SECONDS if measure in SECONDS_IN else measure for measure in self.measures}
        return len(found) > 1


def fold(written: str) -> str:
    """Full-width characters made narrow, trimmed, in lower case."""
    return unicodedata.normalize("NFKC", written).strip().lower()


def decimal_mark_of(cells: Iterable[str]) -> tuple[DecimalMark | None, bool]:
    """The decimal mark of a column, None when no cell shows it, and whether a lone mark could be either.

    A mark that repeats in a cell, or is followed by groups of three digits in every cell, separates thousands; when both marks
    stand in a cell, the later one is the decimal mark.
    """
    votes = {".": 0, ",": 0}
    lone_groups = {".": 0, ",": 0}
    for cell in cells:
        folded = fold(cell)
        digits = re.sub(r"[^\d.,]", "", folded).strip(".,")
        if ":" in folded or not digits or any(sign in folded for sign in "千万億兆"):
            continue
        point, comma = digits.rfind("."), digits.rfind(",")
        if point >= 0 and comma >= 0:
            votes["." if point > comma else ","] += 1
            continue
        mark = "." if point >= 0 else ","
        if point < 0 and comma < 0:
            continue
        if digits.count(mark) > 1:
            votes[DecimalMark.COMMA if mark == "." else DecimalMark.POINT] += 1
        elif _GROUPED[mark].fullmatch(digits) and not digits.startswith("0"):
            lone_groups[mark] += 1
        else:
            votes[mark] += 1
    if votes["."] or votes[","]:
        return (DecimalMark.POINT if votes["."] >= votes[","] else DecimalMark.COMMA), False
    if lone_groups["."] or lone_groups[","]:
        return None, True
    return None, False


def read_numbers(
    cells: pd.Series, mark: DecimalMark | None = None, short_clock: ShortClock = ShortClock.HOURS_MINUTES
) -> Numbers:
    """A column of cells as numbers.

    Args:
        cells: strings, shape (n,).
        mark: the decimal mark; found on the whole column when it is None, where `1,234` alone counts as thousands.
        short_clock: what a clock of two parts shows.
    """
    codes, different = pd.factorize(cells, use_na_sentinel=False)
    # As Python's own: what pandas keeps is taken out one by one ten times as slowly.
    distinct = [str(cell) for cell in different.tolist()]
    found, ambiguous = decimal_mark_of(distinct)
    used = mark or found or DecimalMark.POINT
    values = np.full(len(distinct), np.nan)
    bad = np.zeros(len(distinct), dtype=bool)
    units: list[WrittenUnit | None] = [None] * len(distinct)
    for place, cell in enumerate(distinct):
        if is_missing(cell):
            continue
        read = read_number(cell, used, lenient=mark is None, short_clock=short_clock)
        if read is None:
            bad[place] = True
        else:
            values[place], units[place] = read
    counts = np.bincount(codes, minlength=len(distinct))
    measures: dict[WrittenUnit | None, int] = {}
    for place, unit in enumerate(units):
        if np.isfinite(values[place]) and (unit is not None or values[place] != 0):
            measures[unit] = measures.get(unit, 0) + int(counts[place])
    return Numbers(values[codes], bad[codes], measures, used, ambiguous and mark is None)


def read_number(
    cell: str, mark: DecimalMark, *, lenient: bool = True, short_clock: ShortClock = ShortClock.HOURS_MINUTES
) -> tuple[float, WrittenUnit | None] | None:
    """One cell as a number with its unit, times with a unit in seconds; None when it is no number.

    Args:
        cell: a cell that is not empty.
        mark: the decimal mark.
        lenient: whether `1,234` with the other mark counts as thousands.
        short_clock: what a clock of two parts shows.
    """
    folded = fold(cell)
    seconds = read_duration(folded, short_clock, mark.value)
    if seconds is not None:
        return seconds, _unit_of(folded)
    folded = with_digits(folded)
    match = _NUMBER.fullmatch(folded)
    if match is None or bool(match["open"]) != bool(match["close"]):
        return None
    digits = re.sub(r"[' \u00a0\u202f]", "", match["digits"])
    other = "," if mark is DecimalMark.POINT else "."
    if other in digits:
        if not _GROUPED[other].fullmatch(digits.split(mark)[0]):
            return None
        digits = digits.replace(other, "")
    if digits.count(mark) > 1:
        if not lenient or not _GROUPED[mark].fullmatch(digits):
            return None
        digits = digits.replace(mark, "")
    try:
        value = float(digits.replace(mark, ".") + (match["power"] or ""))
    except ValueError:
        return None
    if not math.isfinite(value):
        return None
    if (match["sign"] in ("-", "−")) != bool(match["open"]):
        value = -value
    word = match["unit"] or match["before"]
    if word is None:
        return value, None
    measure = MEASURES.get(word)
    if measure is None:
        return None
    if measure in SECONDS_IN:
        return value * SECONDS_IN[measure], measure
    return value, measure


def _unit_of(folded: str) -> WrittenUnit:
    """The unit of a length of time: its own where it has one alone, else seconds."""
    words = re.findall(r"[^\d\s.,:−+-]+", folded)
    return MEASURES.get(words[0], WrittenUnit.SECONDS) if len(words) == 1 and ":" not in folded else WrittenUnit.SECONDS

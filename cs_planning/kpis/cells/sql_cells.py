"""Cells of a column as SQL expressions of DuckDB: words, numbers, points in time, lengths of time."""

from __future__ import annotations

import re

from cs_planning.kpis.cells.durations import ShortClock
from cs_planning.kpis.cells.missing import MISSING, NOT_YET, UNKNOWN
from cs_planning.kpis.cells.numbers import DecimalMark


def quoted(name: str) -> str:
    """A name as an SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def literal(value: str) -> str:
    """A string as an SQL literal."""
    return "'" + value.replace("'", "''") + "'"


ISO = re.compile(r"%Y-%m-%d(?:[ T]%H:%M(?::%S(?:\.%f)?)?)?")
_WEEKDAYS = r"^(mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,? +"
_NO_WORDS = ("", "-", "–", "—", "N/A", "n/a", "NULL", "null", "None", "none", "NaN", "nan", "なし")
_SPACES = (" ", "\u00a0", "\u3000")
_SHORT_BYTES = 24
_MISSING_WORDS = literal("\x01" + "\x01".join(sorted(MISSING)) + "\x01")
_NOT_YET_WORDS = literal("\x01" + "\x01".join(sorted(NOT_YET)) + "\x01")
_UNKNOWN_WORDS = literal("\x01" + "\x01".join(sorted(UNKNOWN)) + "\x01")


def text_of(column: str) -> str:
    """A cell without spaces around it, NULL when nothing is left."""
    return f"nullif(trim({column}), '')"


def words_of(column: str, *, plain: bool = False) -> str:
    """A cell's words, NULL where it stands for no value."""
    name = column if plain else quoted(column)
    nothing = " ".join(f"WHEN {literal(word)} THEN NULL" for word in _NO_WORDS)
    return f"CASE trim({name}) {nothing} ELSE trim({name}) END"


def long_text_of(column: str) -> str:
    """The words of a cell that is usually long; the same as `words_of`, several times as fast on such cells.

    DuckDB's trim walks through every character, so a long cell is trimmed only where a space is at one of its ends.
    """
    spaced = " OR ".join(
        f"starts_with({column}, {literal(space)}) OR ends_with({column}, {literal(space)})" for space in _SPACES
    )
    trimmed = words_of(column, plain=True)
    return f"CASE WHEN strlen({column}) <= {_SHORT_BYTES} THEN {trimmed} WHEN {spaced} THEN {trimmed} ELSE {column} END"


def is_missing(cell: str) -> str:
    """Whether a cell stands for no value; a search in one string, since DuckDB makes a join of a long list."""
    return f"contains({_MISSING_WORDS}, chr(1) || lower(trim({cell})) || chr(1))"


def is_no_word(cell: str) -> str:
    """Whether a cell is empty where words are expected."""
    return f"(trim({cell}) IN ({', '.join(map(literal, _NO_WORDS))}))"


def is_unknown(cell: str) -> str:
    """Whether a cell says that nobody knows its value."""
    return f"contains({_UNKNOWN_WORDS}, chr(1) || lower(trim({cell})) || chr(1))"


def says_not_yet(cell: str) -> str:
    """Whether a cell says in words that something has not happened yet, where its moment is expected."""
    return f"contains({_NOT_YET_WORDS}, chr(1) || lower(trim({cell})) || chr(1))"


def time_between(start: str, end: str, seconds: int) -> str:
    """The time from `start` to `end` in units of so many seconds; NULL when it would be negative."""
    return f"(CASE WHEN {end} >= {start} THEN date_diff('microseconds', {start}, {end}) / {seconds}e6 END)"


def on_day_of(day: str, clock: str) -> str:
    """A day without a known time of day, beside a moment: that moment on its own day, else midnight, where days alone are."""
    return f"(CASE WHEN date_trunc('day', {day}) = date_trunc('day', {clock}) THEN {clock} ELSE date_trunc('day', {day}) END)"


def whole_days_between(start: str, end: str) -> str:
    """The hours of the whole days from the day of `start` to that of `end`; NULL when they would be negative."""
    days = f"date_diff('day', {start}, {end})"
    return f"(CASE WHEN {days} >= 0 THEN 24.0 * {days} END)"


def is_day_alone(cell: str, formats: tuple[str, ...]) -> str | None:
    """Whether a cell among points in time is a date without a time of day; None where the writing does not show it.

    Args:
        cell: an expression.
        formats: how the points in time of its column are written.
    """
    clocks = [form for form in formats if "%H" in form or "%I" in form]
    if not clocks or any(":" not in form and "時" not in form for form in clocks):
        return None
    # As a CASE, since the engine looks at both sides of an AND: nearly every cell has its colon.
    return f"(CASE WHEN contains({cell}, ':') THEN false ELSE {cell} IS NOT NULL AND NOT contains({cell}, '時') END)"


def moment_of(cell: str, formats: tuple[str, ...]) -> str:
    """A cell as a point in time where it is written in one of the formats, NULL when it is written otherwise."""
    if formats and all(ISO.fullmatch(form) for form in formats):
        return _in_written_years(f"try_cast({cell} AS TIMESTAMP)")
    tidy = f"regexp_replace(regexp_replace({cell}, {literal(_WEEKDAYS)}, '', 'i'), '\\s+', ' ', 'g')"
    if any("%f" in form for form in formats):
        tidy = f"regexp_replace({tidy}, '([.,]\\d{{6}})\\d+', '\\1')"
    known = list(
        dict.fromkeys([*formats, *(form.replace(":%S", "") for form in formats), *(form.split(" %H")[0] for form in formats)])
    )
    listed = ", ".join(literal(form) for form in known) or literal("%Y-%m-%d %H:%M:%S")
    return _in_written_years(f"try_strptime({tidy}, [{listed}])")


def _in_written_years(moment: str) -> str:
    """A moment in a year of four digits: the engine also takes `inf`, five digits, and two digits as the first century."""
    return f"(CASE WHEN {moment} BETWEEN TIMESTAMP '1000-01-01' AND TIMESTAMP '9999-12-31 23:59:59' THEN {moment} END)"


def plain_number(cell: str, mark: DecimalMark | None) -> str:
    """A cell of digits with at most a sign and a decimal mark as a number; NULL for every other writing."""
    if mark is DecimalMark.COMMA:
        read = f"try_cast(replace({cell}, ',', '.') AS DOUBLE)"
        return f"(CASE WHEN NOT contains({cell}, '.') AND NOT contains({cell}, '_') AND isfinite({read}) THEN {read} END)"
    read = f"try_cast({cell} AS DOUBLE)"
    return f"(CASE WHEN isfinite({read}) AND NOT contains({cell}, '_') THEN {read} END)"


def clock_seconds(cell: str, short_clock: ShortClock = ShortClock.HOURS_MINUTES) -> str:
    """The seconds of a length of time written as a clock of two or three parts; NULL for every other writing."""
    parts = [f"try_cast(split_part({cell}, ':', {place}) AS DOUBLE)" for place in (1, 2, 3)]
    two = (3600, 60) if short_clock is ShortClock.HOURS_MINUTES else (60, 1)
    short = f"{parts[0]} * {two[0]} + {parts[1]} * {two[1]}"
    long = f"{parts[0]} * 3600 + {parts[1]} * 60 + {parts[2]}"
    return (
        f"(CASE WHEN regexp_full_match({cell}, '[0-9]+:[0-5][0-9]') THEN {short} "
        f"WHEN regexp_full_match({cell}, '[0-9]+:[0-5][0-9]:[0-5][0-9](\\.[0-9]+)?') THEN {long} END)"
    )


_HALF_DAYS = "['%I:%M:%S %p', '%I:%M %p', '%I:%M:%S%p', '%I:%M%p', '%H時%M分', '%H時%M分%S秒']"


def time_of_day(cell: str) -> str:
    """The seconds since midnight of a time of day (`9:05`, `09:05:30`, `9:05 PM`, `9時05分`); NULL for every other writing."""
    other = f"try_strptime(upper({cell}), {_HALF_DAYS})"
    return f"coalesce({clock_seconds(cell)}, epoch({other}) - epoch({other}::DATE))"

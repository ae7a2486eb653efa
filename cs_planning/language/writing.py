"""The one place that writes numbers, percentages, durations, money, days and periods as a language writes them.

Screens, charts, findings, messages and exports take what they show from here.  What a program reads (CSV, JSON, addresses,
identifiers) is written in ISO forms elsewhere.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any

from babel.dates import format_date, format_skeleton, format_time
from babel.numbers import format_currency, format_decimal, format_scientific, get_currency_precision

from cs_planning.language.catalogue import current_language, gettext, ngettext
from cs_planning.language.rounding import digits_shown, exactly_rounded, rounded, rounded_whole
from cs_planning.language.values import Chance, Duration, FileSize, Moment, Money, Percent, Period, Points

_TOO_LARGE, _TOO_SMALL = 1e15, 1e-3
_MINUTE, _HOUR = 60, 3600
_WHOLE_HOURS_FROM = 100 * _HOUR
_SIZES = {"TB": 1024**4, "GB": 1024**3, "MB": 1024**2, "kB": 1024}
_MAN, _OKU, _CHO = 10**4, 10**8, 10**12
_IN_MAN_FROM = 10 * _MAN
_WHOLE_MONEY_FROM = 1000


def in_words(value: Any) -> str:
    """`value` as the language in force writes its type; the words of texts and everything else as they are."""
    if isinstance(value, bool) or value is None or isinstance(value, str):
        return str(value)
    for kind, write in _WRITERS:
        if isinstance(value, kind):
            return write(value)
    return str(value)


def begun_small(name: str) -> str:
    """A name as it stands inside a sentence: English begins it small, unless its first word is an abbreviation."""
    first = name.split(" ", 1)[0]
    if current_language() != "en" or not first[1:].islower():
        return name
    return name[0].lower() + name[1:]


def listed(words: Iterable[object]) -> str:
    """Words one after the other, with the comma of the language."""
    return ("、" if current_language() == "ja" else ", ").join(str(word) for word in words)


def sentences(said: Iterable[object]) -> str:
    """Whole sentences one after the other; Japanese leaves no blank between them."""
    return ("" if current_language() == "ja" else " ").join(str(one) for one in said)


def in_brackets(words: object, note: object) -> str:
    """`words` with a note in brackets behind them, full-width ones in Japanese; without them when the note is empty."""
    if not str(note):
        return str(words)
    return f"{words}（{note}）" if current_language() == "ja" else f"{words} ({note})"


def shown_number(value: float, digits: int | None = None) -> str:
    """`value` with the separators of the language; `digits` after the point, or three significant ones.

    Numbers that are too large to be read, and without `digits` those that are too small, are shown with a power of ten.
    """
    if digits is None:
        return _number(value, most=digits_shown(value), small=True)
    return _number(value, least=digits, most=digits)


def _number(value: float, *, least: int = 0, most: int, small: bool = False) -> str:
    if math.isnan(value):
        return "–"
    if math.isinf(value):
        return "∞" if value > 0 else "−∞"
    return _number_in(value, least, most, small, current_language())


@lru_cache(maxsize=16_384)
def _number_in(value: float, least: int, most: int, small: bool, language: str) -> str:
    """The same, kept: a page writes a hundred numbers, most of them as the last time."""
    size = abs(value)
    if size >= _TOO_LARGE or (small and 0 < size < _TOO_SMALL):
        return str(format_scientific(value, format="0.##E0", locale=language))
    pattern = "#,##0" + ("." + "0" * least + "#" * (most - least) if most else "")
    written = str(format_decimal(exactly_rounded(value, most), format=pattern, locale=language))
    return written.removeprefix("-") if not written.strip("-0.,") else written


def _signed(written: str, value: float, signed: bool) -> str:
    return f"+{written}" if signed and value > 0 else written


def _share(share: Percent) -> str:
    percent = _number(100 * share.share, most=share.digits)
    return _signed(gettext("{value} %").format(value=percent), share.share, share.signed)


def _chance(chance: Chance) -> str:
    if 0 < chance.chance < 0.01:
        return gettext("under {value} %").format(value=1)
    if 0.99 < chance.chance < 1:
        return gettext("over {value} %").format(value=99)
    return _share(Percent(share=chance.chance))


def _points(points: Points) -> str:
    written = _number(points.points, most=points.digits)
    # One point is one where it is written as one, be it 0.96.
    is_one = written.lstrip("-−+") == "1"
    said = ngettext("{value} percentage point", "{value} percentage points", 1 if is_one else 2)
    return _signed(said.format(value=written), points.points, points.signed)


_NO_TIME = 0.0005
"""Seconds below which nobody waits; smaller ones are what is left of a calculation."""


def _duration(duration: Duration) -> str:
    size = abs(duration.seconds)
    if not math.isfinite(size):
        return _number(duration.seconds, most=0)
    if rounded(size, 1) < _MINUTE:
        shown = 0.0 if size < _NO_TIME else size
        written = gettext("{value} s").format(value=shown_number(shown) if size < 1 else _number(size, most=1))
    elif rounded_whole(size) < _HOUR:
        written = _in_two(rounded_whole(size), gettext("{value} min"), gettext("{value} s"))
    elif size < _WHOLE_HOURS_FROM:
        written = _in_two(rounded_whole(size / _MINUTE), gettext("{value} h"), gettext("{value} min"))
    else:
        written = gettext("{value} h").format(value=_number(size / _HOUR, most=0))
    if duration.seconds < 0:
        return f"-{written}"
    return _signed(written, duration.seconds, duration.signed)


def _file_size(size: FileSize) -> str:
    """Rounded down, so that what is short of a bound never reads as if it held it."""
    unit, shown = next((unit, size.bytes / large) for unit, large in _SIZES.items() if size.bytes >= large or unit == "kB")
    digits = 0 if shown >= 100 or unit == "kB" else 1
    return gettext("{value} {unit}").format(value=_number(math.floor(shown * 10**digits) / 10**digits, most=digits), unit=unit)


def _in_two(smaller: int, large_unit: str, small_unit: str) -> str:
    large, small = divmod(smaller, 60)
    parts = [large_unit.format(value=large), *([small_unit.format(value=small)] if small else [])]
    return ("" if current_language() == "ja" else " ").join(parts)


def _money(money: Money) -> str:
    if not math.isfinite(money.amount):
        return _number(money.amount, most=0)
    language, digits = current_language(), money_digits(money.amount, money.currency)
    if language == "ja" and money.currency == "JPY":
        return f"{_in_myriads(money.amount)}円"
    amount = exactly_rounded(money.amount, digits)
    pattern = "¤#,##0" + (f".{'0' * digits}" if digits else "")
    return str(format_currency(amount, money.currency, format=pattern, locale=language, currency_digits=False))


def money_digits(amount: float, currency: str) -> int:
    """How many digits after the point are written of an amount: none from 1,000 on, else those of the currency."""
    return 0 if abs(amount) >= _WHOLE_MONEY_FROM else get_currency_precision(currency)


def _in_myriads(amount: float) -> str:
    """An amount with 万, 億 and 兆 where people write them: three figures or more, never a rest below one 万."""
    size, sign = abs(amount), "-" if amount < 0 else ""
    if size < _IN_MAN_FROM:
        return _number(amount, most=0)
    if rounded_whole(size / _MAN) < _CHO // _OKU:
        return f"{sign}{_number(size / _MAN, most=1 if size < 1000 * _MAN else 0)}万"
    large, small, unit = (_OKU, _MAN, "億万") if rounded_whole(size / _MAN) < _CHO // _MAN else (_CHO, _OKU, "兆億")
    many, rest = divmod(rounded_whole(size / small), large // small)
    return f"{sign}{_number(many, most=0)}{unit[0]}" + (f"{_number(rest, most=0)}{unit[1]}" if rest else "")


def _moment(moment: Moment) -> str:
    at = moment.at
    time = str(format_time(at.time(), "HH:mm", locale=current_language()))
    return " ".join(part for part in (_day(at.date()), time, at.tzname() or "") if part)


def _day(day: date) -> str:
    if current_language() == "ja":
        return f"{day.year}年{day.month}月{day.day}日"
    return str(format_date(day, format="medium", locale=current_language()))


def _period(period: Period) -> str:
    return _period_in(period, current_language())


@lru_cache(maxsize=4096)
def _period_in(period: Period, language: str) -> str:
    fiscal, year = period.year_begins != 1, str(period.year)
    match period.length:
        case "day":
            return _day(period.day)
        case "week":
            if language == "ja":  # people there name a week by its Monday, not by its number
                return f"{_day(period.day - timedelta(days=period.day.weekday()))}の週"
            iso = period.day.isocalendar()
            return gettext("W{week} {year}").format(week=iso.week, year=iso.year)
        case "month":
            return str(format_skeleton("yMMM", period.day, locale=language))
        case "quarter":
            wording = gettext("Q{number} of fiscal {year}") if fiscal else gettext("Q{number} {year}")
            return wording.format(number=period.part_of_year(3), year=year)
        case "half-year" if period.part_of_year(6) == 1:
            return (gettext("first half of fiscal {year}") if fiscal else gettext("first half of {year}")).format(year=year)
        case "half-year":
            return (gettext("second half of fiscal {year}") if fiscal else gettext("second half of {year}")).format(year=year)
        case "year":
            return gettext("fiscal {year}").format(year=year) if fiscal else f"{year}年" if language == "ja" else year


_WRITERS: tuple[tuple[type, Callable[[Any], str]], ...] = (
    (Money, _money),
    (Percent, _share),
    (Chance, _chance),
    (Points, _points),
    (Duration, _duration),
    (FileSize, _file_size),
    (Period, _period),
    (Moment, _moment),
    (datetime, lambda at: _moment(Moment(at=at))),
    (date, _day),
    (float, shown_number),
    (int, lambda count: _number(count, most=0)),
)

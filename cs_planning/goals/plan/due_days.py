"""The day until which a step is to be done, as people write it: "2026-12-05", "5 Dec", "Friday", "12月5日", "来週金曜"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta

from cs_planning.goals.naming import language_of, plain
from cs_planning.goals.reading.deadlines import deadlines_in
from cs_planning.kpis.cells.moments import DateOrder, order_of, read_moment

_WEEKDAY = re.compile(
    r"(?:(?:by|on|until|till)\s+)?(?P<next>next\s+)?(?P<en>mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?"
    r"|(?P<week>再来週|来週|今週|次)?の?(?P<ja>[月火水木金土日])(?:曜日?)(?:まで(?:に)?)?",
    re.IGNORECASE,
)
_DAYS = (("mon", "月"), ("tue", "火"), ("wed", "水"), ("thu", "木"), ("fri", "金"), ("sat", "土"), ("sun", "日"))
_WEEKDAYS = {name: number for number, names in enumerate(_DAYS) for name in names}
_WEEKS_ON = {"今週": 0, "来週": 1, "再来週": 2}
_MONTH_AND_DAY = re.compile(r"(\d{1,2})[/.](\d{1,2})\.?")


def order_of_days(cells: Iterable[str]) -> DateOrder | None:
    """The order of day and month in a column; `None` where its cells leave both open."""
    filled = [cell for cell in cells if cell]
    with_year = [_MONTH_AND_DAY.sub(r"\1/\2/2000", cell) if _MONTH_AND_DAY.fullmatch(cell) else cell for cell in filled]
    return order_of(with_year)[0]


def due_day(written: str, today: date, order: DateOrder | None = None) -> date | None:
    """The day that `written` means to somebody who reads it on `today`; `None` where it is none, or may be two.

    A weekday is the next one, today's own included; "next Friday" is that of the week after this one.  A day without a year
    is the nearest such day: a plan may say what is overdue.

    Args:
        written: a cell or a line.
        today: the day of reading.
        order: of day and month in figures, where it is known; else Japanese has the month first, and dots the day.
    """
    words = plain(written).strip().lower()
    if not words:
        return None
    if language_of(written) == "ja":
        order = order or DateOrder.MONTH_FIRST
    elif "/" not in words and words.count("."):
        order = order or DateOrder.DAY_FIRST
    weekday = _WEEKDAY.fullmatch(words)
    if weekday is not None:
        return _weekday(weekday, today)
    short = _MONTH_AND_DAY.fullmatch(words)
    if short is not None:
        return _without_year(int(short[1]), int(short[2]), today, order)
    exact = [read_moment(written, one) for one in ((order,) if order else (DateOrder.DAY_FIRST, DateOrder.MONTH_FIRST))]
    days = {moment.date() for moment in exact if moment is not None}
    if days:
        return days.pop() if len(days) == 1 else None
    frames = deadlines_in(plain(written), today)
    return frames[0].deadline if len(frames) == 1 else None


def _weekday(found: re.Match[str], today: date) -> date:
    wanted = _WEEKDAYS[found["ja"] or found["en"][:3]]
    monday = today - timedelta(days=today.weekday())
    weeks = 1 if found["next"] else _WEEKS_ON.get(found["week"] or "")
    if weeks is not None:
        return monday + timedelta(days=7 * weeks + wanted)
    return today + timedelta(days=(wanted - today.weekday()) % 7)


def _without_year(one: int, other: int, today: date, order: DateOrder | None) -> date | None:
    if order is None and one <= 12 and other <= 12 and one != other:
        return None
    month_first = order is DateOrder.MONTH_FIRST if order is not None and max(one, other) <= 12 else other > 12
    month, day = (one, other) if month_first else (other, one)
    try:
        near = [date(year, month, day) for year in (today.year - 1, today.year, today.year + 1)]
    except ValueError:
        return None
    return min(near, key=lambda one: abs((one - today).days))

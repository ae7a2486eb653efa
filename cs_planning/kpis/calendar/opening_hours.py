"""When the service is open: the hours of a week, public holidays and closed days of one's own."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Container
from datetime import date, timedelta
from itertools import pairwise
from zoneinfo import available_timezones

import numpy as np
import pyarrow as pa
from pydantic import BaseModel, ConfigDict, model_validator

from cs_planning.errors import InvalidOpeningHours
from cs_planning.kpis.calendar.public_holidays import public_holidays
from cs_planning.language import listed_texts, ntext, text

_DAY_MINUTES = 24 * 60
_NAMES = (
    ("mon", "monday", "月", "月曜"),
    ("tue", "tuesday", "火", "火曜"),
    ("wed", "wednesday", "水", "水曜"),
    ("thu", "thursday", "木", "木曜"),
    ("fri", "friday", "金", "金曜"),
    ("sat", "saturday", "土", "土曜"),
    ("sun", "sunday", "日", "日曜"),
)
_PLACES = {name: place for place, names in enumerate(_NAMES) for name in names}
_SPAN = re.compile(r"(\d{1,2})[:.](\d{2})\s*[-–〜~]\s*(\d{1,2})[:.](\d{2})")
_LINE = re.compile(r"\s*([^\d]+?)[\s:：]*(\d.*)")


class Span(BaseModel):
    """A time of the day in which the service is open, in minutes after midnight: 540 to 1080 is 09:00–18:00."""

    model_config = ConfigDict(frozen=True)

    opens: int
    closes: int

    def __str__(self) -> str:
        return f"{_clock(self.opens)}-{_clock(self.closes)}"


def checked_zone(zone: str) -> str:
    """The name of a time zone that is one.

    Raises:
        InvalidOpeningHours: there is no such zone.
    """
    if zone not in available_timezones():
        raise InvalidOpeningHours(text("“{zone}” is no time zone.", zone=zone[:40]), text("Names look like Asia/Tokyo or UTC."))
    return zone


class OpeningHours(BaseModel):
    """When the service is open.

    Attributes:
        week: the spans of each weekday from Monday, at most a few a day, in order and apart; none on a closed day.
        country: whose public holidays are closed days (ISO 3166, such as `JP`), with its part after a dash (`DE-BY`); None for
            no holidays.
        closed_days: days of one's own on which the service is closed.
        time_zone: the IANA zone in which the spans hold and days begin; that of the data when None.
    """

    model_config = ConfigDict(frozen=True)

    week: tuple[tuple[Span, ...], ...]
    country: str | None = None
    closed_days: tuple[date, ...] = ()
    time_zone: str | None = None

    @model_validator(mode="after")
    def _check(self) -> OpeningHours:
        if len(self.week) != len(_NAMES):
            raise InvalidOpeningHours(
                ntext("Opening hours have {count} day.", "Opening hours have {count} days.", len(self.week)),
                text("Give the hours of seven days, Monday first."),
            )
        for spans in self.week:
            ends = [minute for span in spans for minute in (span.opens, span.closes)]
            if any(later <= earlier for earlier, later in pairwise(ends)) or (
                ends and not 0 <= ends[0] < ends[-1] <= _DAY_MINUTES
            ):
                raise InvalidOpeningHours(
                    text("{spans} are no hours of one day.", spans=listed_texts([str(span) for span in spans])),
                    text("Write them one after the other, such as 09:00-12:00, 13:00-18:00; 24:00 is midnight."),
                )
        if not any(self.week):
            raise InvalidOpeningHours(text("The service is never open."), text("Give the hours of at least one day."))
        return self

    @property
    def fingerprint(self) -> str:
        """A name for these hours; others have another."""
        return hashlib.sha256(self.model_dump_json().encode()).hexdigest()[:12]

    def _spans(self, day: date, holidays: Container[date]) -> tuple[Span, ...]:
        return () if day in self.closed_days or day in holidays else self.week[day.weekday()]

    def day_table(self, first: date, last: date) -> pa.Table:
        """The days from `first` to `last`: `day`, the open minutes `before` it, and each span as `opens_0`, `closes_0`, …."""
        days = [first + timedelta(days=place) for place in range((last - first).days + 1)]
        holidays = public_holidays(self.country or "", first, last)
        spans = [self._spans(day, holidays) for day in days]
        most = max(len(day) for day in self.week)
        lengths = [sum(span.closes - span.opens for span in day) for day in spans]
        columns: dict[str, pa.Array] = {
            "day": pa.array(days, pa.date32()),
            "before": pa.array(np.concatenate([[0], np.cumsum(lengths)[:-1]]).astype(float)),
        }
        for place in range(most):
            there = [day[place] if place < len(day) else Span(opens=0, closes=0) for day in spans]
            columns[f"opens_{place}"] = pa.array([float(span.opens) for span in there])
            columns[f"closes_{place}"] = pa.array([float(span.closes) for span in there])
        return pa.table(columns)

    def written(self) -> str:
        """The week as `read_week` reads it, days with the same hours together."""
        lines = []
        for place, spans in enumerate(self.week):
            if spans and (place == 0 or self.week[place - 1] != spans):
                last = next((end for end in range(place, 7) if end == 6 or self.week[end + 1] != spans), place)
                days = _NAMES[place][0] if last == place else f"{_NAMES[place][0]}-{_NAMES[last][0]}"
                lines.append(f"{days} {', '.join(map(str, spans))}")
        return "; ".join(lines)


def read_spans(written: str) -> tuple[Span, ...]:
    """The hours of one day, written `09:00-12:00, 13:00-18:00`; empty for a closed day.

    Raises:
        InvalidOpeningHours: they can't be read.
    """
    parts = [part for part in re.split(r"[,、;]\s*", written.strip()) if part]
    spans = []
    for part in parts:
        match = _SPAN.fullmatch(part.strip())
        if match is None or int(match[2]) > 59 or int(match[4]) > 59:
            raise InvalidOpeningHours(
                text("“{written}” are no opening hours.", written=part[:60]),
                text("Write them as 09:00-18:00, with a break as 09:00-12:00, 13:00-18:00; leave a closed day empty."),
            )
        spans.append(Span(opens=60 * int(match[1]) + int(match[2]), closes=60 * int(match[3]) + int(match[4])))
    return tuple(spans)


def read_week(written: str) -> tuple[tuple[Span, ...], ...]:
    """The hours of a week, written `mon-fri 09:00-18:00; sat 10:00-14:00`; days that are not named are closed.

    Raises:
        InvalidOpeningHours: a day or its hours can't be read.
    """
    week: list[tuple[Span, ...]] = [()] * len(_NAMES)
    for line in filter(str.strip, re.split(r"[;\n]", written)):
        match = _LINE.fullmatch(line)
        places = _weekdays(match[1]) if match else []
        if match is None or not places:
            raise InvalidOpeningHours(
                text("“{written}” are no opening hours.", written=line.strip()[:60]),
                text("Write them as mon-fri 09:00-18:00; sat 10:00-14:00."),
            )
        for place in places:
            week[place] = (*week[place], *read_spans(match[2]))
    return tuple(week)


def _weekdays(written: str) -> list[int]:
    places: list[int] = []
    for part in re.split(r"[,、・/]\s*", re.sub(r"\s*[–〜~]\s*", "-", written.strip().lower())):
        names = [name.strip() if len(name.strip()) == 1 else name.strip().removesuffix("日") for name in part.split("-")]
        ends = [_PLACES.get(name, -1) for name in names]
        if len(ends) > 2 or min(ends) < 0:
            return []
        span = range(ends[0], ends[-1] + 1 + (7 if ends[-1] < ends[0] else 0))
        places += [place % 7 for place in span]
    return places


def _clock(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"

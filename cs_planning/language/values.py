"""Values that a sentence can hold, each with its unit, so that one place decides how a language writes it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator


class _Value(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Money(_Value):
    """An amount in a currency (ISO 4217 code): "$4.20", "¥541.7万" as its language says it."""

    amount: float
    currency: str


class Percent(_Value):
    """A part of a whole, 0…1, written in percent: "87.5 %"; `digits` is the most that follow the point.

    Attributes:
        signed: whether a plus stands before a positive one, for changes.
    """

    share: float
    digits: int = 0
    signed: bool = False


class Chance(_Value):
    """A probability, 0…1, in whole percent; never 0 % or 100 % unless it is certain."""

    chance: float


class Points(_Value):
    """A difference between two percentages, in percentage points."""

    points: float
    digits: int = 1
    signed: bool = False


class Duration(_Value):
    """A time that something takes, in seconds, written as people say it: "42 s", "19 min 22 s", "1 h 30 min"."""

    seconds: float
    signed: bool = False


class FileSize(_Value):
    """Room on a disk or in a file, written as people say it: "640 kB", "99 MB", "63.6 GB"."""

    bytes: int


class Moment(_Value):
    """A moment with its time zone, written to the minute."""

    at: datetime


class Period(_Value):
    """A day, week, month, quarter, half-year or year by any of its days.

    Attributes:
        year_begins: the month in which the year begins, 1…12; years and their parts that begin in another month than January
            are called fiscal, after the calendar year in which they begin.
    """

    day: date
    length: Literal["day", "week", "month", "quarter", "half-year", "year"]
    year_begins: int = Field(default=1, ge=1, le=12)

    @model_validator(mode="before")
    @classmethod
    def _from_a_skeleton(cls, fields: Any) -> Any:
        """Pages kept by version 1.0 name a day or month by a Unicode skeleton."""
        if isinstance(fields, dict) and "skeleton" in fields:
            return {"day": fields["day"], "length": "day" if "d" in fields["skeleton"] else "month"}
        return fields

    @property
    def year(self) -> int:
        """The year that holds the day, by the calendar year in which it begins."""
        return self.day.year if self.day.month >= self.year_begins else self.day.year - 1

    def part_of_year(self, months: int) -> int:
        """Which part of the year holds the day, from 1, when parts last `months` months."""
        return (self.day.month - self.year_begins) % 12 // months + 1

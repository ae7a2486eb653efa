"""Periods of series as people name them, in the reader's language."""

from __future__ import annotations

from datetime import date

from cs_planning.kpis.frequency import Frequency, Rhythm, read_period
from cs_planning.language import Period, Text, text


def named_period(day: date, rhythm: Rhythm) -> Period:
    """The period that holds `day`, to be written by the language of the reader."""
    return Period(day=day, length=rhythm.frequency.value, year_begins=rhythm.year_starts_in)


def period_words(day: date, rhythm: Rhythm) -> Text:
    """The same as a text: "Mar 2026", "Q1 of fiscal 2026", "W10 2026"; translated when it is shown."""
    return text("{period}", period=named_period(day, rhythm))


def period_label(day: date, rhythm: Rhythm) -> str:
    """The same in the language in force, for tables and charts."""
    return str(period_words(day, rhythm))


def written_period_words(written: str, year_starts_in: int) -> Text:
    """The name of a period that is written as a program writes it: `2026-Q4`, `FY2026-Q1`, `2026-03`."""
    day, frequency = read_period(written, year_starts_in)
    return period_words(day, Rhythm(frequency or Frequency.DAY, year_starts_in))

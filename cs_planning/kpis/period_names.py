"""Periods as people name them, in the reader's language."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from cs_planning.kpis.frequency import JANUARY, Frequency, Rhythm
from cs_planning.language import Dated, Text, current_language, text


def period_words(day: date, rhythm: Rhythm) -> Text:
    """The period that holds `day`: "Mar 2026", "Q1 of fiscal 2026", "2026-W10"; translated when it is shown."""
    fiscal, year = rhythm.year_starts_in != JANUARY, str(rhythm.year_of(day))
    match rhythm.frequency:
        case Frequency.DAY:
            return text("{period}", period=Dated(day=day, skeleton="yMMMd"))
        case Frequency.WEEK:
            return text("{period}", period=rhythm.write(day))
        case Frequency.MONTH:
            return text("{period}", period=Dated(day=day, skeleton="yMMM"))
        case Frequency.QUARTER if fiscal:
            return text("Q{number} of fiscal {year}", number=rhythm.quarter_of(day), year=year)
        case Frequency.QUARTER:
            return text("Q{quarter} {year}", quarter=rhythm.quarter_of(day), year=year)
        case Frequency.YEAR:
            return text("fiscal {year}", year=year) if fiscal else text("{period}", period=year)


def period_label(day: date, rhythm: Rhythm) -> str:
    """The same in the language in force, remembered: for tables and charts of many periods."""
    return _label(day, rhythm, current_language())


@lru_cache(maxsize=4096)
def _label(day: date, rhythm: Rhythm, _language: str) -> str:
    return str(period_words(day, rhythm))

"""Periods as people name them, in the reader's language."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from cs_planning.kpis.frequency import Frequency, fiscal_start_month, quarter_of, year_of
from cs_planning.language import Dated, Text, current_language, text


def period_words(day: date, frequency: Frequency) -> Text:
    """The period that starts on `day`: "Mar 2026", "Q1 of fiscal 2026", "2026-W10"; translated when it is shown."""
    fiscal, year = fiscal_start_month() != 1, str(year_of(day))
    match frequency:
        case Frequency.DAY:
            return text("{period}", period=Dated(day=day, skeleton="yMMMd"))
        case Frequency.WEEK:
            return text("{period}", period=frequency.write(day))
        case Frequency.MONTH:
            return text("{period}", period=Dated(day=day, skeleton="yMMM"))
        case Frequency.QUARTER if fiscal:
            return text("Q{number} of fiscal {year}", number=quarter_of(day), year=year)
        case Frequency.QUARTER:
            return text("Q{quarter} {year}", quarter=quarter_of(day), year=year)
        case Frequency.YEAR:
            return text("fiscal {year}", year=year) if fiscal else text("{period}", period=year)


def period_label(day: date, frequency: Frequency) -> str:
    """The same in the language in force, remembered: for tables and charts of many periods."""
    return _label(day, frequency, current_language(), fiscal_start_month())


@lru_cache(maxsize=4096)
def _label(day: date, frequency: Frequency, _language: str, _fiscal_start: int) -> str:
    return str(period_words(day, frequency))

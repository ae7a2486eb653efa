"""When the years, days and opening hours of one workspace begin and end: one value, passed to whatever counts time."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from pydantic import BaseModel, ConfigDict, field_validator

from cs_planning.kpis.calendar.opening_hours import OpeningHours
from cs_planning.kpis.calendar.public_holidays import public_holidays
from cs_planning.kpis.calendar.sla_targets import SlaTargets
from cs_planning.kpis.frequency import JANUARY, Frequency, Rhythm, checked_month, read_period


class ServiceCalendar(BaseModel):
    """The calendar of one workspace.

    Attributes:
        fiscal_start_month: the month in which somebody said that years, and with them quarters, begin, 1…12; None when nobody
            said it, so that a sentence may be read by the usage of its language.
        hours: when the service is open; None when nobody said it.
        zone: the IANA zone in which days begin, where no opening hours say it.
        targets: within which time contacts are to be answered and solved; None when nobody said it.
        country: whose public holidays count (ISO 3166, such as `JP`), with its part after a dash (`DE-BY`); empty for none.

    Raises:
        InvalidOpeningHours: there is no such month.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    fiscal_start_month: int | None = None
    hours: OpeningHours | None = None
    country: str = ""
    zone: str | None = None
    targets: SlaTargets | None = None

    @field_validator("fiscal_start_month")
    @classmethod
    def _check_month(cls, month: int | None) -> int | None:
        return None if month is None else checked_month(month)

    @property
    def year_starts_in(self) -> int:
        """The month in which years begin, 1…12: January where nobody said another one."""
        return self.fiscal_start_month or JANUARY

    @property
    def time_zone(self) -> str | None:
        """The IANA zone in which days begin; None where that of the data holds."""
        return (self.hours.time_zone if self.hours is not None else None) or self.zone

    def rhythm(self, frequency: Frequency) -> Rhythm:
        """Periods of a length in the years of this calendar."""
        return Rhythm(frequency, self.year_starts_in)

    def read_period(self, written: str) -> tuple[date, Frequency | None]:
        """The first day of a written period, and its frequency where the writing shows it.

        Raises:
            InvalidSeries: it is no period, or no such day exists.
        """
        return read_period(written, self.year_starts_in)

    def holidays(self, first: date, last: date) -> Mapping[date, str]:
        """The public holidays between two days, both included, with their names.

        Raises:
            InvalidSeries: nobody knows the holidays of the country.
        """
        return public_holidays(self.country, first, last)

    def closed_days(self, first: date, last: date) -> frozenset[date]:
        """The days between two days, both included, on which the service is known to be closed: public holidays and own days.

        Raises:
            InvalidSeries: nobody knows the holidays of the country.

        Assumptions: the country of the opening hours goes before that of the calendar.
        """
        place, own = (self.country, ()) if self.hours is None else (self.hours.country or self.country, self.hours.closed_days)
        return frozenset(public_holidays(place, first, last)) | {day for day in own if first <= day <= last}


CALENDAR_YEAR = ServiceCalendar()
"""Years from January and no opening hours: for what has no workspace and was told nothing else."""

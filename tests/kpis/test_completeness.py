"""Only periods that the data cover count."""

from datetime import date

import pandas as pd

from cs_planning.kpis.calendar.service_calendar import CALENDAR_YEAR
from cs_planning.kpis.completeness import Coverage
from cs_planning.kpis.frequency import Frequency


def test_a_month_that_began_before_the_data_is_not_whole():
    coverage = Coverage.of(pd.date_range("2026-01-15", "2026-03-31"))
    assert not coverage.is_whole(date(2026, 1, 1), CALENDAR_YEAR.rhythm(Frequency.MONTH))
    assert coverage.is_whole(date(2026, 2, 1), CALENDAR_YEAR.rhythm(Frequency.MONTH))
    assert coverage.is_whole(date(2026, 3, 1), CALENDAR_YEAR.rhythm(Frequency.MONTH))


def test_a_month_that_is_not_over_is_not_whole():
    coverage = Coverage.of(pd.date_range("2026-01-01", "2026-03-30"))
    assert not coverage.is_whole(date(2026, 3, 1), CALENDAR_YEAR.rhythm(Frequency.MONTH))


def test_a_team_that_rests_at_weekends_still_has_whole_months():
    working_days = pd.bdate_range("2025-10-01", "2026-01-30")
    coverage = Coverage.of(working_days)
    assert coverage.pause_days == 2
    assert coverage.is_whole(date(2026, 1, 1), CALENDAR_YEAR.rhythm(Frequency.MONTH))


def test_only_rows_of_whole_periods_are_kept():
    frame = pd.DataFrame({"period": pd.to_datetime(["2026-01-01", "2026-02-01"]), "value": [1.0, 2.0]})
    kept = Coverage.of(pd.date_range("2026-01-20", "2026-02-28")).whole(frame, CALENDAR_YEAR.rhythm(Frequency.MONTH))
    assert kept["value"].tolist() == [2.0]

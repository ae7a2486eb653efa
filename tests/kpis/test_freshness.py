"""Until when a number is said from data: two periods without a value, and the time that the second may take to arrive."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from cs_planning.kpis.calendar.service_calendar import CALENDAR_YEAR
from cs_planning.kpis.frequency import Frequency
from cs_planning.kpis.freshness import MARGIN_DAYS, freshness_since


@pytest.mark.parametrize("frequency", list(Frequency))
def test_a_number_is_said_until_the_second_missing_period_had_its_time_to_arrive(frequency):
    rhythm = CALENDAR_YEAR.rhythm(frequency)
    last = rhythm.start_of(date(2025, 12, 1))
    second = rhythm.end_of(rhythm.next_after(rhythm.next_after(last, 1), 1))
    end = second + timedelta(days=MARGIN_DAYS[frequency])
    assert not freshness_since(last, rhythm, end).is_stale
    assert freshness_since(last, rhythm, end + timedelta(days=1)).is_stale


def test_months_that_end_with_december_are_said_from_until_the_tenth_of_march():
    assert freshness_since(date(2025, 12, 1), CALENDAR_YEAR.rhythm(Frequency.MONTH), date(2026, 1, 1)).said_until == date(
        2026, 3, 10
    )

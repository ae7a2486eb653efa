"""Values beside those of a year before."""

from datetime import date

import pytest

from cs_planning.kpis.catalogue import kpi_named
from cs_planning.kpis.frequency import Frequency
from cs_planning.kpis.year_before import Turn, a_year_before, compared_with_a_year_before, signed_difference, turn_of
from tests.goals.builders import series_of

CSAT = series_of([80.0 + month for month in range(14)], "csat", first=date(2024, 11, 1))  # Nov 2024: 80 … Dec 2025: 93


def test_the_newest_value_is_held_against_the_same_month_a_year_before_in_points():
    found = compared_with_a_year_before(CSAT)
    assert (found.value, found.before, found.then, found.turn) == (93, 81, date(2024, 12, 1), Turn.BETTER)
    assert str(found.words) == "+12 percentage points since Dec 2024"
    assert str(found.earlier) == "81 % in Dec 2024"


@pytest.mark.parametrize("period", [date(2025, 10, 1), date(2026, 1, 1)])
def test_nothing_is_compared_where_one_of_the_two_periods_has_no_value(period):
    assert compared_with_a_year_before(CSAT, period) is None


def test_a_series_shorter_than_a_year_or_without_values_has_nothing_to_compare():
    assert compared_with_a_year_before(series_of([80.0] * 12, "csat")) is None
    assert compared_with_a_year_before(series_of([], "csat")) is None


@pytest.mark.parametrize(
    ("frequency", "first", "then"),
    [
        (Frequency.MONTH, date(2024, 2, 1), date(2023, 2, 1)),
        (Frequency.QUARTER, date(2026, 5, 1), date(2025, 5, 1)),
        (Frequency.YEAR, date(2026, 4, 1), date(2025, 4, 1)),
        (Frequency.WEEK, date(2026, 11, 9), date(2025, 11, 10)),  # both the 46th week
        (Frequency.DAY, date(2026, 11, 9), None),
    ],
)
def test_the_period_a_year_before_has_the_same_season(frequency, first, then):
    assert a_year_before(first, frequency) == then


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (1.25, "+1.3 percentage points"),
        (-2.0, "−2 percentage points"),
        (0.0, "±0 percentage points"),
        (-0.01, "±0 percentage points"),
    ],
)
def test_a_difference_of_percentages_is_in_points_with_its_sign(change, said):
    assert str(signed_difference(change, kpi_named("csat"))) == said


@pytest.mark.parametrize(
    ("kpi", "value", "earlier", "turn"),
    [
        ("csat", 81, 80, Turn.BETTER),
        ("frt_median", 81, 80, Turn.WORSE),
        ("frt_median", 79, 80, Turn.BETTER),
        ("csat", 80, 80, Turn.SAME),
        ("csat", 80.01, 80, Turn.SAME),  # ±0 percentage points on every screen
        ("contact_volume", 81, 80, Turn.CHANGED),
        ("csat", None, 80, None),
        ("csat", 80, None, None),
    ],
)
def test_a_turn_follows_the_better_direction_of_the_kpi(kpi, value, earlier, turn):
    assert turn_of(kpi_named(kpi), value, earlier) is turn

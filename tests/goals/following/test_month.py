from datetime import date

import pytest

from cs_planning.goals.following.month import Turn, figures_of, turn_of
from cs_planning.kpis.catalogue import kpi_named
from tests.goals.builders import series_of

CSAT = series_of([80.0 + month for month in range(14)], "csat", first=date(2024, 11, 1))  # Nov 2024: 80 … Dec 2025: 93


def test_a_month_stands_beside_the_one_before_and_the_same_one_a_year_ago():
    (figure,) = figures_of([CSAT], date(2025, 12, 1))
    assert (figure.value, figure.before, figure.year_ago) == (93, 92, 81)
    assert (figure.since_before, figure.since_a_year) == (Turn.BETTER, Turn.BETTER)


@pytest.mark.parametrize(
    ("month", "expected"),
    [
        (date(2025, 10, 1), (91, 90, None)),  # a year ago nobody counted
        (date(2026, 1, 1), (None, 93, 82)),
        (date(2024, 11, 1), (80, None, None)),
    ],
)
def test_a_month_without_a_value_stays_empty_instead_of_taking_a_neighbour(month, expected):
    (figure,) = figures_of([CSAT], month)
    assert (figure.value, figure.before, figure.year_ago) == expected
    assert figure.last == date(2025, 12, 1)


def test_a_series_without_values_is_left_out():
    assert figures_of([series_of([], "csat")], date(2025, 12, 1)) == ()


@pytest.mark.parametrize(
    ("kpi", "value", "earlier", "turn"),
    [
        ("csat", 81, 80, Turn.BETTER),
        ("frt_median", 81, 80, Turn.WORSE),
        ("frt_median", 79, 80, Turn.BETTER),
        ("csat", 80, 80, Turn.SAME),
        ("contact_volume", 81, 80, Turn.CHANGED),
        ("csat", None, 80, None),
        ("csat", 80, None, None),
    ],
)
def test_a_turn_follows_the_better_direction_of_the_kpi(kpi, value, earlier, turn):
    assert turn_of(kpi_named(kpi), value, earlier) is turn

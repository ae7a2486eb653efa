from datetime import date

import pytest

from cs_planning.goals.following.month import figures_of
from tests.goals.builders import series_of

CSAT = series_of([80.0 + month for month in range(14)], "csat", first=date(2024, 11, 1))  # Nov 2024: 80 … Dec 2025: 93


def test_a_month_stands_beside_the_one_before_and_the_same_one_a_year_ago():
    (figure,) = figures_of([CSAT], date(2025, 12, 1))
    assert (figure.value, figure.before, figure.year_ago) == (93, 92, 81)
    assert (str(figure.since_before), str(figure.since_a_year)) == (
        "+1 percentage point, improved",
        "+12 percentage points, improved",
    )


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

from datetime import date

import numpy as np
import pytest

from cs_planning.errors import CannotForecast
from cs_planning.forecasting.answers.aftermath import aftermath_of
from tests.goals.builders import series_of

RNG = np.random.default_rng(7)
CALM = 80 + RNG.normal(0, 1, 30)
"""Thirty months from January 2024 on."""


def test_a_kpi_that_went_on_as_before_stays_inside_what_had_been_forecast():
    seen = aftermath_of(series_of(CALM), date(2026, 3, 10), date(2026, 7, 5))
    assert seen.side == 0
    assert seen.whole_periods == 3
    assert seen.mean == pytest.approx(CALM[27:].mean())
    assert seen.low < seen.mean < seen.high


def test_a_jump_after_the_day_lies_outside_and_on_its_side():
    for size, side in ((10, 1), (-10, -1)):
        jumped = CALM + np.where(np.arange(30) >= 27, size, 0)
        seen = aftermath_of(series_of(jumped), date(2026, 3, 10), date(2026, 7, 5))
        assert seen.side == side
        assert seen.below == pytest.approx(1.0 if side > 0 else 0.0, abs=0.02)


def test_nothing_that_came_after_the_day_enters_the_forecast():
    jumped = CALM + np.where(np.arange(30) >= 27, 10, 0)
    one, other = (aftermath_of(series_of(values), date(2026, 3, 10), date(2026, 7, 5)) for values in (CALM, jumped))
    assert np.array_equal(one.forecast.paths, other.forecast.paths)


def test_the_period_of_the_day_itself_is_shown_and_not_compared():
    seen = aftermath_of(series_of(CALM), date(2026, 3, 10), date(2026, 7, 5))
    assert list(seen.measured["period"].dt.month) == [3, 4, 5, 6]
    first = aftermath_of(series_of(CALM), date(2026, 4, 1), date(2026, 7, 5))
    assert first.whole_periods == 3


def test_without_a_whole_period_since_it_says_so():
    with pytest.raises(CannotForecast, match="No whole period"):
        aftermath_of(series_of(CALM), date(2026, 6, 10), date(2026, 7, 5))
    with pytest.raises(CannotForecast):
        aftermath_of(series_of(CALM), date(2024, 2, 1), date(2026, 7, 5))

"""What is said of a goal, from which data, and when nothing is said."""

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest

from cs_planning.errors import StaleData
from cs_planning.forecasting.answers.achievability import assess
from cs_planning.forecasting.answers.backtest import Record
from cs_planning.forecasting.answers.belief import belief_of, freshness_of, require_fresh
from cs_planning.forecasting.forecast import Question
from cs_planning.goals.goal import Direction, Measure
from cs_planning.kpis.frequency import Frequency
from tests.forecasting.builders import forecast_with, series_of

TWO_YEARS = series_of(np.arange(24.0), start="2024-11-01")  # until October 2026


def test_monthly_data_are_fresh_for_two_months_and_ten_days_more():
    found = freshness_of(TWO_YEARS, date(2026, 11, 10))
    assert (found.last, found.data_until, found.said_until) == (date(2026, 10, 1), date(2026, 10, 31), date(2027, 1, 10))
    assert not found.is_stale
    assert not freshness_of(TWO_YEARS, date(2027, 1, 10)).is_stale
    assert freshness_of(TWO_YEARS, date(2027, 1, 11)).is_stale


@pytest.mark.parametrize(
    ("frequency", "last_day"),
    [(Frequency.WEEK, date(2026, 12, 6)), (Frequency.QUARTER, date(2027, 7, 31)), (Frequency.DAY, date(2026, 11, 18))],
)
def test_longer_periods_stay_fresh_for_longer(frequency, last_day):
    # The last value is that of the week from 2 Nov (until the 8th), of the quarter until 31 Dec, and of the day 2 Nov.
    days = {Frequency.WEEK: 7, Frequency.QUARTER: 91, Frequency.DAY: 1}[frequency]
    start = date(2026, 11, 2) - timedelta(days=11 * days)
    series = series_of(np.arange(12.0), frequency=frequency, start=start.isoformat())
    assert freshness_of(series, date(2026, 11, 2)).said_until == last_day


def test_stale_data_give_the_reason_and_the_day_as_of_which_they_are_fresh():
    with pytest.raises(StaleData, match=r"Oct 2026; from such data a probability is said until Jan 10, 2027") as caught:
        require_fresh(TWO_YEARS, date(2027, 6, 10))
    assert caught.value.plan_as_of == date(2026, 11, 1)
    assert not require_fresh(TWO_YEARS, caught.value.plan_as_of).is_stale


def test_a_total_names_its_periods_and_how_many_of_them_are_measured():
    series = series_of(np.full(23, 100.0), start="2024-11-01")  # until September 2026
    made = forecast_with(np.full((100, 3), 100.0), replace(series))
    question = Question(Measure.TOTAL, Direction.AT_LEAST, date(2026, 12, 31), date(2026, 8, 1))
    found = belief_of(assess(made, question, 450.0), made, question, date(2026, 10, 15))
    assert (found.first, found.last, found.counted, found.observed) == (date(2026, 8, 1), date(2026, 12, 1), 5, 2)
    assert found.probability == 1
    assert str(found.basis) == "Data up to Sep 2026; what counts is Aug 2026 to Dec 2026, 2 of its periods measured."


def test_a_level_counts_its_last_period_alone():
    made = forecast_with(np.full((100, 3), 100.0), TWO_YEARS)
    question = Question(Measure.LEVEL, Direction.AT_LEAST, date(2027, 1, 31), date(2026, 8, 1))
    found = belief_of(assess(made, question, 90.0), made, question, date(2026, 11, 15))
    assert (found.first, found.last, found.counted, found.observed) == (date(2027, 1, 1), date(2027, 1, 1), 1, 0)
    assert str(found.basis) == "Data up to Oct 2026; what counts is Jan 2027."


def scored(*, hits: int = 19, brier: float = 0.15) -> Record:
    return Record(3, 24, brier, 0.2, hits / 24, 0.95)


@pytest.mark.parametrize(
    ("hits", "verdict"),
    [(24, "the ranges were too wide"), (19, "19 times; its"), (13, "the ranges were too narrow"), (0, "too narrow")],
)
def test_ranges_that_caught_too_many_or_too_few_are_called_so(hits, verdict):
    assert verdict in str(scored(hits=hits).words())


def test_probabilities_that_a_coin_beats_are_called_so():
    assert "worse than a coin" in str(scored(brier=0.27).words())

"""What is said of a goal, from which data, and when nothing is said."""

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest

from cs_planning.errors import StaleData
from cs_planning.forecasting.answers.achievability import assess
from cs_planning.forecasting.answers.belief import belief_of, freshness_of, require_fresh
from cs_planning.forecasting.answers.track_record import PoorRecord, Record, ReliabilityBin, require_good_enough
from cs_planning.forecasting.forecast import Question
from cs_planning.goals.goal import Direction, Measure
from cs_planning.kpis.frequency import Frequency
from cs_planning.language import text
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
    found = belief_of(assess(made, question, 450.0), made, question, date(2026, 10, 15), scored())
    assert (found.first, found.last, found.counted, found.observed) == (date(2026, 8, 1), date(2026, 12, 1), 5, 2)
    assert found.probability == 1
    assert str(found.basis) == "Data up to Sep 2026; what counts is Aug 2026 to Dec 2026, 2 of its periods measured."


def test_a_total_of_which_nothing_is_measured_says_so_without_a_nought():
    made = forecast_with(np.full((100, 3), 100.0), TWO_YEARS)  # until October 2026
    question = Question(Measure.TOTAL, Direction.AT_LEAST, date(2026, 12, 31), date(2026, 11, 1))
    found = belief_of(assess(made, question, 150.0), made, question, date(2026, 11, 10), scored())
    assert str(found.basis) == ("Data up to Oct 2026; what counts is Nov 2026 to Dec 2026, of which nothing is measured yet.")


def test_a_level_counts_its_last_period_alone():
    made = forecast_with(np.full((100, 3), 100.0), TWO_YEARS)
    question = Question(Measure.LEVEL, Direction.AT_LEAST, date(2027, 1, 31), date(2026, 8, 1))
    found = belief_of(assess(made, question, 90.0), made, question, date(2026, 11, 15), scored())
    assert (found.first, found.last, found.counted, found.observed) == (date(2027, 1, 1), date(2027, 1, 1), 1, 0)
    assert str(found.basis) == "Data up to Oct 2026; what counts is Jan 2027."


def scored(*, hits: int = 19, brier: float = 0.15) -> Record:
    return Record(3, 24, brier, 0.2, hits / 24, 0.95)


@pytest.mark.parametrize(
    ("hits", "verdict"),
    [
        (24, "ranges too wide: 24 of 24 inside"),
        (19, "19 of 24 inside the 80 % range"),
        (13, "ranges too narrow: 13 of 24 inside"),
        (0, "ranges too narrow: 0 of 24"),
    ],
)
def test_ranges_that_caught_too_many_or_too_few_are_called_so(hits, verdict):
    assert verdict in str(scored(hits=hits).phrase())


def test_probabilities_that_a_coin_beats_are_called_so():
    assert "worse than a coin" in str(scored(brier=0.27).words())


def compared(skill: float, error: float, forecasts: int = 24) -> Record:
    return Record(3, forecasts, 0.2 * (1 - skill), 0.2, 0.8, 0.95, gain_error=0.2 * error)


def test_better_or_worse_is_said_only_beyond_the_standard_error():
    assert "; better than assuming no change" in str(compared(0.2, 0.1).phrase())
    assert "; no better than assuming no change" in str(compared(0.2, 0.3).phrase())
    assert "; no better than assuming no change" in str(compared(-0.04, 0.01).phrase())
    assert "; worse than assuming no change" in str(compared(-0.2, 0.1).phrase())


@pytest.mark.parametrize(
    ("past", "poor"),
    [
        (compared(-0.2, 0.1), True),
        (compared(-0.2, 0.3), False),
        (compared(-0.2, 0.1, forecasts=11), False),
        (compared(0.0, 0.0), False),
    ],
)
def test_a_number_is_withheld_when_enough_forecasts_were_surely_worse_than_no_change(past, poor):
    assert past.is_poor is poor
    if poor:
        with pytest.raises(PoorRecord, match=r"24 past forecasts of Index did too badly .* Mark on the page"):
            require_good_enough(past, text("Index"))
    else:
        require_good_enough(past, text("Index"))


def test_probabilities_that_did_not_come_true_are_named_before_any_praise():
    off = replace(compared(0.3, 0.1), horizon=1, reliability=(ReliabilityBin(0.5, 0.16, 48), ReliabilityBin(0.1, 0.1, 20)))
    assert str(off.phrase()).startswith("what was said with 50 % came true in 16 %; ")
    assert replace(off, reliability=(ReliabilityBin(0.5, 0.4, 48),)).misjudged is None
    assert replace(off, reliability=(ReliabilityBin(0.5, 0.16, 6),)).misjudged is None


def test_a_series_without_past_forecasts_says_so():
    assert str(Record(9, 0, reason=text("No record yet.")).phrase()) == "no past forecasts this far ahead yet"


@pytest.mark.parametrize(
    ("hits", "verdict"),
    [(24, "the ranges were too wide"), (19, "19 times; its"), (13, "the ranges were too narrow"), (0, "too narrow")],
)
def test_the_whole_sentence_says_the_same(hits, verdict):
    assert verdict in str(scored(hits=hits).words())

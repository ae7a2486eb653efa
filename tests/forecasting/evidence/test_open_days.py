"""Closed days, public holidays and the shapes of week and year in daily values."""

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest

from cs_planning.errors import CannotForecast
from cs_planning.forecasting.answers.achievability import assess, measured
from cs_planning.forecasting.evidence.holiday_effect import learn_holidays
from cs_planning.forecasting.evidence.open_days import open_days
from cs_planning.forecasting.forecast import Question
from cs_planning.forecasting.models.no_change import no_change
from cs_planning.forecasting.models.paths import forecast, second_opinion
from cs_planning.goals.goal import Direction, Measure
from cs_planning.kpis.calendar.public_holidays import public_holidays
from cs_planning.kpis.frequency import Frequency
from tests.forecasting.builders import series_of

FIRST = "2023-01-02"
METHODS = [forecast, second_opinion, no_change]


def daily(until, *, closed=(), effect=0.0, place="CA-BC", seed=0, spread=5.0, without_holidays=False):
    """Values around 200, the days of the week in `closed` without one, `effect` on the holidays of `place`."""
    count = (until - date.fromisoformat(FIRST)).days + 1
    series = series_of(200 + spread * np.random.default_rng(seed).standard_normal(count), "index", Frequency.DAY, FIRST)
    days = series.periods
    holidays = days.isin(pd.DatetimeIndex(sorted(public_holidays(place, days[0].date(), until))))
    frame = series.frame.assign(value=series.values + effect * (holidays & (days.day_of_week < 5)))
    kept = ~days.day_of_week.isin(list(closed)) & ~(holidays & without_holidays)
    return replace(series, frame=frame[kept].reset_index(drop=True))


@pytest.mark.parametrize("method", METHODS)
def test_closed_days_of_the_week_are_not_forecast_and_do_not_count(method):
    made = method(daily(date(2026, 3, 31), closed=(5, 6)), date(2026, 5, 31))
    assert made.periods[-1].date() == date(2026, 5, 29)
    assert set(made.periods.day_of_week) == {0, 1, 2, 3, 4}
    total = measured(made, Question(Measure.TOTAL, Direction.AT_LEAST, date(2026, 5, 31)))
    assert np.median(total) == pytest.approx(200 * np.busday_count("2026-04-01", "2026-06-01"), rel=0.03)


def test_closed_days_are_no_gaps_but_missing_working_days_are():
    notes = {note.kind: note for note in forecast(daily(date(2026, 3, 31), closed=(5, 6)), date(2026, 4, 10)).notes}
    assert "closed" in notes
    assert "gap" not in notes
    series = daily(date(2026, 3, 31), closed=(5, 6))
    broken = replace(series, frame=series.frame[~series.frame["period"].between("2025-11-03", "2025-11-14")])
    gap = next(note for note in forecast(broken, date(2026, 4, 10)).notes if note.kind == "gap")
    assert str(gap.message).startswith("10 periods")
    assert gap.period == date(2025, 11, 3)


def test_a_day_of_the_week_with_a_few_values_is_open():
    assert open_days(daily(date(2026, 3, 31))).always
    assert open_days(daily(date(2026, 3, 31), closed=(6,))).weekdays == (True,) * 6 + (False,)


def test_holidays_without_values_are_closed_days_too():
    series = daily(date(2026, 3, 31), closed=(5, 6), without_holidays=True)
    made = forecast(series, date(2026, 4, 30), place="CA-BC")
    assert pd.Timestamp("2026-04-03") not in made.periods
    assert pd.Timestamp("2026-04-03") in forecast(series, date(2026, 4, 30)).periods
    assert "gap" not in {note.kind for note in made.notes}


def test_a_deadline_without_an_open_day_before_it_is_refused():
    friday = daily(date(2026, 3, 27), closed=(5, 6))
    with pytest.raises(CannotForecast, match="nothing left to foresee"):
        forecast(friday, date(2026, 3, 29))


@pytest.mark.parametrize("method", [forecast, second_opinion])
def test_the_effect_of_holidays_is_learnt_and_expected_on_those_to_come(method):
    series = daily(date(2026, 6, 15), effect=-120.0)
    made = method(series, date(2026, 7, 14), place="CA-BC")
    middle = pd.Series(np.median(made.paths, axis=0), index=made.periods)
    assert middle["2026-07-01"] == pytest.approx(80, abs=12)
    assert middle.drop(pd.Timestamp("2026-07-01")).to_numpy() == pytest.approx(200, abs=8)
    unknowing = method(series, date(2026, 7, 14))
    assert np.median(unknowing.paths[:, 15]) > 190


@pytest.mark.slow
def test_where_holidays_do_nothing_nothing_is_learnt_and_nothing_changes():
    learnt = 0
    for seed in range(20):
        series = daily(date(2026, 6, 15), seed=seed)
        holidays = public_holidays("CA-BC", date(2023, 1, 1), date(2026, 12, 31))
        learnt += bool(learn_holidays(series.periods, series.values, holidays).kinds)
    assert learnt <= 2
    series = daily(date(2026, 6, 15), seed=1)
    assert np.array_equal(
        forecast(series, date(2026, 7, 14), place="CA-BC", draws=200).paths,
        forecast(series, date(2026, 7, 14), draws=200).paths,
    )


def test_an_effect_seen_on_few_holidays_is_shrunken():
    holidays = public_holidays("CA-BC", date(2023, 1, 1), date(2026, 12, 31))
    series = daily(date(2023, 8, 31), effect=-15.0, spread=10.0)
    for learnt in learn_holidays(series.periods, series.values, holidays).kinds.values():
        assert abs(learnt.mean) < 30
        assert learnt.variance > 0


def test_one_holiday_that_differs_is_told_from_the_others():
    series = daily(date(2026, 3, 31), effect=-50.0, spread=3.0)
    days = series.periods
    christmas = (days.month == 12) & (days.day == 25) & (days.day_of_week < 5)
    holidays = public_holidays("CA-BC", date(2023, 1, 1), date(2026, 12, 31))
    learnt = learn_holidays(days, series.values - 100 * christmas, holidays).kinds["working"]
    assert learnt.own["Christmas Day"][0] == pytest.approx(-150, abs=25)
    assert learnt.own["Canada Day"][0] == pytest.approx(-50, abs=15)


def test_the_working_day_after_a_holiday_may_be_busier():
    holidays = public_holidays("CA-BC", date(2023, 1, 1), date(2026, 12, 31))
    series = daily(date(2026, 3, 31), effect=-100.0)
    after = [day + timedelta(days=1) for day in holidays if day.weekday() < 3]
    busy = series.values + 60 * series.periods.isin(pd.DatetimeIndex(after))
    learnt = learn_holidays(series.periods, busy, holidays).kinds
    assert learnt["after"].mean > 20


def test_weeks_and_months_are_not_touched_by_holidays():
    series = series_of(np.random.default_rng(3).normal(50, 3, 40))
    assert np.array_equal(forecast(series, date(2023, 6, 1), place="JP").paths, forecast(series, date(2023, 6, 1)).paths)


def test_an_unknown_place_is_refused_with_the_reason():
    with pytest.raises(Exception, match="XX"):
        forecast(daily(date(2026, 3, 31)), date(2026, 4, 30), place="XX")


def test_the_probability_of_a_quarter_of_independent_days_is_the_analytic_one():
    gaps = []
    for seed in range(6):
        series = daily(date(2026, 3, 31), seed=seed, spread=20.0)
        made = forecast(series, date(2026, 6, 30), draws=3000)
        question = Question(Measure.AVERAGE, Direction.AT_LEAST, date(2026, 6, 30), date(2026, 4, 1))
        level = series.values.mean()
        deviation = 20 * np.sqrt(1 / 91 + 1 / 182)
        gaps += [
            assess(made, question, level + shift * deviation).probability - {-3: 0.999, 0: 0.5, 3: 0.001}[shift]
            for shift in (-3, 0, 3)
        ]
    assert np.abs(np.mean(gaps)) < 0.05
    assert np.sqrt(np.mean(np.square(gaps))) < 0.2


@pytest.mark.parametrize("method", METHODS)
def test_the_pattern_of_a_week_with_gaps_keeps_its_days(method):
    count = (date(2026, 3, 31) - date.fromisoformat(FIRST)).days + 1
    pattern = np.array([300, 250, 240, 230, 260, 120, 80.0])
    series = series_of(
        pattern[np.arange(count) % 7] + np.random.default_rng(5).normal(0, 4, count), "index", Frequency.DAY, FIRST
    )
    broken = replace(series, frame=series.frame.drop(index=[count - 4, count - 9, count - 10]).reset_index(drop=True))
    made = method(broken, date(2026, 4, 14))
    assert np.median(made.paths, axis=0) == pytest.approx(pattern[made.periods.day_of_week], abs=14)

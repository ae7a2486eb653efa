"""The period that is not over, against sums and means that are known exactly."""

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from cs_planning.forecasting.answers.achievability import assess
from cs_planning.forecasting.evidence.events import Event, EventKind
from cs_planning.forecasting.forecast import Question
from cs_planning.forecasting.models.no_change import no_change
from cs_planning.forecasting.models.paths import forecast, second_opinion
from cs_planning.goals.goal import Direction, Measure
from cs_planning.kpis.calendar.service_calendar import CALENDAR_YEAR
from cs_planning.kpis.frequency import Frequency
from cs_planning.kpis.series import to_longer_periods
from tests.forecasting.builders import series_of

TODAY = date(2026, 11, 21)


def days_of(kpi="contact_volume", *, until=TODAY, spread=10.0, mean=100.0, sample_size=np.nan, seed=0, level=None):
    """Independent daily values from 2024 up to the day before `until`."""
    count = (until - date(2024, 1, 1)).days
    values = mean + spread * np.random.default_rng(seed).standard_normal(count)
    if level is not None:
        values[-20:] = level
    return series_of(values, kpi, Frequency.DAY, "2024-01-01", sample_size)


def finished(days, frequency=Frequency.MONTH):
    longer = to_longer_periods(days, frequency)
    running = pd.Timestamp(CALENDAR_YEAR.rhythm(frequency).start_of(TODAY))
    return replace(longer, frame=longer.frame[longer.frame["period"] < running].reset_index(drop=True))


def made_for(days, last=TODAY, frequency=Frequency.MONTH, method=forecast, **options):
    return method(finished(days, frequency), last, today=TODAY, days=days, **options)


def notes(made):
    return {note.kind: str(note.message) for note in made.notes}


@pytest.mark.parametrize("method", [forecast, second_opinion])
def test_a_running_month_is_its_known_days_and_simulated_ones(method):
    days = days_of()
    made = made_for(days, method=method)
    known = days.values[-20:].sum()
    assert made.periods[0].date() == date(2026, 11, 1)
    assert made.running == 20
    assert np.median(made.paths[:, 0]) == pytest.approx(known + 10 * 100, abs=25)
    assert made.paths[:, 0].std() < 5 * 10 * np.sqrt(10)


def test_if_nothing_changes_the_rest_of_the_month_is_like_the_last_week():
    days = days_of()
    made = made_for(days, method=no_change)
    last_week = days.values[-7:]
    assert np.median(made.paths[:, 0]) == pytest.approx(days.values[-20:].sum() + np.resize(last_week, 10).sum(), abs=10)


def test_its_probability_is_the_one_that_independent_days_have():
    gaps = []
    for seed in range(6):
        days = days_of(seed=seed)
        made = made_for(days, draws=3000)
        question = Question(Measure.LEVEL, Direction.AT_LEAST, TODAY)
        middle = days.values[-20:].sum() + 10 * days.values[:-20].mean()
        for shift in (-1, 0, 1):
            target = middle + shift * 10 * np.sqrt(10)
            gaps.append(assess(made, question, target).probability - stats.norm.sf(shift))
    assert abs(np.mean(gaps)) < 0.05
    assert np.sqrt(np.mean(np.square(gaps))) < 0.12


def test_knowing_most_of_the_month_makes_it_surer_than_knowing_none():
    days = days_of()
    with_days, without = made_for(days), forecast(finished(days), TODAY, today=TODAY)
    assert with_days.paths[:, 0].std() < 0.8 * without.paths[:, 0].std()


def test_a_mean_is_weighed_by_its_counts_and_not_an_average_of_averages():
    days = days_of("csat", mean=80, spread=0.0, sample_size=10.0)
    frame = days.frame.copy()
    frame["value"] = 80 + 0.2 * np.random.default_rng(1).standard_normal(len(frame))
    frame.loc[frame.index[-1], ["value", "sample_size"]] = 20.0, 1000.0
    made = made_for(replace(days, frame=frame))
    known = (19 * 10 * 80 + 1000 * 20) / (19 * 10 + 1000)
    whole = (19 * 10 * 80 + 1000 * 20 + 10 * 10 * 80) / (19 * 10 + 1000 + 10 * 10)
    assert known < 30
    assert np.median(made.paths[:, 0]) == pytest.approx(whole, abs=8)


def test_a_stock_ends_where_its_last_day_does():
    values = 500 + np.cumsum(np.random.default_rng(2).normal(0, 3, (TODAY - date(2024, 1, 1)).days))
    days = series_of(values, "backlog", Frequency.DAY, "2024-01-01")
    made = made_for(days)
    assert np.median(made.paths[:, 0]) == pytest.approx(values[-1], abs=10)
    assert made.paths[:, 0].std() == pytest.approx(3 * np.sqrt(10), rel=0.5)


def test_a_median_can_not_be_made_from_days_and_is_left_out():
    days = days_of("frt_median")
    monthly = series_of(days.values[:34], "frt_median", start="2024-01-01")
    made = forecast(monthly, date(2026, 12, 31), today=TODAY, days=days)
    assert made.running == 0
    assert "nowcast" not in notes(made)


def test_days_without_counts_can_not_complete_a_mean():
    assert "nowcast" not in notes(
        forecast(series_of(np.full(34, 80.0), "csat", start="2024-01-01"), TODAY, days=days_of("csat"))
    )


def test_the_note_takes_the_place_of_the_one_on_the_value_so_far():
    days = days_of()
    so_far = to_longer_periods(days, Frequency.MONTH)
    alone, completed = forecast(so_far, TODAY, today=TODAY), forecast(so_far, TODAY, today=TODAY, days=days)
    assert "unfinished" in notes(alone)
    assert "unfinished" not in notes(completed)
    assert "Nov 20, 2026" in notes(completed)["nowcast"]
    assert "10 days" in notes(completed)["nowcast"]


@pytest.mark.parametrize(
    ("frequency", "days_known"), [(Frequency.WEEK, 5), (Frequency.MONTH, 20), (Frequency.QUARTER, 51), (Frequency.YEAR, 324)]
)
def test_every_longer_period_is_completed(frequency, days_known):
    days = days_of()
    by_period = days.frame.groupby(days.periods.to_period(CALENDAR_YEAR.rhythm(frequency).pandas_period).start_time)[
        "value"
    ].sum()
    values = by_period.iloc[-13:-1] if frequency is not Frequency.YEAR else pd.Series(np.full(10, 36500.0))
    start = frequency.next_after(CALENDAR_YEAR.rhythm(frequency).start_of(TODAY), -len(values))
    longer = series_of(values.to_numpy() + np.arange(len(values)) % 3, "contact_volume", frequency, start.isoformat())
    made = forecast(longer, TODAY, today=TODAY, days=days)
    assert made.running == days_known
    assert made.paths[:, 0].min() >= days.values[-days_known:].sum()


def test_what_follows_is_drawn_with_the_running_period_in_mind():
    level = [days_of(level=90.0), days_of(level=150.0)]
    made = [made_for(days, date(2027, 1, 31)) for days in level]
    assert np.median(made[1].paths[:, 2]) > np.median(made[0].paths[:, 2])
    walk = series_of(1000 + np.cumsum(np.random.default_rng(3).normal(0, 50, 34)), "contact_volume", start="2024-01-01")
    followed = forecast(walk, date(2027, 1, 31), today=TODAY, days=days_of(mean=walk.values[-1] / 30, spread=20))
    assert np.corrcoef(followed.paths[:, 0], followed.paths[:, 1])[0, 1] > 0.4


def test_an_ignored_running_period_is_not_completed():
    outage = Event(EventKind.IGNORE, date(2026, 11, 3), date(2026, 11, 30))
    assert made_for(days_of(), events=[outage]).running == 0


def test_today_and_later_days_are_not_over_and_do_not_count():
    days = days_of(until=TODAY + timedelta(days=3))
    spoiled = replace(days, frame=days.frame.assign(value=np.where(days.periods >= pd.Timestamp(TODAY), 9e6, days.values)))
    assert np.median(made_for(spoiled).paths[:, 0]) < 4000


def test_paths_of_a_completed_period_are_the_same_for_a_seed():
    days = days_of()
    assert np.array_equal(made_for(days, seed=4).paths, made_for(days, seed=4).paths)
    assert not np.array_equal(made_for(days, seed=4).paths, made_for(days, seed=5).paths)

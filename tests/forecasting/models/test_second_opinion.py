"""The independent standard method, and "no change", on series whose answer is known."""

import numpy as np
import pytest

from cs_planning.errors import CannotForecast
from cs_planning.forecasting.answers.achievability import assess
from cs_planning.forecasting.answers.backtest import record
from cs_planning.forecasting.evidence.events import Event, EventKind
from cs_planning.forecasting.models.no_change import no_change
from cs_planning.forecasting.models.paths import forecast, second_opinion
from cs_planning.forecasting.models.season import shrunken_season
from cs_planning.kpis.frequency import Frequency
from tests.forecasting.builders import ahead, question, series_of


def noise(count, seed=3):
    return np.random.default_rng(seed).normal(size=count)


def test_a_clear_season_is_continued():
    wave = 10 * np.sin(np.arange(48) * 2 * np.pi / 12)
    made = second_opinion(series_of(50 + wave + 0.3 * noise(48)), ahead(series_of(wave), 12))
    assert np.median(made.paths, axis=0) == pytest.approx(50 + wave[:12], abs=1.0)


def test_a_random_walk_spreads_with_the_root_of_time():
    made = second_opinion(series_of(100 + np.cumsum(noise(120))), ahead(series_of(np.arange(120.0)), 9), draws=4000)
    assert made.paths[:, 8].std() / made.paths[:, 0].std() == pytest.approx(3.0, rel=0.2)
    assert made.paths[:, 0].std() == pytest.approx(1.0, rel=0.25)


def test_noise_around_a_level_is_answered_as_the_normal_distribution_says():
    series = series_of(50 + noise(100))
    made = second_opinion(series, ahead(series, 1), draws=4000)
    assert assess(made, question(made), 50.0).probability == pytest.approx(0.5, abs=0.12)
    assert assess(made, question(made), 51.28).probability == pytest.approx(0.1, abs=0.06)


def test_paths_stay_inside_the_bounds_of_the_kpi():
    series = series_of(np.clip(97 + 2 * noise(36), 90, 100), kpi="csat")
    made = second_opinion(series, ahead(series, 6))
    assert made.paths.min() >= 0
    assert made.paths.max() <= 100


@pytest.mark.parametrize("frequency", list(Frequency))
def test_every_rhythm_gets_a_second_opinion_and_the_same_one_for_a_seed(frequency):
    series = series_of(40 + noise(40), frequency=frequency)
    first, again = (second_opinion(series, ahead(series, 4), seed=5, draws=300) for _ in range(2))
    assert first.paths.shape == (300, 4)
    assert np.array_equal(first.paths, again.paths)
    assert list(first.periods) == list(forecast(series, ahead(series, 4), draws=50).periods)


def test_gaps_and_ignored_periods_do_not_stop_it():
    values = 40 + noise(40)
    values[20] = 900.0
    series = series_of(values)
    outage = Event(EventKind.IGNORE, series.periods[20].date())
    plain = second_opinion(series, ahead(series, 2))
    without = second_opinion(series, ahead(series, 2), events=[outage])
    assert without.paths.std() < 0.2 * plain.paths.std()


def test_a_series_that_never_moved_is_answered():
    series = series_of(np.full(20, 7.0))
    assert np.median(second_opinion(series, ahead(series, 3)).paths) == 7.0


def test_too_short_a_history_is_refused():
    series = series_of(np.arange(5.0))
    for method in (second_opinion, no_change):
        with pytest.raises(CannotForecast):
            method(series, ahead(series, 2))


def test_figures_of_pure_noise_are_shrunken_away_and_clear_ones_are_kept():
    figures = np.tile([5.0, -5.0, 2.0, -2.0], 8)
    assert shrunken_season(figures + 0.1 * noise(32), 4) == pytest.approx([5, -5, 2, -2], abs=0.2)
    left = [np.abs(shrunken_season(noise(48, seed), 12)).mean() for seed in range(30)]
    raw = [np.abs(noise(48, seed).reshape(4, 12).mean(axis=0)).mean() for seed in range(30)]
    assert np.mean(left) < 0.5 * np.mean(raw)


def test_two_years_are_enough_for_a_clear_season_and_leave_little_of_noise():
    wave = 8 * np.sin(np.arange(24) * 2 * np.pi / 12)
    assert shrunken_season(50 + 0.5 * np.arange(24) + wave + 0.3 * noise(24), 12) == pytest.approx(wave[:12], abs=1.5)
    left = [np.abs(shrunken_season(noise(24, seed), 12)).mean() for seed in range(30)]
    assert np.mean(left) < 0.45


def test_no_change_is_a_walk_with_the_steps_of_the_history():
    series = series_of(500 + np.cumsum(2 * noise(200)))
    made = no_change(series, ahead(series, 4), draws=8000)
    step = np.sqrt(np.mean(np.diff(series.values[-120:]) ** 2))
    assert np.median(made.paths[:, 3]) == pytest.approx(series.values[-1], abs=0.3)
    assert made.paths[:, 3].std() == pytest.approx(2 * step, rel=0.05)


def test_no_change_of_daily_values_keeps_the_days_of_the_week():
    values = np.tile([100.0, 100, 100, 100, 100, 20, 20], 20) + noise(140)
    made = no_change(series_of(values, frequency=Frequency.DAY), ahead(series_of(values, frequency=Frequency.DAY), 14))
    assert np.median(made.paths, axis=0) == pytest.approx(values[-7:].tolist() * 2, abs=1)


@pytest.mark.slow
def test_the_record_can_be_kept_for_the_second_opinion_too():
    series = series_of(50 + 10 * np.sin(np.arange(60) * 2 * np.pi / 12) + 0.5 * noise(60))
    found = record(series, 3, method=second_opinion)
    assert found.forecasts == 24
    assert found.skill > 0.3


@pytest.mark.slow
def test_outcomes_in_ignored_periods_do_not_count_in_the_record():
    values = 50 + noise(40)
    values[30:33] = 500.0
    series = series_of(values)
    outage = Event(EventKind.IGNORE, series.periods[30].date(), series.periods[32].date())
    plain, told = record(series, 1), record(series, 1, events=[outage])
    assert told.forecasts <= plain.forecasts
    assert told.brier < plain.brier


@pytest.mark.parametrize("method", [forecast, second_opinion])
def test_an_outage_that_still_lasts_can_be_ignored(method):
    values = 50 + noise(40)
    values[37:] = 500.0
    series = series_of(values)
    outage = Event(EventKind.IGNORE, series.periods[37].date(), series.periods[39].date())
    made = method(series, ahead(series, 3), events=[outage])
    assert made.periods[0].date() == ahead(series, 1)
    assert made.paths.shape == (2000, 3)
    assert np.median(made.paths) == pytest.approx(50, abs=2)

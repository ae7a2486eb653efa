from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from scipy.signal import lfilter

from cs_planning.errors import CannotForecast
from cs_planning.forecasting.models.paths import forecast
from cs_planning.kpis.frequency import Frequency
from tests.forecasting.builders import ahead, series_of


def kinds(made):
    return {note.kind for note in made.notes}


def draw(values, count=3, **options):
    made = series_of(values, **{key: options.pop(key) for key in ("kpi", "frequency", "sample_size") if key in options})
    return forecast(made, ahead(made, count), **options)


SHIFTS = np.array([-1, -0.5, 0, 0.5, 1])


def gaps_to_the_analytic(simulated, count, centre, deviation, many=120):
    """Our probability minus the analytic one of values moved by `SHIFTS`, for many simulated histories, shape (many, 5)."""
    gaps = []
    for seed in range(many):
        values = simulated(np.random.default_rng(seed))
        last = draw(500 + values, count, draws=500, seed=seed).paths[:, -1] - 500
        targets = centre(values) + SHIFTS * deviation
        gaps.append((last[:, None] >= targets).mean(axis=0) - stats.norm.sf(SHIFTS))
    return np.array(gaps)


@pytest.mark.load
def test_probabilities_of_a_random_walk_are_the_analytic_ones_on_average():
    gaps = gaps_to_the_analytic(
        lambda rng: 2 * np.cumsum(rng.normal(0, 1, 60)), 4, centre=lambda values: values[-1], deviation=2 * np.sqrt(4)
    )
    assert abs(gaps.mean()) < 0.015
    assert np.abs(gaps.mean(axis=0)).max() < 0.04
    assert np.sqrt(np.mean(gaps**2)) < 0.08


@pytest.mark.load
def test_probabilities_of_an_autoregression_are_the_analytic_ones_on_average():
    gaps = gaps_to_the_analytic(
        lambda rng: lfilter([1], [1, -0.7], rng.normal(0, 1, 160))[40:],
        3,
        centre=lambda values: values[-1] * 0.7**3,
        deviation=np.sqrt((1 - 0.7**6) / (1 - 0.7**2)),
    )
    assert abs(gaps.mean()) < 3 * np.std(gaps.mean(axis=1)) / np.sqrt(len(gaps))
    assert np.abs(gaps.mean(axis=0)).max() < 0.045
    assert np.sqrt(np.mean(gaps**2)) < 0.17


def test_a_deterministic_season_is_continued():
    season = np.array([0, 3, 8, 2, -4, -9, -6, 0, 5, 7, -2, -4.0])
    noise = np.random.default_rng(1).normal(0, 0.2, 48)
    made = draw(100 + np.tile(season, 4) + noise, 12)
    assert np.abs(np.median(made.paths, axis=0) - 100 - season).max() < 0.8


@pytest.mark.slow
def test_eighty_percent_intervals_hold_about_eighty_percent_of_noise():
    inside = []
    for seed in range(60):
        values = np.random.default_rng(seed).normal(50, 4, 37)
        low, high = np.quantile(draw(values[:36], 1, draws=1000, seed=seed).paths[:, 0], [0.1, 0.9])
        inside.append(low <= values[36] <= high)
    assert 0.68 <= np.mean(inside) <= 0.92


def test_the_same_seed_gives_the_same_paths_and_another_seed_others():
    values = np.random.default_rng(0).normal(10, 1, 30)
    assert np.array_equal(draw(values).paths, draw(values).paths)
    assert not np.array_equal(draw(values).paths, draw(values, seed=1).paths)


def test_paths_can_not_be_written_to():
    with pytest.raises(ValueError, match="read-only"):
        draw(np.arange(12.0)).paths[0, 0] = 1


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(st.lists(st.floats(0, 100), min_size=8, max_size=30), st.sampled_from(["csat", "frt_median", "complaints", "nps"]))
def test_paths_stay_in_the_valid_range(values, kpi):
    made = draw(values, 6, kpi=kpi, draws=300)
    bounds = made.series.kpi
    assert np.isfinite(made.paths).all()
    assert made.paths.min() >= (bounds.lower if bounds.lower is not None else -np.inf)
    assert made.paths.max() <= (bounds.upper if bounds.upper is not None else np.inf)


@pytest.mark.parametrize("size", [1e12, 1e-12])
def test_the_unit_does_not_matter(size):
    values = 100 + np.random.default_rng(2).normal(0, 5, 36)
    plain, scaled = draw(values).paths, draw(values * size).paths
    assert np.allclose(np.median(scaled, axis=0) / size, np.median(plain, axis=0), rtol=1e-6)


@pytest.mark.parametrize("frequency", list(Frequency))
def test_every_frequency_is_forecast(frequency):
    values = 40 + np.random.default_rng(3).normal(0, 3, 60)
    made = draw(values, 5, frequency=frequency)
    assert made.paths.shape == (2000, 5)
    assert abs(np.median(made.paths[:, 0]) - 40) < 4


def test_the_pattern_of_the_week_and_of_the_year_is_found_in_daily_data():
    days = np.arange(3 * 365)
    rng = np.random.default_rng(4)
    week = np.where(days % 7 >= 5, -60, 0)
    values = 300 + week + 50 * np.cos(2 * np.pi * days / 365.25) + rng.normal(0, 8, len(days))
    made = draw(values, 182, frequency=Frequency.DAY, draws=500)
    future = len(days) + np.arange(182)
    expected = 300 + np.where(future % 7 >= 5, -60, 0) + 50 * np.cos(2 * np.pi * future / 365.25)
    assert np.abs(np.median(made.paths, axis=0) - expected).mean() < 12


def test_a_constant_history_says_that_nothing_was_ever_seen_to_move():
    made = draw(np.full(24, 97.0), kpi="csat")
    assert "constant" in kinds(made)
    assert 0.8 < np.mean(made.paths[:, 0] == 97) < 1


def test_all_zeros_stay_mostly_zero_and_never_go_below():
    made = draw(np.zeros(24), kpi="complaints")
    assert np.mean(made.paths == 0) > 0.8
    assert made.paths.min() >= 0


def test_small_counts_are_whole_numbers():
    made = draw(np.random.default_rng(5).poisson(3, 36), kpi="complaints")
    assert np.array_equal(made.paths, np.round(made.paths))


@pytest.mark.parametrize("values", [[5.0], [], [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0]])
def test_too_short_a_history_gives_no_number_but_the_reason(values):
    made = series_of(values)
    with pytest.raises(CannotForecast, match="needs 8"):
        forecast(made, date(2030, 1, 1))


def test_values_that_are_no_numbers_are_left_out():
    values = np.random.default_rng(6).normal(10, 1, 24)
    values[[3, 9]] = np.nan, np.inf
    made = draw(values)
    assert "missing" in kinds(made)
    assert len(made.series) == 22


def test_impossible_values_are_left_out_with_a_note():
    values = np.random.default_rng(6).normal(30, 2, 24)
    values[4] = -5
    made = draw(values, kpi="frt_median")
    assert "invalid" in kinds(made)
    assert len(made.series) == 23


def test_a_gap_of_a_year_is_bridged_and_said():
    whole = series_of(np.random.default_rng(7).normal(20, 1, 48))
    broken = replace(whole, frame=whole.frame.drop(index=range(20, 32)).reset_index(drop=True))
    made = forecast(broken, ahead(broken, 3))
    assert "gap" in kinds(made)
    assert abs(np.median(made.paths) - 20) < 1


def test_unsorted_and_repeated_periods_are_put_in_order():
    whole = series_of(np.random.default_rng(8).normal(20, 1, 24))
    mixed = replace(whole, frame=whole.frame.sample(frac=1, random_state=1).reset_index(drop=True))
    made = forecast(mixed, ahead(whole, 2))
    assert np.array_equal(made.paths, forecast(whole, ahead(whole, 2)).paths)


def test_a_month_that_is_not_over_is_no_month():
    values = [*np.random.default_rng(9).normal(100, 3, 24), 12.0]
    made = series_of(values)
    found = forecast(made, ahead(made, 2), today=date(2022, 1, 9))
    assert "unfinished" in kinds(found)
    assert found.periods[0].date() == made.last_period
    assert np.median(found.paths[:, 0]) > 90
    assert "unfinished" not in kinds(forecast(made, ahead(made, 2), today=date(2022, 2, 1)))


def test_a_deadline_in_the_past_is_refused():
    made = series_of(np.arange(12.0))
    with pytest.raises(CannotForecast, match="nothing left to foresee"):
        forecast(made, made.last_period)


def test_a_horizon_of_ten_histories_grows_ever_wider():
    made = draw(50 + np.random.default_rng(10).normal(0, 2, 12), 120, draws=500)
    assert np.isfinite(made.paths).all()
    assert np.std(made.paths[:, -1]) > np.std(made.paths[:, 0])


def test_a_hundred_thousand_days_are_forecast_in_seconds():
    values = 100 + np.random.default_rng(11).normal(0, 5, 100_000)
    made = draw(values, 30, frequency=Frequency.DAY, kpi="contact_volume")
    assert abs(np.median(made.paths) - 100) < 3


def test_a_share_of_few_answers_is_less_certain_than_one_of_many():
    rng = np.random.default_rng(12)
    few = draw(100 * rng.binomial(25, 0.8, 36) / 25, kpi="csat", sample_size=25.0)
    many = draw(100 * rng.binomial(2500, 0.8, 36) / 2500, kpi="csat", sample_size=2500.0)
    spread_few, spread_many = np.std(few.paths[:, 0]), np.std(many.paths[:, 0])
    assert spread_few > 5 * spread_many
    assert spread_few == pytest.approx(100 * np.sqrt(0.8 * 0.2 / 25), rel=0.5)


@pytest.mark.slow
@pytest.mark.parametrize("answers", [25, 100, 1000])
def test_the_range_of_a_share_that_stays_is_that_of_its_sampling(answers):
    widths = []
    for seed in range(60):
        shares = 100 * np.random.default_rng(seed).binomial(answers, 0.8, 36) / answers
        paths = draw(shares, 1, kpi="csat", sample_size=float(answers), draws=500, seed=seed).paths[:, 0]
        widths.append(np.ptp(np.quantile(paths, [0.1, 0.9])))
    analytic = 100 * np.sqrt(0.8 * 0.2 / answers * (1 + 1 / 36)) * np.ptp(stats.norm.ppf([0.1, 0.9]))
    assert np.mean(widths) == pytest.approx(analytic, rel=0.16)

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest

from cs_planning.forecasting.answers.backtest import record, standard_error
from cs_planning.forecasting.forecast import Forecast
from cs_planning.forecasting.models.paths import forecast
from cs_planning.kpis.frequency import Frequency
from cs_planning.kpis.series import KpiSeries
from tests.forecasting.builders import series_of


def test_below_eight_points_there_is_no_number_but_the_reason():
    found = record(series_of(np.arange(7.0)), 1)
    assert found.forecasts == 0
    assert np.isnan(found.brier)
    assert "needs 8" in str(found.words())


def test_a_horizon_beyond_the_history_has_no_record_yet():
    found = record(series_of(np.random.default_rng(0).normal(0, 1, 12)), 6)
    assert found.forecasts == 0
    assert "No record yet" in str(found.words())


@pytest.mark.slow
def test_a_strong_season_is_forecast_better_than_by_assuming_no_change():
    values = 100 + 10 * np.sin(np.arange(48) * np.pi / 6) + np.random.default_rng(1).normal(0, 1, 48)
    found = record(series_of(values), 3)
    assert found.forecasts == 24
    assert found.skill > 0.3
    assert "better than assuming no change" in str(found.words())


def test_every_probability_is_in_one_reliability_group():
    found = record(series_of(np.random.default_rng(2).normal(20, 2, 36)), 3)
    assert sum(group.count for group in found.reliability) == 5 * found.forecasts
    assert all(0 <= group.observed <= 1 and 0 <= group.predicted <= 1 for group in found.reliability)
    assert found.coverage80 <= found.coverage95


@pytest.mark.slow
def test_the_future_of_an_origin_does_not_leak_into_its_forecast():
    values = np.random.default_rng(3).normal(20, 2, 30)
    changed = values.copy()
    changed[-1] += 1000
    first, second = record(series_of(values), 1), record(series_of(changed), 1)
    assert second.coverage80 == pytest.approx(first.coverage80, abs=1.5 / first.forecasts)


def test_gaps_are_skipped_and_not_shifted():
    series = series_of(np.random.default_rng(4).normal(20, 2, 20))
    frame = series.frame.drop(index=[12, 13]).reset_index(drop=True)
    assert record(series, 1).forecasts == 12
    assert record(replace(series, frame=frame), 1).forecasts == 9


def daily(count: int) -> KpiSeries:
    rng = np.random.default_rng(5)
    return series_of(100 + 10 * (np.arange(count) % 7) + rng.normal(0, 5, count), frequency=Frequency.DAY)


@pytest.mark.slow
def test_the_origins_of_daily_values_are_spread_over_a_year_and_over_the_days_of_the_week():
    series = daily(900)
    asked: list[date] = []

    def spying(past: KpiSeries, last: date, **options: Any) -> Forecast:
        asked.append(past.last_period)
        return forecast(past, last, **options)

    assert record(series, 91, method=spying).forecasts == 12
    assert (max(asked) - min(asked)).days == 364
    assert max(asked) == series.last_period - timedelta(days=91)
    assert len({day.weekday() for day in asked}) >= 5


def test_a_short_daily_history_is_tried_from_every_day_that_can_be_judged():
    assert record(daily(100), 85).forecasts == 8


def test_the_standard_error_knows_that_neighbouring_origins_share_outcomes():
    gains = np.random.default_rng(6).normal(0, 1, 20).cumsum()
    off = gains - gains.mean()
    apart = np.abs(np.subtract.outer(np.arange(20), np.arange(20)))
    weights = np.maximum(0, 1 - apart / 4)
    assert standard_error(gains, 4) == pytest.approx(np.sqrt(off @ weights @ off / 20 / 19))
    assert standard_error(gains, 1) == pytest.approx(gains.std(ddof=1) / np.sqrt(20))
    assert standard_error(np.array([0.3]), 4) == 0


def test_the_record_notices_a_wrong_chance_of_zero():
    def blind(past: KpiSeries, last: date, **options: Any) -> Forecast:
        made = forecast(past, last, **options)
        paths = np.random.default_rng(7).poisson(0.7, made.paths.shape).astype(float)  # says P(0) = .5
        return replace(made, paths=paths)

    months = (np.arange(36) % 7 == 0).astype(float)  # 30 of 36 months at zero
    series = series_of(months, kpi="complaints")
    group = record(series, 1, method=blind).misjudged
    assert group is not None
    assert group.observed < 0.3 < group.predicted
    assert record(series, 1).misjudged is None

"""Simulated kinds whose true chances are known: the stated ones must hold on each."""

import numpy as np
import pytest

from cs_planning.forecasting.models.paths import forecast
from cs_planning.kpis.frequency import Frequency
from tests.forecasting.builders import ahead, series_of

SERIES = 40


def inside(make, *, points, horizon, frequency=Frequency.MONTH):
    """The share of series whose value at the horizon lies inside the 80 % range; true 80 %, known to about ± 6 points."""
    hits = 0
    for seed in range(SERIES):
        values = make(np.random.default_rng(seed), points + horizon)
        series = series_of(values[:points], frequency=frequency)
        last = forecast(series, ahead(series, horizon), draws=500, remarks=False).paths[:, -1]
        hits += np.quantile(last, 0.1) <= values[-1] <= np.quantile(last, 0.9)
    return hits / SERIES


def step(rng, count):
    return 300 + 60 * (np.arange(count) >= 15) + rng.normal(0, 10, count)


def dip(rng, count):
    return 300 - 60 * ((np.arange(count) >= 14) & (np.arange(count) < 18)) + rng.normal(0, 10, count)


def season(rng, count):
    return 300 + 40 * np.sin(2 * np.pi * np.arange(count) / 12) + rng.normal(0, 10, count)


@pytest.mark.parametrize("make", [step, dip, season], ids=lambda one: one.__name__)
def test_four_of_five_outcomes_lie_in_the_range_after(make):
    assert 0.65 <= inside(make, points=30, horizon=2) <= 0.97


@pytest.mark.parametrize("rate", [0.2, 0.5, 1.0])
def test_the_chance_of_no_case_is_stated_within_five_points_on_average(rate):
    stated = []
    for seed in range(30):
        series = series_of(np.random.default_rng(seed).poisson(rate, 36), "complaints")
        stated.append(np.mean(forecast(series, ahead(series, 1), draws=500, remarks=False).paths[:, 0] == 0))
    assert np.mean(stated) == pytest.approx(np.exp(-rate), abs=0.05)

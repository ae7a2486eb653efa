"""What a change from outside does to a forecast."""

from datetime import date

import numpy as np
import pandas as pd
import pytest

from cs_planning.forecasting.effects import Effect, EffectKind, with_effect
from cs_planning.forecasting.forecast import Forecast
from cs_planning.kpis.catalogue import CATALOGUE
from cs_planning.kpis.frequency import Frequency
from cs_planning.kpis.series import KpiSeries, SeriesKey, check_frame


def a_forecast(kpi: str, middle: float, spread: float) -> Forecast:
    frame = check_frame(
        pd.DataFrame({"series": kpi, "period": pd.date_range("2026-01-01", periods=9, freq="MS"), "value": middle})
    )
    series = KpiSeries(SeriesKey(kpi), CATALOGUE[kpi], Frequency.MONTH, frame)
    paths = middle + spread * np.random.default_rng(1).uniform(-1, 1, (500, 6))
    return Forecast(series, pd.date_range("2026-10-01", periods=6, freq="MS"), paths)


def test_a_ratio_without_ramp_multiplies_every_later_period():
    before = a_forecast("frt_median", 60, 20)
    after = with_effect(before, Effect("frt_median", EffectKind.RATIO, 0.8, date(2026, 12, 1)))
    assert np.allclose(after.paths[:, :2], before.paths[:, :2])
    assert np.allclose(after.paths[:, 2:], 0.8 * before.paths[:, 2:])


def test_an_effect_grows_along_its_ramp_and_then_stays():
    before = a_forecast("frt_median", 60, 0)
    after = with_effect(before, Effect("frt_median", EffectKind.RATIO, 0.5, date(2026, 10, 1), ramp_months=3))
    middle = np.median(after.paths, axis=0)
    assert (np.diff(middle[:4]) < 0).all()
    assert middle[4] == pytest.approx(30, rel=1e-6)


def test_a_shift_of_the_odds_keeps_a_share_inside_its_bounds():
    before = a_forecast("service_level", 97, 3)
    after = with_effect(before, Effect("service_level", EffectKind.LOGIT_SHIFT, 4.0))
    assert (after.paths > before.paths - 1e-9).all()
    assert after.paths.max() <= 100


def test_odds_that_double_move_a_half_to_two_thirds():
    before = a_forecast("service_level", 50, 0)
    after = with_effect(before, Effect("service_level", EffectKind.LOGIT_SHIFT, np.log(2)))
    assert np.allclose(after.paths, 100 * 2 / 3)


def test_what_is_added_moves_the_middle_by_that_much_and_stays_in_bounds():
    before = a_forecast("nps", 30, 20)
    after = with_effect(before, Effect("nps", EffectKind.ADDITIVE, 10.0))
    assert np.allclose(np.median(after.paths, axis=0), np.median(before.paths, axis=0) + 10, atol=1e-6)
    assert np.abs(after.paths).max() <= 100


def test_taking_more_than_there_is_never_gives_a_negative_time():
    before = a_forecast("frt_median", 10, 5)
    after = with_effect(before, Effect("frt_median", EffectKind.ADDITIVE, -40.0))
    assert after.paths.min() >= 0


def test_draws_of_an_effect_widen_the_forecast():
    before = a_forecast("frt_median", 60, 1)
    after = with_effect(before, Effect("frt_median", EffectKind.RATIO, np.random.default_rng(2).uniform(0.5, 1.0, 300)))
    assert after.paths[:, -1].std() > 3 * before.paths[:, -1].std()

from datetime import date

import numpy as np
import pytest

from cs_planning.forecasting.answers.achievability import assess
from cs_planning.forecasting.answers.change import Standpoint, explain_change
from cs_planning.forecasting.answers.effects import Effect, EffectKind, with_effect
from cs_planning.forecasting.evidence.events import Event, EventKind
from cs_planning.forecasting.forecast import Question
from cs_planning.forecasting.models.paths import forecast
from cs_planning.goals.goal import Direction, Measure
from tests.forecasting.builders import ahead, forecast_with, series_of


@pytest.fixture(scope="module")
def times():
    series = series_of(np.random.default_rng(0).lognormal(3, 0.2, 36), "frt_median")
    return forecast(series, ahead(series, 6))


def effect(kind, amount, kpi="frt_median", first=date(2023, 3, 1), ramp=0.0):
    return Effect(kpi, kind, amount, first, ramp)


def test_a_ratio_multiplies_from_its_first_period_on(times):
    changed = with_effect(times, effect(EffectKind.RATIO, 0.7))
    assert np.array_equal(changed.paths[:, :2], times.paths[:, :2])
    assert changed.paths[:, 2:] == pytest.approx(0.7 * times.paths[:, 2:])


def test_a_ramp_grows_to_the_full_effect(times):
    shares = (with_effect(times, effect(EffectKind.RATIO, 0.5, first=date(2023, 1, 1), ramp=4)).paths / times.paths).mean(
        axis=0
    )
    assert shares == pytest.approx([0.875, 0.75, 0.625, 0.5, 0.5, 0.5], abs=0.01)


def test_an_effect_on_another_kpi_changes_nothing(times):
    assert with_effect(times, effect(EffectKind.RATIO, 0.7, kpi="csat")) is times


def test_a_large_gain_leaves_a_share_below_one_hundred():
    series = series_of(90 + np.random.default_rng(1).normal(0, 2, 36), "csat")
    made = forecast(series, ahead(series, 4))
    for changed in (effect(EffectKind.ADDITIVE, 25.0, "csat"), effect(EffectKind.LOGIT_SHIFT, 3.0, "csat")):
        paths = with_effect(made, changed).paths
        assert paths.max() <= 100
        assert (paths[:, 2:] >= made.paths[:, 2:]).all()


def test_draws_of_an_effect_widen_the_forecast(times):
    sure = with_effect(times, effect(EffectKind.RATIO, 0.7))
    unsure = with_effect(times, effect(EffectKind.RATIO, (0.4, 0.55, 0.7, 0.85, 1.0)))
    assert np.std(unsure.paths[:, -1]) > np.std(sure.paths[:, -1])


@pytest.mark.parametrize("amount", [0.0, -1.0, np.nan])
def test_an_impossible_ratio_is_refused(times, amount):
    with pytest.raises(ValueError, match="amount"):
        with_effect(times, effect(EffectKind.RATIO, amount))


def test_an_ignored_outage_does_not_move_the_forecast():
    values = np.random.default_rng(2).normal(50, 2, 36)
    spoiled = values.copy()
    spoiled[30:33] = 80
    series = series_of(spoiled)
    outage = Event(EventKind.IGNORE, series.periods[30].date(), series.periods[32].date())
    made = forecast(series, ahead(series, 3), events=[outage])
    assert len(made.series) == 36
    assert abs(np.median(made.paths) - 50) < 1.5


def test_a_marked_step_lets_the_old_level_go():
    values = np.random.default_rng(3).normal(0, 2, 30) + np.where(np.arange(30) < 26, 50, 60)
    series = series_of(values)
    step = Event(EventKind.STEP, series.periods[26].date())
    made = forecast(series, ahead(series, 3), events=[step], breaks=False)
    assert abs(np.median(made.paths[:, 0]) - 60) < 2.5


def test_a_coming_step_of_uncertain_size_moves_and_widens_the_paths():
    series = series_of(np.random.default_rng(4).normal(50, 2, 36))
    plain = forecast(series, ahead(series, 4))
    coming = Event(EventKind.STEP, ahead(series, 3), size=10, uncertainty=5)
    made = forecast(series, ahead(series, 4), events=[coming])
    assert np.median(made.paths[:, 1]) == pytest.approx(np.median(plain.paths[:, 1]), abs=1)
    assert np.median(made.paths[:, 3]) == pytest.approx(np.median(plain.paths[:, 3]) + 10, abs=1.5)
    assert np.std(made.paths[:, 3]) > np.std(plain.paths[:, 3]) + 1


def standpoint(values, target, **options):
    return Standpoint(series_of(values), Question(Measure.LEVEL, Direction.AT_LEAST, date(2023, 6, 30)), target, **options)


def test_the_parts_of_a_change_add_up_exactly():
    values = np.random.default_rng(5).normal(50, 3, 39)
    lift = Effect("index", EffectKind.ADDITIVE, 2.0, date(2023, 5, 1))
    found = explain_change(standpoint(values[:36], 50), standpoint(values, 52, effects=(lift,)))
    parts = found.passed_time + found.new_data + found.changed_target + found.changed_scenario
    assert found.total == pytest.approx(parts, abs=1e-12)
    assert found.changed_target < 0 < found.changed_scenario


def test_what_did_not_change_has_no_part():
    values = np.random.default_rng(6).normal(50, 3, 36)
    found = explain_change(standpoint(values, 50), standpoint(values, 53))
    assert (found.passed_time, found.new_data, found.changed_scenario) == (0, 0, 0)
    assert found.changed_target < 0


def test_good_news_raises_the_part_of_the_data():
    values = 50 + np.cumsum(np.random.default_rng(7).normal(0, 1, 36))
    found = explain_change(standpoint(values, values[-1] + 2), standpoint([*values, values[-1] + 6], values[-1] + 2))
    assert found.new_data > 0.1


def test_the_effect_shows_in_the_probability():
    made = forecast_with(np.random.default_rng(8).normal(10, 1, (1000, 3)))
    lifted = with_effect(made, Effect("index", EffectKind.ADDITIVE, 1.0, date(2021, 1, 1)))
    asked = Question(Measure.LEVEL, Direction.AT_LEAST, made.periods[-1].date())
    assert assess(lifted, asked, 10).probability > assess(made, asked, 10).probability + 0.2

"""The width that a series' own past errors ask for."""

import numpy as np
import pytest
from scipy import stats

from cs_planning.forecasting.evidence.history import read_history
from cs_planning.forecasting.models import width_rule
from cs_planning.forecasting.models.members import bank_for
from cs_planning.forecasting.models.own_errors import widths_of
from cs_planning.forecasting.models.paths import CALENDARS, forecast
from cs_planning.forecasting.models.weighing import evidence, predict, rolling
from tests.forecasting.builders import ahead, series_of

NONE_KNOWN = np.empty((0, 20))


def test_the_past_origins_say_what_a_forecast_from_there_would_have_said():
    """Second method: the members are prepared anew for the points before the origin."""
    series = series_of(100 + np.random.default_rng(0).normal(0, 5, 20))
    steps = read_history(series, None).steps
    calendar = CALENDARS[series.frequency]
    z = (series.values - series.values[14]) / 5
    bank, members = bank_for(steps, calendar), np.arange(40)
    past = rolling(bank, members, z, NONE_KNOWN, np.zeros(20), np.array([15, 20]), 3)

    shorter = bank_for(steps[:15] - steps[14], calendar)
    found = evidence(shorter, z[:15])
    means, factors = predict(shorter, members, found, 3)
    deviations = np.sqrt((factors**2).sum(axis=2) * found.step_variance[members, None])
    np.testing.assert_allclose(past.standardised[:, 0], (z[15:18] - means) / deviations, rtol=0.02, atol=0.02)
    np.testing.assert_allclose(past.log_evidence[:, 1], evidence(bank, z).log_evidence[members], atol=1e-6)
    assert np.isnan(past.standardised[:, 1]).all()


def test_errors_of_the_usual_size_change_nothing_and_no_errors_neither():
    usual = np.full((8, 1), 1 / np.sqrt(width_rule.RULE.understated))
    assert widths_of(usual) == pytest.approx([1.0])
    assert widths_of(np.full((8, 3), np.nan)) == pytest.approx([1.0, 1.0, 1.0])


def test_errors_count_beside_a_few_of_the_usual_size_and_less_the_farther_ahead(monkeypatch):
    rule = width_rule.WidthRule(degrees_of_freedom=6.0, few=0.0, prior_errors=4.0, understated=1.0)
    monkeypatch.setattr(width_rule, "RULE", rule)
    scores = np.full((8, 5), 2.0)
    near, far = widths_of(scores)[[0, 4]]
    assert near == pytest.approx(np.sqrt((4 + 8 * 4) / 12))
    assert far == pytest.approx(np.sqrt((4 + 8 / 3 * 4) / (4 + 8 / 3)))


def coverage(make, *, points, kinds=60):
    """The share of next values inside the 80 % range over simulated series."""
    inside = 0
    for seed in range(kinds):
        values = make(np.random.default_rng(seed), points + 1)
        series = series_of(values[:points])
        low, high = np.quantile(forecast(series, ahead(series, 1), draws=500, remarks=False).paths[:, 0], [0.1, 0.9])
        inside += low <= values[points] <= high
    return inside / kinds


def walk(rng, count):
    return 500 + np.cumsum(rng.normal(0, 10, count))


@pytest.mark.parametrize("points", [8, 12, 18])
def test_four_of_five_random_walks_of_few_points_end_inside_the_range(points):
    """True 80 %; 60 series tell a share to about ± 5 points."""
    assert 0.7 <= coverage(walk, points=points) <= 0.93


def test_outcomes_of_a_noisy_series_are_inside_as_often_as_said():
    assert 0.7 <= coverage(lambda rng, count: 500 + stats.t(5).rvs(count, random_state=rng), points=24) <= 0.93

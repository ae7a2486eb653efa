"""The range of a probability: by a second method, and against chances that are known."""

import numpy as np
import pytest
from scipy.stats import norm

from cs_planning.forecasting.answers.honest_range import honest_range, miss
from cs_planning.forecasting.answers.track_record import Record, ReliabilityBin
from cs_planning.forecasting.models.paths import forecast
from tests.forecasting.builders import ahead, series_of

NOTHING = Record(3, 0)


@pytest.mark.parametrize(("probability", "points"), [(0.65, 36), (0.1, 12), (0.9, 60), (0.5, 24)])
def test_it_holds_80_of_100_draws_of_a_beta_distribution_worth_a_sixth_of_the_points(probability, points):
    low, high = honest_range(probability, points, NOTHING)
    cases = points / 6
    rng = np.random.default_rng(1)
    # A beta variable is one gamma variable's share of the sum of two.
    hits, misses = rng.gamma(cases * probability, size=400_000), rng.gamma(cases * (1 - probability), size=400_000)
    expected = np.quantile(hits / (hits + misses), [0.1, 0.9])
    assert [low, high] == pytest.approx([min(expected[0], probability), max(expected[1], probability)], abs=0.004)


def test_it_grows_towards_what_came_true_of_such_probabilities():
    fair = Record(1, 24, reliability=(ReliabilityBin(0.65, 0.65, 60),))
    short = Record(1, 24, reliability=(ReliabilityBin(0.65, 0.25, 60),))
    plain, stretched = honest_range(0.65, 36, fair), honest_range(0.65, 36, short)
    # 60 targets of 5 an origin are 12 cases; 12 ÷ (12 + 10) of the gap of 40 points is believed.
    assert miss(0.65, short) == pytest.approx(-0.4 * 12 / 22)
    assert stretched[0] < plain[0] - 0.1
    assert stretched[1] == plain[1]
    assert plain == honest_range(0.65, 36, NOTHING)


def test_more_points_and_fewer_doubts_make_it_narrower_and_it_never_leaves_0_to_1():
    widths = [high - low for low, high in (honest_range(0.5, points, NOTHING) for points in (8, 12, 24, 48, 120))]
    assert widths == sorted(widths, reverse=True)
    for probability in (0.0, 0.0002, 0.9999, 1.0):
        low, high = honest_range(probability, 8, NOTHING)
        assert 0 <= low <= probability <= high <= 1


def test_it_holds_the_true_chance_of_walks_and_noise_in_most_cases():
    inside = []
    for seed in range(12):
        steps = np.random.default_rng(seed).normal(0, 1, 24)
        for values, middle, deviation in ((np.cumsum(steps), steps.sum(), np.sqrt(3)), (steps, 0.0, 1.0)):
            series = series_of(100 + 5 * values)
            made = forecast(series, ahead(series, 3), draws=1000, remarks=False)
            for stated in (0.3, 0.6):
                target = np.quantile(made.paths[:, -1], 1 - stated)
                true = norm.sf(target, 100 + 5 * middle, 5 * deviation)
                low, high = honest_range(stated, 24, NOTHING)
                inside.append(low <= true <= high)
    assert np.mean(inside) >= 0.8

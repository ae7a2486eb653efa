"""Several goals at once depend on each other as the misses of their forecasts did, and each keeps its own probability."""

import numpy as np
import pandas as pd
import pytest

from cs_planning.errors import CannotForecast
from cs_planning.forecasting.answers.achievability import assess
from cs_planning.forecasting.answers.together import JudgedGoal, dependence, jointly
from cs_planning.forecasting.models.paths import forecast, past_misses
from cs_planning.goals.goal import Direction, Measure
from cs_planning.kpis.frequency import Frequency, Rhythm
from tests.forecasting.builders import ahead, forecast_with, question, series_of

MONTHS = pd.date_range("2022-01-01", periods=40, freq="MS")
MONTHLY, QUARTERLY = Rhythm(Frequency.MONTH, 1), Rhythm(Frequency.QUARTER, 1)
SHRUNKEN = 40 / 48
"""What is left of a dependence seen over 40 periods, beside eight without any."""


def goal(number, misses=None, target=0.0, direction=Direction.AT_LEAST, measure=Measure.LEVEL):
    """A goal on a series of its own whose futures are standard normal."""
    made = forecast_with(np.random.default_rng(number).standard_normal((4000, 1)), series_of(np.arange(24.0), f"kpi{number}"))
    return JudgedGoal(made, question(made, measure, direction), target, misses)


def going_together(r, seed=0):
    """Misses of two series whose sample correlation is exactly `r`."""
    one, other = np.random.default_rng(seed).standard_normal((2, len(MONTHS)))
    one = (one - one.mean()) / one.std()
    other = other - other.mean() - one * np.mean(one * other)
    other = r * one + np.sqrt(1 - r**2) * other / other.std()
    return pd.Series(one, index=MONTHS), pd.Series(other, index=MONTHS)


@pytest.mark.parametrize("r", [-0.9, -0.4, 0.0, 0.4, 0.9])
def test_two_goals_are_as_likely_together_as_the_orthant_of_a_normal_law_says(r):
    one, other = going_together(r)
    found = jointly([goal(1, one), goal(2, other)])
    seen = r * SHRUNKEN
    assert found.dependence[0, 1] == pytest.approx(seen)
    assert found.all == pytest.approx(0.25 + np.arcsin(seen) / (2 * np.pi), abs=0.02)
    assert found.any == pytest.approx(1 - found.all, abs=0.03), "each is half: missed by both as often as reached by both"


def test_a_target_from_above_turns_the_dependence_round():
    one, other = going_together(0.8)
    same = jointly([goal(1, one), goal(2, other)])
    turned = jointly([goal(1, one), goal(2, other, direction=Direction.AT_MOST)])
    assert same.all > 0.33 and turned.all < 0.17


def test_each_goal_keeps_its_own_probability():
    goals = [goal(n, misses, target) for (n, misses), target in zip(enumerate(going_together(0.7)), (0.4, -1.1), strict=True)]
    chances = [np.mean(one.forecast.paths[:, -1] >= one.target) for one in goals]
    found = jointly(goals)
    assert found.expected == pytest.approx(sum(chances))
    assert found.all + found.any == pytest.approx(sum(chances)), "of two goals"


def test_without_common_periods_goals_are_independent():
    one, other = going_together(0.9)
    for misses in ((None, other), (one[:5], other), (one[:20], other[20:]), (one * 0, other)):
        found = jointly([goal(1, misses[0]), goal(2, misses[1])])
        assert found.dependence[0, 1] == 0
        assert found.all == pytest.approx(0.25, abs=0.02)


def test_few_common_periods_tell_less_than_many():
    one, other = going_together(0.8)
    short = dependence([one[-8:], other], [MONTHLY, MONTHLY])[0, 1]
    seen = np.corrcoef(one[-8:], other[-8:])[0, 1]
    assert short == pytest.approx(seen / 2)


def test_months_are_added_up_where_the_other_kpi_comes_by_quarter():
    one, _other = going_together(0.0)
    quarters = one.groupby(one.index.to_period("Q").start_time).sum()
    assert dependence([one, quarters], [MONTHLY, QUARTERLY])[0, 1] == pytest.approx(len(quarters) / (len(quarters) + 8))


def test_dependences_that_exclude_each_other_are_made_possible():
    rng = np.random.default_rng(3)
    pieces = [pd.Series(rng.standard_normal(12), index=MONTHS[start : start + 12]) for start in (0, 12, 24)]
    a = pd.concat([pieces[0], pieces[1]])
    b = pd.concat([pieces[0], pieces[2]])
    c = pd.concat([pieces[1], -pieces[2]])
    found = dependence([a, b, c], [MONTHLY] * 3)
    assert np.linalg.eigvalsh(found).min() > 0
    assert np.diag(found) == pytest.approx(1)
    jointly([goal(n, misses) for n, misses in enumerate((a, b, c))])


def test_goals_on_one_forecast_are_judged_together_on_its_paths():
    made = forecast_with([[1, 2], [2, 3], [3, 1], [0, 0]], series_of(np.arange(24.0)))
    level, every = question(made), question(made, Measure.EVERY)
    found = jointly([JudgedGoal(made, level, 2), JudgedGoal(made, every, 2)])
    assert (found.all, found.any) == (0.25, 0.5)
    assert found.dependence[0, 1] == 1


def test_all_goals_are_never_likelier_than_the_hardest_one():
    walk = series_of(100 + np.cumsum(np.random.default_rng(5).normal(size=36)), kpi="csat")
    made = forecast(walk, ahead(walk, 3))
    goals = [JudgedGoal(made, question(made, measure), 100.0) for measure in (Measure.LEVEL, Measure.AVERAGE, Measure.EVERY)]
    single = [assess(one.forecast, one.question, one.target).probability for one in goals]
    found = jointly(goals)
    assert found.all <= min(single) + 1e-3
    assert found.any >= max(single) - 1e-3


def test_how_many_goals_are_reached_has_a_range():
    found = jointly([goal(number) for number in range(8)])
    assert found.expected == pytest.approx(4, abs=0.1)
    assert (found.low80, found.high80) == (2, 6), "eight coins, 80 %"


def test_forecasts_of_different_numbers_of_paths_are_refused():
    other = goal(2)
    short = JudgedGoal(forecast_with(other.forecast.paths[:100], other.forecast.series), other.question, 0.0)
    with pytest.raises(CannotForecast):
        jointly([goal(1), short])
    with pytest.raises(CannotForecast):
        jointly([])


def test_past_misses_are_standard_scores_of_what_could_not_be_known():
    rng = np.random.default_rng(7)
    shocks = rng.normal(size=48)
    walk = series_of(100 + np.cumsum(shocks))
    misses = past_misses(walk)
    assert len(misses) == 40 and misses.index[-1] == walk.periods[-1]
    assert 0.6 < misses.std() < 1.4
    assert np.corrcoef(misses, shocks[8:])[0, 1] > 0.9


def test_misses_of_two_walks_go_together_as_their_shocks_do():
    rng = np.random.default_rng(8)
    common = rng.normal(size=60)
    walks = [series_of(100 + np.cumsum(0.8 * common + 0.6 * rng.normal(size=60)), f"kpi{n}") for n in range(2)]
    found = dependence([past_misses(walk) for walk in walks], [MONTHLY] * 2)[0, 1]
    assert found == pytest.approx(0.64 * 52 / 60, abs=0.2)


def test_a_kpi_that_never_moved_tells_nothing_and_rare_counts_are_told_by_rank():
    assert past_misses(series_of(np.full(24, 3.0))).empty
    counts = series_of(np.where(np.arange(36) % 9 == 8, 2.0, 0.0), kpi="complaints")
    misses = past_misses(counts)
    assert len(misses) == 36 and misses.iloc[8] > 1 > misses.iloc[7]


def test_what_no_future_shows_is_rare_and_not_impossible():
    found = jointly([goal(1, target=2.5), goal(2, target=2.5), goal(3, target=2.5)])
    assert 0 < found.all < 0.001
    assert 0.999 < jointly([goal(number, target=-2.5) for number in range(3)]).any < 1

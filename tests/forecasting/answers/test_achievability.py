from datetime import date
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cs_planning.errors import CannotForecast
from cs_planning.forecasting.answers.achievability import (
    assess,
    assess_measured,
    bands,
    improvement_needed,
    measured,
    required_path,
    suggested_targets,
    target_for,
)
from cs_planning.forecasting.forecast import Question
from cs_planning.forecasting.models.paths import forecast
from cs_planning.goals.goal import Direction, Measure
from cs_planning.kpis.frequency import Frequency
from tests.forecasting.builders import ahead, forecast_with, question, series_of

SMALL = forecast_with([[1, 2, 3], [3, 2, 1], [2, 2, 2], [5, 0, 1]])


@pytest.fixture(scope="module")
def csat():
    values = 80 + np.random.default_rng(0).normal(0, 3, 36) + 4 * np.sin(np.arange(36) * np.pi / 6)
    series = series_of(values, "csat")
    return forecast(series, ahead(series, 6))


@pytest.mark.parametrize(
    ("measure", "direction", "expected"),
    [
        (Measure.LEVEL, Direction.AT_LEAST, [3, 1, 2, 1]),
        (Measure.AVERAGE, Direction.AT_LEAST, [2, 2, 2, 2]),
        (Measure.TOTAL, Direction.AT_MOST, [6, 6, 6, 6]),
        (Measure.EVERY, Direction.AT_LEAST, [1, 1, 2, 0]),
        (Measure.EVERY, Direction.AT_MOST, [3, 3, 2, 5]),
    ],
)
def test_each_measure_is_taken_from_whole_paths(measure, direction, expected):
    assert measured(SMALL, question(SMALL, measure, direction)).tolist() == expected


def test_periods_already_observed_count_with_their_values():
    asked = question(SMALL, Measure.TOTAL, first=date(2020, 11, 15))
    assert measured(SMALL, asked).tolist() == [27, 27, 27, 27]


def test_a_quarter_of_days_is_measured_in_days():
    series = series_of(np.random.default_rng(1).normal(50, 2, 100), frequency=Frequency.DAY, start="2024-01-01")
    made = forecast(series, date(2024, 6, 30))
    asked = question(made, Measure.AVERAGE, first=date(2024, 4, 1))
    observed = series.values[series.periods >= "2024-04-01"]
    assert measured(made, asked) == pytest.approx((observed.sum() + made.paths.sum(axis=1)) / 91)


def test_a_deadline_beyond_the_paths_is_refused():
    with pytest.raises(CannotForecast, match="before the deadline"):
        measured(SMALL, Question(Measure.LEVEL, Direction.AT_LEAST, date(2025, 1, 1)))


@pytest.mark.parametrize("measure", list(Measure))
@pytest.mark.parametrize("direction", list(Direction))
def test_probability_falls_as_the_target_gets_harder(csat, measure, direction):
    draws = measured(csat, question(csat, measure, direction))
    targets = np.linspace(draws.min() - 1, draws.max() + 1, 25)[:: direction.sign]
    chances = [assess(csat, question(csat, measure, direction), target).probability for target in targets]
    assert all(later <= earlier for earlier, later in pairwise(chances))


@pytest.mark.slow
@settings(deadline=None)
@given(st.floats(0.02, 0.98))
def test_the_solved_target_has_the_wanted_probability(chance):
    rng = np.random.default_rng(2)
    made = forecast_with(rng.normal(10, 3, (4000, 2)))
    for direction in Direction:
        asked = question(made, Measure.AVERAGE, direction)
        assert assess(made, asked, target_for(made, asked, chance)).probability == pytest.approx(chance, abs=0.002)


@pytest.mark.parametrize("direction", list(Direction))
def test_the_stretch_target_is_harder_than_the_primary_and_that_than_the_floor(csat, direction):
    found = suggested_targets(csat, question(csat, Measure.AVERAGE, direction))
    assert direction.sign * found.floor <= direction.sign * found.primary <= direction.sign * found.stretch


def test_intervals_nest(csat):
    found = assess(csat, question(csat), 80)
    assert found.low95 <= found.low80 <= found.expected <= found.high80 <= found.high95
    fan = bands(csat).set_index(["period", "level"])
    for period in csat.periods:
        low, high = fan.loc[period, "low"], fan.loc[period, "high"]
        assert low[0.95] <= low[0.8] <= low[0.5] <= fan.loc[(period, 0.5), "median"] <= high[0.5] <= high[0.8] <= high[0.95]


@pytest.mark.parametrize(
    ("target", "direction", "chance"),
    [(101, Direction.AT_LEAST, 0), (101, Direction.AT_MOST, 1), (-1, Direction.AT_LEAST, 1), (-1, Direction.AT_MOST, 0)],
)
def test_a_target_outside_the_valid_range_is_certain_and_says_why(csat, target, direction, chance):
    found = assess(csat, question(csat, Measure.AVERAGE, direction), target)
    assert found.probability == chance
    assert "can never be" in str(found.reason)


def test_a_period_that_missed_already_decides_a_goal_for_every_period():
    made = forecast_with(np.random.default_rng(3).normal(50, 1, (500, 3)))
    found = assess(made, question(made, Measure.EVERY, first=date(2020, 10, 1)), 20)
    assert found.probability == 0
    assert found.reason is not None


def test_a_higher_target_is_never_likelier_while_a_slider_moves(csat):
    asked = question(csat, Measure.AVERAGE)
    draws = measured(csat, asked)
    found = [assess_measured(draws, asked, float(target), csat.series.kpi).probability for target in np.linspace(70, 90, 200)]
    assert found == sorted(found, reverse=True)
    assert found[0] > found[-1]


@pytest.mark.parametrize("measure", [Measure.LEVEL, Measure.AVERAGE, Measure.TOTAL])
def test_the_required_path_reaches_the_target_and_keeps_the_season(csat, measure):
    target = {Measure.LEVEL: 80, Measure.AVERAGE: 83, Measure.TOTAL: 498}[measure]
    path = required_path(csat, question(csat, measure), target)["value"].to_numpy()
    reached = {Measure.LEVEL: path[-1], Measure.AVERAGE: path.mean(), Measure.TOTAL: path.sum()}[measure]
    assert reached == pytest.approx(target, rel=1e-3)
    assert path.max() < 100
    assert np.corrcoef(np.diff(path), np.diff(np.median(csat.paths, axis=0)))[0, 1] > 0.8


def test_the_needed_improvement_lifts_the_probability_to_the_wanted_one():
    rng = np.random.default_rng(4)
    made = forecast_with(np.cumsum(rng.normal(0, 1, (4000, 4)), axis=1), series_of(rng.normal(0, 1, 24)))
    asked = question(made)
    change = improvement_needed(made, asked, 5.0)
    lifted = forecast_with(made.paths + change * np.arange(1, 5), made.series)
    assert assess(lifted, asked, 5.0).probability == pytest.approx(0.8, abs=0.005)


def test_no_improvement_reaches_a_target_outside_the_valid_range(csat):
    assert improvement_needed(csat, question(csat), 101) == np.inf

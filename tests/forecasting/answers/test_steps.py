"""The probability of a goal whose periods have steps of their own."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cs_planning.forecasting.answers.achievability import assess, improvement_needed, measured, required_path, target_for
from cs_planning.forecasting.forecast import Question
from cs_planning.forecasting.models.paths import forecast
from cs_planning.goals.goal import Direction, Measure, TargetStep
from cs_planning.kpis.frequency import Frequency, Rhythm
from tests.forecasting.builders import ahead, forecast_with, series_of
from tests.goals.builders import good_goal

MONTHS = Rhythm(Frequency.MONTH, 1)
FIRSTS = [date(2023, month, 1) for month in range(1, 7)]
VALUES = st.lists(st.floats(70, 90), min_size=6, max_size=6)


@pytest.fixture(scope="module")
def made():
    values = 80 + np.random.default_rng(0).normal(0, 3, 36) + 4 * np.sin(np.arange(36) * np.pi / 6)
    series = series_of(values, "csat")
    return forecast(series, ahead(series, 6))


def goal(values, measure=Measure.EVERY, direction=Direction.AT_LEAST):
    steps = tuple(TargetStep(first=first, value=value) for first, value in zip(FIRSTS, values, strict=True))
    primary = {Measure.AVERAGE: sum(values) / len(values), Measure.TOTAL: sum(values)}.get(measure, values[-1])
    fields = {"start": FIRSTS[0], "deadline": date(2023, 6, 30), "milestones": (), "steps": steps, "primary": primary}
    return good_goal(measure=measure, direction=direction, **fields)


def probability(made, asked):
    return assess(made, Question.of(asked, MONTHS), asked.primary).probability


def test_each_period_is_held_against_its_own_step():
    # Three futures of three months, steps 1, 2, 3: the first meets all, the second misses March, the third January.
    small = forecast_with([[1, 2, 3], [9, 9, 2.5], [0, 9, 9]])
    asked = Question(
        Measure.EVERY,
        Direction.AT_LEAST,
        date(2021, 3, 31),
        None,
        ((date(2021, 1, 1), -2.0), (date(2021, 2, 1), -1.0), (date(2021, 3, 1), 0.0)),
    )
    assert measured(small, asked).tolist() == [3, 2.5, 2]
    assert assess(small, asked, 3).probability == pytest.approx((1 + 0.5) / 4)


def test_measured_periods_are_held_against_their_own_step():
    # The history rises 0, 1, 2 … 11 over 2020; November and December count with 10 and 11 against steps of 10 and 12.
    small = forecast_with([[20], [30]])
    asked = Question(
        Measure.EVERY,
        Direction.AT_LEAST,
        date(2021, 1, 31),
        date(2020, 11, 1),
        ((date(2020, 11, 1), -2.0), (date(2020, 12, 1), 0.0), (date(2021, 1, 1), 0.0)),
    )
    assert measured(small, asked).tolist() == [11, 11]
    found = assess(small, asked, 12)
    assert (found.probability, str(found.reason)) == (0, "A period that is already observed missed its step.")


@given(value=st.floats(70, 90), measure=st.sampled_from(list(Measure)), direction=st.sampled_from(list(Direction)))
@settings(max_examples=60, deadline=None)
def test_a_constant_path_gives_the_probability_of_the_plain_goal(made, value, measure, direction):
    varied = goal([value] * 6, measure, direction)
    plain = varied.model_copy(update={"steps": ()})
    assert probability(made, varied) == probability(made, plain)


@given(
    values=VALUES,
    harder=st.lists(st.floats(0, 5), min_size=6, max_size=6),
    measure=st.sampled_from([Measure.EVERY, Measure.AVERAGE, Measure.LEVEL]),
    direction=st.sampled_from(list(Direction)),
)
@settings(max_examples=80, deadline=None)
def test_a_stricter_path_is_never_likelier(made, values, harder, measure, direction):
    stricter = [value + direction.sign * more for value, more in zip(values, harder, strict=True)]
    assert probability(made, goal(stricter, measure, direction)) <= probability(made, goal(values, measure, direction))


@given(values=VALUES, direction=st.sampled_from(list(Direction)))
@settings(max_examples=40, deadline=None)
def test_the_probability_is_the_share_of_futures_that_meet_every_step(made, values, direction):
    met = made.paths >= np.array(values) if direction is Direction.AT_LEAST else made.paths <= np.array(values)
    share = (met.all(axis=1).sum() + 0.5) / (len(made.paths) + 1)
    # A difference of a target and a step may round the other way where a path lies on the step itself.
    assert probability(made, goal(values, Measure.EVERY, direction)) == pytest.approx(share, abs=2 / len(made.paths))


def test_honest_targets_and_the_required_way_move_the_steps_as_a_whole(made):
    asked = goal([70, 72, 74, 76, 78, 80])
    question = Question.of(asked, MONTHS)
    target = target_for(made, question, 0.5)
    assert assess(made, question, target).probability == pytest.approx(0.5, abs=0.02)
    steps = np.array([-10, -8, -6, -4, -2, 0]) + 84
    way = required_path(made, question, 84)["value"].to_numpy()
    assert (way - steps).min() == pytest.approx(0, abs=1e-6)


def test_what_has_to_change_is_less_where_the_first_steps_are_low(made):
    plain = goal([84] * 6)
    ramp = goal([70, 73, 76, 79, 82, 84])
    needed = [improvement_needed(made, Question.of(one, MONTHS), 84) for one in (ramp, plain)]
    assert needed[0] < needed[1]

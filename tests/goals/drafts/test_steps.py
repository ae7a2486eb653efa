from datetime import date

import pytest

from cs_planning.goals.appraisal.agreement import changes_since_agreed
from cs_planning.goals.appraisal.sheet import Difficulty, Terms
from cs_planning.goals.drafts.checks import problems_of
from cs_planning.goals.drafts.steps import (
    above_the_target,
    even_steps,
    moved_to,
    path_of,
    periods_with_steps,
    with_last,
)
from cs_planning.goals.goal import Measure, TargetStep, goal_from_fields, goal_from_json
from cs_planning.goals.sentence import sentence_of
from cs_planning.kpis.frequency import Frequency, Rhythm
from tests.goals.builders import TODAY, good_goal, steady_csat

MONTHS = Rhythm(Frequency.MONTH, 1)
SECOND_QUARTER = [date(2026, month, 1) for month in (4, 5, 6)]


def steps(*values):
    return tuple(TargetStep(first=first, value=value) for first, value in zip(SECOND_QUARTER, values, strict=True))


def goal(*values, **changes):
    time = {"start": date(2026, 4, 1), "deadline": date(2026, 6, 30), "milestones": ()}
    return good_goal(**time | {"steps": steps(*values)} | changes)


def values_of(asked):
    return [pytest.approx(step.value) for step in path_of(asked)]


def test_another_target_moves_all_steps_by_the_same_amount():
    assert values_of(goal(80, 82, 84)) == [80, 82, 84]
    assert values_of(goal(80, 82, 84, primary=85)) == [81, 83, 85]


def test_the_steps_of_an_average_have_the_target_as_their_mean():
    assert values_of(goal(80, 82, 84, measure=Measure.AVERAGE, primary=84)) == [82, 84, 86]


def test_the_steps_of_a_total_add_up_to_it_and_keep_their_shares():
    asked = goal(100, 200, 100, series="complaints", direction="at_most", measure=Measure.TOTAL, primary=200)
    assert values_of(asked) == [50, 100, 50]


def test_a_later_deadline_keeps_the_last_step_for_the_new_periods():
    later = goal(80, 82, 84, deadline=date(2026, 8, 31))
    assert [step.value for step in path_of(later)] == [80, 82, 84, 84, 84]


def test_quarters_of_a_fiscal_year_keep_their_steps():
    quarters = (TargetStep(first=date(2026, 5, 1), value=82), TargetStep(first=date(2026, 8, 1), value=84))
    asked = good_goal(frequency="quarter", start=date(2026, 5, 1), deadline=date(2026, 10, 31), milestones=(), steps=quarters)
    assert path_of(asked) == quarters


def test_only_a_goal_for_every_period_is_judged_by_its_steps():
    assert above_the_target(goal(80, 82, 84)) == ()
    every = above_the_target(goal(80, 82, 84, measure=Measure.EVERY))
    assert every == ((SECOND_QUARTER[0], -4), (SECOND_QUARTER[1], -2), (SECOND_QUARTER[2], 0))


@pytest.mark.parametrize(
    ("measure", "last"), [(Measure.LEVEL, 84), (Measure.EVERY, 84), (Measure.AVERAGE, 90), (Measure.TOTAL, -78)]
)
def test_the_last_step_makes_the_target(measure, last):
    # Of 80 and 82: mean 84 asks for 3 · 84 − 162 = 90, a sum of 84 for 84 − 162 = −78.
    assert with_last(goal(80, 82, 84, measure=measure), [80, 82], SECOND_QUARTER)[-1].value == last


def test_even_steps_lead_from_the_baseline_to_the_target_or_have_it_as_their_mean():
    level = goal(0, 0, 0, baseline={"value": 81, "period": date(2026, 3, 1)})
    assert [step.value for step in even_steps(level, SECOND_QUARTER)] == [82, 83, 84]
    mean = level.model_copy(update={"measure": Measure.AVERAGE})
    assert sum(step.value for step in even_steps(mean, SECOND_QUARTER)) / 3 == pytest.approx(84)


def test_steps_move_with_the_time_of_the_goal():
    third = [date(2026, month, 1) for month in (7, 8, 9, 10)]
    assert [(one.first, one.value) for one in moved_to(steps(80, 82, 84), third)] == list(
        zip(third, [80, 82, 84, 84], strict=True)
    )


def test_days_and_single_periods_have_no_steps():
    assert periods_with_steps(goal(80, 82, 84, frequency="day"), MONTHS.of(Frequency.DAY)) == ()
    assert periods_with_steps(goal(80, 82, 84, deadline=date(2026, 4, 30)), MONTHS) == ()
    assert periods_with_steps(goal(80, 82, 84), MONTHS) == tuple(SECOND_QUARTER)


def test_a_step_that_no_value_reaches_forbids_committing():
    found = problems_of(goal(99, 105, 84), steady_csat(), today=TODAY)
    assert any(one.field == "steps" and "May 2026" in str(one.message) for one in found)
    assert not any(one.field == "steps" for one in problems_of(goal(80, 82, 84), steady_csat(), today=TODAY))


def test_two_steps_of_one_period_are_no_goal():
    with pytest.raises(ValueError, match="two steps"):
        goal_from_fields(goal(80, 82, 84).model_dump() | {"steps": [*steps(80, 82, 84), *steps(80, 82, 84)]})


def test_steps_survive_being_kept_and_are_part_of_what_is_agreed():
    agreed = goal(80, 82, 84)
    assert goal_from_json(agreed.model_dump_json()) == agreed
    terms = Terms(goal=agreed, weight_percent=100, difficulty=Difficulty.USUAL)
    (change,) = changes_since_agreed(terms, goal(81, 82, 84))
    assert (
        str(change.words) == "Steps: Apr 2026 80 %, May 2026 82 %, Jun 2026 84 % → Apr 2026 81 %, May 2026 82 %, Jun 2026 84 %"
    )


def test_the_sentence_says_that_each_period_has_its_step():
    said = str(sentence_of(goal(80, 82, 84, measure=Measure.EVERY), steady_csat()))
    assert "at its step or more every month" in said
    assert "84" in said

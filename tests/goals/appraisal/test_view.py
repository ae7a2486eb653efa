from datetime import date

import pytest

from cs_planning.goals.appraisal.scale import Scale
from cs_planning.goals.appraisal.sheet import SheetLine, SheetStep
from cs_planning.goals.appraisal.view import view_of
from cs_planning.goals.following.progress import status_of
from cs_planning.goals.goal import Stage
from tests.goals.appraisal.test_agreement import sheet, walked
from tests.goals.builders import good_goal, series_of

AFTER = date(2026, 7, 2)


def measured(last: float):
    return series_of([82.0] * 17 + [last], "csat|channel=email", first=date(2025, 1, 1))


def seen(last, scale=Scale.LETTERS, **changes):
    goal = good_goal(stage=Stage.ACTIVE, floor=None, **changes)
    series = measured(last)
    drafted = sheet(lines=(SheetLine(goal_id="g1", weight_percent=100),), scale=scale)
    report = status_of(goal, series, None, AFTER)
    return view_of(drafted, {"g1": goal}, {"g1": series}, {"g1": report}, today=AFTER).lines[0]


@pytest.mark.parametrize(
    ("last", "scale", "grade"),
    [
        (86.5, Scale.LETTERS, "A"),  # stretch is 86
        (84.2, Scale.LETTERS, "B"),  # the target is 84
        (83.7, Scale.LETTERS, "C"),  # 85 % of the way from 82
        (82.5, Scale.LETTERS, "D"),
        (83.7, Scale.THREE_STEPS, "nearly"),
        (84.2, Scale.ZERO_TO_ONE, "1.0"),
        (83.0, Scale.ZERO_TO_ONE, "0.5"),  # half of the way
        (83.99, Scale.ZERO_TO_ONE, "0.9"),  # as good as there is not there
        (81.0, Scale.ZERO_TO_ONE, "0.0"),
    ],
)
def test_the_measured_value_suggests_a_grade_once_the_goal_is_decided(last, scale, grade):
    assert seen(last, scale).suggested.id == grade


def test_nothing_is_suggested_before_the_goal_is_decided():
    assert seen(84.2, deadline=date(2026, 12, 31)).suggested is None


def test_what_was_agreed_is_judged_even_where_the_goal_was_made_easier_since():
    goal = good_goal(stage=Stage.ACTIVE, floor=None)
    easier = goal.model_copy(update={"primary": 82.0, "version": 2})
    series = measured(83.0)
    agreed = walked(
        sheet(lines=(SheetLine(goal_id="g1", weight_percent=100),)), SheetStep.PROPOSE, SheetStep.AGREE, goals={"g1": goal}
    )
    report = status_of(easier, series, None, AFTER)
    view = view_of(agreed, {"g1": easier}, {"g1": series}, {"g1": report}, today=AFTER)
    (line,) = view.lines
    assert line.goal.primary == 84
    assert line.suggested.id == "D"
    assert [change.field for change in line.changes] == ["primary"]
    assert view.changed == (line,)
    assert (view.agreed_by, view.agreed_on) == ("Ken", date(2026, 4, 1))


def test_a_goal_whose_baseline_was_moved_is_judged_from_the_agreed_one():
    goal = good_goal(stage=Stage.ACTIVE, floor=None)
    moved = goal.model_copy(update={"baseline": goal.baseline.model_copy(update={"value": 83.6})})
    series = measured(83.7)
    agreed = walked(
        sheet(lines=(SheetLine(goal_id="g1", weight_percent=100),)), SheetStep.PROPOSE, SheetStep.AGREE, goals={"g1": goal}
    )
    report = status_of(moved, series, None, AFTER)
    assert view_of(agreed, {"g1": moved}, {"g1": series}, {"g1": report}, today=AFTER).lines[0].suggested.id == "C"


def test_a_re_plan_that_is_proposed_shows_what_is_proposed():
    goal = good_goal()
    higher = goal.model_copy(update={"primary": 85.0})
    one = sheet(lines=(SheetLine(goal_id="g1", weight_percent=100),))
    agreed = walked(one, SheetStep.PROPOSE, SheetStep.AGREE, goals={"g1": goal})
    proposed = walked(agreed, SheetStep.REPLAN, SheetStep.PROPOSE, goals={"g1": higher})
    (line,) = view_of(proposed, {"g1": higher}, {}, {}, today=AFTER).lines
    assert (line.goal.primary, len(line.changes)) == (85, 1)


def test_nobody_is_said_to_have_agreed_to_what_was_re_planned_and_closed_alone():
    goal = good_goal()
    one = sheet(lines=(SheetLine(goal_id="g1", weight_percent=100, own_grade="A"),))
    agreed = walked(one, SheetStep.PROPOSE, SheetStep.AGREE, goals={"g1": goal})
    alone = walked(agreed, SheetStep.REPLAN, SheetStep.CLOSE, goals={"g1": goal}, with_agreement=False)
    assert view_of(alone, {"g1": goal}, {}, {}, today=AFTER).agreed_on is None


def test_asking_for_another_appraisal_is_no_new_agreement():
    goal = good_goal()
    graded = sheet(lines=(SheetLine(goal_id="g1", weight_percent=100, own_grade="A"),))
    agreed = walked(graded, SheetStep.PROPOSE, SheetStep.AGREE, goals={"g1": goal})
    back = walked(agreed, SheetStep.APPRAISE_ONESELF, goals={"g1": goal})
    last = back.events[-1].model_copy(update={"by": "Aiko"})
    back = walked(back.model_copy(update={"events": (*back.events[:-1], last)}), SheetStep.ASK_FOR_CHANGES, goals={"g1": goal})
    assert view_of(back, {"g1": goal}, {}, {}, today=AFTER).agreed_by == "Ken"


def test_a_goal_that_is_gone_leaves_its_line_with_a_reason():
    view = view_of(sheet(lines=(SheetLine(goal_id="gone", weight_percent=100),)), {}, {}, {}, today=AFTER)
    assert str(view.lines[0].sentence) == "This goal is not there any more."
    assert view.lines[0].measured is None

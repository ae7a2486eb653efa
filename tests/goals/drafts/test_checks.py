from datetime import date

import pytest

from cs_planning.errors import InvalidGoal
from cs_planning.goals.drafts.checks import commit, problems_of
from cs_planning.goals.goal import Baseline, Direction, Measure, Milestone, Stage, goal_from_fields
from cs_planning.goals.smart import Evidence, check_smart
from cs_planning.kpis.calendar.service_calendar import CALENDAR_YEAR
from tests.goals.builders import TODAY, good_goal, series_of, steady_csat


def fields_wrong(goal, series="default", goals=()) -> list[str]:
    known = steady_csat() if series == "default" else series
    return [problem.field for problem in problems_of(goal, known, today=TODAY, goals=goals)]


def test_a_good_goal_has_no_problem():
    assert fields_wrong(good_goal()) == []


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"deadline": date(2026, 1, 9)}, "deadline"),
        ({"deadline": None}, "deadline"),
        ({"start": date(2026, 12, 1)}, "deadline"),
        ({"primary": None, "floor": None, "stretch": None}, "primary"),
        ({"primary": 81}, "primary"),
        ({"primary": 82}, "primary"),
        ({"stretch": 101}, "stretch"),
        ({"floor": -1}, "floor"),
        ({"floor": 85}, "floor"),
        ({"stretch": 83}, "stretch"),
        ({"measure": Measure.TOTAL}, "measure"),
        ({"milestones": (Milestone(due=date(2026, 7, 1), value=83),)}, "milestones"),
        ({"milestones": (Milestone(due=date(2026, 1, 1), value=83),)}, "milestones"),
        ({"milestones": (Milestone(due=date(2026, 3, 1), value=830),)}, "milestones"),
        ({"guard_series": "csat|channel=email"}, "guard_series"),
        ({"series": None}, "series"),
        ({"title": "  "}, "title"),
    ],
)
def test_each_wrong_field_is_named(changes, field):
    assert field in fields_wrong(good_goal(**changes))


def test_a_deleted_kpi_and_a_kpi_without_data_are_a_problem_of_the_series():
    assert fields_wrong(good_goal(), series=None) == ["series"]
    assert fields_wrong(good_goal(), series=series_of([], "csat|channel=email")) == ["series"]


def test_for_a_kpi_that_shall_fall_the_wrong_side_is_above():
    series = series_of([40.0] * 12, "frt_median", first=date(2025, 1, 1))
    wrong = good_goal(
        series="frt_median", direction=Direction.AT_MOST, baseline=None, floor=None, stretch=None, primary=45, milestones=()
    )
    assert fields_wrong(wrong, series) == ["primary"]
    assert fields_wrong(wrong.model_copy(update={"primary": 35}), series) == []


def test_a_goal_to_stay_above_may_lie_below_the_baseline():
    keep = good_goal(measure=Measure.EVERY, primary=80, floor=None, stretch=None)
    assert fields_wrong(keep) == []


def test_a_deadline_today_is_not_past():
    assert fields_wrong(good_goal(deadline=TODAY, milestones=())) == []


def test_parents_in_a_circle_are_found():
    first, second, third = good_goal(id="a", parent="b"), good_goal(id="b", parent="c"), good_goal(id="c", parent="a")
    assert fields_wrong(first, goals=[first, second, third]) == ["parent"]
    assert fields_wrong(good_goal(id="a", parent="a")) == ["parent"]
    assert fields_wrong(first, goals=[first, second, good_goal(id="c")]) == []


def test_a_circle_above_that_does_not_hold_the_goal_itself_ends_too():
    circle = [good_goal(id="b", parent="c"), good_goal(id="c", parent="b")]
    assert fields_wrong(good_goal(id="a", parent="b"), goals=circle) == ["parent"]


def test_two_active_goals_that_exclude_each_other_can_not_both_be_committed():
    rival = good_goal(id="z", direction=Direction.AT_MOST, primary=80, floor=None, stretch=None, stage=Stage.ACTIVE)
    assert fields_wrong(good_goal(), goals=[rival]) == ["primary"]
    assert fields_wrong(good_goal(), goals=[rival.model_copy(update={"stage": Stage.CLOSED})]) == []


def test_all_problems_are_raised_at_once_each_with_value_and_remedy():
    goal = good_goal(title="", deadline=date(2020, 1, 1), primary=120, stretch=None, milestones=())
    with pytest.raises(InvalidGoal) as raised:
        commit(goal, steady_csat(), today=TODAY)
    problems = {problem.field: problem for problem in raised.value.problems}
    assert set(problems) == {"title", "deadline", "primary"}
    assert problems["primary"].value == "120"
    assert "between 0 % and 100 %" in str(problems["primary"].message)
    assert all(str(problem.remedy) for problem in raised.value.problems)


def test_committing_fills_in_start_and_baseline_and_changes_nothing_else():
    draft = good_goal(start=None, baseline=None)
    active = commit(draft, steady_csat(), today=TODAY)
    assert active.stage is Stage.ACTIVE
    assert active.start == TODAY
    assert active.baseline == Baseline(value=82, period=date(2025, 12, 1), sample_size=400)
    assert active.model_copy(update={"stage": Stage.DRAFT, "start": None, "baseline": None}) == draft


def test_a_text_of_ten_thousand_characters_fits_and_a_longer_one_does_not():
    assert fields_wrong(good_goal(how="あ" * 10_000)) == []
    with pytest.raises(ValueError, match="10000"):
        good_goal(how="x" * 10_001)


def test_a_number_that_is_not_finite_is_refused_by_the_model():
    for value in (float("nan"), float("inf")):
        with pytest.raises(ValueError, match="finite"):
            goal_from_fields({"type": "operational", "primary": value})


def test_the_order_of_a_thousand_goals_changes_no_check():
    goals = [good_goal(id=f"g{number}", parent=f"g{number - 1}" if number % 50 else None) for number in range(1000)]
    series = steady_csat()
    for goal in goals[:100:25]:
        found = [
            (
                problems_of(goal, series, today=TODAY, goals=others),
                check_smart(
                    goal, Evidence(today=TODAY, calendar=CALENDAR_YEAR, series=series, siblings=others, probability=0.5)
                ),
            )
            for others in (goals, goals[::-1])
        ]
        assert found[0] == found[1]

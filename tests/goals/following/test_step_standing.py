"""Goals with steps while they are followed."""

from datetime import date

import pytest

from cs_planning.goals.following.checkins import check_in
from cs_planning.goals.following.closing import Score, close_goal
from cs_planning.goals.following.pace import pace
from cs_planning.goals.following.progress import Status, status_of
from cs_planning.goals.goal import Baseline, Direction, Measure, TargetStep
from tests.goals.builders import good_goal, series_of

FIRSTS = [date(2026, month, 1) for month in (4, 5, 6)]
AFTER_MAY, AFTER_JUNE = date(2026, 6, 2), date(2026, 7, 2)


def goal(*values, **changes):
    steps = tuple(TargetStep(first=first, value=value) for first, value in zip(FIRSTS, values, strict=True))
    baseline = Baseline(value=80, period=date(2026, 3, 1))
    time = {"start": FIRSTS[0], "deadline": date(2026, 6, 30), "milestones": (), "baseline": baseline, "steps": steps}
    return good_goal(**time | changes)


def csat(*values_since_april):
    return series_of([80.0] * 12 + list(values_since_april), "csat|channel=email", first=date(2025, 4, 1))


def test_the_newest_month_stands_beside_its_step_and_the_next_one_is_named():
    report = status_of(goal(80, 83, 84), csat(81, 82), 0.6, AFTER_MAY)
    assert report.step is not None
    assert [one.met for one in report.step.measured] == [True, False]
    assert str(report.step.words(csat(1).kpi)) == ("Step of May 2026: 83 %, missed with 82 %. Next step, Jun 2026: 84 %.")


def test_a_plain_goal_has_no_step():
    assert status_of(goal(80, 83, 84, steps=()), csat(81, 82), 0.6, AFTER_MAY).step is None


@pytest.mark.parametrize(
    ("values", "status", "rule"),
    [
        ((81, 83, 84), Status.REACHED, "Every period met its step."),
        ((81, 82, 90), Status.MISSED, "82 % in May 2026 missed its step of 83 %"),
    ],
)
def test_where_every_period_counts_each_is_held_against_its_own_step(values, status, rule):
    report = status_of(goal(80, 83, 84, measure=Measure.EVERY), csat(*values), None, AFTER_JUNE)
    assert report.status is status
    assert rule in str(report.rule)


def test_the_same_months_miss_a_target_that_does_not_vary():
    plain = goal(80, 83, 84, measure=Measure.EVERY, steps=())
    assert status_of(plain, csat(81, 83, 84), None, AFTER_JUNE).status is Status.MISSED


def test_a_missed_step_is_known_before_the_deadline():
    report = status_of(goal(82, 83, 84, measure=Measure.EVERY), csat(81), 0.9, date(2026, 5, 2))
    assert report.status is Status.MISSED
    assert "81 % in Apr 2026 missed its step of 82 %" in str(report.rule)


def test_a_step_that_is_missed_does_not_end_a_goal_for_its_last_month():
    report = status_of(goal(82, 83, 84), csat(81, 82, 84.5), None, AFTER_JUNE)
    assert report.status is Status.REACHED
    assert report.step is not None
    assert len(report.step.missed) == 2


def test_the_score_holds_the_worst_month_against_its_own_step():
    # Steps 80, 83, 84 with a stretch two points above: every month lies at least two above its own step.
    asked = goal(80, 83, 84, measure=Measure.EVERY, stretch=86)
    assert close_goal(asked, csat(82, 85, 86), today=AFTER_JUNE).outcome.score is Score.EXCEEDED
    assert close_goal(asked, csat(82, 84, 86), today=AFTER_JUNE).outcome.score is Score.MET


def test_nobody_is_behind_where_the_steps_ask_for_little_at_first():
    # A third of the way after two thirds of the time; the steps ask for a quarter of it by then.
    late, even = goal(80, 81, 84), goal(80, 81, 84, steps=())
    series = csat(80, 81.3)
    assert status_of(even, series, None, AFTER_MAY).status is Status.AT_RISK
    report = status_of(late, series, None, AFTER_MAY)
    assert report.status is Status.ON_TRACK
    assert "where the steps ask for 25 %" in str(report.rule)


def test_a_total_is_held_against_the_sum_of_its_steps():
    # 300 complaints at most with a peak of 200 in May: 240 by then are as many as the steps allow.
    baseline = {"value": 100, "period": date(2026, 3, 1)}
    asked = goal(
        40, 200, 60, series="complaints", measure=Measure.TOTAL, direction=Direction.AT_MOST, primary=300, baseline=baseline
    )
    series = series_of([100.0] * 12 + [40, 200], "complaints", first=date(2025, 4, 1))
    way = pace(asked, series, AFTER_MAY)
    assert way.lag == pytest.approx(0)
    # Even months would allow 200 by then, 40 of 300 fewer.
    assert pace(asked.model_copy(update={"steps": ()}), series, AFTER_MAY).lag == pytest.approx(40 / 300, abs=0.01)


def test_a_check_in_keeps_the_step_of_the_month():
    asked = goal(80, 83, 84)
    kept = check_in(asked, status_of(asked, csat(81, 82), 0.6, AFTER_MAY), by="Aiko", note="", on=AFTER_MAY)
    assert (kept.step, kept.step_value) == (83, 82)

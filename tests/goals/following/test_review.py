from datetime import UTC, date, datetime

import numpy as np
import pytest

from cs_planning.errors import InvalidGoal
from cs_planning.goals.following.checkins import Remedy, check_in, needs_replanning, replan, to_celebrate
from cs_planning.goals.following.closing import ClosingOutcome, Score, calibration_of, close_goal
from cs_planning.goals.following.history import archived, changes_between, restored, revisions_of, search
from cs_planning.goals.following.progress import Status, status_of
from cs_planning.goals.following.review import BrokenSeries, Decision, Movement, agenda_for
from cs_planning.goals.goal import Cadence, Milestone, Stage, goal_from_json
from cs_planning.goals.plan.actions import Action
from cs_planning.language import text
from tests.goals.builders import good_goal, series_of


def csat(*values_of_2026):
    return series_of([82.0] * 12 + list(values_of_2026), "csat|channel=email", first=date(2025, 1, 1))


def running(**changes):
    return good_goal(**{"stage": Stage.ACTIVE, "start": date(2026, 1, 1), **changes})


def reports_of(goals, series, probability, today):
    return {goal.id: status_of(goal, series, probability, today) for goal in goals}


def test_one_quarter_from_draft_to_record():
    goal = running(deadline=date(2026, 3, 31), milestones=(Milestone(due=date(2026, 2, 28), value=83, note="half way"),))
    january = check_in(
        goal, status_of(goal, csat(82), 0.6, date(2026, 2, 2)), by="Aiko", note="Templates written.", on=date(2026, 2, 2)
    )
    assert january.status is Status.AT_RISK or january.status is Status.ON_TRACK
    report = status_of(goal, csat(82, 83.2), 0.5, date(2026, 3, 2))
    assert [one.note for one in to_celebrate(report, [january])] == ["half way"]
    march = check_in(goal, report, by="Aiko", note="", on=date(2026, 3, 2))
    assert to_celebrate(report, [january, march]) == ()
    closed = close_goal(goal, csat(82, 83.2, 84.1), today=date(2026, 4, 2), checkins=[march, january])
    assert closed.goal.stage is Stage.CLOSED
    assert (closed.outcome.score, closed.outcome.met, closed.outcome.quarter) == (Score.MET, True, "2026-Q1")
    assert closed.outcome.probability_at_start == 0.6
    assert calibration_of([closed.outcome]).brier == pytest.approx(0.16)


@pytest.mark.parametrize(
    ("last", "changes", "score"),
    [
        (86, {}, Score.EXCEEDED),
        (84, {}, Score.MET),
        (82.5, {}, Score.NEARLY),
        (79, {}, Score.MISSED),
        (83.7, {"floor": None}, Score.NEARLY),
        (83, {"floor": None}, Score.MISSED),
        (82, {"floor": 82}, Score.MISSED),
    ],
)
def test_goals_are_scored_against_floor_target_and_stretch(last, changes, score):
    goal = running(deadline=date(2026, 3, 31), milestones=(), **changes)
    assert close_goal(goal, csat(82, 82, last), today=date(2026, 4, 2)).outcome.score is score


def test_a_goal_without_data_at_the_end_is_not_measured_and_not_counted():
    closed = close_goal(running(deadline=date(2026, 3, 31)), csat(82), today=date(2026, 4, 2), probability_at_start=0.5)
    assert closed.outcome.score is Score.UNKNOWN
    assert calibration_of([closed.outcome]).count == 0


def test_a_running_goal_can_not_be_closed():
    with pytest.raises(InvalidGoal, match="runs until"):
        close_goal(running(), csat(82), today=date(2026, 4, 2))


def outcome(probability, met, quarter="2026-Q1") -> ClosingOutcome:
    return ClosingOutcome(
        goal_id="g",
        closed_on=date(2026, 4, 1),
        quarter=quarter,
        score=Score.MET if met else Score.MISSED,
        met=met,
        probability_at_start=probability,
    )


def test_the_record_is_the_brier_score_by_a_second_way():
    rng = np.random.default_rng(4)
    probabilities = rng.uniform(0, 1, 200)
    met = rng.uniform(0, 1, 200) < probabilities
    record = calibration_of(
        [outcome(float(p), bool(m), f"2026-Q{1 + i % 4}") for i, (p, m) in enumerate(zip(probabilities, met, strict=True))]
    )
    assert record.brier == pytest.approx(np.mean((probabilities - met) ** 2))
    rate = met.mean()
    assert record.brier_of_rate == pytest.approx(rate * (1 - rate))
    assert sum(one.count for one in record.classes) == sum(count for _, count, _ in record.quarters) == 200
    assert "In balance" in str(record.words)


def test_hope_and_caution_are_told_apart_and_few_goals_say_nothing():
    assert "Too hopeful" in str(calibration_of([outcome(0.9, False)] * 8 + [outcome(0.9, True)] * 2).words)
    assert "Too cautious" in str(calibration_of([outcome(0.2, True)] * 10).words)
    assert "too few" in str(calibration_of([outcome(0.9, False)] * 3).words)
    assert "No goal" in str(calibration_of([]).words)


def test_the_agenda_puts_trouble_first_and_leaves_finished_things_out():
    today = date(2026, 4, 2)
    good, bad = running(id="good"), running(id="bad", primary=95, stretch=None)
    reports = {**reports_of([good], csat(83, 84, 85), 0.9, today), **reports_of([bad], csat(82, 82, 82), 0.05, today)}
    agenda = agenda_for(
        Cadence.MONTHLY,
        today,
        [good, bad, good_goal(id="draft")],
        reports,
        since=date(2026, 3, 1),
        decisions=[
            Decision(on=date(2026, 3, 2), what="Ask IT", owner="Ben"),
            Decision(on=date(2026, 3, 2), what="done", done=True),
        ],
        actions=[Action(what="late", due=date(2026, 3, 1)), Action(what="later", due=date(2026, 5, 1))],
        breaks=[BrokenSeries("csat", text("Level fell in March."))],
    )
    assert [item.goal.id for item in agenda.goals] == ["bad", "good"]
    assert [one.what for one in agenda.decisions] == ["Ask IT"]
    assert [one.what for one in agenda.overdue] == ["late"]
    assert len(agenda.breaks) == 1
    assert agenda.minutes > 10
    assert [str(one) for one in agenda.claim()] == [
        "2 goals are open: Off track 1 · On track 1.",
        "3 matters are left from last time.",
    ]


def test_the_agenda_says_what_changed_since_the_last_review_and_why():
    goal = running(milestones=(Milestone(due=date(2026, 5, 1), value=83),))
    early = check_in(goal, status_of(goal, csat(83.9), 0.8, date(2026, 2, 2)), by="A", note="fine", on=date(2026, 2, 2))
    late = check_in(
        goal, status_of(goal, csat(83.9, 82), 0.4, date(2026, 3, 10)), by="A", note="Two people left.", on=date(2026, 3, 10)
    )
    reports = reports_of([goal], csat(83.9, 82, 81), 0.1, date(2026, 4, 2))
    agenda = agenda_for(Cadence.MONTHLY, date(2026, 4, 2), [goal], reports, since=date(2026, 3, 1), checkins=[late, early])
    (item,) = agenda.goals
    assert item.last == early
    assert item.movement is Movement.WORSE
    assert item.reasons == ("Two people left.",)
    assert item.celebrate == ()


def test_goals_whose_time_is_over_are_to_be_closed_and_reached_ones_celebrated():
    goal = running(deadline=date(2026, 3, 31), milestones=())
    agenda = agenda_for(
        Cadence.QUARTERLY,
        date(2026, 4, 2),
        [goal],
        reports_of([goal], csat(83, 84, 85), None, date(2026, 4, 2)),
        since=date(2026, 1, 1),
    )
    assert [item.goal.id for item in agenda.to_close] == ["g1"]
    assert [item.goal.id for item in agenda.celebrations] == ["g1"]
    assert agenda.goals == ()


def test_a_monthly_agenda_leaves_a_quarterly_goal_out_unless_it_is_in_trouble():
    today = date(2026, 4, 2)
    goal = running(cadence=Cadence.QUARTERLY, milestones=())
    fine, trouble = reports_of([goal], csat(83, 84, 85), 0.9, today), reports_of([goal], csat(80, 80, 80), 0.01, today)
    assert agenda_for(Cadence.MONTHLY, today, [goal], fine, since=date(2026, 2, 1)).goals == ()
    assert len(agenda_for(Cadence.MONTHLY, today, [goal], trouble, since=date(2026, 2, 1)).goals) == 1


def test_a_goal_off_track_asks_for_a_new_plan_and_the_record_says_what_changed():
    goal = running()
    report = status_of(goal, csat(80, 80, 80), 0.01, date(2026, 4, 2))
    assert needs_replanning(report)
    done = replan(
        goal,
        {"primary": 83, "stretch": 84},
        remedies=[Remedy.TARGET, Remedy.STAFF],
        reason="Two people left.",
        by="Aiko",
        on=date(2026, 4, 2),
        probability=0.01,
    )
    assert done.goal.primary == 83
    assert [change.field for change in done.changes] == ["primary", "stretch"]
    assert done.record.changed[0] == "Target: 84 % → 83 %"
    assert done.record.reason == "Two people left."


@pytest.mark.parametrize("wrong", [{"remedies": [], "reason": "x"}, {"remedies": [Remedy.STAFF], "reason": " "}])
def test_a_new_plan_needs_a_remedy_and_a_reason(wrong):
    with pytest.raises(InvalidGoal):
        replan(running(), {}, by="A", on=date(2026, 4, 2), **wrong)


def test_a_new_plan_with_an_impossible_field_is_refused():
    with pytest.raises(InvalidGoal, match="new plan"):
        replan(running(), {"primary": float("nan")}, remedies=[Remedy.TARGET], reason="x", by="A", on=date(2026, 4, 2))


def test_history_tells_before_and_after_in_words_the_newest_first():
    first = good_goal()
    second = first.model_copy(update={"primary": 85.0, "owner": "", "objective": "loyalty", "version": 2})
    moment = datetime(2026, 1, 10, tzinfo=UTC)
    newest, oldest = revisions_of([(first, "Aiko", moment, ""), (second, "Ben", moment, "Review")])
    assert [str(change.words) for change in newest.changes] == [
        "Target: 84 % → 85 %",
        "Owner removed (was Aiko)",
        "Objective: Higher customer satisfaction → Customer loyalty",
    ]
    assert (newest.by, newest.reason, oldest.changes) == ("Ben", "Review", ())


def test_a_change_of_type_shows_the_fields_of_both_types():
    before, after = good_goal(survey="post-contact"), good_goal(type="operational", process="triage")
    assert {change.field for change in changes_between(before, after)} >= {"type", "survey", "process"}


def test_the_same_goal_has_no_changes_and_every_field_has_words():
    goal = good_goal(guard_series="aht_mean", guard_limit=6, contributors=("Ben", "Chie"))
    assert changes_between(goal, goal_from_json(goal.model_dump_json())) == ()
    empty = type(goal)()
    for change in changes_between(empty, goal):
        assert str(change.words)


def test_restoring_keeps_the_id_and_the_newest_version():
    old, new = good_goal(version=1, primary=84), good_goal(version=5, primary=90)
    again = restored(new, old)
    assert (again.primary, again.version, again.id) == (84, 5, "g1")
    assert archived(new).stage is Stage.ARCHIVED


def test_search_finds_every_word_in_any_case():
    goals = [good_goal(title="Raise CSAT"), good_goal(id="x", title="応答率を上げる", owner="Ken")]
    assert search(goals, "csat raise") == [goals[0]]
    assert search(goals, "応答 ken") == [goals[1]]
    assert search(goals, "  ") == goals
    assert search(goals, "<script>") == []

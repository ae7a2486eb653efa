from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cs_planning.goals.finding import Letter, Verdict, worst_of
from cs_planning.goals.goal import Direction, Measure, Milestone, Stage, goal_from_fields
from cs_planning.goals.smart import Evidence, check_smart
from cs_planning.kpis.calendar.service_calendar import CALENDAR_YEAR
from cs_planning.language import text
from tests.goals.builders import TODAY, good_goal, series_of, steady_csat


def evidence(**changes) -> Evidence:
    known = {
        "today": TODAY,
        "calendar": CALENDAR_YEAR,
        "series": steady_csat(),
        "probability": 0.55,
        "target_at_50": 84.2,
        "target_at_80": 82.9,
    }
    return Evidence(**{**known, **changes})


def rules(goal, known=None) -> set[str]:
    return {finding.rule for finding in check_smart(goal, known or evidence())}


def verdicts(goal, known=None) -> dict[str, Verdict]:
    found = check_smart(goal, known or evidence())
    return {letter.value: worst_of(one for one in found if one.letter is letter) for letter in Letter}


def test_a_goal_with_everything_passes_every_letter():
    assert set(verdicts(good_goal()).values()) == {Verdict.PASS}


def test_an_empty_goal_has_a_finding_for_every_letter_in_order_and_passes_none():
    found = check_smart(goal_from_fields({"type": "operational"}), Evidence(today=TODAY, calendar=CALENDAR_YEAR))
    assert "".join(dict.fromkeys(one.letter.value for one in found)) == "SMART"
    assert Verdict.PASS not in {one.verdict for one in found}


def test_every_finding_that_does_not_pass_suggests_something():
    found = check_smart(
        goal_from_fields({"type": "financial", "title": "Improve everything soon"}),
        Evidence(today=TODAY, calendar=CALENDAR_YEAR),
    )
    assert all(one.suggestion is not None for one in found if one.verdict is not Verdict.PASS)


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"series": None}, "specific.no_kpi"),
        ({"title": "Improve the service significantly"}, "specific.vague"),
        ({"title": "サービスの質を向上させる"}, "specific.vague"),
        ({"title": "Raise CSAT to 84 and cut handle time to 5 min"}, "specific.several"),
        ({"title": "顧客満足度を84%に上げ、放棄率を3%に下げる"}, "specific.several"),
        ({"series": "csat", "team": ""}, "specific.no_scope"),
        ({"how": ""}, "specific.no_method"),
        ({"how": "work on it, improve more"}, "specific.vague_method"),
        ({"owner": " "}, "specific.no_owner"),
        ({"type": "training", "programme": ""}, "specific.no_programme"),
        ({"primary": None}, "measurable.no_target"),
        ({"primary": None}, "achievable.no_target"),
        ({"primary": 99}, "achievable.beyond_best"),
        ({"primary": 99}, "achievable.too_fast"),
        ({"objective": None}, "relevant.no_objective"),
        ({"objective": None, "parent": "gone"}, "relevant.parent_gone"),
        ({"type": "financial"}, "relevant.no_guard"),
        ({"guard_series": "fcr"}, "relevant.guard_without_limit"),
        ({"deadline": None}, "time_bound.no_deadline"),
        ({"deadline": date(2025, 12, 31)}, "time_bound.past"),
        ({"start": date(2026, 8, 1)}, "time_bound.ends_before_start"),
        ({"deadline": date(2026, 1, 20), "milestones": ()}, "time_bound.too_short"),
        ({"deadline": date(2029, 1, 20)}, "time_bound.too_long"),
        ({"milestones": ()}, "time_bound.no_milestones"),
        ({"cadence": "yearly"}, "time_bound.rare_review"),
    ],
)
def test_each_shortcoming_is_found_by_its_rule(changes, rule):
    assert rule in rules(good_goal(**changes))


@pytest.mark.parametrize(
    ("changes", "rule", "verdict"),
    [
        ({"series": None}, "measurable.no_data", Verdict.FAIL),
        ({"series": series_of([80, 81, 82], first=date(2025, 10, 1))}, "measurable.short_history", Verdict.WARN),
        ({"series": series_of([82.0] * 24, sample_size=3)}, "measurable.few_answers", Verdict.WARN),
        ({"series": series_of([82.0] * 24, first=date(2021, 1, 1))}, "measurable.stale", Verdict.WARN),
        ({"probability": 0.04}, "achievable.unlikely", Verdict.FAIL),
        ({"probability": 0.2}, "achievable.doubtful", Verdict.WARN),
        ({"probability": 0.995}, "achievable.no_effort", Verdict.WARN),
        ({"probability": None}, "achievable.no_probability", Verdict.WARN),
        ({"objectives": {"loyalty"}}, "relevant.objective_gone", Verdict.FAIL),
        ({"people": {"Ben"}}, "specific.owner_gone", Verdict.WARN),
    ],
)
def test_what_the_data_say_is_found_by_its_rule(changes, rule, verdict):
    found = {one.rule: one.verdict for one in check_smart(good_goal(), evidence(**changes))}
    assert found[rule] is verdict


def test_the_reason_for_no_probability_is_told():
    known = evidence(probability=None, reason_without_number=text("Only 5 months."))
    assert any("Only 5 months." in str(one.message) for one in check_smart(good_goal(), known))


def test_the_record_stands_beside_the_probability():
    known = evidence(record_words=text("Right in 8 of 10 past cases."))
    assert any(
        "55 % probability from history alone. Right in 8 of 10" in str(one.message) for one in check_smart(good_goal(), known)
    )


def test_the_fix_of_an_unlikely_goal_makes_the_dream_the_stretch_target():
    goal = good_goal(stretch=None, primary=95)
    fix = next(one.fix for one in check_smart(goal, evidence(probability=0.01)) if one.rule == "achievable.unlikely")
    assert fix == {"primary": 84.2, "stretch": 95}


@pytest.mark.parametrize("rule", ["time_bound.no_deadline", "relevant.no_objective", "time_bound.no_milestones"])
def test_a_click_on_the_fix_removes_its_finding(rule):
    broken: dict[str, dict[str, Any]] = {
        "time_bound.no_deadline": {"deadline": None},
        "relevant.no_objective": {"objective": None},
        "time_bound.no_milestones": {"milestones": ()},
    }
    goal = good_goal(**broken[rule])
    fix = next(one.fix for one in check_smart(goal, evidence()) if one.rule == rule)
    assert fix
    assert rule not in rules(goal.model_copy(update=dict(fix)))


def test_handle_time_down_pulls_against_quality_up():
    rival = good_goal(id="g2", type="operational", series="aht_mean|channel=email", direction=Direction.AT_MOST, primary=5)
    assert "relevant.pulls_apart" in rules(good_goal(), evidence(siblings=[rival]))


def test_handle_time_of_another_channel_does_not_pull():
    rival = good_goal(id="g2", type="operational", series="aht_mean|channel=phone", direction=Direction.AT_MOST, primary=5)
    assert "relevant.pulls_apart" not in rules(good_goal(), evidence(siblings=[rival]))


def test_a_rival_that_is_the_guard_is_no_finding():
    rival = good_goal(id="g2", type="operational", series="aht_mean|channel=email", direction=Direction.AT_MOST, primary=5)
    goal = good_goal(guard_series="aht_mean|channel=email", guard_limit=6)
    assert "relevant.pulls_apart" not in rules(goal, evidence(siblings=[rival]))


def test_two_goals_that_exclude_each_other_fail():
    rival = good_goal(id="g2", direction=Direction.AT_MOST, primary=80, floor=None, stretch=None)
    found = {one.rule: one.verdict for one in check_smart(good_goal(), evidence(siblings=[rival]))}
    assert found["relevant.excludes"] is Verdict.FAIL


def test_goals_with_a_common_value_do_not_exclude_each_other():
    rival = good_goal(id="g2", direction=Direction.AT_MOST, primary=90)
    assert "relevant.excludes" not in rules(good_goal(), evidence(siblings=[rival]))


def test_an_owner_with_many_goals_is_overloaded_and_closed_ones_do_not_count():
    many = [good_goal(id=f"x{number}") for number in range(5)]
    assert "achievable.workload" in rules(good_goal(), evidence(siblings=many))
    closed = [one.model_copy(update={"stage": Stage.CLOSED}) for one in many]
    assert "achievable.workload" not in rules(good_goal(), evidence(siblings=closed))


def test_perfection_is_doubted():
    goal = good_goal(primary=100, stretch=None, measure=Measure.EVERY)
    assert "achievable.perfection" in rules(goal, evidence(probability=0.01))


def test_the_goal_itself_among_the_siblings_is_no_rival():
    goal = good_goal()
    assert set(verdicts(goal, evidence(siblings=[goal] * 10)).values()) == {Verdict.PASS}


@pytest.mark.parametrize(
    "nasty",
    [
        "x" * 300,
        "🎉" * 100,
        "مرحبا بالعالم " * 20,
        "<script>alert(1)</script>",
        "{name} {0} %s",
        "\u202eright to left\u202c",
        "0" * 300,
    ],
)
def test_odd_texts_are_judged_without_harm(nasty):
    goal = good_goal(title=nasty, owner=nasty[:300], how=nasty * 30, why=nasty * 30)
    for finding in check_smart(goal, evidence()):
        assert str(finding.message)
        assert "<script" not in str(finding.message) or finding.rule == "achievable.workload"


@pytest.mark.slow
@given(st.text(max_size=300), st.text(max_size=400))
def test_any_title_and_method_give_all_letters(title, how):
    found = check_smart(good_goal(title=title, how=how), evidence())
    assert "".join(dict.fromkeys(one.letter.value for one in found)) == "SMART"


def test_a_milestone_before_the_deadline_is_enough():
    assert "time_bound.no_milestones" not in rules(good_goal(milestones=(Milestone(due=date(2026, 4, 1), value=83),)))


def test_a_guard_of_the_same_channel_is_proposed_from_what_is_recorded():
    goal = good_goal(type="financial", series="cost_per_contact|channel=email", direction=Direction.AT_MOST)
    known = evidence(recorded={"csat", "csat|channel=phone", "reopen_rate|channel=email", "aht_mean|channel=email"})
    fix = next(one.fix for one in check_smart(goal, known) if one.rule == "relevant.no_guard")
    assert fix == {"guard_series": "reopen_rate|channel=email"}


def test_a_training_goal_measures_its_skill_before_and_after():
    assert "measurable.no_skill" in rules(good_goal(type="training", programme="Listening", audience="all"))
    assert "measurable.no_skill" not in rules(good_goal(type="training", skill_measure="Test score"))


def test_a_satisfaction_goal_sets_how_many_answers_it_needs():
    known = evidence(series=series_of([82.0] * 24, "csat|channel=email", sample_size=60))
    assert "measurable.few_answers" not in rules(good_goal(minimum_answers=50), known)
    assert "measurable.few_answers" in rules(good_goal(minimum_answers=100), known)

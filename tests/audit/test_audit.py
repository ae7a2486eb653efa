from datetime import date

import numpy as np
import pandas as pd
import pytest
from pydantic import ValidationError

from cs_planning.audit.benchmarks import (
    ExternalBenchmark,
    Standard,
    best_channels,
    best_period,
    compare,
    goal_from_standard,
)
from cs_planning.audit.checklist import (
    AREAS,
    CUSTOMER_QUESTIONS,
    STAFF_QUESTIONS,
    Area,
    AreaAnswer,
    Audit,
    needs_of_audit,
    next_audit_after,
    pitfalls_of,
    score_of,
)
from cs_planning.audit.gaps import AuditVerdict, YearlyTrend, audit_table, goal_from_gap, needs_of, trend_of
from cs_planning.audit.maturity import PRACTICES, SURVEY_SOURCE, SelfAssessment, maturity_of, needs_of_maturity
from cs_planning.goals.drafts.checks import problems_of
from cs_planning.goals.goal import Direction, Goal, Measure, Stage, goal_from_fields
from cs_planning.goals.templates import TEMPLATES, suggest
from cs_planning.kpis.calendar.service_calendar import CALENDAR_YEAR
from cs_planning.kpis.frequency import Frequency
from cs_planning.kpis.series import KpiSeries, SeriesKey, check_frame, split_series

TODAY = date(2026, 1, 10)


def series_of(values, kpi: str, sample=400.0, first=date(2025, 1, 1), frequency=Frequency.MONTH) -> KpiSeries:
    periods = [frequency.next_after(first, step) for step in range(len(values))]
    frame = pd.DataFrame({"series": kpi, "period": periods, "value": np.asarray(values, float), "sample_size": sample})
    return split_series(check_frame(frame), CALENDAR_YEAR.rhythm(frequency))[SeriesKey.parse(kpi)]


def goal_on(series: str, primary: float, direction=Direction.AT_LEAST, **changes) -> Goal:
    fields = {
        "type": "operational",
        "stage": Stage.ACTIVE,
        "series": series,
        "primary": primary,
        "direction": direction,
        "deadline": date(2026, 6, 30),
    }
    return goal_from_fields({**fields, **changes})


def row_of(series: KpiSeries, *goals: Goal, standards=()):
    (row,) = audit_table([series], goals, standards, today=TODAY)
    return row


def test_a_share_behind_its_goal_is_a_gap():
    row = row_of(series_of([88.0] * 12, "csat"), goal_on("csat", 90))
    assert (row.gap, row.verdict) == (2.0, AuditVerdict.GAP)
    assert "88 % instead of 90 %, 2 percentage points behind" in str(row.words)


def test_a_time_below_its_goal_is_better_than_the_goal():
    row = row_of(series_of([90.0] * 12, "frt_mean"), goal_on("frt_mean", 120, Direction.AT_MOST))
    assert (row.gap, row.verdict) == (-30.0, AuditVerdict.BETTER)
    assert row.severity == 0


def test_the_same_value_is_met_and_far_behind_is_severe():
    assert row_of(series_of([90.0] * 12, "csat"), goal_on("csat", 90)).verdict is AuditVerdict.MET
    assert (
        row_of(series_of([240.0] * 12, "frt_mean"), goal_on("frt_mean", 120, Direction.AT_MOST)).verdict is AuditVerdict.SEVERE
    )


def test_few_answers_are_no_verdict_and_no_need():
    row = row_of(series_of([60.0] * 12, "csat", sample=4), goal_on("csat", 90))
    assert row.verdict is AuditVerdict.FEW
    assert needs_of([row]) == []


def test_without_a_goal_the_row_says_so_and_a_volume_without_goal_is_left_out():
    assert row_of(series_of([88.0] * 12, "csat")).verdict is AuditVerdict.NO_GOAL
    assert audit_table([series_of([100.0] * 12, "contact_volume")], [], today=TODAY) == ()


def test_the_goal_with_the_nearest_deadline_counts_and_a_standard_only_without_one():
    series = series_of([88.0] * 12, "csat")
    near, far = goal_on("csat", 89), goal_on("csat", 95, deadline=date(2027, 6, 30))
    standard = Standard(series="csat", limit=80)
    assert row_of(series, far, near, standards=[standard]).goal == 89
    assert row_of(series, standards=[standard]).goal == 80
    assert row_of(series, near.model_copy(update={"stage": Stage.DRAFT})).goal is None


def test_rows_are_ordered_by_channel_and_then_by_the_worst_gap():
    rows = audit_table(
        [
            series_of([80.0] * 12, "csat|channel=email"),
            series_of([50.0] * 12, "fcr|channel=email"),
            series_of([80.0] * 12, "csat|channel=chat"),
        ],
        [goal_on("csat|channel=email", 82), goal_on("fcr|channel=email", 80)],
        today=TODAY,
    )
    assert [row.series for row in rows] == ["csat|channel=chat", "fcr|channel=email", "csat|channel=email"]


@pytest.mark.parametrize(
    ("kpi", "slope", "trend"),
    [
        ("csat", 1, YearlyTrend.IMPROVING),
        ("csat", -1, YearlyTrend.WORSENING),
        ("frt_mean", 1, YearlyTrend.WORSENING),
        ("frt_mean", -1, YearlyTrend.IMPROVING),
        ("contact_volume", 1, YearlyTrend.RISING),
    ],
)
def test_the_trend_is_seen_from_what_is_better(kpi, slope, trend):
    noise = np.random.default_rng(1).normal(0, 0.5, 12)
    assert trend_of(series_of(50 + slope * np.arange(12) + noise, kpi), TODAY) is trend


@pytest.mark.slow
def test_noise_has_a_trend_about_as_often_as_one_expects():
    found = sum(
        trend_of(series_of(np.random.default_rng(seed).normal(50, 5, 12), "csat"), TODAY) is not YearlyTrend.STEADY
        for seed in range(200)
    )
    assert 5 <= found <= 35


def test_one_bad_month_and_a_constant_are_no_trend():
    assert trend_of(series_of([50.0] * 11 + [90.0], "csat"), TODAY) is YearlyTrend.STEADY
    assert trend_of(series_of([50.0] * 12, "csat"), TODAY) is YearlyTrend.STEADY
    assert trend_of(series_of([50.0] * 3, "csat"), TODAY) is YearlyTrend.UNKNOWN


@pytest.mark.parametrize(
    ("kpi", "now", "goal", "direction"),
    [("csat|channel=email", 80, 85, Direction.AT_LEAST), ("frt_mean", 240, 120, Direction.AT_MOST)],
)
def test_a_gap_becomes_a_draft_goal_that_can_be_committed(kpi, now, goal, direction):
    series = series_of([float(now)] * 12, kpi)
    row = row_of(series, goal_on(kpi, goal, direction))
    draft = goal_from_gap(row, series, TODAY)
    assert (draft.primary, draft.direction, draft.baseline.value, draft.stage) == (goal, direction, now, Stage.DRAFT)
    assert problems_of(draft, series, today=TODAY) == []


def test_the_worst_gap_gets_the_first_template():
    rows = audit_table(
        [series_of([300.0] * 12, "frt_median|channel=email"), series_of([89.0] * 12, "csat")],
        [goal_on("frt_median|channel=email", 120, Direction.AT_MOST), goal_on("csat", 90)],
        today=TODAY,
    )
    first = suggest(needs_of(rows))[0]
    assert first.template.kpi == "frt_median"
    assert "email" in str(first.need.reason)


def test_the_best_quarter_is_made_from_counts_and_whole_quarters_only():
    values = [80, 80, 80, 90, 90, 90, 70, 70, 70, 85, 85, 85, 99]
    best = best_period(series_of(values, "csat"), date(2026, 2, 5))
    assert (str(best.words), best.value, best.current) == ("Q2 2025", 90, 85)


def test_for_a_time_the_best_quarter_is_the_shortest():
    values = [60.0] * 3 + [40.0] * 3 + [50.0] * 6
    assert best_period(series_of(values, "frt_mean"), TODAY).value == 40


def test_a_series_that_is_too_short_has_no_best_quarter():
    assert best_period(series_of([80.0] * 3, "csat"), TODAY) is None


def test_channels_are_ranked_from_what_is_better():
    series = [
        series_of([value] * 6, f"frt_mean|channel={name}", first=date(2025, 7, 1))
        for name, value in (("phone", 5.0), ("email", 90.0), ("chat", 2.0))
    ]
    (ranking,) = best_channels([*series, series_of([1.0] * 6, "frt_mean")], TODAY)
    assert [name for name, _ in ranking.ranking] == ["chat", "phone", "email"]
    assert ranking.best == "chat"


def test_a_kpi_without_a_better_direction_is_not_ranked():
    by_channel = [
        series_of([value] * 12, f"contact_volume|channel={name}") for name, value in (("chat", 20.0), ("phone", 90.0))
    ]
    assert best_channels(by_channel, TODAY) == ()
    for kpi in ("contact_volume", "occupancy"):
        assert best_period(series_of([70.0] * 12, kpi), TODAY) is None
        told = compare(
            ExternalBenchmark(kpi=kpi, value=60, source="Survey", on=date(2025, 6, 1)), series_of([70.0] * 12, kpi), TODAY
        )
        assert (told.own, told.ahead) == (70.0, None)


def test_a_row_leads_to_the_goal_that_it_is_held_against_and_a_standard_to_none():
    series = series_of([80.0] * 12, "csat")
    assert row_of(series, goal_on("csat", 90.0, id="g1")).goal_id == "g1"
    assert row_of(series, standards=[Standard(series="csat", limit=90.0)]).goal_id == ""
    assert row_of(series).goal_id == ""


def test_an_external_value_is_shown_with_source_and_date():
    benchmark = ExternalBenchmark(kpi="csat", value=85, source="Industry survey", on=date(2025, 6, 1))
    comparison = compare(benchmark, series_of([88.0] * 12, "csat"), TODAY)
    assert comparison.ahead is True
    assert "Industry survey" in str(comparison.words)
    assert "2025" in str(comparison.words)
    assert compare(benchmark, None, TODAY).ahead is None


def test_an_old_external_value_is_called_old_and_one_without_source_is_refused():
    old = ExternalBenchmark(kpi="csat", value=85, source="Survey", on=date(2020, 6, 1))
    assert "more than two years old" in str(compare(old, series_of([88.0] * 12, "csat"), TODAY).words)
    with pytest.raises(ValidationError):
        ExternalBenchmark(kpi="csat", value=85, source="", on=date(2020, 6, 1))


def test_a_service_standard_is_a_goal_for_every_period():
    series = series_of([200.0] * 12, "frt_mean|channel=email")
    goal = goal_from_standard(
        Standard(series="frt_mean|channel=email", limit=240, promise="An answer within four hours"), series, TODAY
    )
    assert (goal.measure, goal.direction, goal.primary) == (Measure.EVERY, Direction.AT_MOST, 240)
    assert problems_of(goal, series, today=TODAY) == []


def audit(*scores: int, **changes) -> Audit:
    answers = tuple(
        AreaAnswer(area=guide.area, score=score, evidence="seen") for guide, score in zip(AREAS, scores, strict=False)
    )
    return Audit(
        **{
            "on": TODAY,
            "answers": answers,
            "agents_involved": 3,
            "departments": ("IT",),
            "customer_answers": ("fine",),
            **changes,
        }
    )


def test_every_area_has_a_guide_and_both_groups_have_questions():
    assert {guide.area for guide in AREAS} == set(Area)
    assert STAFF_QUESTIONS
    assert CUSTOMER_QUESTIONS


def test_the_score_is_a_share_of_what_was_answered_and_moves_against_last_time():
    score = score_of(audit(3, 0, 2), audit(1, 1, 2))
    assert score.percent == pytest.approx(100 * 5 / 9)
    assert score.poor == (AREAS[1].area,)
    assert score.changes == {AREAS[0].area: 2, AREAS[1].area: -1, AREAS[2].area: 0}
    assert score_of(Audit(on=TODAY)).percent is None


def test_a_score_without_evidence_is_named():
    bare = Audit(on=TODAY, answers=(AreaAnswer(area=Area.TRAINING, score=2),))
    assert score_of(bare).without_evidence == (Area.TRAINING,)


def test_pitfalls_are_told_where_they_show():
    assert pitfalls_of(audit(*[2] * len(AREAS)), None, TODAY) == ()
    lonely = audit(*[2] * len(AREAS), agents_involved=0, departments=(), customer_answers=())
    assert len(pitfalls_of(lonely, lonely, date(2027, 6, 1))) == 5


def test_poor_areas_point_at_templates():
    found = suggest(needs_of_audit(audit(0, 3, 3, 3, 1)))
    assert {practice for one in found for practice in one.template.practices} >= {"feedback", "training"}


def test_satisfaction_that_is_not_asked_for_points_at_the_automatic_survey():
    unasked = Audit(on=TODAY, answers=(AreaAnswer(area=Area.SATISFACTION, score=0),))
    assert [one.template.id for one in suggest(needs_of_audit(unasked))] == ["survey-after-contact"]


def test_the_next_audit_is_due_a_quarter_later():
    assert next_audit_after([], TODAY) == TODAY
    assert next_audit_after([audit(1, on=date(2025, 11, 30))], TODAY) == date(2026, 2, 28)


def test_practices_are_distinct_and_known_to_the_templates():
    ids = [practice.id for practice in PRACTICES]
    assert len(set(ids)) == len(ids)
    assert {practice for template in TEMPLATES for practice in template.practices} <= set(ids)
    assert {guide.practice for guide in AREAS} <= set(ids)


def test_the_survey_figure_is_called_a_correlation_and_is_no_weight():
    claims = [str(practice.claim) for practice in PRACTICES if practice.claim is not None]
    assert claims
    assert all("a claim, and a correlation, not an effect" in claim for claim in claims)
    assert len(claims) == 21
    assert "21 figures" in str(SURVEY_SOURCE)
    assert "5 %" in str(SURVEY_SOURCE)
    strong, weak = (
        SelfAssessment(on=TODAY, answers={practice: 0, other: 4})
        for practice, other in (("executive", "ai_agents"), ("ai_agents", "executive"))
    )
    assert maturity_of(strong).percent == maturity_of(weak).percent == 50


def test_weak_answers_are_gaps_and_unanswered_ones_are_not():
    result = maturity_of(SelfAssessment(on=TODAY, answers={"training": 1, "executive": 4, "standards": 0}))
    assert [practice.id for practice in result.gaps] == ["standards", "training"]
    assert result.answered == 3
    assert maturity_of(SelfAssessment(on=TODAY)).percent is None


def test_gaps_of_the_self_assessment_point_at_templates():
    found = suggest(needs_of_maturity(SelfAssessment(on=TODAY, answers={"training": 0, "follow_up": 1})))
    assert len(found) == 2
    assert "training" in found[0].template.practices


@pytest.mark.parametrize("answers", [{"juggling": 2}, {"training": 5}, {"training": -1}])
def test_an_unknown_practice_or_answer_is_refused(answers):
    with pytest.raises(ValidationError):
        SelfAssessment(on=TODAY, answers=answers)

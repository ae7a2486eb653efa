"""A goal on a KPI that nobody measures yet: first to have figures, then a target on them."""

from datetime import date, timedelta

import pytest

from cs_planning.errors import InvalidGoal
from cs_planning.goals.drafts.checks import commit, problems_of
from cs_planning.goals.drafts.first_draft import draft_to_measure, unmeasured_kpis
from cs_planning.goals.following.progress import Status, status_of
from cs_planning.goals.goal import GoalType, Stage, goal_from_json
from cs_planning.goals.sentence import sentence_of
from cs_planning.goals.smart import Evidence, check_smart
from cs_planning.goals.title import is_made
from cs_planning.kpis.calendar.service_calendar import CALENDAR_YEAR
from cs_planning.kpis.catalogue import CATALOGUE
from cs_planning.kpis.frequency import Frequency
from cs_planning.language import use_language
from tests.goals.builders import series_of

TODAY = date(2026, 11, 10)
DRAFT = draft_to_measure(CATALOGUE["csat"], GoalType.SATISFACTION, TODAY, CALENDAR_YEAR.rhythm(Frequency.MONTH))
SAID = DRAFT.model_copy(
    update={
        "title": "Know what customers think",
        "measuring": DRAFT.measuring.model_copy(update={"how": "one question a ticket"}),
    }
)


def measured(*values):
    return series_of(values, first=date(2026, 12, 1))


def test_it_begins_with_the_next_period_and_leaves_time_for_three_of_them():
    assert DRAFT.measuring.begins == date(2026, 12, 1)
    assert DRAFT.deadline == date(2027, 3, 31)
    assert DRAFT.primary is None
    assert DRAFT.measures_first


def test_it_can_be_committed_to_without_data_once_it_says_how():
    assert [one.field for one in problems_of(DRAFT, None, today=TODAY)] == ["title", "measuring"]
    kept = commit(SAID, None, today=TODAY)
    assert kept.stage is Stage.ACTIVE
    assert goal_from_json(kept.model_dump_json()) == kept


def test_measuring_that_begins_after_the_deadline_is_refused():
    late = SAID.measuring.model_copy(update={"begins": SAID.deadline + timedelta(days=1)})
    with pytest.raises(InvalidGoal) as refused:
        commit(SAID.model_copy(update={"measuring": late}), None, today=TODAY)
    assert [one.field for one in refused.value.problems] == ["measuring"]


def test_a_goal_with_a_target_still_needs_data():
    assert "series" in [one.field for one in problems_of(SAID.model_copy(update={"primary": 90.0}), None, today=TODAY)]


def test_its_status_follows_whether_figures_come():
    def status(today, *values):
        return status_of(SAID, measured(*values) if values else None, None, today).status

    assert status(TODAY) is Status.ON_TRACK
    assert status(date(2027, 1, 10)) is Status.ON_TRACK  # December's figure may still be on its way
    assert status(date(2027, 1, 15)) is Status.AT_RISK
    assert status(date(2027, 4, 1)) is Status.MISSED
    assert status(date(2027, 1, 15), 84.0) is Status.ON_TRACK
    assert status(date(2027, 4, 1), 84.0, 85.0, 83.0) is Status.REACHED


def test_once_there_are_figures_it_needs_a_target_like_any_other():
    assert [one.field for one in problems_of(SAID, measured(84.0, 85.0), today=date(2027, 2, 10))] == ["primary"]


def test_its_sentence_says_from_when_and_until_when_and_is_known_for_a_made_one_in_every_language():
    assert (
        str(sentence_of(DRAFT)) == "Measure customer satisfaction (CSAT) from Dec 1, 2026 on and set a target by Mar 31, 2027"
    )
    with use_language("ja"):
        japanese = str(sentence_of(DRAFT))
    assert is_made(DRAFT.model_copy(update={"title": japanese}))
    assert not is_made(SAID)


def test_it_asks_for_no_milestone_and_takes_the_way_of_measuring_for_its_way():
    evidence = Evidence(today=TODAY, calendar=CALENDAR_YEAR)
    rules = {finding.rule for finding in check_smart(SAID, evidence)}
    assert {"measurable.first", "achievable.measured_first"} <= rules
    assert not rules & {"time_bound.no_milestones", "specific.no_method"}
    unsaid = {finding.rule for finding in check_smart(DRAFT, evidence)}
    assert {"measurable.no_way", "specific.no_method"} <= unsaid


def test_what_is_recorded_in_any_form_is_not_offered_as_unmeasured():
    assert unmeasured_kpis(GoalType.SATISFACTION, [CATALOGUE["csat"]])[:2] == ["nps", "ces"]
    assert "aht_mean" not in unmeasured_kpis(GoalType.FINANCIAL, [CATALOGUE["aht_median"]])
    assert all(one in CATALOGUE for kind in GoalType for one in unmeasured_kpis(kind, []))

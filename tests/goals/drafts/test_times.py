from datetime import date
from itertools import pairwise

import pytest

from cs_planning.goals.drafts.checks import problems_of
from cs_planning.goals.drafts.times import TimeKind, moved_with_the_time, named_span, times_from
from cs_planning.goals.goal import Milestone
from cs_planning.kpis.frequency import Frequency, Rhythm
from cs_planning.language import text, use_language
from tests.goals.builders import TODAY, good_goal, steady_csat

JANUARY, APRIL = Rhythm(Frequency.MONTH, 1), Rhythm(Frequency.MONTH, 4)


@pytest.mark.parametrize(
    ("kind", "rhythm", "label", "first", "last"),
    [
        (TimeKind.HALF, JANUARY, "Second half of 2026", date(2026, 7, 1), date(2026, 12, 31)),
        (TimeKind.HALF, APRIL, "Second half of fiscal 2026", date(2026, 10, 1), date(2027, 3, 31)),
        (TimeKind.YEAR, JANUARY, "2026", date(2026, 1, 1), date(2026, 12, 31)),
        (TimeKind.YEAR, APRIL, "fiscal 2026", date(2026, 4, 1), date(2027, 3, 31)),
        (TimeKind.QUARTER, APRIL, "Q3 of fiscal 2026", date(2026, 10, 1), date(2026, 12, 31)),
    ],
)
def test_times_follow_the_year_of_the_workspace(kind, rhythm, label, first, last):
    found = times_from(kind, date(2026, 11, 29), 3, rhythm)
    assert (str(found[0].label), found[0].first, found[0].last) == (label, first, last)
    assert all((later.first - earlier.last).days == 1 for earlier, later in pairwise(found))


def test_free_dates_offer_nothing_to_pick():
    assert times_from(TimeKind.FREE, TODAY, 5, JANUARY) == []


def test_the_automatic_milestone_lies_half_way_inside_the_time_that_is_chosen():
    # Drafted from 10 January to 30 June (171 days) with a milestone after 85 of them; moved to July to September 2026, 91 days.
    drafted = good_goal(milestones=(Milestone(due=date(2026, 4, 5), value=83),))
    moved = moved_with_the_time(drafted, date(2026, 7, 1), date(2026, 9, 30))
    assert moved == (Milestone(due=date(2026, 8, 15), value=83),)


def test_milestones_of_an_unchanged_time_stay_on_their_day():
    drafted = good_goal(milestones=(Milestone(due=date(2026, 4, 5), value=83),))
    assert moved_with_the_time(drafted, drafted.start, drafted.deadline) == drafted.milestones


@pytest.mark.parametrize("kind", [TimeKind.QUARTER, TimeKind.HALF, TimeKind.YEAR])
def test_a_goal_for_any_later_time_has_its_dates_in_order(kind):
    drafted = good_goal(milestones=(Milestone(due=date(2026, 4, 5), value=83),))
    for one in times_from(kind, TODAY, 5, APRIL)[1:]:
        milestones = moved_with_the_time(drafted, one.first, one.last)
        later = drafted.model_copy(update={"start": one.first, "deadline": one.last, "milestones": milestones})
        assert [problem.field for problem in problems_of(later, steady_csat(), today=TODAY)] == []


@pytest.mark.parametrize(
    ("first", "last", "rhythm", "english", "japanese"),
    [
        (date(2026, 4, 1), date(2026, 9, 30), APRIL, "First half of fiscal 2026", "2026年度上期"),
        (date(2026, 10, 1), date(2027, 3, 31), APRIL, "Second half of fiscal 2026", "2026年度下期"),
        (date(2026, 4, 1), date(2026, 6, 30), APRIL, "Q1 of fiscal 2026", "2026年度第1四半期"),
        (date(2026, 4, 1), date(2027, 3, 31), APRIL, "fiscal 2026", "2026年度"),
        (date(2026, 1, 1), date(2026, 12, 31), JANUARY, "2026", "2026年"),
    ],
)
def test_a_span_is_called_by_the_name_of_its_period_and_with_its_days(first, last, rhythm, english, japanese):
    named = named_span(first, last, rhythm)
    with use_language("en"):
        assert str(named).startswith(f"{english} (")
        assert str(text("{day}", day=last)) in str(named)
    with use_language("ja"):
        assert str(named) == f"{japanese}（{text('{day}', day=first)}〜{text('{day}', day=last)}）"


def test_a_span_that_is_no_period_is_told_by_its_days_alone():
    with use_language("en"):
        assert str(named_span(date(2026, 4, 1), date(2026, 9, 29), APRIL)) == "Apr 1, 2026 to Sep 29, 2026"
        assert str(named_span(date(2026, 1, 1), date(2026, 6, 30), APRIL)) == "Jan 1, 2026 to Jun 30, 2026"

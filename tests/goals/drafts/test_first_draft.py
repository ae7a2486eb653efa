from datetime import date
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cs_planning.goals.drafts.checks import problems_of
from cs_planning.goals.drafts.first_draft import baseline_of, draft_for, suggested_direction, types_for
from cs_planning.goals.drafts.times import quarters_from
from cs_planning.goals.goal import Direction, GoalType, Measure
from cs_planning.kpis.catalogue import CATALOGUE, kpi_named
from cs_planning.kpis.frequency import MONTHS, Frequency, Rhythm
from cs_planning.kpis.series import KpiSeries
from tests.goals.builders import TODAY, series_of, steady_csat


def test_the_baseline_is_the_last_period_that_is_over():
    series = series_of([80, 81, 82, 50], first=date(2025, 10, 1))
    assert baseline_of(series, TODAY).period == date(2025, 12, 1)
    assert baseline_of(series).value == 50


def test_a_period_of_few_answers_is_no_baseline_while_there_is_a_better_one():
    series = series_of([80, 81, 99], first=date(2025, 10, 1), sample_size=np.array([300.0, 300.0, 4.0]))
    assert baseline_of(series, TODAY).value == 81


def test_with_few_answers_everywhere_the_baseline_says_how_few():
    assert baseline_of(series_of([80, 81, 99], sample_size=4), TODAY).sample_size == 4


def test_without_data_there_is_no_baseline():
    assert baseline_of(None) is None
    assert baseline_of(series_of([])) is None


def test_calendar_quarters_follow_each_other():
    quarters = quarters_from(date(2026, 2, 14), 5, MONTHS)
    assert [str(one.label) for one in quarters] == ["Q1 2026", "Q2 2026", "Q3 2026", "Q4 2026", "Q1 2027"]
    assert quarters[0].first == date(2026, 1, 1)
    assert quarters[0].last == date(2026, 3, 31)


def test_fiscal_quarters_from_april_are_named_after_the_year_in_which_they_begin():
    quarters = quarters_from(date(2026, 2, 14), 2, Rhythm(Frequency.QUARTER, 4))
    assert [str(one.label) for one in quarters] == ["Q4 of fiscal 2025", "Q1 of fiscal 2026"]
    assert quarters[1].first == date(2026, 4, 1)


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(1, 12))
def test_the_first_quarter_holds_today_and_quarters_have_no_gap(today, month):
    quarters = quarters_from(today, 6, Rhythm(Frequency.QUARTER, month))
    assert quarters[0].first <= today <= quarters[0].last
    assert all((later.first - earlier.last).days == 1 for earlier, later in pairwise(quarters))
    assert all((one.first.month - month) % 3 == 0 for one in quarters)


def test_directions_follow_the_kpi():
    assert suggested_direction(CATALOGUE["csat"]) is Direction.AT_LEAST
    assert suggested_direction(CATALOGUE["frt_median"]) is Direction.AT_MOST
    assert suggested_direction(CATALOGUE["contact_volume"]) is Direction.AT_MOST


def test_every_kpi_suits_a_type():
    assert all(types_for(kpi) for kpi in CATALOGUE.values())
    assert types_for(CATALOGUE["cost_per_contact"]) == (GoalType.FINANCIAL,)
    assert types_for(kpi_named("something of our own")) == tuple(GoalType)


@pytest.mark.parametrize("kpi", sorted(CATALOGUE))
@pytest.mark.parametrize("type", list(GoalType))
def test_a_draft_on_any_kpi_and_type_can_be_committed(kpi, type):
    series = series_of(3 + np.sin(np.arange(24)), kpi)
    goal = draft_for(series, type, TODAY)
    assert problems_of(goal, series, today=TODAY) == []
    assert goal.title
    assert (goal.deadline - TODAY).days >= 45


@pytest.mark.slow
@given(st.lists(st.floats(0, 100), min_size=2, max_size=40))
def test_targets_of_a_draft_stay_inside_the_range_and_in_order(values):
    goal = draft_for(series_of(values), GoalType.SATISFACTION, date(2030, 1, 10))
    if goal.measure is Measure.EVERY:
        assert goal.primary == goal.baseline.value
        return
    assert goal.baseline.value <= goal.primary <= goal.stretch <= 100
    assert goal.primary > goal.baseline.value - 1e-9


def test_a_draft_without_data_has_no_target():
    assert draft_for(series_of([]), GoalType.OPERATIONAL, TODAY).primary is None


def test_the_unfinished_month_does_not_count():
    series = series_of([*steady_csat().values, 3.0])
    assert isinstance(series, KpiSeries)
    assert draft_for(series, GoalType.SATISFACTION, TODAY).baseline.value == 82

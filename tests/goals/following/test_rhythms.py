"""Every part of a goal works in every rhythm of its KPI."""

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cs_planning.goals.drafts.checks import problems_of
from cs_planning.goals.drafts.first_draft import draft_for
from cs_planning.goals.drafts.reach import reach_of
from cs_planning.goals.following.pace import pace
from cs_planning.goals.following.progress import Status, status_of
from cs_planning.goals.goal import GoalType, Measure
from cs_planning.goals.smart import Evidence, check_smart
from cs_planning.kpis.calendar.service_calendar import CALENDAR_YEAR
from cs_planning.kpis.frequency import Frequency
from tests.goals.builders import series_of


def series_until(today: date, frequency: Frequency, count: int = 30):
    first = frequency.next_after(CALENDAR_YEAR.rhythm(frequency).start_of(today), -count)
    return series_of(70 + np.random.default_rng(2).normal(0, 2, count), "csat", first=first, frequency=frequency)


@pytest.mark.parametrize("frequency", list(Frequency))
@pytest.mark.parametrize("measure", list(Measure))
def test_a_draft_in_any_rhythm_is_judged_and_followed(frequency, measure):
    today = date(2026, 5, 13)
    series = series_until(today, frequency)
    goal = draft_for(series, GoalType.SATISFACTION, today)
    assert problems_of(goal, series, today=today) == []
    goal = goal.model_copy(update={"measure": measure})
    assert check_smart(goal, Evidence(today=today, calendar=CALENDAR_YEAR, series=series, probability=0.5))
    assert status_of(goal, series, 0.6, today + timedelta(days=20)).rule


@pytest.mark.slow
@given(st.sampled_from(Frequency), st.dates(date(2024, 1, 1), date(2030, 1, 1)), st.integers(1, 700), st.sampled_from(Measure))
def test_a_goal_that_met_everything_is_never_behind(frequency, today, days, measure):
    series = series_until(today, frequency)
    start = today - timedelta(days=days)
    goal = draft_for(series, GoalType.SATISFACTION, start).model_copy(
        update={"measure": measure, "primary": 0.5, "start": start, "deadline": today + timedelta(days=days), "milestones": ()}
    )
    report = status_of(goal, series, None, today)
    assert report.status not in {Status.MISSED, Status.OFF_TRACK, Status.AT_RISK}
    assert pace(goal, series, today).required_per_period is None or measure in {Measure.AVERAGE, Measure.TOTAL}


@pytest.mark.parametrize("measure", list(Measure))
def test_the_best_ever_is_found_by_a_second_way(measure):
    today = date(2026, 1, 5)
    series = series_until(today, Frequency.MONTH)
    goal = draft_for(series, GoalType.SATISFACTION, today).model_copy(
        update={"measure": measure, "start": date(2026, 1, 1), "deadline": date(2026, 3, 31), "primary": 75.0}
    )
    values = series.values
    windows = [values[index : index + 3] for index in range(len(values) - 2)]
    expected = {
        Measure.LEVEL: max(values),
        Measure.AVERAGE: max(sum(window) / 3 for window in windows),
        Measure.TOTAL: max(sum(window) for window in windows),
        Measure.EVERY: max(min(window) for window in windows),
    }[measure]
    reach = reach_of(goal, series, today)
    assert reach.periods == 3
    assert reach.best == pytest.approx(expected)
    if measure is Measure.LEVEL:
        changes = [
            values[later] - values[earlier]
            for earlier in range(len(values))
            for later in range(earlier + 1, min(earlier + 4, len(values)))
        ]
        assert reach.fastest_change == pytest.approx(max(changes))

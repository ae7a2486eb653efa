from datetime import date

import pytest

from cs_planning.goals.drafts.reach import reach_of
from cs_planning.goals.drafts.windows import periods_that_count
from cs_planning.goals.goal import Measure, goal_from_fields
from cs_planning.goals.smart import Evidence, check_smart
from cs_planning.kpis.calendar.service_calendar import CALENDAR_YEAR
from cs_planning.kpis.frequency import Frequency, Rhythm
from tests.goals.builders import series_of

TODAY = date(2026, 6, 10)
COMPLAINTS = [30.0, 20.0, 25.0, 40.0, 22.0, 24.0, 26.0, 50.0, 45.0, 41.0, 38.0, 36.0]


def complaints():
    """Twelve months, June 2025 to May 2026."""
    return series_of(COMPLAINTS, "complaints", first=date(2025, 6, 1))


def goal(**changes):
    fields = {
        "type": "operational",
        "title": "Fewer complaints",
        "series": "complaints",
        "direction": "at_most",
        "measure": "total",
        "primary": 60.0,
        "start": date(2026, 7, 1),
        "deadline": date(2026, 9, 30),
    }
    return goal_from_fields({**fields, **changes})


@pytest.mark.parametrize(
    ("measure", "best", "now"),
    [(Measure.TOTAL, 72.0, 115.0), (Measure.AVERAGE, 24.0, 115 / 3), (Measure.EVERY, 26.0, 41.0)],
)
def test_the_best_is_measured_over_as_many_months_as_the_goal_counts_not_as_are_left(measure, best, now):
    # October to December 2025: 22 + 24 + 26 = 72, their highest 26; March to May 2026: 41 + 38 + 36 = 115.  Four are left.
    reach = reach_of(goal(measure=measure.value), complaints(), TODAY)
    assert (reach.periods, reach.best) == (3, pytest.approx(best))
    assert reach.now == pytest.approx(now)
    assert (reach.best_first, reach.best_period) == (date(2025, 10, 1), date(2025, 12, 1))


def test_a_goal_that_has_begun_is_compared_with_whole_windows():
    # April to June, of which June is left alone: the window is three months all the same.
    reach = reach_of(goal(start=date(2026, 4, 1), deadline=date(2026, 6, 30)), complaints(), TODAY)
    assert (reach.periods, reach.best) == (3, 72.0)


def test_what_is_longer_than_the_history_was_never_reached():
    assert reach_of(goal(start=date(2026, 7, 1), deadline=date(2027, 12, 31)), complaints(), TODAY) is None


def test_months_with_a_gap_between_them_are_no_stretch():
    series = complaints()
    without_november = series.frame[series.frame["period"] != "2025-11-01"].reset_index(drop=True)
    holed = type(series)(series.key, series.kpi, series.rhythm, without_november)
    # June to August 2025: 30 + 20 + 25 = 75, since October to December lack November.
    assert reach_of(goal(), holed, TODAY).best == 75.0


def test_a_level_still_asks_how_many_periods_are_left():
    reach = reach_of(goal(measure="level", primary=18.0), complaints(), TODAY)
    assert (reach.periods, reach.best, reach.now) == (4, 20.0, 36.0)


def test_a_period_that_had_begun_counts_only_when_no_whole_one_follows():
    months = Rhythm(Frequency.MONTH, 1)
    assert periods_that_count(goal(start=date(2026, 7, 10)), months) == (date(2026, 8, 1), date(2026, 9, 1))
    assert periods_that_count(goal(start=date(2026, 9, 10)), months) == (date(2026, 9, 1), date(2026, 9, 1))


def findings(drafted, series, **known):
    evidence = Evidence(today=TODAY, calendar=CALENDAR_YEAR, series=series, probability=0.05, **known)
    return {one.rule: one for one in check_smart(drafted, evidence)}


def test_a_suggested_target_is_never_worse_than_today():
    worse = findings(goal(measure="level", primary=20.0), complaints(), target_at_50=39.0)["achievable.unlikely"]
    assert worse.fix == {}
    better = findings(goal(measure="level", primary=20.0), complaints(), target_at_50=33.0)["achievable.unlikely"]
    assert better.fix == {"primary": 33.0, "stretch": 20.0}


def test_where_the_latest_stretch_is_the_best_it_is_not_made_the_target():
    falling = series_of([60.0 - 2 * month for month in range(12)], "complaints", first=date(2025, 6, 1))
    finding = findings(goal(measure="level", primary=30.0), falling)["achievable.beyond_best"]
    assert "primary" not in finding.fix


def test_a_floor_that_would_be_harder_than_the_suggested_target_goes():
    drafted = goal(measure="level", primary=18.0, floor=19.0, stretch=15.0)
    assert findings(drafted, complaints())["achievable.beyond_best"].fix == {"primary": 20.0, "floor": None}

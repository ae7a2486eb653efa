import pytest

from cs_planning.goals.goal import Baseline, Direction, Measure
from cs_planning.goals.objectives.stakes import stake_of
from tests.goals.builders import TODAY, good_goal, series_of

SIX_MONTHS = {"start": TODAY.replace(day=1), "deadline": TODAY.replace(month=6, day=30)}


def cost_goal(kpi="cost_per_contact", before=8.0, target=7.5, **changes):
    base = Baseline(value=before, period=TODAY)
    fields = {
        "series": kpi,
        "baseline": base,
        "primary": target,
        "direction": Direction.AT_MOST,
        "floor": None,
        "stretch": None,
    }
    return good_goal(**fields | SIX_MONTHS | changes)


def test_a_goal_on_cost_is_worth_what_it_saves_on_the_contacts_of_its_time():
    series = series_of([8.0] * 24, "cost_per_contact", sample_size=1000.0)
    assert stake_of(cost_goal(), series).amount == pytest.approx(0.5 * 6 * 1000)


def test_a_goal_on_the_total_cost_is_worth_what_it_saves_in_each_period():
    series = series_of([90_000.0] * 24, "service_cost")
    assert stake_of(cost_goal("service_cost", 90_000, 85_000), series).amount == 6 * 5000


def test_what_the_owner_says_counts_before_any_figure():
    series = series_of([8.0] * 24, "cost_per_contact", sample_size=1000.0)
    assert stake_of(cost_goal(worth=20_000), series).amount == 20_000
    assert stake_of(good_goal(worth=500), None).amount == 500


def test_where_nobody_says_and_no_figure_tells_there_is_no_amount():
    cost = series_of([8.0] * 24, "cost_per_contact", sample_size=1000.0)
    assert stake_of(good_goal(), series_of([82.0] * 24)) is None
    assert stake_of(cost_goal(), None) is None
    assert stake_of(cost_goal(target=9.0), cost) is None, "it asks for nothing better"
    assert stake_of(cost_goal(measure=Measure.TOTAL), cost) is None
    assert stake_of(cost_goal(), series_of([8.0] * 24, "cost_per_contact", sample_size=float("nan"))) is None

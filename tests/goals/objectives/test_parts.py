import numpy as np
import pytest

from cs_planning.goals.goal import Direction, Measure, Stage
from cs_planning.goals.objectives.parts import adds_up, divisions, goal_of_part, suggested_parts, whole_of
from cs_planning.goals.objectives.shares import shares_of
from cs_planning.kpis.series import SeriesKey
from tests.goals.builders import good_goal, series_of

KEYS = [
    SeriesKey.parse(f"complaints{scope}")
    for scope in ("", "|team=A", "|team=B", "|channel=chat|team=A", "|channel=chat|team=B", "|channel=phone")
]


def goal(**changes):
    fields = {"series": "complaints", "direction": Direction.AT_MOST, "primary": 90.0, "stretch": None, "floor": None}
    return good_goal(**fields | {"measure": Measure.TOTAL, "milestones": ()} | changes)


def test_a_goal_is_divided_by_what_its_kpi_was_imported_by_and_never_into_one_part():
    ways = divisions(goal(), KEYS)
    assert {way: len(keys) for way, keys in ways.items()} == {("channel", "team"): 2, ("team",): 2}
    assert divisions(goal(series="csat"), KEYS) == {}
    below_a = divisions(goal(series="complaints|team=A"), [*KEYS, SeriesKey.parse("complaints|channel=phone|team=A")])
    assert list(below_a) == [("channel",)]


def test_a_total_is_divided_as_the_last_year_was():
    series = [series_of([10.0] * 24, "complaints|team=A"), series_of([30.0] * 24, "complaints|team=B")]
    parts = suggested_parts(goal(primary=80.0), series)
    assert [one.target for one in parts] == [20, 60]
    assert whole_of(parts, series[0].kpi) == 80
    assert adds_up(goal(primary=80.0), parts, series[0].kpi)
    assert not adds_up(goal(primary=80.0), [*parts, parts[0]], series[0].kpi), "together more than the goal allows"


@pytest.mark.parametrize(
    ("kpi", "total", "shares"),
    [
        ("complaints", 90.0, [23, 67]),
        ("service_cost", 11_000_001.0, [2_750_000, 8_250_001]),
        ("service_cost", 90.5, [22.63, 67.87]),
        ("complaints", 90.4, [23, 67.4]),
    ],
)
def test_shares_are_numbers_that_people_write_and_still_add_up(kpi, total, shares):
    series = [series_of([10.0] * 24, f"{kpi}|team=A"), series_of([30.0] * 24, f"{kpi}|team=B")]
    parts = suggested_parts(goal(series=kpi, primary=total), series)
    assert [one.target for one in parts] == shares
    assert whole_of(parts, series[0].kpi) == pytest.approx(total)


def test_rates_move_by_the_same_step_until_their_mean_by_weight_is_the_target():
    rate = good_goal(series="csat", primary=84.0)
    series = [
        series_of([80.0] * 24, "csat|channel=chat", sample_size=300.0),
        series_of([84.0] * 24, "csat|channel=email", sample_size=100.0),
    ]
    parts = suggested_parts(rate, series)
    assert [one.target for one in parts] == pytest.approx([83.0, 87.0])
    assert whole_of(parts, series[0].kpi) == pytest.approx(84.0)


def test_who_is_at_the_end_of_what_is_possible_stays_there_and_the_others_go_the_more():
    rate = good_goal(series="csat", primary=96.0)
    series = [series_of([value] * 24, f"csat|channel={name}") for name, value in (("chat", 90.0), ("email", 99.0))]
    parts = suggested_parts(rate, series)
    assert [one.target for one in parts] == pytest.approx([92.0, 100.0])


def test_the_goals_of_parts_hang_under_the_goal_and_add_up_in_its_tree():
    above = goal()
    series = [series_of(np.full(24, amount), f"complaints|team={team}") for team, amount in (("A", 10.0), ("B", 30.0))]
    parts = suggested_parts(above, series)
    below = [goal_of_part(above, part, own, "A part", "Ken") for part, own in zip(parts, series, strict=True)]
    assert {(one.parent, one.stage, one.owner, one.team) for one in below} == {
        ("g1", Stage.DRAFT, "Ken", "A"),
        ("g1", Stage.DRAFT, "Ken", "B"),
    }
    shares = shares_of(above, below)
    assert (shares.total, shares.over, shares.missing) == (90.0, 0.0, 0.0)


def test_parts_of_a_team_and_a_channel_are_shares_too():
    above = goal()
    two = [goal(series=f"complaints|channel=chat|team={team}", primary=45.0) for team in ("A", "B")]
    assert shares_of(above, two).total == 90
    assert shares_of(above, [*two, goal(series="complaints|team=A", primary=1.0)]) is None, "they overlap"

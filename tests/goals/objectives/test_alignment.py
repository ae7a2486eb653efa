from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from cs_planning.goals.goal import Direction, Stage
from cs_planning.goals.objectives.alignment import tree_of
from cs_planning.goals.objectives.conflicts import kpi_family
from cs_planning.goals.objectives.correlation import correlation_between
from cs_planning.goals.objectives.linking import KPI_LINKS, OBJECTIVE_LINKS, objectives_served_by
from cs_planning.goals.objectives.triple import triple_of
from cs_planning.kpis.catalogue import CATALOGUE, KGIS
from cs_planning.kpis.frequency import Frequency
from tests.goals.builders import good_goal, series_of


def kinds(tree) -> set[tuple[str, str | None]]:
    return {(one.kind, one.goal_id or one.objective) for one in tree.warnings}


def test_goals_hang_under_their_objective_and_their_parent():
    top = good_goal(id="top")
    below = good_goal(id="below", parent="top", objective=None)
    tree = tree_of([below, top], ["satisfaction"])
    (objective,) = tree.objectives
    assert [node.goal.id for node in objective.goals] == ["top"]
    assert [node.goal.id for node in objective.goals[0].children] == ["below"]
    assert tree.warnings == ()


def test_a_goal_that_serves_nothing_and_an_objective_that_nobody_serves_are_warned_of():
    tree = tree_of([good_goal(id="lost", objective=None)], ["loyalty"])
    assert kinds(tree) == {("serves_nothing", "lost"), ("unserved", "loyalty")}
    assert [node.goal.id for node in tree.loose] == ["lost"]


def test_a_goal_that_moves_its_kpi_the_wrong_way_is_warned_of():
    wrong = good_goal(id="w", series="frt_median", direction=Direction.AT_LEAST, objective="satisfaction")
    assert ("wrong_way", "w") in kinds(tree_of([wrong], ["satisfaction"]))
    right = wrong.model_copy(update={"direction": Direction.AT_MOST})
    assert tree_of([right], ["satisfaction"]).warnings == ()


def test_circles_end_and_are_told():
    circle = [good_goal(id="a", parent="b"), good_goal(id="b", parent="a"), good_goal(id="c", parent="a")]
    tree = tree_of(circle, ["satisfaction"])
    assert {("circular", "a"), ("circular", "b")} <= kinds(tree)


def test_closed_goals_are_left_out():
    assert tree_of([good_goal(stage=Stage.CLOSED)], []).loose == ()


def test_a_thousand_goals_in_a_chain_make_a_tree():
    goals = [good_goal(id=f"g{number}", parent=f"g{number - 1}" if number % 100 else None) for number in range(1000)]
    assert len(tree_of(goals, ["satisfaction"]).objectives[0].goals) == 10


def test_links_name_only_what_is_in_the_catalogue():
    families = {kpi_family(kpi) for kpi in CATALOGUE}
    for link in KPI_LINKS:
        assert {link.source, link.target} <= families
    for link in OBJECTIVE_LINKS:
        assert link.source in families
        assert link.target in KGIS
    assert all(abs(link.sign) == 1 for link in (*KPI_LINKS, *OBJECTIVE_LINKS))


def test_every_kpi_with_a_better_side_serves_an_objective():
    unserved = {kpi_family(kpi) for kpi in CATALOGUE if not objectives_served_by(kpi_family(kpi))}
    assert unserved == set()


def test_the_lag_of_a_series_that_follows_another_is_found():
    rng = np.random.default_rng(7)
    cause = 50 + rng.normal(0, 5, 60)
    effect = np.empty(60)
    effect[2:] = 80 - 0.6 * cause[:-2] + rng.normal(0, 0.5, 58)
    effect[:2] = 50
    found = correlation_between(series_of(cause, "frt_median"), series_of(effect, "csat"))
    assert found.lag == 2
    assert found.is_clear
    assert found.expected_sign == -1
    assert found.low <= found.value <= found.high
    assert found.value == pytest.approx(np.corrcoef(np.diff(cause)[:-2], np.diff(effect)[2:])[0, 1])


@pytest.mark.slow
def test_two_series_that_only_drift_are_not_said_to_correlate():
    clear = 0
    for seed in range(40):
        rng = np.random.default_rng(seed)
        first, second = (50 + 0.5 * np.arange(48) + rng.normal(0, 2, 48) for _ in range(2))
        found = correlation_between(series_of(first, "frt_median"), series_of(second, "csat"))
        clear += found.is_clear
    assert clear <= 6


def test_the_words_speak_of_correlation_and_never_of_effect_alone():
    rng = np.random.default_rng(1)
    cause = rng.normal(50, 5, 40)
    found = correlation_between(series_of(cause, "asa_mean"), series_of(90 - 0.8 * cause, "csat"))
    assert "Correlation" in str(found.words)
    assert "not proof" in str(found.words)


def test_too_few_or_constant_values_give_no_correlation():
    assert correlation_between(series_of(range(8), "frt_median"), series_of(range(8), "csat")) is None
    assert correlation_between(series_of([5] * 40, "frt_median"), series_of(np.arange(40), "csat")) is None


def test_a_finer_series_is_brought_into_the_longer_rhythm():
    rng = np.random.default_rng(3)
    monthly = series_of(rng.normal(80, 3, 72), "csat", first=date(2018, 1, 1))
    quarterly = series_of(rng.normal(20, 3, 24), "nps", first=date(2018, 1, 1), frequency=Frequency.QUARTER)
    assert correlation_between(monthly, quarterly).frequency is Frequency.QUARTER


def test_months_beside_a_gap_are_not_taken_as_neighbours():
    rng = np.random.default_rng(5)
    values = rng.normal(50, 5, 40)
    whole, other = series_of(values, "frt_median"), series_of(values * 2, "csat")
    holed = replace(whole, frame=whole.frame.drop(index=[10]).reset_index(drop=True))
    assert correlation_between(holed, other, 0).pairs == 37


def test_the_triple_view_follows_the_links():
    service = series_of(np.arange(24.0), "frt_median|channel=email")
    others = [series_of(np.arange(24.0), kpi) for kpi in ("csat", "csat|channel=email", "churn_rate", "aht_mean")]
    triple = triple_of(service, others)
    assert str(triple.outcome.key) == "csat|channel=email"
    assert str(triple.company.key) == "churn_rate"


def test_the_triple_view_of_a_lonely_kpi_is_alone():
    triple = triple_of(series_of([1, 2, 3], "frt_median"), [])
    assert triple.outcome is None
    assert triple.company is None


def test_a_part_of_a_kpi_is_no_outcome_of_the_kpi():
    """A team's complaints move with all complaints because they are counted in them."""
    complaints = series_of(np.arange(24.0), "complaints")
    parts = [series_of(np.arange(24.0), f"complaints|{part}") for part in ("channel=chat", "team=Desk")]
    assert triple_of(complaints, parts).outcome is None
    others = [*parts, series_of(np.arange(24.0), "nps")]
    assert str(triple_of(complaints, others).outcome.key) == "nps"


def test_a_chain_of_a_thousand_parents_is_no_trouble():
    goals = [good_goal(id=f"g{number}", parent=f"g{number - 1}" if number else None) for number in range(1000)]
    node = tree_of(goals, ["satisfaction"]).objectives[0].goals[0]
    depth = 1
    while node.children:
        (node,) = node.children
        depth += 1
    assert depth == 1000


def test_goals_without_an_id_stand_side_by_side():
    assert len(tree_of([good_goal(id=""), good_goal(id="")], ["satisfaction"]).objectives[0].goals) == 2

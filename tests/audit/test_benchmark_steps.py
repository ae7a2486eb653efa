"""Define → measure → achieve → improve."""

from datetime import date

import pytest

from cs_planning.audit.benchmark_steps import BenchmarkStep, by_step, steps_of_goal
from cs_planning.audit.benchmarks import Standard
from cs_planning.audit.gaps import audit_table
from cs_planning.goals.following.progress import status_of
from cs_planning.goals.goal import Stage
from tests.goals.builders import good_goal, series_of

AFTER = date(2026, 7, 2)


def csat(*values):
    return series_of([82.0] * 12 + list(values), "csat|channel=email", first=date(2025, 1, 1))


def at(goal, series, goals=(), today=AFTER):
    return steps_of_goal(goal, status_of(goal, series, None, today), goals, is_measured=series is not None)


@pytest.mark.parametrize(
    ("fields", "values", "step"),
    [
        ({"stage": Stage.DRAFT}, (82, 83), BenchmarkStep.DEFINE),
        ({"stage": Stage.ACTIVE}, None, BenchmarkStep.MEASURE),
        ({"stage": Stage.ACTIVE}, (82, 83), BenchmarkStep.ACHIEVE),
        ({"stage": Stage.ACTIVE}, (82, 83, 83, 83, 83, 80), BenchmarkStep.ACHIEVE),
        ({"stage": Stage.CLOSED}, (82, 83, 83, 83, 83, 85), BenchmarkStep.IMPROVE),
    ],
)
def test_a_goal_stands_at_the_step_that_is_next(fields, values, step):
    found = at(good_goal(**fields), None if values is None else csat(*values))
    assert found.at is step
    assert found.next == step.next_of_goal
    assert [one for one in BenchmarkStep if found.is_done(one)] == list(BenchmarkStep)[: list(BenchmarkStep).index(step)]


@pytest.mark.parametrize(
    ("changes", "goes_on"),
    [
        ({"primary": 86}, True),
        ({"start": date(2026, 7, 1)}, True),
        ({"series": "nps", "primary": 86}, False),
        ({"deadline": date(2026, 3, 31), "primary": 86}, False),
        ({"stage": Stage.DRAFT, "primary": 86}, False),
    ],
)
def test_a_goal_that_was_reached_goes_on_with_one_that_asks_for_more(changes, goes_on):
    ended = good_goal(stage=Stage.CLOSED)
    fields = {"id": "g2", "stage": Stage.ACTIVE, "deadline": date(2026, 12, 31), "title": "More still"} | changes
    found = at(ended, csat(82, 83, 83, 83, 83, 85), (ended, good_goal(**fields)))
    assert (found.followed_by is not None) is goes_on
    assert ("More still" in str(found.next)) is goes_on
    assert found.is_done(BenchmarkStep.IMPROVE) is goes_on


def test_every_metric_of_the_audit_stands_at_one_step():
    series = [csat(82, 83), series_of([4.0] * 14, "complaints", first=date(2025, 1, 1))]
    rows = audit_table(series, [], [Standard(series="csat|channel=email", limit=90)], today=date(2026, 3, 2))
    found = by_step(rows)
    assert sum(len(one) for one in found.values()) == len(rows)
    assert [row.series for row in found[BenchmarkStep.ACHIEVE]] == ["csat|channel=email"]
    assert [row.series for row in found[BenchmarkStep.DEFINE]] == ["complaints"]

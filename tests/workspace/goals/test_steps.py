"""Steps to begin with, from the history of the KPI."""

from datetime import UTC, date, datetime

import numpy as np
import pytest

from cs_planning.goals.goal import Direction, Measure
from cs_planning.workspace import Save, Workspace
from cs_planning.workspace.home import Home
from tests.goals.builders import good_goal

TODAY = date(2026, 1, 12)


@pytest.fixture
def seasonal(tmp_path):
    """A workspace whose complaints double each December and are low in spring."""
    workspace = Workspace.open(Home.at(tmp_path))
    months = np.arange(48)
    values = (100 + 60 * np.cos(2 * np.pi * (months % 12 - 11) / 12)).round()
    rows = "".join(f"{2022 + month // 12}-{month % 12 + 1:02d},{values[month]:.0f}\n" for month in months)
    workspace.data.import_file(
        "complaints.csv", f"Month,Complaints\n{rows}".encode(), save=Save("test", "i", datetime(2026, 1, 10, tzinfo=UTC))
    )
    yield workspace
    workspace.close()


def goal(**changes):
    time = {"start": date(2026, 1, 1), "deadline": date(2026, 12, 31), "milestones": (), "baseline": None}
    kind = {"series": "complaints", "direction": Direction.AT_MOST, "measure": Measure.TOTAL, "floor": None, "stretch": None}
    return good_goal(**time | kind | {"primary": 1000.0} | changes)


def test_the_season_gives_each_month_its_share_of_the_total(seasonal):
    steps = seasonal.steps.as_the_season_asks(goal(), TODAY)
    by_month = {one.first.month: one.value for one in steps}
    assert sum(by_month.values()) == pytest.approx(1000, rel=1e-3)
    assert by_month[12] > 2 * by_month[6]


def test_without_a_forecast_there_is_no_season(seasonal):
    assert seasonal.steps.as_the_season_asks(goal(series="csat"), TODAY) == ()


def test_even_steps_of_a_total_without_a_baseline_are_equal_shares(seasonal):
    assert {one.value for one in seasonal.steps.evenly(goal())} == {1000 / 12}


def test_the_probability_of_a_goal_for_every_month_follows_its_steps(seasonal):
    every = goal(measure=Measure.EVERY, primary=160.0)
    season = seasonal.steps.as_the_season_asks(every, TODAY)
    strict = every.model_copy(update={"steps": season})
    chances = [seasonal.planning.outlook(one, TODAY).primary.probability for one in (every, strict)]
    assert chances[1] <= chances[0]
    assert seasonal.planning.question(strict).steps

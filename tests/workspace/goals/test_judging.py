"""A target moves on what was read once, and is judged as everywhere else."""

from datetime import date

import pytest
from sqlalchemy import event

from cs_planning.goals.goal import GoalType
from cs_planning.kpis.frequency import Frequency
from cs_planning.workspace import Workspace
from cs_planning.workspace.home import Home

TODAY = date(2026, 11, 10)


@pytest.fixture(scope="module")
def sample(sample_copy, tmp_path_factory):
    opened = Workspace.open(Home.at(sample_copy(tmp_path_factory.mktemp("sample"))))
    yield opened
    opened.close()


def test_a_target_moves_without_a_look_at_the_database(sample):
    goal = sample.planning.draft("csat", Frequency.MONTH, GoalType.SATISFACTION, TODAY)
    judge = sample.planning.judge(goal, TODAY)
    asked = []
    engine = sample.planning._store.database._engine
    event.listen(engine, "before_cursor_execute", lambda *told: asked.append(told[2]))
    for target in (75.0, 80.0, 85.0):
        moved = goal.model_copy(update={"primary": target})
        outlook = judge.outlook(moved)
        assert judge.findings(moved, outlook)
        judge.problems(moved)
    assert not asked
    assert sample.planning.outlook(moved, TODAY).primary == outlook.primary
    assert sample.planning.findings(moved, TODAY) == judge.findings(moved, outlook)
    assert asked

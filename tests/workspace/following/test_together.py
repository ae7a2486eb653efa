"""The plan as a whole is judged from the goals that have a number, once for the same data, and said on Home."""

from datetime import date

import pytest

from cs_planning.forecasting.answers.together import jointly
from cs_planning.goals.goal import Stage
from cs_planning.workspace import Workspace
from cs_planning.workspace.following import together
from cs_planning.workspace.following.together import MOST_GOALS, too_many_words
from cs_planning.workspace.home import Home

TODAY = date(2026, 11, 10)


@pytest.fixture
def sample_workspace(sample_copy, tmp_path):
    opened = Workspace.open(Home.at(sample_copy(tmp_path / "sample")))
    yield opened
    opened.close()


@pytest.fixture
def lines(sample_workspace):
    while stale := sample_workspace.standings.brief(TODAY).stale:
        sample_workspace.standings.refresh(stale, TODAY, seconds=60)
    return sample_workspace.standings.brief(TODAY).lines


def test_the_plan_counts_the_running_goals_that_have_a_number(sample_workspace, lines):
    plan = sample_workspace.together.plan(lines, TODAY)
    running = [line for line in lines if line.goal.stage is Stage.ACTIVE]
    known = [line.report.probability for line in running if line.report.probability is not None]
    assert (plan.goals, plan.left_out) == (len(known), len(running) - len(known))
    assert plan.expected == pytest.approx(sum(known), abs=0.01), "each goal keeps the probability that it has elsewhere"
    assert plan.all <= min(known) + 0.001
    assert 0 <= plan.low80 <= plan.expected <= plan.high80 <= plan.goals


def test_the_plan_is_computed_once_for_the_same_data_and_again_for_another_day(sample_workspace, lines, monkeypatch):
    asked = []
    monkeypatch.setattr(together, "jointly", lambda goals: (asked.append(goals), jointly(goals))[1])
    first = sample_workspace.together.plan(lines, TODAY)
    seen = len(asked)
    assert sample_workspace.together.plan(lines, TODAY) == first and len(asked) == seen
    sample_workspace.together.plan(lines, date(2026, 11, 11))
    assert len(asked) == seen + 1


def test_there_is_no_plan_of_one_goal_nor_while_a_goal_waits_for_its_number(sample_workspace, lines):
    assert sample_workspace.together.plan(lines[:1], TODAY) is None
    stale = [line.__class__(**{**vars(line), "is_stale": True}) for line in lines]
    assert sample_workspace.together.plan(stale, TODAY) is None
    assert sample_workspace.together.plan(list(lines) * (MOST_GOALS // 2), TODAY) is None
    assert f"up to {MOST_GOALS} are" in str(too_many_words(MOST_GOALS + 1))
    assert too_many_words(MOST_GOALS) is None

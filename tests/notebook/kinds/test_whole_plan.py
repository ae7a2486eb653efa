"""The whole plan on a page for the leadership says what Home says."""

from datetime import UTC, date, datetime

import pytest

from cs_planning.goals.goal import Stage
from cs_planning.notebook.blocks.block import Paragraph, TableBlock
from cs_planning.workspace import Save, Workspace
from cs_planning.workspace.following.together import plan_words
from cs_planning.workspace.home import Home

TODAY = date(2026, 11, 10)
NOW = datetime(2026, 11, 10, tzinfo=UTC)


@pytest.fixture(scope="module")
def sample(sample_copy, tmp_path_factory):
    opened = Workspace.open(Home.at(sample_copy(tmp_path_factory.mktemp("sample"))))
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def section(sample):
    goal = next(one for one in sample.planning.goals() if one.stage is Stage.ACTIVE)
    page = sample.pages.new_page("leadership", "For the board", goal, save=Save("t", "board", NOW))
    return next(one for one in sample.pages.run(page, TODAY).sections if one.kind == "whole_plan")


def table_of(section):
    return next(block for block in section.blocks if isinstance(block, TableBlock))


def test_it_says_of_the_plan_what_home_says(sample, section):
    brief = sample.standings.brief(TODAY)
    sample.standings.refresh(brief.stale, TODAY, seconds=60)
    plan = sample.together.plan(sample.standings.brief(TODAY).lines, TODAY)
    said = [str(block.words) for block in section.blocks if isinstance(block, Paragraph)]
    assert said == [str(words) for words in plan_words(plan)]
    assert plan.goals >= 2


def test_each_running_goal_stands_there_once_with_the_number_of_its_page(sample, section):
    rows = {row[0]: row for row in table_of(section).rows}
    running = [goal for goal in sample.planning.goals() if goal.stage is Stage.ACTIVE]
    assert set(rows) == {goal.title for goal in running}
    for goal in running:
        report = sample.planning.status(goal, TODAY)
        assert str(rows[goal.title][4]) == str(report.status.label)
        assert (rows[goal.title][3] is None) == (report.probability is None)


def test_those_that_need_somebody_come_first(sample, section):
    goals = {goal.title: goal for goal in sample.planning.goals()}
    urgencies = [sample.planning.status(goals[row[0]], TODAY).status.urgency for row in table_of(section).rows]
    assert urgencies == sorted(urgencies)

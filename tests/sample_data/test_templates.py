"""Every ready-made goal on the sample team's own numbers, judged as a goal of the team would be."""

from collections.abc import Iterator
from datetime import date

import pytest

from cs_planning.goals.finding import Verdict
from cs_planning.goals.goal import GoalType
from cs_planning.goals.templates import TEMPLATES, Template
from cs_planning.workspace import Workspace
from cs_planning.workspace.home import Home

TODAY = date(2026, 11, 10)
NOT_IMPORTED = {"fcr", "ces", "retention_rate", "churn_rate", "market_share", "relative_market_share"}


@pytest.fixture(scope="module")
def workspace(sample_copy, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    opened = Workspace.open(Home.at(sample_copy(tmp_path_factory.mktemp("sample"))))
    yield opened
    opened.close()


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda template: template.id)
def test_a_template_causes_no_failing_letter(workspace: Workspace, template: Template) -> None:
    goal = workspace.templates.draft(template, TODAY)
    seen = workspace.planning.outlook(goal, TODAY)
    findings = workspace.planning.findings(goal, TODAY, seen)
    failed = {finding.rule for finding in findings if finding.verdict is Verdict.FAIL}
    if template.kpi in NOT_IMPORTED:
        assert failed == {"measurable.no_target", "measurable.no_data"}
        return
    assert goal.baseline is not None
    assert seen.target_at_20 is not None
    nothing_better = goal.direction.meets(goal.baseline.value, seen.target_at_20)
    assert failed <= ({"achievable.unlikely"} if nothing_better else set())
    assert goal.title
    assert goal.why
    assert goal.how
    assert goal.objective
    assert bool(goal.guard_series) or template.type is not GoalType.FINANCIAL


def test_milestones_keep_their_share_of_the_way_when_a_target_comes_nearer(workspace: Workspace) -> None:
    template = next(one for one in TEMPLATES if one.id == "raise-csat")
    goal = workspace.templates.draft(template, TODAY)
    assert goal.baseline is not None
    assert goal.primary is not None
    assert template.change_points is not None
    step = goal.primary - goal.baseline.value
    assert 0 < step < template.change_points
    assert [one.note for one in goal.milestones] == [str(planned.note) for planned in template.milestones]
    for milestone, planned in zip(goal.milestones, template.milestones, strict=True):
        assert (milestone.value - goal.baseline.value) / step == pytest.approx(planned.way, abs=0.05)

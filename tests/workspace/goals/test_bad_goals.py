"""Goals that nobody should be able to commit to, and texts that nobody expects."""

from datetime import UTC, date, datetime

import pytest

from cs_planning.errors import InvalidGoal, StorageUnavailable
from cs_planning.goals.goal import LONGEST_TEXT, Baseline, Cadence, Direction, GoalType, Measure, Milestone, Stage
from cs_planning.kpis.frequency import Frequency
from cs_planning.language import text
from cs_planning.workspace import Save, Workspace
from cs_planning.workspace.home import Home

NOW, TODAY = datetime(2026, 1, 15, tzinfo=UTC), date(2026, 1, 15)

pytestmark = pytest.mark.usefixtures("kpis_imported")


@pytest.fixture
def draft(workspace):
    return workspace.planning.draft("csat", Frequency.MONTH, GoalType.SATISFACTION, TODAY)


def refused(workspace, goal) -> set[str | None]:
    with pytest.raises(InvalidGoal) as error:
        workspace.planning.commit(goal, save=Save("t", "c", NOW))
    return {problem.field for problem in error.value.problems}


def test_dates_and_milestones_in_the_wrong_order_are_named(workspace, draft):
    late = Milestone(due=date(2027, 1, 1), value=draft.primary)
    wrong = {"start": date(2026, 9, 1), "deadline": date(2026, 3, 31), "milestones": (late,)}
    assert {"deadline", "milestones"} <= refused(workspace, draft.model_copy(update=wrong))


def test_a_target_that_equals_the_baseline_is_named(workspace, draft):
    same = {"measure": Measure.LEVEL, "baseline": Baseline(value=draft.primary, period=date(2025, 12, 1)), "stretch": None}
    assert "primary" in refused(workspace, draft.model_copy(update={**same, "floor": None, "milestones": ()}))


def test_parents_in_a_circle_are_named(workspace, draft):
    above = workspace.planning.save_draft(draft, save=Save("t", "1", NOW))
    below = workspace.planning.save_draft(draft.model_copy(update={"parent": above.id}), save=Save("t", "2", NOW))
    assert "parent" in refused(workspace, above.model_copy(update={"parent": below.id}))


def test_a_red_letter_or_a_missing_owner_needs_a_word_of_why(workspace, draft):
    beyond = {"owner": "Ken", "primary": 99.9, "stretch": None, "floor": None, "milestones": ()}
    assert refused(workspace, draft.model_copy(update=beyond)) == {"despite"}
    assert refused(workspace, draft) == {"despite"}, "nobody owns it"
    assert refused(workspace, draft.model_copy(update={"despite": "  "})) == {"despite"}
    made = workspace.planning.commit(
        draft.model_copy(update=beyond | {"despite": "A rival has it"}), save=Save("t", "word", NOW)
    )
    assert made.stage is Stage.ACTIVE
    assert workspace.planning.goal(made.id).despite == "A rival has it"


def test_goals_that_exclude_each_other_are_named(workspace, draft):
    every = {"measure": Measure.EVERY, "floor": None, "stretch": None, "milestones": (), "baseline": None}
    high = draft.model_copy(update={**every, "despite": "We dare", "direction": Direction.AT_LEAST, "primary": 90.0})
    workspace.planning.commit(high, save=Save("t", "high", NOW))
    low = draft.model_copy(update={**every, "direction": Direction.AT_MOST, "primary": 70.0})
    assert "primary" in refused(workspace, low)


def test_a_goal_whose_kpi_is_gone_stays_readable_everywhere(workspace, draft):
    gone = draft.model_copy(update={"series": "never_imported", "stage": Stage.ACTIVE})
    goal = workspace.planning.save_draft(gone, save=Save("t", "1", NOW))
    (line,) = workspace.standings.brief(TODAY).lines
    assert workspace.standings.refresh([line], TODAY, seconds=1) == 1
    (line,) = workspace.standings.brief(TODAY).lines
    assert not line.is_stale
    assert line.reason
    assert goal.title in [one.goal.title for one in workspace.reviews.agenda(Cadence.MONTHLY, TODAY).goals]


@pytest.mark.slow
def test_a_goal_without_an_owner_is_told_and_not_lost(workspace, draft):
    goal = workspace.planning.commit(draft.model_copy(update={"owner": "Ken"}), save=Save("t", "1", NOW))
    workspace.changes.change([goal], {"owner": ""}, save=Save("t", "2", NOW))
    (line,) = workspace.standings.brief(TODAY).lines
    rules = {finding.rule for finding in workspace.planning.findings(line.goal, TODAY)}
    assert any("owner" in rule for rule in rules)


@pytest.mark.parametrize(
    "words",
    ["🎉" * 3000, "\u202eمرحبا بالعالم\u202c", "<script>alert(1)</script><b>bold</b>", "é" * LONGEST_TEXT, "{0} {name} %s"],
)
def test_strange_texts_are_kept_as_they_are(workspace, draft, words):
    goal = workspace.planning.save_draft(
        draft.model_copy(update={"why": words, "title": words[:300]}), save=Save("t", "1", NOW)
    )
    assert workspace.planning.goal(goal.id).why == words
    assert workspace.standings.brief(TODAY).lines[0].goal.title == words[:300]
    assert workspace.actions.calendar(NOW)


def test_what_was_computed_is_there_after_a_restart(tmp_path, workspace, draft):
    workspace.planning.commit(draft.model_copy(update={"owner": "Ken"}), save=Save("t", "1", NOW))
    workspace.standings.refresh(workspace.standings.brief(TODAY).stale, TODAY, seconds=30)
    before = workspace.standings.brief(TODAY).lines[0].report
    again = Workspace.open(Home.at(tmp_path))
    (line,) = again.standings.brief(TODAY).lines
    again.close()
    assert not line.is_stale
    assert line.report == before


def test_probabilities_that_cannot_be_kept_are_shown_all_the_same(workspace, draft, monkeypatch):
    workspace.planning.save_draft(draft, save=Save("t", "1", NOW))

    def full(*_given: object) -> None:
        raise StorageUnavailable(text("The disk is full."), text("Make room."))

    monkeypatch.setattr(workspace.standings._store.computed, "keep", full)
    assert workspace.standings.refresh(workspace.standings.brief(TODAY).stale, TODAY, seconds=30) == 1
    (line,) = workspace.standings.brief(TODAY).lines
    assert not line.is_stale
    assert line.report.probability is not None

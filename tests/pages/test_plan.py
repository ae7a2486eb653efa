"""The action plan."""

from datetime import UTC, date, datetime

import pandas as pd
import pytest

from cs_planning.workspace import Save
from tests.pages.looking import metrics, words

PLAN = "pages/plan.py"


def bring_in(app, content: bytes):
    upload = next(one for one in app.file_uploader if one.key.startswith("plan-upload"))
    upload.upload("plan.csv", content, "text/csv").run()
    app.get_by_key("plan-import").click().run()


@pytest.mark.slow
def test_a_plan_is_brought_in_and_counted(open_app, sample_home):
    from cs_planning.workspace import Workspace  # noqa: PLC0415 - slow to import
    from cs_planning.workspace.home import Home  # noqa: PLC0415

    workspace = Workspace.open(Home.at(sample_home))
    goal = workspace.planning.goals()[0]
    workspace.close()
    app = open_app(sample_home, PLAN)
    assert not app.exception
    before = int(metrics(app)["Actions"])
    rows = f"goal_id,what,owner,due,status\n{goal.id},Coach twice a week,Ken,2026-11-01,open\n{goal.id},Write articles,,,open\n"
    bring_in(app, rows.encode())
    assert not app.exception
    assert int(metrics(app)["Actions"]) == before + 2
    assert int(metrics(app)["Overdue"]) >= 1
    assert int(metrics(app)["Without an owner"]) >= 1


def test_a_link_to_the_plan_of_a_goal_that_is_gone_says_so_until_something_is_chosen(open_app, sample_home):
    app = open_app(sample_home, PLAN, goal="gone")
    assert "nothing at this address" in words(app)
    assert app.get_by_key("goal").value is None
    assert "nothing at this address" not in words(app.run())


@pytest.mark.slow
def test_rows_that_name_no_goal_are_refused_and_nothing_is_kept(open_app, sample_home):
    app = open_app(sample_home, PLAN)
    before = metrics(app)["Actions"]
    bring_in(app, b"goal_id,what\nnothing,Coach\n")
    assert app.error
    assert metrics(app)["Actions"] == before


@pytest.fixture
def goal(workspace):
    return workspace.planning.goals()[0].id


def edit(app, editor="plan-all-0", *, rows=None, added=(), deleted=()):
    """What the browser sends after a cell was left, a row was filled or one was taken out."""
    app.session_state[editor] = {"edited_rows": rows or {}, "added_rows": list(added), "deleted_rows": list(deleted)}
    app.run()
    assert not app.exception


def whats(workspace):
    return {one.what: one for one in workspace.actions.plan()}


def test_a_plan_is_kept_as_it_is_edited_without_a_click(open_app, sample_home, workspace, goal):
    app = open_app(sample_home, PLAN)
    before = int(metrics(app)["Actions"])
    edit(app, added=[{"what": "Listen to ten calls", "goal_id": goal, "status": "open", "due": "2026-11-20"}])
    assert not app.error
    assert int(metrics(app)["Actions"]) == before + 1
    assert whats(workspace)["Listen to ten calls"].due == date(2026, 11, 20)
    app.run()
    assert len(workspace.actions.plan()) == before + 1, "a second run adds nothing"
    row = {"what": "Listen to ten calls", "goal_id": goal, "status": "open", "owner": "Ken"}
    edit(app, added=[row])
    edit(app, added=[row, {"what": "Tell them", "goal_id": goal, "status": "open"}])
    assert not app.error
    assert whats(workspace)["Listen to ten calls"].owner == "Ken", "the row that was added goes on being edited"
    edit(app, added=[{"what": "Tell them", "goal_id": goal, "status": "open"}])
    assert "Tell them" in whats(workspace)
    assert "Listen to ten calls" not in whats(workspace)


def test_one_edit_after_the_other_is_kept_and_only_what_was_edited(open_app, sample_home, workspace):
    app = open_app(sample_home, PLAN)
    opened, _finished = workspace.actions.tables(date(2026, 11, 10))
    theirs, mine = opened["id"][1], opened["id"][0]
    edit(app, rows={0: {"owner": "Ken"}})
    changed = workspace.actions.table().set_index("id").loc[[theirs]].reset_index().assign(note="theirs")
    workspace.actions.save(
        changed, workspace.actions.versions(), save=Save("Aiko", "theirs", datetime(2026, 11, 10, tzinfo=UTC))
    )
    edit(app, rows={0: {"owner": "Ken", "note": "twice a week"}})
    assert not app.error
    kept = {one.id: one for one in workspace.actions.plan()}
    assert (kept[mine].owner, kept[mine].note, kept[theirs].note) == ("Ken", "twice a week", "theirs")


def test_what_somebody_else_changed_is_not_overwritten_and_the_way_on_is_shown(open_app, sample_home, workspace):
    app = open_app(sample_home, PLAN)
    opened, _finished = workspace.actions.tables(date(2026, 11, 10))
    changed = opened.iloc[[0]].assign(note="theirs")
    workspace.actions.save(
        changed, workspace.actions.versions(), save=Save("Aiko", "theirs", datetime(2026, 11, 10, tzinfo=UTC))
    )
    edit(app, rows={0: {"note": "mine"}})
    assert app.error
    assert {one.id: one.note for one in workspace.actions.plan()}[opened["id"][0]] == "theirs"
    app.get_by_key("plan-all-0-anew").click().run()
    assert not app.error


def test_a_finished_step_is_folded_away_when_the_plan_is_opened_next_and_comes_back_by_undo(open_app, sample_home, workspace):
    app = open_app(sample_home, PLAN)
    opened, finished = workspace.actions.tables(date(2026, 11, 10))
    edit(app, rows={0: {"status": "done"}})
    opened_now, finished_now = workspace.actions.tables(date(2026, 11, 10))
    assert opened["id"][0] in set(finished_now["id"])
    assert len(finished_now) == len(finished) + 1
    app.get_by_key("plan-undo").click().run()
    assert not app.exception
    assert opened["id"][0] in set(workspace.actions.tables(date(2026, 11, 10))[0]["id"])
    assert len(opened_now) == len(opened) - 1


def test_a_row_that_was_taken_out_comes_back_by_undo(open_app, sample_home, workspace):
    app = open_app(sample_home, PLAN)
    before = whats(workspace)
    edit(app, deleted=[0])
    assert len(whats(workspace)) == len(before) - 1
    app.get_by_key("plan-undo").click().run()
    assert whats(workspace).keys() == before.keys()


@pytest.mark.slow
def test_a_finished_step_can_be_looked_back_at(open_app, sample_home, workspace):
    app = open_app(sample_home, PLAN)
    step = workspace.effects_seen.finished()[0]
    app.get_by_key("helped-all").set_value(step.id).run()
    assert not app.exception
    assert "no proof" in words(app) or "No whole period is over" in words(app)


def test_an_empty_workspace_points_to_the_first_step(open_app, tmp_path):
    assert "first step" in words(open_app(tmp_path, PLAN))


def test_an_empty_table_keeps_its_column_types():
    from cs_planning.ui.following.plan_table import _editable  # noqa: PLC0415 - slow to import

    empty = _editable(pd.DataFrame({name: [] for name in ("id", "what", "due", "expected_change")}))
    assert str(empty["due"].dtype).startswith("datetime64")
    assert empty["expected_change"].dtype == float


def test_a_link_names_by_its_id_the_goal_whose_plan_is_shown(open_app, sample_home, workspace):
    busy = {one.goal_id for one in workspace.actions.plan()}
    goal = next(one for one in workspace.planning.goals() if one.id in busy)
    own = len([one for one in workspace.actions.plan() if one.goal_id == goal.id])
    app = open_app(sample_home, PLAN, goal=goal.id)
    assert not app.exception
    assert app.get_by_key("goal").value == goal.id
    assert int(metrics(app)["Actions"]) == own < len(workspace.actions.plan())
    app.get_by_key("goal").set_value(None).run()
    assert "goal" not in app.query_params, "all goals need no name in the address"
    app.get_by_key("goal").set_value(goal.id).run()
    assert app.query_params["goal"] in (goal.id, [goal.id])

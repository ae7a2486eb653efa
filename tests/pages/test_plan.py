"""The action plan."""

import pandas as pd
import pytest

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


@pytest.mark.slow
def test_rows_that_name_no_goal_are_refused_and_nothing_is_kept(open_app, sample_home):
    app = open_app(sample_home, PLAN)
    before = metrics(app)["Actions"]
    bring_in(app, b"goal_id,what\nnothing,Coach\n")
    assert app.error
    assert metrics(app)["Actions"] == before


def test_an_edited_table_is_kept(open_app, sample_home):
    app = open_app(sample_home, PLAN)
    before = int(metrics(app)["Actions"])
    editor = "plan-all-0"
    from cs_planning.workspace import Workspace  # noqa: PLC0415 - slow to import
    from cs_planning.workspace.home import Home  # noqa: PLC0415

    workspace = Workspace.open(Home.at(sample_home))
    goal = workspace.planning.goals()[0].id
    added = {"what": "Listen to ten calls", "goal_id": goal, "status": "open"}
    app.session_state[editor] = {"edited_rows": {}, "added_rows": [added], "deleted_rows": []}
    app.get_by_key("plan-save").click().run()
    assert not app.exception
    assert not app.error
    assert int(metrics(app)["Actions"]) == before + 1
    assert "Listen to ten calls" in [one.what for one in workspace.actions.plan()]
    workspace.close()


def test_an_empty_workspace_points_to_the_first_step(open_app, tmp_path):
    assert "first step" in words(open_app(tmp_path, PLAN))


def test_an_empty_table_keeps_its_column_types():
    from cs_planning.ui.following.plan_table import _editable  # noqa: PLC0415 - slow to import

    empty = _editable(pd.DataFrame({name: [] for name in ("id", "what", "due", "expected_change")}))
    assert str(empty["due"].dtype).startswith("datetime64")
    assert empty["expected_change"].dtype == float

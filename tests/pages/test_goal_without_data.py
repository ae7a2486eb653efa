"""The page of a goal whose data went with an import that was undone."""

from datetime import date

from cs_planning.goals.goal import GoalType
from cs_planning.kpis.frequency import Frequency
from cs_planning.workspace import Home, Workspace
from tests.pages.looking import words
from tests.workspace.layers.undo_files import by, put

GOAL, QUALITY = "pages/goal_page.py", "pages/data_quality.py"


def test_a_goal_whose_data_are_undone_is_named_before_and_says_afterwards_what_is_gone(open_app, tmp_path):
    workspace = Workspace.open(Home.at(tmp_path))
    put(workspace, "occupancy.csv", 1)
    put(workspace, "spring.csv", 2)
    draft = workspace.planning.draft("csat", Frequency.MONTH, GoalType.SATISFACTION, date(2026, 11, 10))
    kept = workspace.planning.save_draft(draft.model_copy(update={"title": "Happier customers"}), save=by(3))
    workspace.close()
    app = open_app(tmp_path, QUALITY)
    next(button for button in app.button if button.label == "Undo this import").click().run()
    assert "rests on them and would stand without data: Happier customers" in words(app)
    next(button for button in app.button if button.key == "undo-import").click().run()
    assert not app.exception
    app = open_app(tmp_path)
    app.switch_page(GOAL)
    app.query_params["goal"] = kept.id
    app.run()
    assert not app.exception
    assert "There are no monthly data for Customer satisfaction (CSAT)." in words(app)
    assert "Import a file with this KPI, or choose another one." in words(app)

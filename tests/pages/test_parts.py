"""Goals for the parts of a goal, on the page of all goals."""

from datetime import UTC, date, datetime

from cs_planning.goals.goal import GoalType
from cs_planning.kpis.frequency import Frequency
from cs_planning.workspace import Save, Workspace
from cs_planning.workspace.home import Home
from tests.pages.looking import words

NOW = datetime(2026, 11, 10, tzinfo=UTC)
MONTHS = [f"{2024 + month // 12}-{month % 12 + 1:02}" for month in range(34)]


def divided(tmp_path):
    """A workspace with a goal that can be divided by team, and the goal."""
    workspace = Workspace.open(Home.at(tmp_path))
    by_team = "".join(f"{month},{team},{count}\n" for month in MONTHS for team, count in (("North", 10), ("South", 30)))
    whole = "".join(f"{month},40\n" for month in MONTHS)
    for name, content in (("team", "Month,Team,Complaints\n" + by_team), ("whole", "Month,Complaints\n" + whole)):
        workspace.data.import_file(f"{name}.csv", content.encode(), save=Save("t", name, NOW))
    draft = workspace.planning.draft("complaints", Frequency.MONTH, GoalType.SATISFACTION, date(2026, 11, 10))
    above = workspace.planning.save_draft(draft.model_copy(update={"primary": 36.0}), save=Save("t", "above", NOW))
    return workspace, above


def test_a_goal_is_divided_and_its_parts_stand_below_it(open_app, tmp_path):
    workspace, above = divided(tmp_path)
    app = open_app(tmp_path)
    app.get_by_key("more-way").set_value("parts").run()
    assert not app.exception
    assert "Together: 36; the goal asks for 36." in words(app)
    app.get_by_key("parts-save").click().run()
    assert not app.exception
    assert {one.series: one.primary for one in workspace.planning.goals() if one.parent == above.id} == {
        "complaints|team=North": 9.0,
        "complaints|team=South": 27.0,
    }
    workspace.close()


def test_goals_that_were_set_for_parts_are_put_away_by_one_click_and_can_be_set_again(open_app, tmp_path):
    workspace, above = divided(tmp_path)
    app = open_app(tmp_path)
    app.get_by_key("more-way").set_value("parts").run()
    for _again in range(2):
        app.get_by_key("parts-save").click().run()
        assert len([one for one in workspace.planning.goals() if one.parent == above.id]) == 2
        app.get_by_key("parts-undo").click().run()
        assert not app.exception
        assert not [one for one in workspace.planning.goals() if one.parent == above.id]
    assert len(workspace.changes.archived()) == 4
    workspace.close()


def test_goals_for_parts_that_somebody_wrote_on_since_are_not_taken_back(open_app, tmp_path):
    workspace, above = divided(tmp_path)
    app = open_app(tmp_path)
    app.get_by_key("more-way").set_value("parts").run()
    app.get_by_key("parts-save").click().run()
    one = next(one for one in workspace.planning.goals() if one.parent == above.id)
    workspace.planning.keep_changes(one.model_copy(update={"owner": "Ken"}), save=Save("Ken", "owner", NOW))
    app.run()
    assert not app.exception
    assert "parts-undo" not in {button.key for button in app.button}
    workspace.close()

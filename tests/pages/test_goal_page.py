"""The page of a goal."""

from datetime import date

import pytest

from cs_planning.workspace import Home, Workspace
from tests.pages.looking import links, metrics, words

GOAL = "pages/goal_page.py"


@pytest.fixture
def goal_id(sample_home) -> str:
    workspace = Workspace.open(Home.at(sample_home))
    found = next(goal.id for goal in workspace.planning.goals() if "telephone" in goal.title)
    workspace.close()
    return found


def opened(open_app, home, goal):
    app = open_app(home)
    app.switch_page(GOAL)
    app.query_params["goal"] = goal
    return app.run()


def test_without_an_address_all_goals_are_offered(open_app, sample_home):
    assert "First answer to an e-mail" in links(open_app(sample_home, GOAL))


def test_an_unknown_goal_is_said_in_words(open_app, sample_home):
    app = opened(open_app, sample_home, "nothing-like-this")
    assert not app.exception
    assert "no goal at this address" in words(app)


def test_history_forecast_findings_scenario_and_notes_stand_on_one_page(open_app, sample_home, goal_id):
    app = opened(open_app, sample_home, goal_id)
    assert not app.exception
    seen = words(app)
    assert "How likely it is" in seen
    assert "S · Specific" in seen
    assert "What automation would change" in seen
    assert any("Notes" in area.label for area in app.text_area)
    assert metrics(app)
    assert len(app.get("vega_lite_chart")) >= 3


def test_notes_are_kept_and_can_hold_no_html(open_app, sample_home, goal_id):
    app = opened(open_app, sample_home, goal_id)
    app.text_area[0].set_value("Decided: **go** <script>alert(1)</script>")
    next(button for button in app.button if button.label == "Keep the notes").click().run()
    assert not app.exception
    again = opened(open_app, sample_home, goal_id)
    assert "Decided: **go**" in words(again)
    assert "<script>" not in words(again)


def test_the_export_holds_what_the_page_shows(sample_home, goal_id):
    workspace = Workspace.open(Home.at(sample_home))
    document = workspace.pages.export(goal_id, "html", date(2026, 11, 10)).decode()
    workspace.close()
    assert "Answer the telephone within a minute" in document
    assert "<script>alert" not in document
    assert 'http-equiv="Content-Security-Policy"' in document

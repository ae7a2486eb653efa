"""The page of the leadership."""

from datetime import UTC, datetime

import pytest

from cs_planning.goals.goal import Stage
from cs_planning.workspace import Save
from tests.pages.looking import links, metrics, words

LEADERSHIP = "pages/leadership.py"


def test_an_empty_workspace_points_to_the_first_step(open_app, tmp_path):
    assert "first step" in words(open_app(tmp_path, LEADERSHIP))


@pytest.mark.slow
def test_the_plan_its_money_what_changed_and_what_would_move_it_stand_on_one_page(open_app, sample_home):
    app = open_app(sample_home, LEADERSHIP)
    assert not app.exception
    for _turn in range(20):
        if "Computing" not in words(app):
            break
        app.run()
    assert {"All goals reached", "Reached on average", "Money at stake", "Reached of it on average"} <= set(metrics(app))
    said = words(app)
    assert "What changed since" in said
    assert "goals on average" in said
    assert "likely missed" in said
    assert "Re-plan it in the review" in links(app) or "Open the scenario" in links(app)


def test_a_single_goal_makes_no_plan_and_the_page_says_so(open_app, sample_home, workspace):
    others = [one for one in workspace.planning.goals() if one.stage is Stage.ACTIVE and "telephone" not in one.title]
    workspace.changes.archive(others, save=Save("t", "archive", datetime(2026, 11, 10, tzinfo=UTC)))
    said = words(open_app(sample_home, LEADERSHIP))
    assert "one goal has its own below" in said


@pytest.mark.slow
def test_a_company_goal_is_set_and_shown_with_its_year(open_app, sample_home, workspace):
    app = open_app(sample_home, LEADERSHIP)
    app.get_by_key("company-save").click().run()
    assert "Set the target of the year" in words(app)
    assert app.get_by_key("company-new-0-kpi-satisfaction").value == "csat month", "what tells whether customers are satisfied"
    app.get_by_key("company-new-0-target").set_value(88.0)
    app.get_by_key("company-save").click().run()
    assert not app.exception
    (kept,) = workspace.company.list()
    assert (kept.series, kept.target) == ("csat", 88.0)
    assert "Year so far" in words(app)


@pytest.mark.slow
def test_a_company_goal_on_a_cost_is_a_total_whose_unit_and_amount_are_told(open_app, sample_home, workspace):
    app = open_app(sample_home, LEADERSHIP)
    app.get_by_key("company-new-0-objective").set_value("support_cost").run()
    assert app.get_by_key("company-new-0-kpi-support_cost").value == "service_cost month"
    assert app.get_by_key("company-new-0-measure-total").value == "total"
    target = app.get_by_key("company-new-0-target")
    assert target.label == "Target of the year (USD)"
    target.set_value(1_100_000.0).run()
    assert "1,100,000" in words(app)
    app.get_by_key("company-save").click().run()
    (kept,) = workspace.company.list()
    assert (kept.series, kept.measure, kept.target) == ("service_cost", "total", 1_100_000.0)

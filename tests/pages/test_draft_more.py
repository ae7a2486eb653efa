"""Drafting from a template, further fields, history and restoring."""

from datetime import UTC, datetime

import pytest

from cs_planning.goals.goal import Stage
from cs_planning.workspace import Save, Workspace
from cs_planning.workspace.home import Home
from tests.pages.looking import words
from tests.pages.test_draft import DRAFT, widget
from tests.workspace.layers.undo_files import by


def kept(home):
    workspace = Workspace.open(Home.at(home))
    goals, actions = workspace.planning.goals(), workspace.actions.plan()
    workspace.close()
    return goals, actions


def press(app, label):
    next(button for button in app.button if button.label == label).click().run()
    assert not app.exception


@pytest.mark.slow
def test_a_template_makes_a_draft_with_its_actions(open_app, sample_home):
    before = {goal.id for goal in kept(sample_home)[0]}
    app = open_app(sample_home)
    app.session_state["templates"] = True
    app.switch_page(DRAFT).run()
    assert not app.exception
    app.get_by_key("template").set_value("raise-csat").run()
    assert any(one.value.startswith("Claim of the trade: ") and "Harvard" in one.value for one in app.caption)
    press(app, "Draft this goal")
    goals, actions = kept(sample_home)
    (made,) = [goal for goal in goals if goal.id not in before]
    assert made.primary is not None
    assert made.milestones
    assert {action.goal_id for action in actions} >= {made.id}


@pytest.mark.slow
def test_the_further_fields_are_kept(open_app, sample_home):
    app = open_app(sample_home, DRAFT)
    widget(app, "-title").set_value("A goal with everything").run()
    widget(app, "-contributors").set_value("Ken, Aiko、Tom").run()
    widget(app, "-horizon").set_value("strategic").run()
    widget(app, "-cadence").set_value("quarterly").run()
    press(app, "Keep as a draft")
    goal = next(one for one in kept(sample_home)[0] if one.title == "A goal with everything")
    assert goal.contributors == ("Ken", "Aiko", "Tom")
    assert (goal.horizon, goal.cadence) == ("strategic", "quarterly")
    assert goal.milestones


@pytest.mark.slow
def test_a_change_is_in_the_history_and_can_be_taken_back(open_app, sample_home):
    goal = max((one for one in kept(sample_home)[0] if one.stage is Stage.ACTIVE), key=lambda one: one.deadline)
    app = open_app(sample_home, None, goal=goal.id)
    app.session_state["goal-history"] = True
    app.switch_page(DRAFT)
    app.query_params["goal"] = goal.id
    app.run()
    widget(app, "-owner").set_value("Somebody else").run()
    assert not [button for button in app.button if button.label in {"Commit to this goal", "Keep as a draft"}]
    press(app, "Keep the changes")
    assert kept(sample_home)[0]
    app.switch_page(DRAFT)
    app.query_params["goal"] = goal.id
    app.session_state["goal-history"] = True
    app.run()
    assert "Somebody else" in words(app)
    assert ", somebody**" in words(app), "nobody has given a name"
    press(app, "Bring this back")
    assert next(one for one in kept(sample_home)[0] if one.id == goal.id).owner == goal.owner


@pytest.mark.slow
def test_a_goal_whose_kpi_is_gone_moves_to_no_other_kpi_by_itself(open_app, sample_home):
    workspace = Workspace.open(Home.at(sample_home))
    goal = next(one for one in workspace.planning.goals() if one.series == "complaints")
    workspace.planning._store.points.delete_series("complaints", save=Save("t", "gone", datetime(2026, 11, 10, tzinfo=UTC)))
    workspace.close()
    app = open_app(sample_home, DRAFT)
    app.query_params["goal"] = goal.id
    app.run()
    assert "Complaints" in words(app)
    assert "are no longer here" in words(app)
    assert not [button for button in app.button if button.label == "Keep the changes"]
    widget(app, "-series").set_value("csat").run()
    assert [button for button in app.button if button.label == "Keep the changes"]


@pytest.mark.slow
def test_a_kpi_that_nobody_measures_is_measured_first_and_gets_its_target_from_the_first_figures(open_app, tmp_path):
    workspace = Workspace.open(Home.at(tmp_path))
    months = "".join(f"{2024 + n // 12}-{n % 12 + 1:02},{60 + n % 7}\n" for n in range(34))
    workspace.data.import_file("frt.csv", ("Month,First response time median (min)\n" + months).encode(), save=by(1))
    app = open_app(tmp_path, DRAFT)
    widget(app, "-type").set_value("satisfaction").run()
    assert not app.exception
    assert widget(app, "-series").value == "csat"
    assert "There are no figures of this KPI yet" in words(app)
    assert [one.label for one in app.number_input if "ewest answers" in one.label] == ["Fewest answers that count"]
    widget(app, "-minimum_answers").set_value(45).run()
    next(button for button in app.button if button.label == "Commit to this goal").click().run()
    assert "The goal can’t be committed to" in words(app)
    widget(app, "measuring-how").set_value("One question after each ticket").run()
    assert "put this right or say in a word why it is committed to all the same" in words(app), "before anybody presses it"
    next(button for button in app.button if button.label == "Commit to this goal").click().run()
    assert "against the goal, and it is not said why" in words(app)
    widget(app, "-despite").set_value("The owner begins in December").run()
    next(button for button in app.button if button.label == "Commit to this goal").click().run()
    assert not app.exception
    (goal,) = workspace.planning.goals()
    assert goal.measures_first
    assert goal.measuring.answers == 45
    assert goal.title.startswith("Measure customer satisfaction (CSAT) from Dec 1, 2026 on")
    assert "It is measured from Dec 1, 2026 on; the first figures set the target" in words(open_app(tmp_path))

    figures = "Month,CSAT (%),CSAT answers\n2026-09,81,120\n2026-10,84,140\n"
    workspace.data.import_file("csat.csv", figures.encode(), save=by(2))
    app = open_app(tmp_path, DRAFT, goal=goal.id)
    assert not app.exception
    assert "Now at 84" in words(app)
    assert widget(app, "-title").value == ""
    next(button for button in app.button if button.label == "Keep the changes").click().run()
    assert not app.exception
    kept = workspace.planning.goal(goal.id)
    assert kept.primary > kept.baseline.value == 84
    assert kept.title.startswith("Raise customer satisfaction (CSAT) from 84 % to ")
    workspace.close()

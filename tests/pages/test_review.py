"""The review meeting."""

import pytest

from tests.pages.looking import links, words

REVIEW = "pages/review.py"


def button(app, part):
    return next(one for one in app.button if one.key and one.key.startswith(part))


@pytest.mark.slow
def test_the_agenda_lists_open_goals_with_the_rule_of_their_status(open_app, sample_home):
    app = open_app(sample_home, REVIEW)
    assert not app.exception
    assert "First answer to an e-mail" in links(app)
    assert "Cost per contact" not in links(app)
    assert "of 8 goals met" in words(app)


@pytest.mark.slow
def test_a_check_in_shows_what_it_freezes_takes_a_lesson_and_is_undone(open_app, sample_home):
    app = open_app(sample_home, REVIEW)
    assert "Kept as it is today:" in words(app)
    note = next(one for one in app.text_input if one.key.startswith("check-in-note"))
    goal = note.key.removeprefix("check-in-note-")
    note.set_value("Two colleagues are ill")
    app.get_by_key(f"check-in-lesson-{goal}").set_value("Have stand-ins ready")
    app.get_by_key(f"check-in-{goal}").click().run()
    assert not app.exception
    assert not app.error
    assert "Two colleagues are ill" in words(app)
    assert "Learned: Have stand-ins ready" in words(app)
    button(app, "undo-").click().run()
    assert "Two colleagues are ill" not in words(app)
    assert "Done today" not in words(app)


@pytest.mark.slow
def test_a_new_plan_shows_how_likely_its_target_is_needs_a_reason_and_is_undone(open_app, sample_home, workspace):
    app = open_app(sample_home, REVIEW)
    button(app, "replan-save").click().run()
    assert app.error
    goal = button(app, "replan-save").key.removeprefix("replan-save-")
    app.get_by_key(f"remedies-{goal}").set_value(["staff", "target"]).run()
    before = workspace.planning.goal(goal)
    app.get_by_key(f"new-target-{goal}").set_value(before.baseline.value).run()
    assert "likely** so;" in words(app)
    app.get_by_key(f"reason-{goal}").set_value("Winter is coming")
    button(app, "replan-save").click().run()
    assert not app.error
    assert "Winter is coming" in words(app)
    assert workspace.planning.goal(goal).primary == before.baseline.value
    button(app, "undo-").click().run()
    assert not app.error
    assert workspace.planning.goal(goal).primary == before.primary


@pytest.mark.slow
def test_a_decision_is_kept_and_shown(open_app, sample_home):
    app = open_app(sample_home, REVIEW)
    app.get_by_key("decision-what").set_value("Hire two people")
    button(app, "decision-save").click().run()
    assert not app.exception
    assert "Hire two people" in words(app)


def test_the_next_agenda_starts_where_the_review_ended(open_app, sample_home):
    app = open_app(sample_home, REVIEW)
    assert "since Oct 1, 2026" in words(app)
    app.get_by_key("decision-what").set_value("Hire two people")
    app.get_by_key("decision-owner").set_value("Jonas Weber")
    button(app, "decision-save").click().run()
    app.get_by_key("hold").click().run()
    assert not app.exception
    assert app.title[0].value == "Monthly check-in of Nov 10, 2026"
    assert "Where we stand (" in words(app)
    tables = " ".join(str(one.value) for one in app.table)
    assert "Hire two people" in tables
    assert "Jonas Weber" in tables
    again = open_app(sample_home, REVIEW)
    assert "since Nov 10, 2026" in words(again)
    assert "Monthly check-in of Nov 10, 2026" in links(again)

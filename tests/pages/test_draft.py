"""Drafting a goal."""

from datetime import date, timedelta

import pytest
from sqlalchemy import Engine, event

from cs_planning.goals.drafts.times import TimeKind
from cs_planning.ui.goals import editor
from cs_planning.ui.goals.form import GoalForm
from cs_planning.ui.parts import unsaved
from tests.pages.looking import links, metrics, words

DRAFT = "pages/draft_goal.py"


def widget(app, part):
    """The first widget whose key holds `part`."""
    kinds = (app.slider, app.selectbox, app.text_input, app.button_group, app.number_input)
    return next(one for kind in kinds for one in kind if one.key and part in one.key)


def likely(app) -> str:
    return next(value for label, value in metrics(app).items() if label.startswith("Likely to reach"))


def test_an_empty_workspace_points_to_the_import(open_app, tmp_path):
    assert "Import a file" in str([link.proto.label for link in open_app(tmp_path, DRAFT).get("page_link")])


@pytest.mark.slow
def test_the_probability_moves_with_the_target(open_app, sample_home):
    app = open_app(sample_home, DRAFT)
    assert not app.exception
    slider = widget(app, "-primary-")
    slider.set_value(slider.min).run()
    easy_or_hard = likely(app)
    slider = widget(app, "-primary-")
    slider.set_value(slider.max).run()
    assert likely(app) != easy_or_hard


@pytest.mark.slow
def test_each_letter_has_a_finding_and_naming_an_owner_answers_one(open_app, sample_home):
    app = open_app(sample_home, DRAFT)
    for letter in ("S · Specific", "M · Measurable", "A · Achievable", "R · Relevant", "T · Time-bound"):
        assert letter in words(app)
    assert "Name one person who answers for it" in words(app)
    widget(app, "-owner").set_value("Mariko Sato").run()
    assert "Name one person who answers for it" not in words(app)


@pytest.mark.slow
def test_each_type_has_fields_of_its_own(open_app, sample_home):
    app = open_app(sample_home, DRAFT)
    own = {"satisfaction": "Survey", "training": "Programme", "financial": "Which cost", "operational": "Process that changes"}
    for kind, field in own.items():
        widget(app, "-type").set_value(kind).run()
        assert not app.exception
        labels = {one.label for one in app.text_input}
        assert field in labels
        assert not labels & {other for name, other in own.items() if name != kind}


def test_a_draft_is_kept_as_it_is(open_app, tmp_path, sample_home):
    app = open_app(sample_home, DRAFT)
    widget(app, "-title").set_value("A goal of this test").run()
    next(button for button in app.button if button.label == "Keep as a draft").click().run()
    assert not app.exception
    assert "A goal of this test" in words(app)


@pytest.mark.slow
def test_committing_names_everything_that_forbids_it(open_app, sample_home):
    app = open_app(sample_home, DRAFT)
    slider = widget(app, "-primary-")
    wrong_side = slider.max if "at most" in words(app).lower() or slider.value < (slider.min + slider.max) / 2 else slider.min
    slider.set_value(wrong_side).run()
    next(button for button in app.button if button.label == "Commit to this goal").click().run()
    assert not app.exception
    assert app.error


def typed_and_loaded_again(open_app, home):
    first = open_app(home, DRAFT)
    widget(first, "-title").set_value("A goal of this test").run()
    widget(first, "-owner").set_value("Mariko Sato").run()
    return open_app(home, DRAFT, draft=first.query_params["draft"])


@pytest.mark.slow
def test_what_was_typed_is_still_there_when_the_page_is_loaded_again(open_app, sample_home, workspace):
    again = typed_and_loaded_again(open_app, sample_home)
    assert not again.exception
    assert "not saved yet" in words(again)
    assert [widget(again, part).value for part in ("-title", "-owner")] == ["A goal of this test", "Mariko Sato"]
    before = len(workspace.planning.goals())
    next(button for button in again.button if button.label == "Keep as a draft").click().run()
    assert len(workspace.planning.goals()) == before + 1
    assert "not saved yet" not in words(open_app(sample_home, DRAFT))


@pytest.mark.slow
def test_what_was_typed_can_be_given_up(open_app, sample_home):
    again = typed_and_loaded_again(open_app, sample_home)
    next(button for button in again.button if button.label == "Begin afresh").click().run()
    assert not again.exception
    assert "not saved yet" not in words(again)
    assert widget(again, "-owner").value == ""


@pytest.mark.slow
def test_a_goal_that_is_gone_is_said_to_be_and_two_ways_lead_on(open_app, sample_home):
    app = open_app(sample_home, DRAFT, goal="gone")
    assert "nothing at this address" in words(app)
    assert links(app) == "Goals · Draft a goal"
    assert not app.exception
    assert not app.error


def test_the_name_of_a_draft_that_nobody_kept_opens_a_new_one(open_app, sample_home):
    app = open_app(sample_home, DRAFT, draft="../../nobody")
    assert not app.exception
    assert widget(app, "-owner").value == ""


@pytest.mark.slow
def test_a_page_that_nobody_typed_on_keeps_nothing(open_app, sample_home):
    app = open_app(sample_home, DRAFT)
    app.run()
    assert "draft" not in app.query_params


@pytest.mark.slow
def test_the_composed_sentence_goes_on_following_the_fields_after_loading_again(open_app, sample_home):
    first = open_app(sample_home, DRAFT)
    widget(first, "-owner").set_value("Mariko Sato").run()
    assert widget(open_app(sample_home, DRAFT, draft=first.query_params["draft"]), "-title").value == ""


@pytest.mark.slow
def test_a_made_sentence_too_long_for_its_field_on_a_tablet_stands_below_until_another_is_typed(
    open_app, sample_home, monkeypatch
):
    def below(app):
        return [one.value for one in app.caption if widget(app, "-title").placeholder in one.value.replace("\\", "")]

    app = open_app(sample_home, DRAFT)
    sentence = widget(app, "-title").placeholder
    monkeypatch.setattr(editor, "_SHOWN_WHOLE", len(sentence))
    assert below(app.run()) == []
    monkeypatch.setattr(editor, "_SHOWN_WHOLE", len(sentence) - 1)
    assert len(below(app.run())) == 1
    assert below(widget(app, "-title").set_value("Better reviews").run()) == []


def commit(app):
    widget(app, "-owner").set_value("Mariko Sato").run()
    return next(button for button in app.button if button.label == "Commit to this goal").click().run()


@pytest.mark.slow
def test_a_goal_for_a_quarter_two_ahead_can_be_committed(open_app, sample_home, workspace):
    app = open_app(sample_home, DRAFT)
    later = workspace.planning.quarters(date.today(), 5)[3]
    widget(app, "-quarter").set_value(later.last.isoformat())
    widget(app, "-owner").set_value("Mariko Sato").run()
    assert "Before it can be committed to" not in words(app)
    before = {goal.id for goal in workspace.planning.goals()}
    commit(app)
    assert not app.exception
    made = next(goal for goal in workspace.planning.goals() if goal.id not in before)
    assert (made.start, made.deadline) == (later.first, later.last)
    assert all(made.start <= one.due <= made.deadline for one in made.milestones)


@pytest.mark.slow
def test_a_half_year_can_be_the_time_of_a_goal(open_app, sample_home, workspace):
    app = open_app(sample_home, DRAFT)
    widget(app, "-time-kind").set_value("half").run()
    later = workspace.planning.times(date.today())[TimeKind.HALF][2]
    widget(app, "-quarter-half").set_value(later.last.isoformat()).run()
    assert not app.exception
    before = {goal.id for goal in workspace.planning.goals()}
    commit(app)
    made = next(goal for goal in workspace.planning.goals() if goal.id not in before)
    assert (made.start, made.deadline) == (later.first, later.last)


@pytest.mark.slow
def test_what_speaks_against_a_goal_is_said_at_the_button_until_it_is_put_right(open_app, sample_home):
    app = open_app(sample_home, DRAFT)
    assert "say in a word why it is committed to all the same" in words(app)
    widget(app, "-owner").set_value("Mariko Sato").run()
    assert "Before it can be committed to" not in words(app)


@pytest.mark.slow
def test_what_stands_in_the_way_of_committing_is_said_at_the_button(open_app, sample_home):
    app = open_app(sample_home, DRAFT)
    widget(app, "-time-kind").set_value("free").run()
    first, last = (next(one for one in app.date_input if part in one.key) for part in ("-first-day", "-last-day"))
    last.set_value(date.today() + timedelta(days=90))
    first.set_value(date.today() + timedelta(days=200)).run()
    assert not app.exception
    assert "Before it can be committed to" in words(app)
    assert "lies before the start" in words(app)


@pytest.mark.slow
def test_old_data_give_no_number_until_the_plan_is_made_as_of_their_end(open_app, sample_home, monkeypatch):
    app = open_app(sample_home, DRAFT)
    monkeypatch.setenv("CS_PLANNING_TODAY", "2028-05-10")
    app.run()
    assert not app.exception
    assert not any(label.startswith("Likely to reach") for label in metrics(app))
    assert "a probability is said until" in words(app)
    next(one for one in app.button if one.key == "plan-as-of-draft").click().run()
    assert not app.exception
    assert likely(app)
    assert "Planned as of" in words(app)
    next(one for one in app.button if one.key == "back-to-today").click().run()
    assert not any(label.startswith("Likely to reach") for label in metrics(app))


def test_an_address_begins_a_goal_on_its_kpi_with_the_kind_that_suits_it(open_app, sample_home):
    app = open_app(sample_home, DRAFT, series="csat")
    assert not app.exception
    assert widget(app, "-series").value == "csat"
    assert widget(app, "-type").value == "satisfaction"
    assert not app.warning


def test_an_address_with_a_kpi_that_is_not_here_begins_as_usual(open_app, sample_home):
    app = open_app(sample_home, DRAFT, series="no_such_kpi")
    assert not app.exception
    assert widget(app, "-series").value != "no_such_kpi"


@pytest.mark.slow
def test_the_kpi_moves_with_the_kind_of_goal_until_somebody_chooses_one(open_app, sample_home):
    app = open_app(sample_home, DRAFT)
    proposed = {widget(app, "-series").value}
    for kind in ("satisfaction", "financial", "operational"):
        widget(app, "-type").set_value(kind).run()
        proposed.add(widget(app, "-series").value)
    assert len(proposed) == 3
    widget(app, "-series").set_value("csat").run()
    widget(app, "-type").set_value("financial").run()
    assert widget(app, "-series").value == "csat"


@pytest.mark.slow
def test_a_new_draft_reproaches_nobody_and_says_what_to_do(open_app, sample_home):
    app = open_app(sample_home, DRAFT)
    letters = [one.value for one in app.markdown if " · " in one.value and "—" in one.value]
    assert len(letters) == 5
    assert not [one for one in letters if ":orange[" in one or ":red[" in one]
    assert "Name one person who answers for it" in words(app)
    widget(app, "-team").set_value("Mail team").run()
    assert "Nobody owns the goal" in words(app)


@pytest.mark.slow
def test_between_the_sliders_and_the_last_word_nobody_asks_the_database(open_app, sample_home, monkeypatch):
    asked, listening = [], []
    draw_targets, keep = GoalForm.draw_targets, unsaved.keep

    def begins(*arguments):
        listening.append(True)
        return draw_targets(*arguments)

    def ends(*arguments):
        listening.clear()
        return keep(*arguments)

    monkeypatch.setattr(GoalForm, "draw_targets", begins)
    monkeypatch.setattr(unsaved, "keep", ends)
    app = open_app(sample_home, DRAFT)
    event.listen(Engine, "before_cursor_execute", told := lambda *said: asked.append(said[2]) if listening else None)
    try:
        slider = widget(app, "-primary-")
        slider.set_value(slider.max).run()
    finally:
        event.remove(Engine, "before_cursor_execute", told)
    assert not app.exception
    assert not asked

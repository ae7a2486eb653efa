"""The goal sheets."""

from datetime import UTC, datetime

import pytest

from cs_planning.goals.appraisal.scale import Scale
from cs_planning.goals.appraisal.sheet import SheetStage, SheetStep, TalkKind
from cs_planning.workspace import Save
from cs_planning.workspace.appraisals.sheets import AppraisalWay
from tests.pages.looking import links, metrics, words

SHEETS = "pages/sheets.py"


def begun(open_app, sample_home, workspace):
    app = open_app(sample_home, SHEETS)
    assert not app.exception
    app.get_by_key("new-sheet-holder").set_value("Ama Boateng").run()
    app.get_by_key("new-sheet-superior").set_value("Noriko").run()
    app.get_by_key("new-sheet-begin").click().run()
    assert not app.exception
    (sheet,) = (one for one in workspace.sheets.list() if one.holder == "Ama Boateng")
    assert app.get_by_key("sheet").value == sheet.id
    return app, sheet


def test_before_the_first_sheet_the_page_says_what_one_is_for(open_app, sample_home, workspace):
    for sheet in workspace.sheets.list():
        workspace.sheets.put_away(sheet, save=Save.once("t", datetime(2026, 11, 10, tzinfo=UTC)))
    app = open_app(sample_home, SHEETS)
    assert not app.exception
    assert "what each of them weighs" in words(app)


def test_the_sample_teams_sheet_tells_who_agreed_and_which_talk_comes_next(open_app, sample_home):
    app = open_app(sample_home, SHEETS)
    assert "agreed on Oct 7, 2026 by Pilar Ortega" in words(app)
    assert "One-on-one with Mariko Sato, agreed for Nov 6, 2026: Try the new breaks for two weeks" in words(app)
    assert metrics(app)["Sum of the weights"] == "100 %"


def test_a_sheet_that_is_there_already_is_not_begun_again(open_app, sample_home, workspace):
    app, sheet = begun(open_app, sample_home, workspace)
    app.get_by_key("new-sheet-holder").set_value("Ama Boateng").run()
    app.get_by_key("new-sheet-begin").click().run()
    assert "There is a sheet of Ama Boateng for this period already" in " ".join(one.value for one in app.warning)
    assert app.get_by_key("sheet").value == sheet.id


def test_the_weights_on_the_screen_are_those_that_are_kept_once_other_goals_were_chosen(open_app, sample_home, workspace):
    app, sheet = begun(open_app, sample_home, workspace)
    other = next(goal.id for goal in workspace.planning.goals() if goal.id not in {line.goal_id for line in sheet.lines})
    app.get_by_key(f"sheet-{sheet.id}-goals").set_value([*(line.goal_id for line in sheet.lines), other]).run()
    assert not app.exception
    kept = workspace.sheets.sheet(sheet.id).lines
    assert [app.get_by_key(f"sheet-{sheet.id}-{line.goal_id}-weight").value for line in kept] == [34, 33, 33]
    assert [line.weight_percent for line in kept] == [34, 33, 33]


def test_a_goal_that_was_put_away_is_taken_off_the_sheet_by_hand(open_app, sample_home, workspace):
    _app, sheet = begun(open_app, sample_home, workspace)
    gone, stays = (line.goal_id for line in sheet.lines)
    workspace.planning.archive(workspace.planning.goal(gone), save=Save.once("t", datetime(2026, 11, 10, tzinfo=UTC)))
    app = open_app(sample_home, SHEETS, sheet=sheet.id)
    choice = app.get_by_key(f"sheet-{sheet.id}-goals")
    assert choice.value == [gone, stays]
    choice.set_value([stays]).run()
    assert not app.exception
    assert [line.goal_id for line in workspace.sheets.sheet(sheet.id).lines] == [stays]


def test_nobody_agrees_to_what_was_proposed_anew_while_they_were_looking(open_app, sample_home, workspace):
    app, sheet = begun(open_app, sample_home, workspace)
    app.get_by_key("step-propose").click().run()
    seen = workspace.sheets.sheet(sheet.id)
    for step in (SheetStep.TAKE_BACK, SheetStep.PROPOSE):
        seen = workspace.sheets.take(seen, step, save=Save.once("Ama", datetime(2026, 11, 10, tzinfo=UTC)))
    app.get_by_key("step-agree").click().run()
    assert "has moved on" in " ".join(one.value for one in app.warning)
    assert workspace.sheets.sheet(sheet.id) == seen


def test_a_link_names_by_its_id_the_sheet_that_is_shown(open_app, sample_home, workspace):
    begun(open_app, sample_home, workspace)
    for sheet in workspace.sheets.list():
        assert open_app(sample_home, SHEETS, sheet=sheet.id).get_by_key("sheet").value == sheet.id


def test_a_link_to_a_sheet_that_is_gone_says_so_above_the_choice(open_app, sample_home, workspace):
    begun(open_app, sample_home, workspace)
    app = open_app(sample_home, SHEETS, sheet="gone")
    assert "nothing at this address" in words(app)
    assert app.get_by_key("sheet").value


def test_a_sheet_is_put_away_and_brought_back(open_app, sample_home, workspace):
    (sheet,) = workspace.sheets.list()
    app = open_app(sample_home, SHEETS)
    app.get_by_key("sheet-put-away").click().run()
    assert not app.exception
    assert workspace.sheets.list() == ()
    app.get_by_key(f"bring-back-{sheet.id}").click().run()
    assert not app.exception
    assert [one.id for one in workspace.sheets.list()] == [sheet.id]
    assert app.get_by_key("sheet").value == sheet.id


def test_an_empty_workspace_leads_to_the_first_goal(open_app, tmp_path):
    app = open_app(tmp_path, SHEETS)
    assert not app.exception
    assert app.get("page_link")


@pytest.mark.parametrize("field", ["own_comment", "lines"])
def test_what_two_people_write_into_one_field_is_both_kept_and_the_second_is_told(open_app, sample_home, workspace, field):
    (sheet,) = workspace.sheets.list()
    key = f"sheet-{sheet.id}-own-overall" if field == "own_comment" else f"sheet-{sheet.id}-{sheet.lines[0].goal_id}-own-words"
    before = sheet.own_comment if field == "own_comment" else sheet.lines[0].own_comment
    first, second = open_app(sample_home, SHEETS), open_app(sample_home, SHEETS)
    first.get_by_key(key).set_value("The breaks helped.").run()
    second.get_by_key(key).set_value("Two colleagues were new.").run()
    assert before == ""
    assert not second.exception
    newest = workspace.sheets.sheet(sheet.id)
    both = newest.own_comment if field == "own_comment" else newest.lines[0].own_comment
    assert both == second.get_by_key(key).value == "The breaks helped.\nTwo colleagues were new."
    assert "both texts are kept" in " ".join(one.value for one in second.toast)
    first.run()
    assert first.get_by_key(key).value == both, "the first sees it, too"
    first.get_by_key(key).set_value("The breaks helped everybody.").run()
    newest = workspace.sheets.sheet(sheet.id)
    assert (newest.own_comment if field == "own_comment" else newest.lines[0].own_comment) == "The breaks helped everybody."


def test_what_was_written_is_there_again_after_looking_at_another_sheet(open_app, sample_home, workspace):
    (sheet,) = workspace.sheets.list()
    goal = sheet.lines[0].goal_id
    app, other = begun(open_app, sample_home, workspace)
    app.get_by_key("sheet").set_value(sheet.id).run()
    app.get_by_key(f"sheet-{sheet.id}-own-overall").set_value("A good year.").run()
    app.get_by_key(f"sheet-{sheet.id}-{goal}-own-words").set_value("The breaks helped.").run()
    app.get_by_key("sheet").set_value(other.id).run()
    app.get_by_key("sheet").set_value(sheet.id).run()
    assert app.get_by_key(f"sheet-{sheet.id}-own-overall").value == "A good year."
    assert app.get_by_key(f"sheet-{sheet.id}-{goal}-own-words").value == "The breaks helped."
    assert workspace.sheets.sheet(sheet.id).own_comment == "A good year."


def test_two_texts_that_are_too_long_together_are_told_and_what_was_typed_stays(open_app, sample_home, workspace):
    (sheet,) = workspace.sheets.list()
    goal = sheet.lines[0].goal_id
    app = open_app(sample_home, SHEETS)
    other = "The breaks helped. " * 60
    workspace.sheets.write_line(
        sheet.id, goal, {"own_comment": other.strip()}, save=Save.once("t", datetime(2026, 11, 10, tzinfo=UTC))
    )
    typed = "Two colleagues were new. " * 60
    app.get_by_key(f"sheet-{sheet.id}-{goal}-own-words").set_value(typed).run()
    assert "Both together are too long" in " ".join(one.value for one in app.warning)
    assert app.get_by_key(f"sheet-{sheet.id}-{goal}-own-words").value == typed
    assert workspace.sheets.sheet(sheet.id).lines[0].own_comment == other.strip()


@pytest.mark.slow
def test_a_sheet_is_weighed_proposed_agreed_and_graded(open_app, sample_home, workspace):
    app, sheet = begun(open_app, sample_home, workspace)
    assert metrics(app)["Sum of the weights"] == "100 %"
    first = sheet.lines[0].goal_id
    app.get_by_key(f"sheet-{sheet.id}-{first}-weight").set_value(10).run()
    assert workspace.sheets.sheet(sheet.id).lines[0].weight_percent == 10
    if len(sheet.lines) > 1:
        app.get_by_key("step-propose").click().run()
        assert "add up to" in " ".join(one.value for one in app.warning)
        app.get_by_key("sheet-evenly").click().run()
        assert metrics(app)["Sum of the weights"] == "100 %"
    else:
        app.get_by_key(f"sheet-{sheet.id}-{first}-weight").set_value(100).run()
    app.get_by_key("step-propose").click().run()
    assert "Noriko agrees, or asks for changes." in words(app)
    app.get_by_key("reason-ask_for_changes").set_value("One goal is missing.").run()
    app.get_by_key("confirm-ask_for_changes").click().run()
    assert "Changes are asked for: One goal is missing." in words(app), "nobody gave a name"
    app.get_by_key("step-propose").click().run()
    app.get_by_key("step-agree").click().run()
    assert not app.exception
    for line in sheet.lines:
        app.get_by_key(f"sheet-{sheet.id}-{line.goal_id}-own-grade").set_value("A").run()
    assert metrics(app)["Own score"] == "4.00 of 5 (A)"
    app.get_by_key("step-appraise_oneself").click().run()
    assert "Noriko grades the goals now." in words(app)
    assert not app.exception


@pytest.mark.slow
def test_a_talk_is_written_down_and_comes_back_on_the_agenda_of_the_review(open_app, sample_home, workspace):
    app, sheet = begun(open_app, sample_home, workspace)
    review = open_app(sample_home, "pages/review.py")
    assert f"Half-way talk with {sheet.holder}, due since Sep 30, 2026" in links(review)
    app = open_app(sample_home, SHEETS, sheet=sheet.id)
    app.get_by_key("talk-save").click().run()
    assert "Write down what was agreed" in " ".join(one.value for one in app.warning)
    app.get_by_key("talk-agreed").set_value("Two goals are enough.")
    app.get_by_key("talk-save").click().run()
    assert [(talk.kind, talk.agreed) for talk in workspace.sheets.sheet(sheet.id).talks] == [
        (TalkKind.HALF_WAY, "Two goals are enough.")
    ]
    assert f"Half-way talk with {sheet.holder}" not in links(open_app(sample_home, "pages/review.py"))
    app.get_by_key("talk-0-agreed").set_value("Three goals are enough.")
    app.get_by_key("talk-0-save").click().run()
    assert [talk.agreed for talk in workspace.sheets.sheet(sheet.id).talks] == ["Three goals are enough."], (
        "put right, not added"
    )
    assert not app.exception


@pytest.mark.slow
def test_an_agreed_goal_changes_only_by_a_re_plan_that_is_agreed_again(open_app, sample_home, workspace):
    app, sheet = begun(open_app, sample_home, workspace)
    app.get_by_key("step-propose").click().run()
    app.get_by_key("step-agree").click().run()
    first = sheet.lines[0].goal_id
    weight = f"sheet-{sheet.id}-{first}-weight"
    assert weight not in {one.key for one in app.number_input}
    goal = workspace.planning.goal(first)
    harder = goal.model_copy(update={"primary": goal.primary + goal.direction.sign})
    workspace.planning.save_draft(harder, save=Save.once("Ama", datetime(2026, 11, 10, tzinfo=UTC)))
    app.run()
    assert "What was agreed counts until the change is agreed again" in " ".join(one.value for one in app.warning)
    app.get_by_key("confirm-replan").click().run()
    assert "Nobody knows yet what should change" in " ".join(one.value for one in app.warning)
    app.get_by_key("reason-replan").set_value("The team is smaller.").run()
    app.get_by_key("confirm-replan").click().run()
    assert "The team is smaller." in words(app)
    assert weight in {one.key for one in app.number_input}
    app.get_by_key("step-propose").click().run()
    app.get_by_key("step-agree").click().run()
    assert not app.exception
    assert workspace.sheets.sheet(sheet.id).terms_of(first).goal.primary == harder.primary
    assert "What was agreed counts" not in " ".join(one.value for one in app.warning)


def test_one_person_alone_only_grades_and_closes(open_app, sample_home, workspace):
    workspace.sheets.choose_way(
        AppraisalWay(scale=Scale.LETTERS, with_agreement=False), save=Save.once("t", datetime(2026, 11, 10, tzinfo=UTC))
    )
    app, sheet = begun(open_app, sample_home, workspace)
    assert {one.key for one in app.button if one.key.startswith("step-")} == {"step-close"}
    grades = f"sheet-{sheet.id}-{sheet.lines[0].goal_id}-own-grade"
    assert [one[0] for one in app.get_by_key(grades).options] == ["S", "A", "B", "C", "D"]
    for line in sheet.lines:
        app.get_by_key(f"sheet-{sheet.id}-{line.goal_id}-own-grade").set_value("B").run()
    app.get_by_key("step-close").click().run()
    assert not app.exception
    assert workspace.sheets.sheet(sheet.id).stage is SheetStage.CLOSED


def test_weighing_evenly_is_taken_back_by_one_click_until_somebody_weighs_anew(open_app, sample_home, workspace):
    app, sheet = begun(open_app, sample_home, workspace)
    first, *rest = (line.goal_id for line in sheet.lines)
    app.get_by_key(f"sheet-{sheet.id}-{first}-weight").set_value(75).run()
    uneven = [line.weight_percent for line in workspace.sheets.sheet(sheet.id).lines]
    app.get_by_key("sheet-evenly").click().run()
    assert [line.weight_percent for line in workspace.sheets.sheet(sheet.id).lines] != uneven
    app.get_by_key("sheet-evenly-undo").click().run()
    assert not app.exception
    assert [line.weight_percent for line in workspace.sheets.sheet(sheet.id).lines] == uneven
    app.get_by_key("sheet-evenly").click().run()
    others = {goal: 60 / len(rest) for goal in rest}
    workspace.sheets.weigh(sheet.id, {first: 40.0, **others}, save=Save.once("Noriko", datetime(2026, 11, 10, tzinfo=UTC)))
    app.run()
    assert not app.exception
    assert "sheet-evenly-undo" not in {button.key for button in app.button}


def test_what_was_asked_for_is_read_again_once_the_next_proposal_was_taken_back(open_app, sample_home, workspace):
    app, sheet = begun(open_app, sample_home, workspace)
    app.get_by_key("step-propose").click().run()
    save = Save.once("Noriko", datetime(2026, 11, 10, tzinfo=UTC))
    workspace.sheets.take(workspace.sheets.sheet(sheet.id), SheetStep.ASK_FOR_CHANGES, comment="Less of the winter", save=save)
    app.run()
    app.get_by_key("step-propose").click().run()
    assert "Less of the winter" not in " ".join(one.value for one in app.info)
    app.get_by_key("step-take_back").click().run()
    assert not app.exception
    assert "Less of the winter" in " ".join(one.value for one in app.info)

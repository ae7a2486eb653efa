"""The page of a goal."""

import io
from datetime import UTC, date, datetime

import pytest
from PIL import Image

from cs_planning.notebook.blocks import block
from cs_planning.notebook.cells.page_head import Parameters
from cs_planning.notebook.kinds.image import ImageCell
from cs_planning.notebook.kinds.text import TextCell
from cs_planning.notebook.pages.arrangement import add
from cs_planning.notebook.pages.templates import TEMPLATES
from cs_planning.workspace import Home, Save, Workspace
from tests.pages.looking import metrics, unfold, words

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


def picture_bytes() -> bytes:
    written = io.BytesIO()
    Image.new("RGB", (30, 20), "navy").save(written, "PNG")
    return written.getvalue()


def notes(app):
    return next(area for area in app.text_area if area.label.startswith("Notes for the meeting"))


@pytest.mark.slow
def test_without_an_address_all_goals_are_offered(open_app, sample_home):
    app = open_app(sample_home, GOAL)
    assert any("First answer to an e-mail" in button.label for button in app.button)


@pytest.mark.slow
def test_a_page_opened_from_the_list_stays_open_when_something_is_clicked(open_app, sample_home):
    app = open_app(sample_home, GOAL)
    next(button for button in app.button if "First answer to an e-mail" in button.label).click().run()
    assert "How likely it is" in words(app)
    next(one for one in app.toggle).set_value(True).run()
    assert not app.exception
    assert "How likely it is" in words(app)


@pytest.mark.slow
def test_an_unknown_goal_is_said_in_words(open_app, sample_home):
    app = opened(open_app, sample_home, "nothing-like-this")
    assert not app.exception
    assert "no goal at this address" in words(app)


@pytest.mark.slow
def test_a_page_opens_with_claim_chart_reasons_and_decisions_and_folds_the_rest(open_app, sample_home, goal_id):
    app = opened(open_app, sample_home, goal_id)
    assert not app.exception
    assert app.title[0].value.startswith("Answer the telephone within a minute, also in winter by ")
    assert len(app.get("vega_lite_chart")) == 1
    assert not metrics(app)
    seen = words(app)
    assert "Why it stands so" in seen
    assert "To be decided" in seen
    for heading in ("How likely it is", "Goal", "Action plan", "What automation would change", "Notes"):
        assert any(f"**{heading}**" in box.label for box in app.expander)
    unfold(app, "forecast", "goal", "scenario", "notes")
    assert "S · Specific" in words(app)
    assert notes(app)
    assert metrics(app)
    assert len(app.get("vega_lite_chart")) >= 3


def test_notes_are_kept_and_can_hold_no_html(open_app, sample_home, goal_id):
    app = opened(open_app, sample_home, goal_id)
    unfold(app, "notes")
    notes(app).set_value("Decided: **go** <script>alert(1)</script>")
    next(button for button in app.button if button.label == "Keep the notes").click().run()
    assert not app.exception
    again = opened(open_app, sample_home, goal_id)
    assert "Decided: go" in words(again)
    unfold(again, "notes")
    assert "Decided: **go**" in words(again)
    assert "<script>" not in words(again)


@pytest.mark.slow
def test_the_export_holds_what_the_page_shows(sample_home, goal_id):
    workspace = Workspace.open(Home.at(sample_home))
    document = workspace.pages.export(goal_id, "html", date(2026, 11, 10)).decode()
    workspace.close()
    assert "Answer the telephone within a minute" in document
    assert "<script>alert" not in document
    assert 'http-equiv="Content-Security-Policy"' in document


def tool(app, key):
    return app.button(key=key)


def look_into(app, menu):
    """Opens a menu, whose content is made only then."""
    app.session_state[menu] = True
    app.run()


def order(home, goal):
    workspace = Workspace.open(Home.at(home))
    found = [cell.id for cell in workspace.pages.page(goal).cells]
    workspace.close()
    return found


def test_every_format_is_offered(open_app, sample_home, goal_id):
    app = opened(open_app, sample_home, goal_id)
    assert not app.get("download_button")
    look_into(app, "take-along")
    offered = {button.proto.label for button in app.get("download_button")}
    assert {"PDF", "Slides (PowerPoint)", "Workbook (Excel)", "Jupyter notebook", "Markdown"} < offered
    assert len(offered) == 7


@pytest.mark.slow
def test_an_earlier_quarter_shows_claim_chart_and_files_as_of_its_end(open_app, sample_home, goal_id):
    app = opened(open_app, sample_home, goal_id)
    now = app.title[0].value
    app.selectbox(key="quarter").set_value("2026-Q2").run()
    assert not app.exception
    assert app.title[0].value != now
    assert "Data up to Jun 30, 2026" in words(app)
    assert "as of Jul 1, 2026" in words(app)
    workspace = Workspace.open(Home.at(sample_home))
    parameters = Parameters(quarter="2026-Q2")
    file = workspace.pages.export(goal_id, "md", date(2026, 11, 10), "en", parameters).decode()
    workspace.close()
    assert app.title[0].value in file
    assert "Sep 2026 | " in file
    assert "Oct 2026 | 1" not in file


def arranging(open_app, home, goal):
    app = opened(open_app, home, goal)
    app.toggle(key="arranging").set_value(True).run()
    return app


def field(app, label):
    return next(one for one in [*app.text_input, *app.text_area] if one.label == label)


@pytest.mark.slow
def test_the_list_says_who_changed_a_page_and_finds_it_by_its_words(open_app, sample_home, goal_id):
    workspace = Workspace.open(Home.at(sample_home))
    goal = workspace.planning.goal(goal_id)
    now = datetime(2026, 11, 3, 9, tzinfo=UTC)
    made = workspace.pages.new_page("leadership", "What would it take?", goal, save=Save("Mika", "new", now))
    workspace.snapshots.freeze(made, date(2026, 11, 3), save=Save("Mika", "frozen", now))
    workspace.close()
    app = open_app(sample_home, GOAL)
    assert any(
        "Leadership what-if" in one.value and "by Mika" in one.value and "1 snapshot" in one.value for one in app.caption
    )
    app.text_input(key="page-search").set_value("leadership TAKE").run()
    titles = [button.label for button in app.button if str(button.key).startswith("open-")]
    assert titles == ["**What would it take?**"]
    app.text_input(key="page-search").set_value("no such page").run()
    assert not [button for button in app.button if str(button.key).startswith("open-")]
    assert not app.exception


@pytest.mark.slow
def test_a_picture_is_uploaded_where_its_cell_stands_and_asks_for_words(open_app, sample_home, goal_id):
    workspace = Workspace.open(Home.at(sample_home))
    page = workspace.pages.page(goal_id)
    now = datetime(2026, 11, 10, 9, tzinfo=UTC)
    empty = ImageCell(id="picture")
    workspace.pages.arrange(page, lambda newest: add(newest, empty, 0), save=Save("Mika", "add", now))
    app = arranging(open_app, sample_home, goal_id)
    app.file_uploader[0].upload("<img src=x onerror=alert(1)>.png", picture_bytes(), "image/png")
    next(one for one in app.button if one.label == "Keep").click().run()
    assert "no words yet" in words(app)
    field(app, "What the picture shows, for those who can't see it").set_value("A blue square")
    next(one for one in app.button if one.label == "Keep").click().run()
    assert not app.exception
    kept = workspace.pages.run(workspace.pages.page(goal_id), date(2026, 11, 10)).sections[0].blocks[0]
    assert isinstance(kept, block.Image)
    assert (kept.kind, str(kept.alt), kept.media_type) == ("image", "A blue square", "image/png")
    workspace.close()


@pytest.mark.slow
def test_the_second_to_change_settings_sees_both_and_loses_nothing(open_app, sample_home, goal_id):
    app = arranging(open_app, sample_home, goal_id)
    look_into(app, "change-actions")
    field(app, "Heading").set_value("Mine")
    workspace = Workspace.open(Home.at(sample_home))
    page = workspace.pages.page(goal_id)
    now = datetime(2026, 11, 10, 9, tzinfo=UTC)
    workspace.pages.edit_cell(page, page.cell("actions"), title="Theirs", save=Save("Ren", "other", now))
    next(one for one in app.button if one.label == "Keep").click().run()
    assert "Somebody changed this cell" in words(app)
    assert workspace.pages.page(goal_id).cell("actions").title == "Theirs"
    assert field(app, "Heading").value == "Mine"
    next(one for one in app.button if one.label == "Keep").click().run()
    assert not app.exception
    assert workspace.pages.page(goal_id).cell("actions").title == "Mine"
    workspace.close()


@pytest.mark.slow
def test_reading_shows_no_tools(open_app, sample_home, goal_id):
    app = opened(open_app, sample_home, goal_id)
    assert not [button for button in app.button if button.label in {"Up", "Down", "Delete"}]


@pytest.mark.slow
def test_a_cell_is_added_between_two_others_while_reading_and_a_new_picture_asks_for_its_file_there(
    open_app, sample_home, goal_id
):
    before = order(sample_home, goal_id)
    app = opened(open_app, sample_home, goal_id)
    look_into(app, f"add-before-{before[2]}-menu-{len(before)}")
    app.selectbox(key=f"add-before-{before[2]}").set_value("image").run()
    assert not app.exception
    after = order(sample_home, goal_id)
    assert [one for one in after if one in before] == before
    assert after.index(before[2]) == 3
    assert app.file_uploader
    assert [button.label for button in app.button if str(button.key) == f"delete-{after[2]}"] == ["Delete"]
    app.button(key=f"delete-{after[2]}").click().run()
    app.button(key="undo-delete").click().run()
    assert order(sample_home, goal_id) == after


@pytest.mark.slow
def test_cells_move_hide_and_come_back_after_deleting(open_app, sample_home, goal_id):
    before = order(sample_home, goal_id)
    app = opened(open_app, sample_home, goal_id)
    app.toggle(key="arranging").set_value(True).run()
    tool(app, "down-forecast").click().run()
    assert order(sample_home, goal_id)[:2] == [before[1], before[0]]
    tool(app, "hide-actions").click().run()
    assert tool(app, "hide-actions").label == "Show"
    tool(app, "delete-goal").click().run()
    assert "goal" not in order(sample_home, goal_id)
    assert "was deleted" in words(app)
    tool(app, "undo-delete").click().run()
    assert order(sample_home, goal_id)[:2] == [before[1], before[0]]
    tool(app, "copy-goal").click().run()
    assert len(order(sample_home, goal_id)) == len(before) + 1
    app.toggle(key="arranging").set_value(False).run()
    assert not app.exception
    assert not any("Action plan" in box.label for box in app.expander)


@pytest.mark.slow
def test_two_writers_see_both_versions_and_can_keep_both(open_app, sample_home, goal_id):
    app = opened(open_app, sample_home, goal_id)
    unfold(app, "notes")
    notes(app).set_value("Mine")
    unfold(app, "notes")
    workspace = Workspace.open(Home.at(sample_home))
    page = workspace.pages.page(goal_id)
    workspace.pages.edit_cell(
        page, page.cell("notes"), markdown="Theirs", save=Save("Ren", "other", datetime(2026, 11, 10, 9, tzinfo=UTC))
    )
    app.session_state["folded-notes"] = True
    next(button for button in app.button if button.label == "Keep the notes").click().run()
    assert "Somebody changed this cell" in words(app)
    assert {"Mine", "Theirs"} <= {element.value for element in app.markdown}
    app.session_state["folded-notes"] = True
    next(button for button in app.button if button.label == "Keep both").click().run()
    kept = workspace.pages.page(goal_id).cell("notes")
    assert isinstance(kept, TextCell)
    assert kept.markdown == "Theirs\n\nMine"
    workspace.close()


@pytest.mark.slow
def test_a_page_is_frozen_and_the_snapshot_opens_read_only_and_compares(open_app, sample_home, goal_id):
    app = opened(open_app, sample_home, goal_id)
    look_into(app, "snapshots")
    tool(app, "freeze").click().run()
    assert not app.exception
    workspace = Workspace.open(Home.at(sample_home))
    page = workspace.pages.page(goal_id)
    kept = workspace.snapshots.of_page(page)
    workspace.close()
    assert len(kept) == 1
    app.query_params["snapshot"] = kept[0].id
    app.run()
    assert "It never changes" in words(app)
    assert not app.text_area
    assert "How likely it is" in words(app)
    app.selectbox(key="snapshot-other").set_value("now").run()
    assert not app.exception
    assert "Nothing changed" in words(app)
    assert "→" in metrics(app)["Probability of the target"] or "→" in "".join(metric.value for metric in app.metric)


@pytest.mark.slow
def test_a_page_is_made_from_a_template(open_app, sample_home, goal_id):
    app = open_app(sample_home, GOAL)
    boxes = [box for box in app.selectbox if box.label == "About the goal"]
    assert len(boxes) == len(TEMPLATES)
    boxes[list(TEMPLATES).index("quarterly_review")].set_value(goal_id).run()
    tool(app, "make-quarterly_review").click().run()
    assert not app.exception
    workspace = Workspace.open(Home.at(sample_home))
    assert [page.template for page in workspace.pages.pages()] == ["quarterly_review"]
    workspace.close()


@pytest.mark.slow
def test_a_page_that_was_taken_along_comes_back_as_another_page(open_app, sample_home, goal_id):
    workspace = Workspace.open(Home.at(sample_home))
    document = workspace.pages.export(goal_id, "json", date(2026, 11, 10))
    app = open_app(sample_home, GOAL)
    app.file_uploader[0].upload("page.json", document, "application/json").run()
    tool(app, "keep-page-file").click().run()
    assert not app.exception
    (kept,) = workspace.pages.pages()
    assert [cell.id for cell in kept.cells] == order(sample_home, goal_id)
    assert workspace.pages.page(goal_id).id != kept.id
    workspace.close()


@pytest.mark.slow
def test_a_file_that_is_no_page_is_refused_in_words(open_app, sample_home):
    app = open_app(sample_home, GOAL)
    app.file_uploader[0].upload("page.json", b'{"cells": 5}', "application/json").run()
    tool(app, "keep-page-file").click().run()
    assert not app.exception
    assert "This is not a page" in words(app)

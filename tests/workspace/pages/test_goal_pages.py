"""Pages of a workspace: arranging, two people at once, templates."""

import base64
import io
import json
from datetime import UTC, date, datetime

import pytest
from PIL import Image

from cs_planning.errors import Conflict, InvalidPage, NotFound
from cs_planning.goals.goal import SatisfactionGoal
from cs_planning.kpis.frequency import Frequency
from cs_planning.notebook.blocks import block
from cs_planning.notebook.cells.page_head import Parameters
from cs_planning.notebook.kinds.image import ImageCell
from cs_planning.notebook.kinds.text import TextCell
from cs_planning.notebook.pages.arrangement import add, delete, duplicate, move
from cs_planning.workspace import Home, Save, Workspace

TODAY = date(2026, 1, 15)
NOW = datetime(2026, 1, 15, 9, tzinfo=UTC)
KPIS = "Month,CSAT (%),CSAT answers\n" + "".join(
    f"{2023 + month // 12}-{month % 12 + 1:02d},{80 + month % 5},{100 + month}\n" for month in range(36)
)


@pytest.fixture
def workspace(tmp_path):
    opened = Workspace.open(Home.at(tmp_path / "home"))
    yield opened
    opened.close()


@pytest.fixture
def page(workspace):
    """The page of a goal whose KPI has no data yet."""
    goal = SatisfactionGoal(title="More satisfied customers", series="csat", frequency=Frequency.MONTH)
    kept = workspace.planning.save_draft(goal, save=Save("Mika", "goal", NOW))
    return workspace.pages.page_of(kept)


def arranged(workspace, page, operation, key="k"):
    return workspace.pages.arrange(page, operation, save=Save("Mika", key, NOW))


def test_a_page_of_a_goal_is_found_by_its_own_id_and_by_the_goals(workspace, page):
    kept = arranged(workspace, page, lambda newest: duplicate(newest, "goal"))
    assert workspace.pages.page(page.goal) == kept == workspace.pages.page(kept.id)


def test_what_two_people_do_to_different_cells_is_both_kept(workspace, page):
    arranged(workspace, page, lambda newest: move(newest, "goal", 0), "one")
    second = workspace.pages.edit_cell(page, page.cell("notes"), markdown="Decided.", save=Save("Ren", "two", NOW))
    assert second.cells[0].id == "goal"
    assert second.cell("notes").markdown == "Decided."


def test_who_is_second_on_the_same_cell_is_told_and_sees_both(workspace, page):
    before = page.cell("notes")
    workspace.pages.edit_cell(page, before, markdown="Theirs", save=Save("Ren", "one", NOW))
    with pytest.raises(Conflict) as raised:
        workspace.pages.edit_cell(page, before, markdown="Mine", save=Save("Mika", "two", NOW))
    mine, theirs = raised.value.mine, raised.value.theirs
    assert isinstance(mine, TextCell)
    assert isinstance(theirs, TextCell)
    assert (mine.markdown, theirs.markdown) == ("Mine", "Theirs")
    assert workspace.pages.page(page.goal).cell("notes") == theirs


def test_writing_in_a_cell_that_was_deleted_is_a_conflict_without_theirs(workspace, page):
    arranged(workspace, page, lambda newest: delete(newest, "notes"))
    with pytest.raises(Conflict) as raised:
        workspace.pages.edit_cell(page, page.cell("notes"), markdown="Mine", save=Save("Mika", "two", NOW))
    assert raised.value.theirs is None


def test_a_second_click_writes_once(workspace, page):
    first = workspace.pages.edit_cell(page, page.cell("notes"), markdown="Once", save=Save("Ren", "one", NOW))
    again = workspace.pages.edit_cell(page, page.cell("notes"), markdown="Once", save=Save("Ren", "one", NOW))
    assert first == again


def test_a_setting_of_the_wrong_type_is_said_in_words(workspace, page):
    with pytest.raises(InvalidPage):
        workspace.pages.edit_cell(page, page.cell("forecast"), periods=1, save=Save("Ren", "one", NOW))


def test_the_parameters_of_a_view_are_not_kept(workspace, page):
    view = page.model_copy(update={"parameters": Parameters(channel="phone")})
    kept = arranged(workspace, view, lambda newest: add(newest, TextCell(id="new")))
    assert kept.parameters == Parameters()


def test_a_further_page_of_a_goal_does_not_take_the_place_of_its_own(workspace, page):
    goal = workspace.planning.goal(page.goal)
    further = workspace.pages.new_page("quarterly_review", "Review", goal, save=Save("Mika", "new", NOW))
    assert workspace.pages.page(further.id).template == "quarterly_review"
    assert workspace.pages.page_of(goal).template == "one_pager"


def test_a_template_about_a_goal_asks_for_one(workspace):
    with pytest.raises(InvalidPage):
        workspace.pages.new_page("leadership", "Talk", None, save=Save("Mika", "new", NOW))
    with pytest.raises(NotFound):
        workspace.pages.new_page("none", "Talk", None, save=Save("Mika", "new", NOW))


def test_a_picture_comes_along_in_the_file_of_a_page(workspace, page, tmp_path):
    written = io.BytesIO()
    Image.new("RGB", (30, 20), "navy").save(written, "PNG")
    picture = workspace.pages.keep_picture(written.getvalue(), "../../etc/passwd.png", save=Save("Mika", "picture", NOW))
    cell = ImageCell(id="picture", image=picture, alt="A blue square")
    kept = arranged(workspace, page, lambda newest: add(newest, cell, 0))
    file = workspace.pages.export(kept.id, "json", TODAY)
    elsewhere = Workspace.open(Home.at(tmp_path / "elsewhere"))
    came = elsewhere.pages.import_page(file, save=Save("Ren", "came", NOW))
    shown = elsewhere.pages.run(came, TODAY).sections[0].blocks[0]
    elsewhere.close()
    assert isinstance(shown, block.Image)
    assert shown.alt == "A blue square"
    assert Image.open(io.BytesIO(bytes(shown.data))).convert("RGB").getpixel((3, 3)) == (0, 0, 128)


def test_a_file_that_smuggles_no_picture_as_one_is_refused(workspace, page):
    written = io.BytesIO()
    Image.new("RGB", (30, 20), "navy").save(written, "PNG")
    picture = workspace.pages.keep_picture(written.getvalue(), "square", save=Save("Mika", "picture", NOW))
    kept = arranged(workspace, page, lambda newest: add(newest, ImageCell(id="picture", image=picture), 0))
    file = json.loads(workspace.pages.export(kept.id, "json", TODAY))
    file["sections"][0]["blocks"][0]["data"] = base64.b64encode(b"<svg onload='alert(1)'></svg>").decode()
    with pytest.raises(InvalidPage, match="no picture"):
        workspace.pages.import_page(json.dumps(file).encode(), save=Save("Ren", "came", NOW))

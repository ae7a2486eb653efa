import io
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from openpyxl import load_workbook

from cs_planning.exports.paper.goal_sheet import to_sheet_xlsx
from cs_planning.goals.appraisal.sheet import SheetLine, SheetStep, Talk, TalkKind
from cs_planning.goals.appraisal.view import view_of
from cs_planning.language import use_language
from tests.goals.appraisal.test_agreement import GOALS, sheet, walked
from tests.goals.builders import steady_csat

TODAY = date(2026, 7, 2)


def shown(**changes):
    talks = (
        Talk(
            kind=TalkKind.HALF_WAY, on=date(2026, 7, 1), agreed="Coach more", next_step="Ten calls", next_on=date(2026, 7, 20)
        ),
    )
    done = walked(sheet(talks=talks, **changes), SheetStep.PROPOSE, SheetStep.AGREE)
    return view_of(done, GOALS, {"g1": steady_csat()}, {}, today=TODAY)


def opened(language="en", **changes):
    return load_workbook(io.BytesIO(to_sheet_xlsx(shown(**changes), language=language))).worksheets[0]


def cells(page):
    return {cell.coordinate: cell for row in page.iter_rows() for cell in row if cell.value is not None}


def test_the_sheet_is_set_for_one_width_of_a4_with_its_head_on_every_page():
    page = opened()
    assert page.page_setup.paperSize == 9
    assert page.page_setup.orientation == "landscape"
    assert page.page_setup.fitToHeight == 0, "as many pages as it needs"
    assert page.sheet_properties.pageSetUpPr.fitToPage
    assert page.print_title_rows == "$4:$4"


def test_weights_dates_and_values_are_numbers_in_their_formats():
    page = opened()
    assert (page["C5"].value, page["C5"].number_format) == (0.6, "0 %")
    assert (page["E5"].value, page["E5"].is_date) == (datetime(2026, 6, 30), True)
    assert (page["F5"].value, page["F5"].number_format) == (0.84, "0.0 %")
    assert page["G5"].value == pytest.approx(0.82)
    assert (page["B7"].value, page["C7"].value) == ("Sum of the weights, weighted score", 1)
    assert page["H7"].value == "3.60 of 5 (A)"  # .6 × 4 + .4 × 3
    talk = next(cell for cell in cells(page).values() if cell.value == datetime(2026, 7, 20))
    assert talk.is_date


def test_the_sheet_speaks_the_language_that_it_is_asked_for():
    words = {cell.value for cell in cells(opened("ja")).values()}
    assert {"目標管理シート：Aiko", "ウェイト", "難易度", "自己評価", "上司評価", "中間面談", "Coach more"} <= words


def test_what_people_wrote_is_never_a_formula():
    lines = (
        SheetLine(goal_id="g1", weight_percent=60, own_grade="A", own_comment="=1+1", superior_grade="B"),
        SheetLine(goal_id="g2", weight_percent=40, own_grade="B", own_comment="@SUM(A1)", superior_grade="B"),
    )
    page = opened(lines=lines, holder="=HYPERLINK(1)")
    assert all(cell.data_type != "f" for cell in cells(page).values())
    assert page["I5"].value == "=1+1"


def test_letters_that_a_workbook_cannot_hold_are_left_out():
    page = opened(holder="A\x00iko\ufffe", lines=sheet().lines)
    assert page["A1"].value == "Goal sheet of Aiko"


def test_no_row_is_higher_than_excel_allows_and_long_words_get_several():
    long = "お客様の声を毎週読みます。" * 150
    lines = (SheetLine(goal_id="g1", weight_percent=100, own_comment=long, superior_comment="x " * 900),)
    page = opened(lines=lines, own_comment="y " * 5000)
    assert max(row.height or 0 for row in page.row_dimensions.values()) <= 409
    merged = next(area for area in page.merged_cells.ranges if page["I5"].coordinate in area)
    assert sum(page.row_dimensions[row].height for row in range(merged.min_row, merged.max_row + 1)) > 409
    assert page["I5"].value == long
    assert page["C5"].value == 1


def test_weights_with_tenths_are_printed_with_them():
    lines = (
        SheetLine(goal_id="g1", weight_percent=33.3),
        SheetLine(goal_id="g2", weight_percent=66.7),
    )
    page = opened(lines=lines)
    assert page["C5"].number_format == "0.0 %"


def test_an_agreement_is_told_with_its_day_and_person():
    assert datetime(2026, 4, 1, tzinfo=UTC).date() == shown().agreed_on
    assert "Agreed on Apr 1, 2026 by Ken" in opened()["A2"].value


def test_an_agreement_by_somebody_without_a_name_is_told_with_its_day():
    page = load_workbook(io.BytesIO(to_sheet_xlsx(replace(shown(), agreed_by=""), language="en"))).worksheets[0]
    assert "Agreed on Apr 1, 2026　" in page["A2"].value


@pytest.mark.parametrize("language", ["en", "ja"])
def test_a_goal_that_is_titled_with_its_sentence_stands_there_once(language):
    view = shown()
    line = view.lines[0]
    with use_language(language):
        titled = line.goal.model_copy(update={"title": str(line.sentence)})
        renamed = replace(view, lines=(replace(line, goal=titled), *view.lines[1:]))
        page = load_workbook(io.BytesIO(to_sheet_xlsx(renamed, language=language))).worksheets[0]
        assert page["B5"].value == titled.title
        assert page["B6"].value.splitlines()[0] == view.lines[1].goal.title, "another title stands above its sentence"


def test_what_changed_since_the_agreement_stands_on_the_sheet():
    done = walked(sheet(), SheetStep.PROPOSE, SheetStep.AGREE)
    harder = {**GOALS, "g1": GOALS["g1"].model_copy(update={"primary": 88.0})}
    view = view_of(done, harder, {"g1": steady_csat()}, {}, today=TODAY)
    page = load_workbook(io.BytesIO(to_sheet_xlsx(view, language="en"))).worksheets[0]
    words = {cell.value for cell in cells(page).values()}
    assert "Changed since it was agreed" in words
    assert "Target: 84 % → 88 %" in words
    assert page["F5"].value == 0.84, "what was agreed counts"


def test_a_sheet_on_which_nothing_changed_has_no_such_part():
    assert "Changed since it was agreed" not in {cell.value for cell in cells(opened()).values()}

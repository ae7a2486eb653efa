"""A file about a goal begins with what the page claims, why, and what is to be decided."""

import io
import zipfile

import openpyxl
import pytest
from pptx import Presentation

from cs_planning.exports import export
from cs_planning.notebook.pages.templates import TEMPLATES
from cs_planning.notebook.run import RunPage, run
from tests.notebook.sample_sources import EMAIL, TODAY, SampleSources

CLAIM = "First answer to an e-mail within 80 minutes by Jun 30, 2027: "


def one_pager() -> RunPage:
    sources = SampleSources()
    goal = sources.goals[EMAIL]
    return run(TEMPLATES["one_pager"].page(goal.title, goal=goal), sources, today=TODAY)


def test_markdown_is_called_by_its_claim_and_says_the_reasons_before_the_long_table():
    written = export(one_pager(), "md", "en").decode()
    assert written.startswith(f"# {CLAIM}")
    assert written.count(CLAIM) == 1
    assert written.index("Why it stands so") < written.index("To be decided") < written.index("| Period |")


def test_html_folds_what_the_page_folds_under_what_it_holds():
    written = export(one_pager(), "html", "en").decode()
    assert f"<h1>{CLAIM}" in written
    assert '<summary>Action plan <span class="gist">3 steps</span></summary>' in written
    assert written.index("Why it stands so") < written.index("<details><summary>How likely it is")


def test_the_first_slide_with_content_has_the_claim_as_its_title_and_the_theme_names_fonts_of_today():
    file = export(one_pager(), "pptx", "en")
    slides = Presentation(io.BytesIO(file)).slides
    assert any(shape.has_text_frame and shape.text_frame.text.startswith(CLAIM) for shape in slides[1].shapes)
    theme = zipfile.ZipFile(io.BytesIO(file)).read("ppt/theme/theme1.xml").decode()
    assert '<a:latin typeface="Aptos"/>' in theme
    assert '<a:ea typeface="Yu Gothic"/>' in theme
    assert "Calibri" not in theme


def test_the_workbook_shows_rounded_numbers_fits_the_paper_and_keeps_the_exact_values():
    book = openpyxl.load_workbook(io.BytesIO(export(one_pager(), "xlsx", "en")))
    sheet = next(one for one in book.worksheets if one["A1"].value == "Period")
    assert sheet["C2"].number_format == "#,##0.0"
    assert isinstance(sheet["C2"].value, float)
    assert sheet["A2"].is_date
    for one in book.worksheets:
        assert one.sheet_properties.pageSetUpPr.fitToPage
        assert one.page_setup.fitToHeight == 0
    assert book.worksheets[0]["A1"].value.startswith(CLAIM)


@pytest.mark.parametrize("format", ["md", "html", "xlsx", "pdf", "ipynb", "pptx", "json"])
def test_every_format_takes_a_page_with_an_opening(format: str):
    assert export(one_pager(), format, "ja")

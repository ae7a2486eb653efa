"""A goal sheet from its beginning to the appraisal, as both sides use it in the browser."""

import io

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from tests.browser.waiting import click, settled, visit, write

pytestmark = pytest.mark.browser
WORDS = {
    "en": {
        "new": "New sheet",
        "whose": "Whose goals?",
        "superior": "Superior",
        "begin": "Begin the sheet",
        "propose": "Propose",
        "agree": "Agree to it",
        "running": "In progress",
        "words": "In words",
        "file": "Sheet for A4 (Excel)",
        "title": "Goal sheet of Ama Boateng",
        "holder": "Ama Boateng",
    },
    "ja": {
        "new": "新しいシート",
        "whose": "誰の目標ですか",
        "superior": "上司",
        "begin": "シートを作成",
        "propose": "申請する",
        "agree": "合意する",
        "running": "進行中",
        "words": "コメント",
        "file": "A4用シート（Excel）",
        "title": "目標管理シート：鈴木 彩",
        "holder": "鈴木 彩",
    },
}


@pytest.mark.slow
@pytest.mark.parametrize("language", [pytest.param("en", marks=pytest.mark.load), "ja"])
def test_a_sheet_is_begun_agreed_commented_and_taken_to_the_talk_on_paper(page: Page, sample_server: str, language: str):
    words = WORDS[language]
    visit(page, f"{sample_server}/sheets?lang={language}")
    click(page.locator("summary").filter(has_text=words["new"]))
    whose = page.get_by_role("combobox", name=words["whose"])
    write(whose, words["holder"])
    whose.press("Enter")
    settled(page)
    write(page.get_by_label(words["superior"], exact=True).first, "Pilar Ortega")
    click(page.get_by_role("button", name=words["begin"]))
    click(page.get_by_role("button", name=words["propose"]))
    click(page.get_by_role("button", name=words["agree"]))
    expect(page.get_by_text(words["running"], exact=True)).to_be_visible()
    said = page.get_by_label(words["words"], exact=True).first
    write(said, "Customers noticed. お客様に届きました。")
    said.press("Tab")
    settled(page)
    page.reload()
    expect(page.get_by_label(words["words"], exact=True).first).to_have_value("Customers noticed. お客様に届きました。")
    with page.expect_download() as saved:
        click(page.get_by_role("button", name=words["file"]))
    printed = load_workbook(io.BytesIO(saved.value.path().read_bytes())).worksheets[0]
    assert printed["A1"].value == words["title"]
    assert "Customers noticed. お客様に届きました。" in {cell.value for row in printed.iter_rows() for cell in row}

"""The visitor's language: from the browser, switched in sight, kept on the way between pages, known to a screen reader."""

import re

import pytest
from playwright.sync_api import Page, expect

from cs_planning.language import LANGUAGES
from tests.browser.waiting import click, idle, settled, visit

pytestmark = pytest.mark.browser


def said_language(page: Page):
    """What the page tells a screen reader, which a script sets when the page has been drawn."""
    return expect(page.locator("html"))


def test_the_language_comes_from_the_browser(japanese_page: Page, sample_server: str):
    page = japanese_page
    document = page.goto(f"{sample_server}/import")
    assert '<html lang="ja">' in document.text()
    expect(page.get_by_role("heading", name="取り込み", exact=True)).to_be_visible()
    expect(page).to_have_title("取り込み · CS Planning")
    said_language(page).to_have_attribute("lang", "ja")
    assert 'id="cs-opening"' in document.text()
    expect(page.locator("#cs-opening")).to_have_count(0)  # what stood there while the program loaded is gone


@pytest.mark.slow
def test_a_switch_in_sight_changes_page_and_address_and_stays_on_the_way(page: Page, sample_server: str):
    visit(page, sample_server)
    expect(page.get_by_role("heading", name="Goals", exact=True)).to_be_visible()
    said_language(page).to_have_attribute("lang", "en")
    switch = page.get_by_text("日本語", exact=True)
    settled(page)
    assert switch.bounding_box()["y"] < 160
    click(switch)
    expect(page.get_by_role("heading", name="目標", exact=True)).to_be_visible()
    said_language(page).to_have_attribute("lang", "ja")
    expect(page).to_have_url(re.compile(r"[?&]lang=ja"))

    click(page.get_by_role("button", name="予測・試算"))
    click(page.get_by_role("menuitem", name="予測", exact=True))
    expect(page.get_by_role("heading", name="予測", exact=True)).to_be_visible()
    idle(page)
    expect(page).to_have_url(re.compile(r"/forecast\?.*lang=ja"))
    page.go_back()
    expect(page.get_by_role("heading", name="目標", exact=True)).to_be_visible()
    said_language(page).to_have_attribute("lang", "ja")

    later = page.context.new_page()
    visit(later, f"{sample_server}/import")
    expect(later.get_by_role("heading", name="取り込み", exact=True)).to_be_visible()
    said_language(later).to_have_attribute("lang", "ja")


@pytest.mark.slow
def test_the_language_of_a_link_wins(page: Page, sample_server: str):
    visit(page, f"{sample_server}/audit?lang=ja")
    expect(page.get_by_role("heading", name="監査").first).to_be_visible()
    said_language(page).to_have_attribute("lang", "ja")


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_link_to_a_page_is_cut_where_its_column_ends(page: Page, sample_server: str, language: str):
    page.set_viewport_size({"width": 768, "height": 900})
    visit(page, f"{sample_server}/?lang={language}")
    links = page.get_by_test_id("stMain").get_by_test_id("stPageLink-NavLink")
    expect(links.filter(has_text={"en": "First answer to an e-mail", "ja": "メールの初回応答"}[language])).to_be_visible()
    settled(page)
    cut = links.evaluate_all(
        "links => links.filter(l => [...l.querySelectorAll('*')].some(e => e.scrollWidth > e.clientWidth + 1"
        " && e.clientWidth)).map(l => l.innerText)"
    )
    assert cut == []


@pytest.mark.slow
def test_words_of_the_widgets_follow_the_language_and_come_back(japanese_page: Page, sample_server: str):
    page = japanese_page
    visit(page, f"{sample_server}/import")
    uploader = page.get_by_test_id("stFileUploader")
    expect(uploader.get_by_role("button", name="ファイルを選択")).to_be_visible()
    expect(uploader.get_by_text("1ファイル200MBまで")).to_be_visible()
    expect(page.get_by_text("本文へ移動")).to_have_count(1)
    click(page.get_by_text("English", exact=True))
    expect(uploader.get_by_role("button", name="Upload", exact=True).last).to_be_visible()
    expect(uploader.get_by_text("200MB per file")).to_be_visible()


@pytest.mark.slow
def test_the_sample_team_writes_in_the_language_of_the_reader(japanese_page: Page, sample_server: str):
    page = japanese_page
    visit(page, f"{sample_server}/goal?goal=sample-goal-1")
    expect(page.get_by_role("heading", name="メールの初回応答を80分以内にする")).to_be_visible()
    click(page.get_by_text("English", exact=True))
    expect(page.get_by_role("heading", name="First answer to an e-mail within 80 minutes")).to_be_visible()

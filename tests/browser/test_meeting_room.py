"""A page in the meeting room, in the real browser: by keyboard alone, large, and on paper."""

import io
import re

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.browser.test_goal_pages import open_goal, unfold
from tests.browser.waiting import click, idle, settled, write

pytestmark = pytest.mark.browser
CLAIM = "Answer the telephone within a minute"


def present(page: Page, address: str) -> None:
    open_goal(page, address)
    click(page.get_by_role("link", name="Present"))
    expect(page.get_by_role("button", name="Next").first).to_be_visible()
    expect(page.get_by_role("heading", name=CLAIM, level=1)).to_be_visible()
    settled(page)


def heading(page: Page) -> str:
    return page.get_by_role("heading", level=1).first.inner_text()


@pytest.mark.slow
def test_the_presentation_goes_on_and_back_by_the_keys_of_keyboard_and_clicker(page: Page, sample_server: str):
    present(page, sample_server)
    for key, expected in (
        ("ArrowRight", "How likely it is"),
        ("ArrowRight", "Goal"),
        ("ArrowLeft", "How likely it is"),
        ("PageDown", "Goal"),
        ("PageUp", "How likely it is"),
    ):
        page.keyboard.press(key)
        expect(page.get_by_role("heading", name=expected, level=1)).to_be_visible()
        settled(page)
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Take it along")).to_be_visible()
    expect(page.get_by_role("heading", name=CLAIM, level=1)).to_be_visible()


@pytest.mark.slow
def test_a_decision_is_typed_on_the_spot_and_arrows_in_it_turn_no_page(page: Page, sample_server: str):
    present(page, sample_server)
    click(page.get_by_text("Write down a decision"))
    field = page.get_by_role("textbox", name="What was decided")
    write(field, "Start the bot in Januar")
    settled(page)
    field.press("ArrowLeft")
    field.press("ArrowRight")
    field.press_sequentially("y")
    assert heading(page).startswith(CLAIM)
    click(page.get_by_role("button", name="Keep the decision"))
    expect(page.get_by_text("The decision is kept")).to_be_visible()
    page.goto(f"{sample_server}/plan")
    expect(page.get_by_test_id("stMain")).to_be_visible()
    idle(page)


@pytest.mark.slow
def test_words_and_figures_are_large_and_the_tools_are_gone(page: Page, sample_server: str):
    present(page, sample_server)
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("heading", name="How likely it is", level=1)).to_be_visible()
    settled(page)
    sizes = page.evaluate(
        "() => ['h1', '.st-key-present-section [data-testid=stMetricValue]', '.st-key-present-section p']"
        ".map(place => parseFloat(getComputedStyle(document.querySelector(place)).fontSize))"
    )
    assert sizes[0] >= 40
    assert sizes[1] >= 44
    assert sizes[2] >= 18
    assert not page.get_by_role("link", name="Draft a goal").is_visible()


@pytest.mark.slow
def test_a_page_printed_from_the_browser_holds_its_story_and_no_tools(page: Page, sample_server: str):
    open_goal(page, sample_server)
    for cell in ("forecast", "goal", "scenario"):
        unfold(page, cell)
    page.locator(".st-key-section-scenario svg.marks, .st-key-section-scenario canvas").first.wait_for()
    settled(page)
    chance = page.get_by_test_id("stMetricValue").first.inner_text().strip()
    assert chance.endswith("%")
    paper = PdfReader(io.BytesIO(page.pdf(format="A4")))
    words = " ".join(sheet.extract_text() for sheet in paper.pages)
    assert 2 <= len(paper.pages) <= 8
    for kept in (
        "Answer the telephone",
        "How likely it is",
        chance,
        "What automation would change",
        "Data up to",
        "Objective",
        "Team",
    ):
        assert kept in words
    for tool in ("Take it along", "Snapshots", "Comment", "Keep the notes", "Arrange", "日本語"):
        assert tool not in words


@pytest.mark.slow
def test_a_link_with_a_moved_slider_opens_that_view_and_goes_on_saying_so(page: Page, sample_server: str):
    open_goal(page, sample_server)
    page.goto(f"{page.url}&people=2")
    unfold(page, "scenario")
    expect(page.get_by_text("With the sliders").first).to_be_visible()
    idle(page)
    expect(page).to_have_url(re.compile("people=2"))

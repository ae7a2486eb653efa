"""Goal pages in the real browser: users' words run nothing."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.waiting import click, idle, settled, visit, write

pytestmark = pytest.mark.browser
ATTACK = (
    "Kept words <script>window.attacked=1</script><img src=x onerror='window.attacked=1'>"
    "<svg onload='window.attacked=1'></svg><iframe srcdoc='<script>parent.attacked=1</script>'></iframe>"
    "[click](javascript:window.attacked=1)"
)


def open_goal(page: Page, address: str) -> None:
    visit(page, f"{address}/goal")
    click(page.get_by_role("button", name="Answer the telephone"))
    expect(page.get_by_text("How likely it is").first).to_be_visible()
    expect(page).to_have_url(re.compile(r"/goal\?(.*&)?(goal|page)="))
    idle(page)


def unfold(page: Page, cell: str) -> None:
    """Opens the section of a cell that is folded under what it holds."""
    click(page.locator(f".st-key-folded-{cell} summary"))


def not_attacked(page: Page) -> None:
    assert page.evaluate("window.attacked") is None
    assert page.locator("[data-testid=stMain] iframe, [data-testid=stMain] img[src=x]").count() == 0
    assert page.locator("a[href^='javascript:']").count() == 0


@pytest.mark.slow
def test_words_of_users_run_nothing(page: Page, sample_server: str):
    open_goal(page, sample_server)
    unfold(page, "notes")
    write(page.get_by_role("textbox", name="Notes for the meeting"), ATTACK)
    click(page.get_by_role("button", name="Keep the notes"))
    expect(page.locator(".st-key-section-notes").get_by_text("Kept words").first).to_be_visible()
    idle(page)
    unfold(page, "forecast")
    click(page.locator(".st-key-section-forecast").get_by_role("button", name="Comment"))
    write(page.get_by_role("textbox", name="Your comment"), ATTACK)
    click(page.get_by_role("button", name="Say it"))
    expect(page.get_by_role("button", name="1 open comment")).to_be_visible()
    idle(page)
    not_attacked(page)
    page.reload()
    expect(page.locator(".st-key-folded-forecast summary")).to_contain_text("1 open comment")
    unfold(page, "forecast")
    expect(page.get_by_role("button", name="1 open comment")).to_be_visible()
    idle(page)
    click(page.get_by_role("button", name="1 open comment"))
    expect(page.get_by_text("Kept words").first).to_be_visible()
    not_attacked(page)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("language", "headings"), [("en", ("Why it stands so", "To be decided")), ("ja", ("この状況の理由", "決めること"))]
)
def test_claim_chart_reasons_and_decisions_stand_on_the_first_screen(page: Page, sample_server: str, language, headings):
    page.set_viewport_size({"width": 1280, "height": 800})
    visit(page, f"{sample_server}/goal?goal=sample-goal-1&lang={language}")
    expect(page.get_by_role("heading", name=headings[1])).to_be_visible()
    settled(page)
    opening = page.locator(".st-key-opening")
    places = [page.get_by_role("heading", level=1), opening.get_by_test_id("stVegaLiteChart")]
    places += [opening.get_by_role("heading", name=one) for one in headings]
    places += [opening.get_by_test_id("stMarkdownContainer").last]
    for place in places:
        box = place.bounding_box()
        assert box is not None
        assert box["y"] >= 0
        assert box["y"] + box["height"] <= 800
    assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollTop") == 0


@pytest.mark.slow
def test_what_is_typed_on_a_page_survives_loading_it_again_and_leaving_it_by_accident(page: Page, sample_server: str):
    visit(page, f"{sample_server}/goal?goal=sample-goal-2&lang=en")
    unfold(page, "notes")
    idle(page)
    toggle = page.locator(".st-key-write-notes label")
    if toggle.count():
        click(toggle)
    notes = page.get_by_role("textbox", name="Notes for the meeting")
    write(notes, "Half a thought about the queue")
    page.reload()
    expect(notes).to_have_value("Half a thought about the queue")
    expect(page.get_by_text("Here is what you had typed").first).to_be_visible()
    idle(page)
    click(page.get_by_role("navigation").get_by_role("link", name="Goals", exact=True))
    expect(page.get_by_role("heading", name="Goals", exact=True)).to_be_visible()
    idle(page)
    page.go_back()
    expect(notes).to_have_value("Half a thought about the queue")
    idle(page)
    click(page.get_by_role("button", name="Keep the notes"))
    expect(page.locator(".st-key-section-notes").get_by_text("Half a thought about the queue").first).to_be_visible()
    idle(page)
    page.wait_for_function("!Object.values(sessionStorage).some(kept => kept.includes('Half a thought'))")
    page.reload()
    unfold(page, "notes")
    idle(page)
    expect(page.get_by_text("Here is what you had typed").first).not_to_be_visible()

    click(page.locator(".st-key-section-notes").get_by_role("button", name="Comment"))
    write(page.get_by_role("textbox", name="Your comment"), "Half a comment")
    page.reload()
    expect(page.get_by_role("textbox", name="Your comment")).to_have_value("Half a comment")


@pytest.mark.slow
def test_a_decision_that_is_being_typed_survives_loading_the_page_again(page: Page, sample_server: str):
    visit(page, f"{sample_server}/present?goal=sample-goal-2&lang=en")
    click(page.get_by_text("Write down a decision"))
    write(page.get_by_role("textbox", name="What was decided"), "Half a decision")
    write(page.get_by_role("textbox", name="Owner"), "Mariko Sato")
    click(page.get_by_role("spinbutton", name="year, Due"))
    page.keyboard.type("20261218")
    page.wait_for_function("Object.values(sessionStorage).some(kept => kept.includes('2026-12-18'))")
    page.reload()
    expect(page.get_by_role("textbox", name="What was decided")).to_have_value("Half a decision")
    expect(page.get_by_role("textbox", name="Owner")).to_have_value("Mariko Sato")
    expect(page.get_by_role("spinbutton", name="day, Due")).to_have_text("18")

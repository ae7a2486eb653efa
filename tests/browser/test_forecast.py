"""The Forecast page in a real browser: the address says the question, the slider moves the answer, an event is kept."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.waiting import idle, visit

pytestmark = pytest.mark.browser


def test_from_a_kpi_to_honest_targets_in_the_draft(page: Page, sample_server: str):
    page.set_default_timeout(60_000)
    page.goto(f"{sample_server}/forecast?series=service_level%7Cchannel%3Dphone&rhythm=month")
    likely = page.locator(".st-key-likely")
    expect(likely).to_contain_text("How likely is at least", timeout=60_000)
    expect(page.locator(".st-key-compared")).to_contain_text("Independent standard model", timeout=60_000)
    expect(page.locator(".st-key-record")).to_contain_text("past forecasts", timeout=60_000)
    idle(page)
    before = likely.inner_text()
    handle = page.locator("[class*='st-key-forecast-target']").get_by_role("slider")
    handle.focus()
    for _press in range(8):
        handle.press("ArrowRight")
    expect(likely).not_to_have_text(before, use_inner_text=True, timeout=60_000)
    idle(page)

    page.get_by_text("Mark an event").click()
    page.get_by_label("What was it?", exact=True).fill("Outage of the line")
    page.get_by_label("What was it?", exact=True).press("Tab")
    page.get_by_role("button", name="Mark it").click()
    expect(page.get_by_text("Say what it was and when it began.")).to_be_visible(timeout=60_000)
    idle(page)

    page.get_by_role("button", name="Take these into the draft").click()
    expect(page.get_by_role("heading", name="Change a goal")).to_be_visible(timeout=60_000)
    expect(page).to_have_url(re.compile(r"[?&]goal="))


def test_choosing_another_question_changes_the_address(page: Page, sample_server: str):
    visit(page, f"{sample_server}/forecast")
    expect(page.locator(".st-key-likely")).to_contain_text("How likely", timeout=60_000)
    page.locator(".st-key-forecast-subject input").fill("KPI · Net Promoter")
    page.get_by_role("option").first.click()
    expect(page).to_have_url(re.compile(r"series=nps"), timeout=60_000)
    expect(page.get_by_test_id("stException")).to_have_count(0)

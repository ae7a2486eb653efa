"""The Forecast page in a real browser: the address says the question, the slider moves the answer, an event is kept."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.waiting import click, idle, settled, visit, write

pytestmark = pytest.mark.browser


@pytest.mark.slow
def test_from_a_kpi_to_honest_targets_in_the_draft(page: Page, sample_server: str):
    page.goto(f"{sample_server}/forecast?series=service_level%7Cchannel%3Dphone&rhythm=month")
    likely = page.locator(".st-key-likely")
    expect(likely).to_contain_text("How likely is at least")
    expect(page.locator(".st-key-compared")).to_contain_text("Independent standard model")
    expect(page.locator(".st-key-record")).to_contain_text("past forecasts")
    settled(page)
    before = likely.inner_text()
    handle = page.locator("[class*='st-key-forecast-target']").get_by_role("slider")
    handle.focus()
    for _press in range(8):
        handle.press("ArrowRight")
    expect(likely).not_to_have_text(before, use_inner_text=True)
    idle(page)

    click(page.get_by_text("Mark an event"))
    write(page.get_by_label("What was it?", exact=True), "Outage of the line")
    page.get_by_label("What was it?", exact=True).press("Tab")
    click(page.get_by_role("button", name="Mark it"))
    expect(page.get_by_text("Say what it was and when it began.")).to_be_visible()
    idle(page)

    click(page.get_by_role("button", name="Take these into the draft"))
    expect(page.get_by_role("heading", name="Change a goal")).to_be_visible()
    expect(page).to_have_url(re.compile(r"[?&]goal="))


@pytest.mark.slow
def test_choosing_another_question_changes_the_address(page: Page, sample_server: str):
    visit(page, f"{sample_server}/forecast")
    expect(page.locator(".st-key-likely")).to_contain_text("How likely")
    write(page.locator(".st-key-forecast-subject input"), "KPI · Net Promoter")
    click(page.get_by_role("option", name="Net Promoter").first)
    expect(page).to_have_url(re.compile(r"series=nps"))
    expect(page.get_by_test_id("stException")).to_have_count(0)

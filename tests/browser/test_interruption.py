"""What a visitor was typing outlives the page that it was typed on."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.waiting import idle, settled, visit

pytestmark = pytest.mark.browser
TITLE = "A sentence that nobody wants to type again"

ADDRESS = re.compile("draft=[^&]{16}")


def type_owner(page: Page, name: str) -> None:
    page.get_by_label("Owner", exact=True).press("End")
    page.get_by_label("Owner", exact=True).press_sequentially(name)
    settled(page)  # nothing on the page says that the last letters have arrived


def test_a_draft_that_is_loaded_again_in_the_middle_is_as_it_was(page: Page, sample_server: str):
    visit(page, f"{sample_server}/draft")
    page.get_by_label("The goal in one sentence", exact=True).fill(TITLE)
    type_owner(page, "Mariko Sato")
    expect(page).to_have_url(ADDRESS)
    page.reload()
    expect(page.get_by_text("Here is what you had typed")).to_be_visible()
    expect(page.get_by_label("Owner", exact=True)).to_have_value("Mariko Sato")
    expect(page.get_by_label("The goal in one sentence", exact=True)).to_have_value(TITLE)
    type_owner(page, " and Jonas Weber")
    page.reload()
    expect(page.get_by_label("Owner", exact=True)).to_have_value("Mariko Sato and Jonas Weber")
    idle(page)
    page.get_by_role("button", name="Begin afresh").click()
    expect(page).not_to_have_url(ADDRESS)
    expect(page.get_by_text("Here is what you had typed")).to_be_hidden()
    idle(page)
    expect(page.get_by_label("Owner", exact=True)).to_have_value("")

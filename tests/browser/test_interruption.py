"""What a visitor was typing outlives the page that it was typed on."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.waiting import click, idle, settled, visit, write

pytestmark = pytest.mark.browser
TITLE = "A sentence that nobody wants to type again"
_LISTENS = """
window.sentToServer = '';
const send = WebSocket.prototype.send;
WebSocket.prototype.send = function (message) {
  window.sentToServer += new TextDecoder().decode(message);
  return send.call(this, message);
};
"""
"""Keeps what the page sends, to be able to wait for it."""
ADDRESS = re.compile("draft=[^&]{16}")


def type_owner(page: Page, name: str) -> None:
    """Types at the end of the owner's name, until the server has been told and has drawn the page anew."""
    field = page.get_by_label("Owner", exact=True)
    settled(page)
    field.press("End")
    field.press_sequentially(name)
    # Nothing on the page says that the last letters have arrived.
    page.wait_for_function("words => window.sentToServer.includes(words)", arg=name.rsplit(maxsplit=1)[-1])
    settled(page)


@pytest.mark.slow
def test_a_draft_that_is_loaded_again_in_the_middle_is_as_it_was(page: Page, sample_server: str):
    page.add_init_script(_LISTENS)
    visit(page, f"{sample_server}/draft")
    write(page.get_by_label("The goal in one sentence", exact=True), TITLE)
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
    click(page.get_by_role("button", name="Begin afresh"))
    expect(page).not_to_have_url(ADDRESS)
    expect(page.get_by_text("Here is what you had typed")).to_be_hidden()
    idle(page)
    expect(page.get_by_label("Owner", exact=True)).to_have_value("")

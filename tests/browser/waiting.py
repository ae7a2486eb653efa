"""Waiting for Streamlit as a person does: until the page is drawn and nothing runs."""

from playwright.sync_api import Locator, Page, expect

QUIET_MILLISECONDS = 400

_NOTHING_CHANGES = """
quiet => new Promise(resolve => {
  let timer;
  const watch = new MutationObserver(restart);
  function restart() {
    clearTimeout(timer);
    timer = setTimeout(() => { watch.disconnect(); resolve(); }, quiet);
  }
  watch.observe(document.body, {subtree: true, childList: true, attributes: true, characterData: true});
  restart();
})
"""


def idle(page: Page) -> None:
    """Waits until the page is connected and no script runs; wait for an expected value before calling it."""
    page.locator('[data-testid="stApp"][data-test-connection-state="CONNECTED"]').wait_for()
    page.locator('[data-testid="stApp"][data-test-script-state="notRunning"]').wait_for()


def quiet(page: Page) -> None:
    """Waits until nothing on a page has changed for a moment."""
    page.evaluate(_NOTHING_CHANGES, QUIET_MILLISECONDS)


def settled(page: Page) -> None:
    """Waits until nothing runs and nothing changes: what is sent after a script ended has arrived as well."""
    idle(page)
    quiet(page)
    idle(page)


def click(target: Locator) -> None:
    """Clicks on what is there and no longer being drawn: a button that is replaced under the mouse does nothing."""
    target.wait_for()
    settled(target.page)
    target.click()


def write(field: Locator, words: str) -> None:
    """Fills a field that is there and no longer being drawn."""
    field.wait_for()
    settled(field.page)
    field.fill(words)


def visit(page: Page, address: str) -> None:
    page.goto(address)
    idle(page)
    expect(page.get_by_test_id("stMain")).to_be_visible()

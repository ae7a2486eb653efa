"""What tests of several folders share."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser.chromium import FLAGS, executable


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One real browser for the whole run: Playwright can't be started twice in a process."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=executable(), args=FLAGS)
        yield chromium
        chromium.close()

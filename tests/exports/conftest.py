"""The browser under the name that these tests use."""

import pytest
from playwright.sync_api import Browser


@pytest.fixture(scope="session")
def chromium(browser: Browser) -> Browser:
    return browser

"""What tests of several folders share."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from cs_planning.kpis.frequency import set_fiscal_year
from tests.browser.chromium import FLAGS, executable


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One real browser for the whole run: Playwright can't be started twice in a process."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=executable(), args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture(autouse=True)
def _calendar_years() -> Iterator[None]:
    """A workspace sets the fiscal year of its process: every test begins with years from January."""
    set_fiscal_year(1)
    yield
    set_fiscal_year(1)

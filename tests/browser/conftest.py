"""A real browser and real servers for the tests of this folder."""

import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.server import running_server
from tests.conftest import SAMPLE_DAY

BUSY_MACHINE_MILLISECONDS = 60_000
"""How long a page may take when all cores are at work; what comes in time is not waited for."""

expect.set_options(timeout=BUSY_MACHINE_MILLISECONDS)


@pytest.fixture(scope="session")
def sample_server(sample_teams, tmp_path_factory) -> Iterator[str]:
    home = shutil.copytree(sample_teams, tmp_path_factory.mktemp("sample") / "home")
    with running_server(home, sample=True, today=SAMPLE_DAY.isoformat()) as address:
        yield address


@pytest.fixture
def empty_server(tmp_path_factory) -> Iterator[str]:
    with running_server(tmp_path_factory.mktemp("empty-home"), sample=False, today="2026-11-10") as address:
        yield address


@pytest.fixture
def context(browser) -> Iterator[BrowserContext]:
    made = browser.new_context(viewport={"width": 1280, "height": 900}, locale="en-US", accept_downloads=True)
    made.set_default_timeout(BUSY_MACHINE_MILLISECONDS)
    yield made
    made.close()


@pytest.fixture
def japanese_page(browser) -> Iterator[Page]:
    """A page of a visitor whose browser speaks Japanese."""
    made = browser.new_context(locale="ja-JP")
    made.set_default_timeout(BUSY_MACHINE_MILLISECONDS)
    yield made.new_page()
    made.close()


@pytest.fixture
def page(context) -> Page:
    return context.new_page()

"""A real browser and real servers for the tests of this folder."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Page

from tests.browser.server import running_server


@pytest.fixture(scope="session")
def sample_server(tmp_path_factory) -> Iterator[str]:
    with running_server(tmp_path_factory.mktemp("sample-home"), sample=True, today="2026-11-10") as address:
        yield address


@pytest.fixture
def empty_server(tmp_path_factory) -> Iterator[str]:
    with running_server(tmp_path_factory.mktemp("empty-home"), sample=False, today="2026-11-10") as address:
        yield address


@pytest.fixture
def context(browser) -> Iterator[BrowserContext]:
    made = browser.new_context(viewport={"width": 1280, "height": 900}, locale="en-US", accept_downloads=True)
    made.set_default_timeout(20_000)
    yield made
    made.close()


@pytest.fixture
def page(context) -> Page:
    return context.new_page()

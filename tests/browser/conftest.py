"""A real browser and real servers for the tests of this folder."""

import shutil
from collections.abc import Callable, Iterator

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


_LEFT_BEHIND = "local_storage,indexeddb,service_workers,cache_storage"


@pytest.fixture(scope="session")
def _kept_contexts(browser) -> Iterator[dict[str, BrowserContext]]:
    contexts: dict[str, BrowserContext] = {}
    yield contexts
    for made in contexts.values():
        made.close()


@pytest.fixture
def visitor(browser, _kept_contexts) -> Iterator[Callable[[str], BrowserContext]]:
    """Gives the context of a visitor who was never here and whose browser speaks a language.

    Only what the browser has loaded stays from test to test, since to fetch and compile that takes as long as to draw a page.
    Cookies, storage and pages go after each test.
    """
    used: dict[str, BrowserContext] = {}

    def given(locale: str) -> BrowserContext:
        if locale not in used:
            used[locale] = _kept_contexts.pop(locale, None) or browser.new_context(
                viewport={"width": 1280, "height": 900}, locale=locale, accept_downloads=True
            )
            used[locale].set_default_timeout(BUSY_MACHINE_MILLISECONDS)
        return used[locale]

    yield given
    for locale, context in used.items():
        _forget_visitor(context)
        _kept_contexts[locale] = context  # one that could not be cleaned serves no other test


def _forget_visitor(context: BrowserContext) -> None:
    """Takes away what a visitor leaves behind in a context, except for what the browser has loaded."""
    context.set_offline(False)
    empty = context.new_page()
    left = [page for page in context.pages if page != empty]
    origins = {page.evaluate("location.origin") for page in left}
    for page in left:
        page.close()  # an open page may write again
    origins |= {one["origin"] for one in context.storage_state()["origins"]}  # servers that the test left again
    devtools = context.new_cdp_session(empty)
    for origin in origins:
        devtools.send("Storage.clearDataForOrigin", {"origin": origin, "storageTypes": _LEFT_BEHIND})
    empty.close()
    context.clear_cookies()
    assert context.storage_state() == {"cookies": [], "origins": []}


@pytest.fixture
def context(visitor) -> BrowserContext:
    return visitor("en-US")


@pytest.fixture
def japanese_page(visitor) -> Page:
    """A page of a visitor whose browser speaks Japanese."""
    return visitor("ja-JP").new_page()


@pytest.fixture
def page(context) -> Page:
    return context.new_page()

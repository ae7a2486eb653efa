"""A file that no rule knows comes in by answers: from the keyboard alone, in both languages, in a few clicks."""

import pytest
from playwright.sync_api import Page, expect

from cs_planning.kpis.imports.answers import Rows
from cs_planning.language import LANGUAGES, use_language
from cs_planning.language import gettext as _
from tests.browser.conftest import BUSY_MACHINE_MILLISECONDS
from tests.browser.waiting import settled, visit

pytestmark = [pytest.mark.browser, pytest.mark.slow]

HEADER = "Thing,Moment A,Moment B,Whereabouts\n"
ROWS = "".join(
    f"T-{number},2026-{number % 9 + 1:02d}-{number % 9 + 11} 09:15,2026-{number % 9 + 1:02d}-{number % 9 + 11} 11:45,here\n"
    for number in range(180)
)


@pytest.fixture(params=LANGUAGES)
def visitor(request, browser, empty_server):
    """A page of a visitor of a language, in an empty workspace."""
    locale = {"ja": "ja-JP"}.get(request.param, "en-US")
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale=locale)
    context.set_default_timeout(BUSY_MACHINE_MILLISECONDS)
    yield context.new_page(), empty_server, request.param
    context.close()


def press(page: Page, name: str) -> None:
    """Presses a button by the keyboard alone."""
    button = page.get_by_role("button", name=name).last
    button.wait_for()
    settled(page)
    button.focus()
    button.press("Enter")


def test_a_file_with_unknown_headers_becomes_kpis_in_three_clicks(visitor: tuple[Page, str, str]):
    page, address, language = visitor
    with use_language(language):
        first, second = _("What is one row of this file?"), _("Which column says when a contact arrived?")
        contact, keep, draft = str(Rows.CONTACTS.label), _("Import"), _("Draft a goal on these numbers")
    main = page.get_by_test_id("stMain")
    visit(page, f"{address}/import")
    file = {"name": "unknown.csv", "mimeType": "text/csv", "buffer": (HEADER + ROWS).encode()}
    page.locator("input[type=file]").first.set_input_files(file)  # type: ignore[arg-type]
    expect(main).to_contain_text(first)
    press(page, contact)
    expect(main).to_contain_text(second)
    press(page, "Moment A")
    expect(page.get_by_test_id("stMetric").first).to_contain_text("180")
    press(page, keep)
    expect(main).to_contain_text(draft)

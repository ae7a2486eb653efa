"""Files that no rule knows come in by answers, one of each kind: by the keyboard alone, in both languages, in a few clicks."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from cs_planning.kpis.catalogue import CATALOGUE
from cs_planning.kpis.columns.roles import Role
from cs_planning.kpis.imports.answers import Rows
from cs_planning.language import LANGUAGES, use_language
from cs_planning.language import gettext as _
from tests.browser.server import running_server
from tests.browser.waiting import settled, visit
from tests.kpis.imports.strange_files import FILES

pytestmark = [pytest.mark.browser, pytest.mark.slow]

MOST_CLICKS = 8
LOCALES = {"ja": "ja-JP"}


def kpi(name: str) -> str:
    return str(CATALOGUE[name].name)


# What is pressed after "what is one row", and the KPI that is seen then; a choice is found by the beginning of its name.
WAYS: dict[str, Callable[[], tuple[Sequence[str], str]]] = {
    "contacts": lambda: (("Alpha", str(Role.FIRST_RESPONSE_AT.label)), kpi("frt_median")),
    "steps": lambda: (
        ("Punkt", _("it begins"), _("somebody answers for the first time"), _("it is solved")),
        kpi("frt_median"),
    ),
    # Who was spoken to was answered: without that nobody knows it of any call.
    "calls": lambda: (("Anfang", str(Role.WAIT_TIME.label), str(Role.TALK_TIME.label)), kpi("abandonment_rate")),
    "answers": lambda: (("Tag", "Frage eins"), kpi("csat")),
    "figures": lambda: ((), "Anrufe"),
}


@pytest.fixture(scope="module")
def server(tmp_path_factory) -> Iterator[str]:
    with running_server(tmp_path_factory.mktemp("strange-home"), sample=False, today="2026-11-10") as address:
        yield address


def press(page: Page, name: str) -> None:
    """Presses the first button of that name by the keyboard alone."""
    button = page.get_by_test_id("stMain").get_by_role("button", name=name).first
    button.wait_for()
    settled(page)
    button.focus()
    button.press("Enter")


def one_kind_in_every_language() -> list[object]:
    """Contacts in every language; the others are left to `make load`."""
    return [
        pytest.param(rows, language, marks=[] if rows == "contacts" else pytest.mark.load)
        for language in LANGUAGES
        for rows in FILES
    ]


@pytest.mark.parametrize(("rows", "language"), one_kind_in_every_language())
def test_a_file_with_unknown_headers_becomes_kpis_in_a_few_clicks(
    rows: str, language: str, visitor: Callable[[str], BrowserContext], server: str
):
    page = visitor(LOCALES.get(language, "en-US")).new_page()
    with use_language(language):
        one_row, keep = _("What is one row of this file?"), _("Import")
        first = str(Rows(rows).label)
        ways, seen = WAYS[rows]()
    main = page.get_by_test_id("stMain")
    visit(page, f"{server}/import")
    # What was answered is remembered for a header, so that each language has one of its own.
    content = FILES[rows].replace(",", f" {language},", 1)
    file = {"name": f"{rows}.csv", "mimeType": "text/csv", "buffer": content.encode()}
    page.locator("input[type=file]").first.set_input_files(file)  # type: ignore[arg-type]
    expect(main).to_contain_text(one_row)
    pressed = [first, *ways]
    for name in pressed:
        press(page, name)
    expect(page.get_by_test_id("stMetric").filter(has_text=seen).first).to_be_visible()
    button = main.get_by_role("button", name=keep, exact=True).last
    button.focus()
    button.press("Enter")
    expect(main.locator("a[href*='draft']")).to_be_in_viewport()
    assert len(pressed) + 1 <= MOST_CLICKS


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_an_answer_gives_is_seen_beside_it(language: str, visitor: Callable[[str], BrowserContext], server: str):
    page = visitor(LOCALES.get(language, "en-US")).new_page()
    with use_language(language):
        contact, volume = str(Rows.CONTACTS.label), kpi("contact_volume")
    visit(page, f"{server}/import")
    file = {"name": "beside.csv", "mimeType": "text/csv", "buffer": FILES["contacts"].replace(",", " beside,", 1).encode()}
    page.locator("input[type=file]").first.set_input_files(file)  # type: ignore[arg-type]
    press(page, contact)
    question = page.locator(".st-key-import-question")
    # Both columns of moments are looked at before one of them is chosen.
    expect(question.get_by_text(volume)).to_have_count(2)
    expect(question.locator("img")).to_have_count(2)

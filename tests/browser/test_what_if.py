"""The what-if in a real browser: a slider moves, the numbers answer; a comparison travels by its address."""

import re
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from cs_planning.language import LANGUAGES, use_language
from cs_planning.language import gettext as _
from cs_planning.workspace import Home, Save, Workspace
from tests.browser.server import running_server
from tests.browser.waiting import click, idle, settled, visit

pytestmark = pytest.mark.browser


def metric(page: Page, label: str) -> float:
    box = page.get_by_test_id("stMetric").filter(has_text=label).first
    return float(re.sub(r"[^\d.]", "", box.get_by_test_id("stMetricValue").inner_text()))


def moved(page: Page, part: str, presses: int, key: str) -> None:
    handle = page.locator(f"[class*='-{part}']").first.get_by_role("slider")
    handle.focus()
    for _press in range(presses):
        handle.press(key)


def becomes(page: Page, holds: Callable[[], bool]) -> None:
    """Waits until something holds: several steps of a slider are answered one after the other."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        settled(page)
        if holds():
            return
    raise AssertionError("it did not come true")


@pytest.mark.slow
def test_a_slider_moves_and_the_numbers_answer(page: Page, sample_server: str):
    visit(page, f"{sample_server}/what-if")
    answer = page.locator(".st-key-what-if-answer")
    expect(answer).to_contain_text("Mean wait")
    settled(page)
    wait, cost = metric(page, "Mean wait"), metric(page, "Cost a month")
    before = answer.inner_text()
    moved(page, "containment", 12, "ArrowRight")
    expect(answer).not_to_have_text(before, use_inner_text=True)
    becomes(page, lambda: metric(page, "Mean wait") < wait)
    becomes(page, lambda: metric(page, "Cost a month") > cost)  # a bot alone saves no hours

    before = answer.inner_text()
    moved(page, "agents_change", 2, "ArrowLeft")
    expect(answer).not_to_have_text(before, use_inner_text=True)
    becomes(page, lambda: metric(page, "Cost a month") < cost)  # hours that leave the roster do
    expect(page.locator(".st-key-what-if-frontier")).to_contain_text("against cost")

    cost = metric(page, "Cost a month")
    details = page.locator("[class*='-chatbot-details'] summary").first
    licence = page.locator("[class*='-chatbot-monthly_cost'] input")
    click(details)
    licence.fill("50000")
    licence.press("Enter")
    becomes(page, lambda: metric(page, "Cost a month") > cost + 40_000)
    click(details)
    expect(licence).to_have_count(0)
    moved(page, "containment", 2, "ArrowLeft")
    settled(page)
    assert metric(page, "Cost a month") > cost + 40_000, "what is folded away counts as it stands"

    cost = metric(page, "Cost a month")
    hour = page.locator(".st-key-what-if-team-cost_per_agent_hour input")
    click(page.locator(".st-key-what-if-team-box summary").first)
    hour.fill(str(2 * float(hour.input_value())))
    hour.press("Enter")
    becomes(page, lambda: metric(page, "Cost a month") > 1.5 * cost)
    moved(page, "containment", 20, "ArrowLeft")
    moved(page, "containment", 20, "ArrowRight")
    settled(page)
    assert metric(page, "Cost a month") > 1.5 * cost, "a lever is tried on the team as it stands in the form"
    assert page.get_by_test_id("stException").count() == 0


@pytest.mark.load
def test_a_lever_moved_to_and_fro_for_minutes_never_cuts_the_page_off(page: Page, sample_server: str):
    visit(page, f"{sample_server}/what-if")
    expect(page.locator(".st-key-what-if-answer")).to_contain_text("Mean wait")
    for _turn in range(12):
        moved(page, "containment", 20, "ArrowRight")
        moved(page, "containment", 20, "ArrowLeft")
        settled(page)


@pytest.mark.slow
def test_scenarios_are_compared_by_an_address(page: Page, sample_server: str, context):
    visit(page, f"{sample_server}/compare")
    expect(page.locator(".st-key-compare-sentences")).to_contain_text("As things are")
    idle(page)
    assert "scenarios=" not in page.url, "what nobody chose would stand in the way back"
    page.get_by_test_id("stMultiSelect").get_by_role("combobox").focus()
    page.keyboard.press("Backspace")
    expect(page).to_have_url(re.compile("scenarios="))
    shared = context.new_page()
    visit(shared, page.url)
    cards = shared.locator(".st-key-compare-sentences")
    expect(cards).to_contain_text("Customers now wait")
    settled(shared)
    assert cards.inner_text().count("Customers now wait") == 1


def imported_calls() -> bytes:
    """Ninety days of a telephone team that answers seven in ten within a minute, as its system reports them."""
    head = "Date,Calls offered,Calls handled,Calls abandoned,Average speed of answer (s),Average handle time (s)"
    rows = [f"{head},Service level (%)"]
    first = date(2026, 8, 3)
    for number in range(90):
        offered = 400 + 20 * (number % 5)
        lost = round(offered * 0.08)
        rows.append(
            f"{first + timedelta(days=number)},{offered},{offered - lost},{lost},{28 + number % 3},300,{78 + number % 4}"
        )
    return ("\n".join(rows) + "\n").encode()


@pytest.fixture(scope="module")
def calls_server(tmp_path_factory) -> Iterator[str]:
    """A server whose workspace holds the imported calls."""
    home = tmp_path_factory.mktemp("calls") / "calls-home"
    workspace = Workspace.open(Home.at(home))
    workspace.data.import_file("calls.csv", imported_calls(), save=Save("t", "calls", datetime(2026, 11, 9, tzinfo=UTC)))
    workspace.close()
    with running_server(home, sample=False, today="2026-11-10") as address:
        yield address


@pytest.fixture(params=LANGUAGES)
def leader(request, visitor, calls_server) -> tuple[Page, str, str]:
    """A leader's page in a language, at the server with the imported calls."""
    return visitor({"ja": "ja-JP"}.get(request.param, "en-US")).new_page(), calls_server, request.param


def seconds(shown: str) -> float:
    """ "1 min 47 s" or "1分47秒" as a number."""
    found = [float(part) for part in re.findall(r"[\d.]+", shown)]
    return 60 * found[0] + found[1] if len(found) == 2 else found[0]


def shown(page: Page, label: str) -> str:
    return page.get_by_test_id("stMetric").filter(has_text=label).first.get_by_test_id("stMetricValue").inner_text()


@pytest.mark.slow
def test_a_leader_sees_what_a_bot_at_18_percent_does_to_waits_and_cost(leader: tuple[Page, str, str]):
    page, address, language = leader
    with use_language(language):
        person, wait, cost = _("Until a person"), _("Mean wait"), _("Cost a month")
    said = {"en": ("of it with the bot, instead of", "a month costs"), "ja": ("うちボットとのやり取り", "1か月のコストは")}[
        language
    ]
    taken = {"en": "Taken from your data", "ja": "自社のデータ"}[language]
    visit(page, f"{address}/what-if")
    answer, main = page.locator(".st-key-what-if-answer"), page.get_by_test_id("stMain")
    for name in (person, wait, cost):
        expect(answer).to_contain_text(name)
    expect(main).to_contain_text(taken)
    slider = page.locator("[class*='-containment']").first.get_by_role("slider")
    expect(slider).to_have_value("18")
    settled(page)
    for words in said:
        expect(main).to_contain_text(words)
    with_bot = seconds(shown(page, person)) - seconds(shown(page, wait))
    assert with_bot == pytest.approx(90, abs=1.5), "the bot keeps a customer for a minute and a half before the queue"

    before = shown(page, cost)
    moved(page, "agents_change", 2, "ArrowLeft")
    expect(page.get_by_test_id("stMetric").filter(has_text=cost).first.get_by_test_id("stMetricValue")).not_to_have_text(before)
    assert page.get_by_test_id("stException").count() == 0

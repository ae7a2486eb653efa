"""The what-if in a real browser: a slider moves, the numbers answer; a comparison travels by its address."""

import re
import time
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.waiting import idle, settled, visit

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


def test_a_slider_moves_and_the_numbers_answer(page: Page, sample_server: str):
    visit(page, f"{sample_server}/what-if")
    answer = page.locator(".st-key-what-if-answer")
    expect(answer).to_contain_text("Mean wait")
    idle(page)
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
    assert page.get_by_test_id("stException").count() == 0


def test_scenarios_are_compared_by_an_address(page: Page, sample_server: str, context):
    visit(page, f"{sample_server}/compare")
    expect(page.locator(".st-key-compare-sentences")).to_contain_text("As things are")
    idle(page)
    expect(page).to_have_url(re.compile("scenarios="))
    shared = context.new_page()
    visit(shared, page.url.split("&")[0])
    cards = shared.locator(".st-key-compare-sentences")
    expect(cards).to_contain_text("Customers now wait")
    idle(shared)
    assert cards.inner_text().count("Customers now wait") == 1

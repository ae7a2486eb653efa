"""The way of a manager who has never seen the product to a file for the meeting, in clicks and seconds of waiting."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from tests.browser.server import ROOT
from tests.browser.waiting import idle


class Visitor:
    """Clicks and waits as a person does, and counts both.

    Attributes:
        clicks: presses of the mouse, and of the keys that move a slider as one.
        waits: how often something was waited for.
        waited_seconds: from an action until what it leads to is there.
    """

    def __init__(self, page: Page) -> None:
        self.page = page
        self.clicks = 0
        self.waits = 0
        self.waited_seconds = 0.0

    @contextmanager
    def waiting(self) -> Iterator[None]:
        started = time.monotonic()
        yield
        idle(self.page)
        self.waits += 1
        self.waited_seconds += time.monotonic() - started

    def click(self, target: Locator, until: Locator) -> None:
        """Clicks and waits until something is there."""
        target.wait_for()
        self.clicks += 1
        with self.waiting():
            target.click()
            until.first.wait_for()

    def drag(self, slider: Locator, steps: int, answer: Locator, key: str = "ArrowRight") -> None:
        """Moves a slider and waits until its answer is another one."""
        before = answer.inner_text()
        slider.focus()
        self.clicks += 1
        with self.waiting():
            for _step in range(steps):
                slider.press(key)
            expect(answer).not_to_have_text(before, use_inner_text=True)

    def write(self, label: str, words: str) -> None:
        """Clicks into a field and writes; nothing has to be waited for."""
        self.clicks += 1
        self.page.get_by_label(label, exact=True).fill(words)
        self.page.get_by_label(label, exact=True).press("Tab")


def first_goal(page: Page, address_of_app: str, folder: Path) -> Visitor:
    """Goes from a fresh workspace of the sample team to `goal.html` in a folder, and returns what it took."""
    visitor = Visitor(page)
    with visitor.waiting():
        page.goto(address_of_app)
        page.get_by_role("button", name="Begin with my own data").wait_for()
    visitor.click(
        page.get_by_role("button", name="Begin with my own data"), page.get_by_role("heading", name="Import", exact=True)
    )

    visitor.clicks += 2  # the button of the upload, and the file in the dialog of the system
    with visitor.waiting():
        page.locator("input[type=file]").set_input_files(ROOT / "sample_data" / "phone-daily.csv")
        page.get_by_role("button", name="Import", exact=True).wait_for()
    visitor.click(page.get_by_role("button", name="Import", exact=True), page.get_by_text("was imported"))
    draft = page.get_by_role("link", name="Draft a goal on")
    visitor.click(draft, page.locator(".st-key-likelihood [data-testid=stMetricValue]"))

    kpi = page.get_by_test_id("stSelectbox").filter(has_text="KPI").first.locator("input")
    visitor.click(kpi, page.get_by_role("option"))
    kpi.fill("Abandonment")
    likelihood = page.locator(".st-key-likelihood")
    visitor.click(page.get_by_role("option", name="Abandonment rate").first, likelihood.get_by_text("Likely to reach"))
    visitor.drag(page.locator("[class*='-primary-']").first.get_by_role("slider"), 5, likelihood, "ArrowLeft")
    visitor.write("Owner", "Mariko Sato")
    visitor.write("The goal in one sentence", "Fewer callers give up")
    visitor.click(page.get_by_role("button", name="Commit to this goal"), page.get_by_text("How likely it is"))
    address = page.url

    answer = page.locator(".st-key-what-if-answer")
    visitor.click(page.get_by_role("link", name="Try a what-if"), answer.get_by_text("Mean wait"))
    levers = page.locator("[class*='-containment']").first
    visitor.drag(levers.get_by_role("slider"), 5, answer)
    visitor.click(page.get_by_role("button", name="Save as new"), page.get_by_text("is kept"))

    visitor.clicks += 2  # back over the list of goals
    with visitor.waiting():
        page.goto(address)
        page.get_by_text("What automation would change").first.wait_for()
    visitor.click(page.get_by_role("button", name="Take it along"), page.locator(".st-key-export-html button"))
    visitor.clicks += 1
    with visitor.waiting(), page.expect_download() as download:
        page.locator(".st-key-export-html button").click()
    download.value.save_as(folder / "goal.html")
    return visitor

"""Remakes the pictures of the README: the sample workspace in the real browser."""

from __future__ import annotations

import tempfile
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from tests.browser.chromium import FLAGS, executable
from tests.browser.server import running_server
from tests.browser.waiting import idle

FOLDER = Path(__file__).parents[2] / "docs" / "pictures"
WIDTH, HEIGHT = 1280, 860


def main() -> None:
    """Writes one picture for each page."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable(), args=FLAGS)
        page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT}, locale="en-US")
        with running_server(Path(folder) / "home", sample=True, today="2026-11-10") as address:
            for name, path in (("home", "/"), ("import", "/import"), ("draft", "/draft"), ("what-if", "/what-if")):
                page.goto(address + path)
                take(page, name)
            page.goto(address)
            page.get_by_role("link", name="First answer to an e-mail").click()
            page.get_by_text("How likely it is").first.wait_for()
            take(page, "goal")
        browser.close()


def take(page: Page, name: str) -> None:
    """Takes a picture when the page is drawn."""
    page.get_by_test_id("stMain").get_by_role("heading").first.wait_for()
    idle(page)
    page.wait_for_timeout(1500)
    page.screenshot(path=FOLDER / f"{name}.png")
    print(f"docs/pictures/{name}.png")


if __name__ == "__main__":
    main()

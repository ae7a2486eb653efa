"""Remakes the pictures of the README, and a contact sheet of every page in both languages and themes, in the real browser.

python -m tests.browser.screenshots
python -m tests.browser.screenshots ADDRESS …    # these pages alone, at laptop and tablet width, into build/screens
"""

from __future__ import annotations

import io
import sys
import tempfile
from pathlib import Path
from typing import Literal

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.addresses import ADDRESSES
from tests.browser.chromium import FLAGS, executable
from tests.browser.server import running_server
from tests.browser.waiting import settled

ROOT = Path(__file__).parents[2]
FOLDER, LOOKED_AT = ROOT / "docs" / "pictures", ROOT / "build" / "screens"
WIDTH, HEIGHT = 1280, 860
TABLET = 768
SHEET, THUMBNAIL = "contact-sheet.jpg", (400, 300)


def main() -> None:
    """Writes the pictures of the README, then the contact sheet: one row a page, one column a language and theme."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable(), args=FLAGS)
        with running_server(Path(folder) / "home", sample=True, today="2026-11-10") as address:
            page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT}, locale="en-US")
            for name, path in (
                ("home", "/"),
                ("import", "/import"),
                ("draft", "/draft"),
                ("what-if", "/what-if"),
                ("review", "/review"),
            ):
                page.goto(address + path)
                (FOLDER / f"{name}.png").write_bytes(taken(page))
            page.goto(address)
            page.get_by_role("link", name="First answer to an e-mail").click()
            page.get_by_text("How likely it is").first.wait_for()
            (FOLDER / "goal.png").write_bytes(taken(page))
            page.close()
            contact_sheet(browser, address).save(FOLDER / SHEET, quality=80, optimize=True)
        browser.close()


def contact_sheet(browser: Browser, address: str, pages: tuple[str, ...] = ADDRESSES) -> Image.Image:
    """Every page in English and Japanese, light and dark."""
    languages: list[str] = ["en-US", "ja-JP"]
    themes: list[Literal["light", "dark"]] = ["light", "dark"]
    looks = [(language, theme) for language in languages for theme in themes]
    sheet = Image.new("RGB", (len(looks) * THUMBNAIL[0], len(pages) * THUMBNAIL[1]), "#808080")
    for column, (language, theme) in enumerate(looks):
        context = browser.new_context(viewport={"width": WIDTH, "height": 960}, locale=language, color_scheme=theme)
        page = context.new_page()
        for row, path in enumerate(pages):
            page.goto(f"{address}/{path}")
            with Image.open(io.BytesIO(taken(page))) as picture:
                small = picture.convert("RGB").resize(THUMBNAIL, Image.Resampling.LANCZOS)
            sheet.paste(small, (column * THUMBNAIL[0], row * THUMBNAIL[1]))
        context.close()
    return sheet


def look_at(pages: list[str]) -> None:
    """Takes pages in both languages at laptop and tablet width, for whoever changes them."""
    LOOKED_AT.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable(), args=FLAGS)
        with running_server(Path(folder) / "home", sample=True, today="2026-11-10") as address:
            for language, width in ((language, width) for language in ("en-US", "ja-JP") for width in (WIDTH, TABLET)):
                context = browser.new_context(viewport={"width": width, "height": HEIGHT}, locale=language)
                page = context.new_page()
                for path in pages:
                    page.goto(f"{address}/{path}")
                    (LOOKED_AT / f"{path or 'home'}-{language[:2]}-{width}.png").write_bytes(taken(page))
                context.close()
        browser.close()
    print(LOOKED_AT.relative_to(ROOT))


def taken(page: Page) -> bytes:
    """A picture of a page when it is drawn."""
    page.get_by_test_id("stMain").get_by_role("heading").first.wait_for()
    settled(page)
    return page.screenshot()


if __name__ == "__main__":
    look_at(sys.argv[1:]) if sys.argv[1:] else main()

"""Remakes the pictures of the exports in `docs/goal-pages.md`: each file as the program that opens it shows it.

    python -m tests.browser.export_pictures

The web page is opened without a network.  PDF, slides and workbook need `pdftoppm` and LibreOffice; what is missing is said.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from datetime import date
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from cs_planning.exports import export
from cs_planning.notebook.run import RunPage
from cs_planning.workspace import Home, Workspace
from cs_planning.workspace.sample import import_sample, tell_sample
from tests.browser.chromium import FLAGS, executable
from tests.browser.server import running_server
from tests.browser.waiting import idle, quiet, settled

FOLDER = Path(__file__).parents[2] / "docs" / "pictures"
TODAY = date(2026, 11, 10)
_DOTS = 70


def main() -> None:
    """Writes one picture for each format that can be drawn, and one of the presentation."""
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        workspace = Workspace.open(Home.at(folder / "home"))
        import_sample(workspace, TODAY)
        tell_sample(workspace, TODAY, "en")
        goal = next(one for one in workspace.planning.goals() if "telephone" in one.title)
        made = workspace.pages.run(workspace.pages.page_of(goal), TODAY)
        workspace.close()
        browser = playwright.chromium.launch(executable_path=executable(), args=FLAGS)
        take_web_page(browser, made, folder)
        take_pages("pdf", made, folder, columns=3, most=3)
        take_pages("pptx", made, folder, columns=3, most=6)
        take_pages("xlsx", made, folder, columns=3, most=3)
        take_presentation(browser, folder / "home", goal.id)
        browser.close()


def take_web_page(browser: Browser, made: RunPage, folder: Path) -> None:
    """The HTML file in a browser that is offline."""
    file = folder / "page.html"
    file.write_bytes(export(made, "html"))
    context = browser.new_context(viewport={"width": 1000, "height": 1100}, offline=True)
    page = context.new_page()
    page.goto(file.as_uri())
    page.locator("svg").first.wait_for()
    quiet(page)
    page.screenshot(path=FOLDER / "export-html.png")
    context.close()
    print("docs/pictures/export-html.png")


def take_pages(kind: str, made: RunPage, folder: Path, *, columns: int, most: int) -> None:
    """The first pages of a file side by side, by way of PDF."""
    if shutil.which("pdftoppm") is None or (kind != "pdf" and shutil.which("soffice") is None):
        print(f"docs/pictures/export-{kind}.png: pdftoppm or LibreOffice is not installed")
        return
    file = folder / f"file.{kind}"
    file.write_bytes(export(made, kind))
    if kind != "pdf":
        subprocess.run(
            ["soffice", "--headless", "--convert-to", "pdf", "--outdir", folder, file], check=True, capture_output=True
        )
    subprocess.run(
        ["pdftoppm", "-r", str(_DOTS), "-l", str(most), "-png", folder / "file.pdf", folder / f"sheet-{kind}"], check=True
    )
    sheets = [Image.open(one) for one in sorted(folder.glob(f"sheet-{kind}-*.png"))]
    width, height = max(one.width for one in sheets) + 12, max(one.height for one in sheets) + 12
    rows = -(-len(sheets) // columns)
    ground = Image.new("RGB", (width * min(columns, len(sheets)), height * rows), "#9aa5b1")
    for place, sheet in enumerate(sheets):
        ground.paste(sheet, (6 + width * (place % columns), 6 + height * (place // columns)))
    ground.save(FOLDER / f"export-{kind}.png", optimize=True)
    print(f"docs/pictures/export-{kind}.png")


def take_presentation(browser: Browser, home: Path, goal: str) -> None:
    """A section as the meeting sees it."""
    with running_server(home, sample=False, today=TODAY.isoformat()) as address:
        page = browser.new_page(viewport={"width": 1280, "height": 860}, locale="en-US")
        page.goto(f"{address}/present?goal={goal}")
        page.get_by_role("heading", level=1).wait_for(timeout=60_000)
        idle(page)
        page.locator("[data-testid=stVegaLiteChart] svg, [data-testid=stVegaLiteChart] canvas").first.wait_for(timeout=60_000)
        settled(page)
        page.screenshot(path=FOLDER / "present.png")
        print("docs/pictures/present.png")


if __name__ == "__main__":
    main()

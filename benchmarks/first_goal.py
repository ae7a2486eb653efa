"""How long a first-time visitor waits on the way to a file for the meeting, beside a bare Streamlit page in the same run.

    python -m benchmarks.first_goal

Each wait of the visitor is set against one move of a slider of a bare page that draws a number and a chart.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

import numpy as np
from playwright.sync_api import sync_playwright

from benchmarks.screens import BARE, moves
from tests.browser.chromium import FLAGS, executable
from tests.browser.first_goal import first_goal
from tests.browser.server import running_server
from tests.browser.waiting import idle


def main() -> None:
    """Prints clicks, seconds of waiting, and the ratio to as many moves on the bare page."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable(), args=FLAGS)
        script = Path(folder) / "bare.py"
        script.write_text(BARE, encoding="utf-8")
        with running_server(Path(folder) / "bare", sample=False, script=script) as address:
            page = browser.new_page()
            page.goto(address)
            page.get_by_test_id("stMetric").wait_for()
            idle(page)
            bare_seconds = float(np.median(moves(page, "value", "[data-testid=stMetricValue]", 30))) / 1000
        with running_server(Path(folder) / "home", sample=True, today="2026-11-10") as address:
            page = browser.new_page(viewport={"width": 1280, "height": 900}, locale="en-US", accept_downloads=True)
            visitor = first_goal(page, address, Path(folder))
        browser.close()
    print(
        f"{visitor.clicks} clicks, {visitor.waits} waits, {visitor.waited_seconds:.1f} s of waiting: "
        f"{visitor.waited_seconds / visitor.waits / bare_seconds:.0f} × a move on a bare page ({bare_seconds * 1000:.0f} ms)"
    )


if __name__ == "__main__":
    main()

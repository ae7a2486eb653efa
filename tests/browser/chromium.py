"""Finds the browser of the tests: one on the PATH, else Playwright's own."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def executable() -> str | None:
    """The path of a Chromium, or `None` when there is none."""
    for name in ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable"):
        if found := shutil.which(name):
            return found
    with sync_playwright() as playwright:
        own = Path(playwright.chromium.executable_path)
        return str(own) if own.is_file() else None


if __name__ == "__main__":
    found = executable()
    print(f"Browser of the tests: {found or 'none yet'}")
    sys.exit(0 if found else 1)

"""Starts the app of an installed package: `cs-planning-app`."""

from __future__ import annotations

import os
import sys
from pathlib import Path

_PACKAGE = Path(__file__).parents[1]


def app_folder() -> Path:
    """The folder with `app.py`, its pages and its configuration: in the package where it is installed, else the checkout."""
    installed = _PACKAGE / "site"
    return installed if (installed / "app.py").is_file() else _PACKAGE.parent


def main() -> None:
    """Serves the app with the options of `streamlit run`, such as `--server.port=8600`."""
    folder = app_folder()
    os.chdir(folder)
    os.execv(sys.executable, [sys.executable, "-m", "streamlit", "run", str(folder / "app.py"), *sys.argv[1:]])  # noqa: S606 - no shell is meant

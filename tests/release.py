"""Tries a built wheel and sdist as a stranger would: in a fresh environment, away from the checkout.

    python -m tests.release dist

Each is installed with its dependencies.  Commands, Japanese catalogue, helpdesk files, migrations, sample team
and the app itself must work from what is installed.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
import urllib.request
import venv
from pathlib import Path

from tests.browser.server import free_port

ROOT = Path(__file__).parents[1]
LOOK = """
from datetime import date
from pathlib import Path
import cs_planning
from cs_planning.kpis.columns.helpdesks import helpdesks
from cs_planning.language import use_language, gettext
from cs_planning.workspace import Workspace
from cs_planning.workspace.home import Home
assert "site-packages" in cs_planning.__file__, cs_planning.__file__
assert len(helpdesks()) > 10
with use_language("ja"):
    assert gettext("Goals") != "Goals"
sample = Workspace.sample(Home.at(Path("home")), date(2026, 11, 10))
assert len(sample.planning.overview(date(2026, 11, 10))) > 5
print(cs_planning.__version__)
"""


def run(*command: str | Path, folder: Path, **more: str) -> str:
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("CS_PLANNING_", "PYTHONPATH"))}
    done = subprocess.run(
        [str(part) for part in command], cwd=folder, env={**environment, **more}, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise SystemExit(f"{' '.join(map(str, command))}\n{done.stdout[-2000:]}\n{done.stderr[-4000:]}")
    return done.stdout


def answers(python: Path, folder: Path) -> None:
    """The installed app starts and answers."""
    port = free_port()
    environment = {**os.environ, "CS_PLANNING_HOME": str(folder / "app-home"), "STREAMLIT_SERVER_HEADLESS": "true"}
    app = subprocess.Popen(
        [python.parent / "cs-planning-app", f"--server.port={port}"],
        cwd=folder,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        for _second in range(120):
            time.sleep(1)
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5) as answer:
                    assert b'"ok"' in answer.read()
                    return
            except OSError:
                continue
        raise SystemExit("the installed app did not answer within two minutes")
    finally:
        app.terminate()
        app.wait(timeout=20)


def try_out(built: Path) -> None:
    """Installs one file in an environment of its own and uses it."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        venv.create(folder / "env", with_pip=True)
        python = folder / "env" / "bin" / "python"
        run(
            python,
            "-m",
            "pip",
            "install",
            "-qq",
            "--disable-pip-version-check",
            "-c",
            ROOT / "requirements.txt",
            built,
            folder=folder,
        )
        version = run(python, "-c", LOOK, folder=folder).strip()
        assert version in built.name, (version, built.name)
        listed = run(folder / "env" / "bin" / "cs-planning", "--language", "ja", "goals", folder=folder, CS_PLANNING_HOME="own")
        assert "Traceback" not in listed
        answers(python, folder)
        print(f"{built.name}: installed, {version}, commands, Japanese, sample team and app work")


if __name__ == "__main__":
    files = sorted(Path(sys.argv[1]).resolve().glob("*"))
    assert len(files) == 2, files
    for one in files:
        try_out(one)

"""What tests of several folders share."""

import fcntl
import os
import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser.chromium import FLAGS, executable

SAMPLE_DAY = date(2026, 11, 10)
"""The day on which the sample team's story is told to the tests."""

_LONGEST_FIRST = ("browser", "pages", "workspace")
"""Folders whose files take longest: one that is begun at the end of a run would keep the other cores waiting."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    places = {name: place for place, name in enumerate(_LONGEST_FIRST)}
    folder = Path(__file__).parent
    items.sort(key=lambda item: places.get(item.path.relative_to(folder).parts[0], len(places)))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One real browser for the whole run: Playwright can't be started twice in a process."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=executable(), args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def sample_teams(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with the sample team in every language, as a first start makes it; made once for a whole run, so never open it."""
    from cs_planning.language import LANGUAGES  # noqa: PLC0415 - slow to import
    from cs_planning.workspace import Workspace  # noqa: PLC0415
    from cs_planning.workspace.home import Home  # noqa: PLC0415

    own = tmp_path_factory.getbasetemp()
    shared = own.parent if os.environ.get("PYTEST_XDIST_WORKER") else own
    made = shared / "sample-teams"
    with (shared / "sample-teams.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.is_dir():
            making = Home.at(shared / "sample-teams-making")
            for language in LANGUAGES:
                Workspace.sample(making, SAMPLE_DAY, language).close()
            making.folder.rename(made)
    return made


@pytest.fixture(scope="session")
def sample_copy(sample_teams: Path) -> Callable[..., Path]:
    """Copies the sample team of a language to a new folder: what `load_sample` makes of an empty workspace there."""
    from cs_planning.language import LANGUAGES  # noqa: PLC0415
    from cs_planning.workspace import Workspace  # noqa: PLC0415
    from cs_planning.workspace.home import Home  # noqa: PLC0415

    def copied(folder: Path, language: str = LANGUAGES[0]) -> Path:
        master = Workspace.sample_folder(Home.at(sample_teams), language)
        return Path(shutil.copytree(master, folder, dirs_exist_ok=True))

    return copied

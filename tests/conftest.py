"""What tests of several folders share."""

import fcntl
import gc
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date
from itertools import count
from pathlib import Path

import psycopg
import pytest
from hypothesis import settings
from playwright.sync_api import Browser, sync_playwright

from tests.browser.chromium import FLAGS, executable
from tests.storage.postgresql import NoServer, running_server

# How long an example takes says something about the machine; speed is measured in benchmarks/.
settings.register_profile("any machine", deadline=None)
settings.load_profile("any machine")

SAMPLE_DAY = date(2026, 11, 10)
"""The day on which the sample team's story is told to the tests."""

_NUMBERS = count(1)
_LONGEST_FIRST = ("browser", "pages", "workspace")
"""Folders whose files take longest: one that is begun at the end of a run would keep the other cores waiting."""


_BESIDE_THE_FIRST = Path("workspace", "layers", "test_undoing_at_once.py")
"""A long file for the second core while the first makes the sample team, for which all files of browsers and pages wait."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    places = {name: place for place, name in enumerate(_LONGEST_FIRST)}
    folder = Path(__file__).parent
    items.sort(key=lambda item: places.get(item.path.relative_to(folder).parts[0], len(places)))
    first = items[0].path if items else None
    items.sort(key=lambda item: 0 if item.path == first else 1 if item.path == folder / _BESIDE_THE_FIRST else 2)


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Iterator[None]:
    """Keeps the garbage collector off tests and libraries: while they load, and when Streamlit calls it after a page."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.collect()
        gc.freeze()
        gc.enable()


def pytest_sessionfinish() -> None:
    """Gives everything back to the collector, without which DuckDB complains at the end about what is left."""
    gc.unfreeze()


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
                with closing(Workspace.sample(making, SAMPLE_DAY, language)) as workspace:
                    # How good its forecasts were is the same for every test of that day, and takes long to compute.
                    workspace.planning.overview(SAMPLE_DAY)
            making.folder.rename(made)
    return made


@pytest.fixture(scope="session")
def sample_copy(sample_teams: Path) -> Callable[..., Path]:
    """Copies the sample team of a language to a new folder: as a first start makes it."""
    from cs_planning.language import LANGUAGES  # noqa: PLC0415
    from cs_planning.workspace import Workspace  # noqa: PLC0415
    from cs_planning.workspace.home import Home  # noqa: PLC0415

    def copied(folder: Path, language: str = LANGUAGES[0]) -> Path:
        master = Workspace.sample_folder(Home.at(sample_teams), language)
        return Path(shutil.copytree(master, folder, dirs_exist_ok=True))

    return copied


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The URL of a PostgreSQL server with a place for the database's name."""
    try:
        with running_server() as address:
            yield address
    except NoServer as reason:
        if os.environ.get("CI"):
            pytest.fail(f"No PostgreSQL could be started: {reason}")
        pytest.skip(f"No PostgreSQL could be started: {reason}")


@pytest.fixture(scope="session")
def administrator(server: str) -> Iterator[psycopg.Connection]:
    """A connection that may do anything on the server."""
    with psycopg.connect(server.format(database="postgres"), autocommit=True) as connection:
        yield connection


@pytest.fixture(scope="session")
def migrated_database(server: str, administrator: psycopg.Connection) -> str:
    """The URL of a database that has the newest tables."""
    administrator.execute("CREATE DATABASE migrated")
    from cs_planning.storage import Store  # noqa: PLC0415 - slow to import

    Store.open(server.format(database="migrated")).close()
    return server.format(database="migrated")


@pytest.fixture
def emptied_database(migrated_database: str) -> str:
    """The URL of the database with the newest tables and nothing in them; to copy it for each test would be slow."""
    from cs_planning.storage.schema import VERSION_TABLE, newest_version  # noqa: PLC0415 - slow to import
    from cs_planning.storage.tables import metadata  # noqa: PLC0415

    with psycopg.connect(migrated_database) as connection:
        connection.execute("SET session_replication_role = replica")
        connection.execute("SET lock_timeout = '10s'")
        connection.execute("; ".join(f"DELETE FROM {table}" for table in metadata.tables))
        connection.execute(f"UPDATE {VERSION_TABLE} SET version_num = '{newest_version()}'")
    return migrated_database


@pytest.fixture
def new_database(server: str, administrator: psycopg.Connection) -> Iterator[str]:
    """The URL of a database without tables."""
    name = f"empty_{next(_NUMBERS)}"
    administrator.execute(f"CREATE DATABASE {name} TEMPLATE template0")
    yield server.format(database=name)
    administrator.execute(f"DROP DATABASE {name} WITH (FORCE)")

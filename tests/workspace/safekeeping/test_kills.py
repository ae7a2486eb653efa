"""A hundred kills on each database, during saves, imports, backups and updates: nothing confirmed is lost or left half."""

from __future__ import annotations

import multiprocessing
import random
import shutil
import time
import zipfile
from collections.abc import Callable

import pytest
from sqlalchemy import text as sql

from cs_planning.kpis.frequency import Frequency
from cs_planning.storage import Archive
from cs_planning.storage.database import open_engine
from cs_planning.storage.schema import newest_version, stored_version
from cs_planning.workspace import Home, Workspace
from cs_planning.workspace.safekeeping.doctor import diagnoses
from tests.workspace.safekeeping import worker
from tests.workspace.safekeeping.filled import by, tickets
from tests.workspace.safekeeping.test_backups import of_version_one

KILLS = 25
"""Of each kind of work on each database."""
_LONGEST_WAIT = 60.0
_AT_MOST = {"saves": 0.6, "imports": 4.0, "backups": 1.2, "migration": 1.5}
"""Seconds after the beginning within which the process is killed: a few things are done by then."""

pytestmark = pytest.mark.faults


@pytest.fixture(scope="module")
def processes():
    """Children that begin with everything imported and nothing opened."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.workspace.safekeeping.worker"])
    return context


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request, tmp_path) -> str:
    if request.param == "postgresql":
        return request.getfixturevalue("new_database")
    return f"sqlite:///{tmp_path / 'home' / 'workspace.db'}"


@pytest.fixture
def killed(processes, tmp_path) -> Callable[[str, str, int, random.Random], list[int]]:
    """Does a kind of work until it is killed at a moment drawn by chance; returns the numbers that were confirmed."""

    def run(url: str, what: str, first: int, rng: random.Random) -> list[int]:
        done = tmp_path / f"done-{what}-{first}-{rng.random()}"
        child = processes.Process(target=worker.work, args=(url, tmp_path / "home", what, first, done))
        child.start()
        late = time.monotonic() + _LONGEST_WAIT
        while not done.exists() or not done.read_bytes():
            assert child.is_alive() and time.monotonic() < late, "the work did not begin"
            time.sleep(0.002)
        time.sleep(rng.uniform(0, _AT_MOST[what]))
        child.kill()
        child.join()
        # A line that was cut is none that anybody read.
        return [int(line) for line in done.read_text().splitlines(keepends=True)[1:] if line.endswith("\n")]

    return run


def healthy(home: Home) -> None:
    """Asserts that a look at the database and the files of contacts finds nothing wrong."""
    wrong = [one for one in diagnoses(home) if one.remedy is not None and str(one.subject) in ("Database", "Contacts")]
    assert not wrong, [f"{one.subject}: {one.found}" for one in wrong]


def test_saves_that_were_confirmed_are_there_and_others_whole_or_not_at_all(url, tmp_path, killed):
    rng, home = random.Random(1), Home.at(tmp_path / "home", url)
    Workspace.open(home).close()
    first, saved = 1, 0
    for _ in range(KILLS):
        confirmed = killed(url, "saves", first, rng)
        workspace = Workspace.open(home)
        titles = {one.id: one.title for one in workspace.planning.goals()}
        workspace.close()
        for number in confirmed:
            assert titles[f"goal-{number}"] == f"Goal {number} again"
        last = max(confirmed, default=first - 1)
        assert set(titles) - {f"goal-{number}" for number in range(1, last + 1)} <= {f"goal-{last + 1}"}
        first, saved = last + 2, saved + len(confirmed)
        assert healthy(home) is None
    assert saved >= KILLS


def test_an_import_is_there_as_a_whole_or_the_one_before_it(url, tmp_path, killed):
    rng, home = random.Random(2), Home.at(tmp_path / "home", url)
    workspace = Workspace.open(home)
    workspace.data.import_file("tickets.csv", tickets(0), save=by("import 0"))
    workspace.close()
    last, kept = 0, 0
    for _ in range(KILLS):
        confirmed = killed(url, "imports", last + 1, rng)
        last, kept = max(confirmed, default=last), kept + len(confirmed)
        workspace = Workspace.open(home)
        hours = set(workspace.data.series("resolution_time_mean", Frequency.MONTH).values.round(6))
        volume = workspace.data.series("contact_volume", Frequency.MONTH).values
        assert hours in ({1.0 + last % 9}, {1.0 + (last + 1) % 9}), "a value of one import beside one of another"
        assert set(volume) == {28.0}
        report = workspace.data.import_file("tickets.csv", tickets(last), save=by(f"after {last} {kept} {rng.random()}"))
        assert report.imported.accepted_rows == 84
        assert set(workspace.data.series("resolution_time_mean", Frequency.MONTH).values.round(6)) == {1.0 + last % 9}
        workspace.close()
        healthy(home)
    left = [path for path in home.contacts.rglob("*") if path.is_dir() and path.parent == home.contacts]
    assert len(left) <= 2, f"folders of killed imports stay: {left}"
    assert kept >= 5


def test_a_backup_has_its_name_only_when_it_is_whole(url, tmp_path, killed):
    rng, home = random.Random(3), Home.at(tmp_path / "home", url)
    workspace = Workspace.open(home)
    workspace.data.import_file("tickets.csv", tickets(), save=by("first"))
    workspace.close()
    last, made = 0, 0
    for _ in range(KILLS):
        confirmed = killed(url, "backups", last + 1, rng)
        made += len(confirmed)
        last = max(confirmed, default=last)
        for number in confirmed:
            assert (home.folder / f"{number}.zip").is_file()
        for path in home.folder.glob("*.zip"):
            assert zipfile.ZipFile(path).testzip() is None
            with Archive.opened(path) as archive:
                archive.compare()
        last += 1
        healthy(home)
    workspace = Workspace.open(home)
    workspace.backups.make(home.folder / "last.zip")
    assert workspace.data.import_file("tickets.csv", tickets(), save=by("again")).changed_nothing
    workspace.close()
    assert made >= 5


def test_a_workspace_is_of_the_old_version_or_of_the_new_one_and_keeps_what_it_held(url, tmp_path, killed):
    rng, found = random.Random(4), set()
    for number in range(KILLS):
        shutil.rmtree(tmp_path / "home", ignore_errors=True)
        home = Home.at(tmp_path / "home", url)
        emptied(url)
        of_version_one(home)
        confirmed = killed(url, "migration", number, rng)
        engine, _ = open_engine(home.database)
        with engine.connect() as connection:
            version = stored_version(connection)
        engine.dispose()
        assert version == newest_version() or (version == "0001" and not confirmed)
        found.add(version)
        for path in home.backups.glob("*.zip"):
            with Archive.opened(path) as archive:
                archive.compare()
        Workspace.open(home).close()
        engine, _ = open_engine(home.database)
        with engine.connect() as connection:
            assert stored_version(connection) == newest_version()
            assert connection.execute(sql("SELECT count(*) FROM contact_logs")).scalar() == 1
        engine.dispose()
    assert len(found) == 2, "killed before and after the step, or the moments were not drawn well"


def emptied(url: str) -> None:
    """Takes out all tables of a server's database; an SQLite file goes with its folder."""
    if url.startswith("sqlite"):
        return
    engine, _ = open_engine(url)
    with engine.begin() as connection:
        connection.execute(sql("DROP SCHEMA public CASCADE"))
        connection.execute(sql("CREATE SCHEMA public"))
    engine.dispose()

"""A backup holds the whole workspace as it was at one moment, and is put back as it was or not at all."""

import shutil
import threading
import zipfile
from pathlib import Path

import pytest
from sqlalchemy import text as sql

from cs_planning.errors import InvalidBackup, Occupied, StorageUnavailable
from cs_planning.storage import Archive, Store, write_archive
from cs_planning.storage.database import open_engine, writing
from cs_planning.storage.schema import newest_version, upgrade_to
from cs_planning.workspace import Home, Workspace
from cs_planning.workspace.safekeeping import backups
from cs_planning.workspace.safekeeping.backups import own_backups, restore
from cs_planning.workspace.safekeeping.moving import copy
from tests.workspace.safekeeping.filled import NOW, by, tickets


def told(home: Home):
    """Everything that a workspace keeps: the tables, and the bytes of its files."""
    with Store.open(home.database) as store, store.one_state() as state:
        files = {one: (home.contacts / one.log / one.name).read_bytes() for one in state.files()}
        return state.tallies(), files


@pytest.fixture
def here(filled_home, tmp_path) -> Home:
    """A workspace on SQLite into which two files were imported."""
    return Home.at(Path(shutil.copytree(filled_home, tmp_path / "home")))


@pytest.fixture(params=["sqlite", "postgresql"])
def home(request, here, tmp_path) -> Home:
    """The same on both databases."""
    if request.param == "sqlite":
        return here
    url = request.getfixturevalue("emptied_database")
    copy(f"sqlite:///{here.database}", url, replace=False)
    served = Home.at(here.folder, url)
    Workspace.open(served).close()
    return served


def test_a_restored_workspace_is_the_one_that_was_backed_up(home, tmp_path):
    before = told(home)
    assert len(before[1]) >= 3
    workspace = Workspace.open(home)
    contents = workspace.backups.make(tmp_path / "kept.zip")
    workspace.close()
    assert contents.rows > 100
    other = Home.at(tmp_path / "other")
    restore(other, tmp_path / "kept.zip", replace=False, now=NOW)
    assert told(other) == before
    opened = Workspace.open(other)
    report = opened.data.import_file("tickets.csv", tickets(2, months=2, days=10), save=by("again"))
    assert report.changed_nothing
    opened.close()


def test_a_workspace_that_was_used_is_replaced_only_when_told_and_backed_up_first(home, tmp_path):
    workspace = Workspace.open(home)
    workspace.backups.make(tmp_path / "kept.zip")
    kept = told(home)
    workspace.data.import_file("tickets.csv", tickets(5), save=by("later"))
    workspace.close()
    later = told(home)
    with pytest.raises(Occupied):
        restore(home, tmp_path / "kept.zip", replace=False, now=NOW)
    assert told(home) == later
    done = restore(home, tmp_path / "kept.zip", replace=True, now=NOW)
    assert told(home)[1] == kept[1]
    assert done.saved is not None
    restore(home, done.saved, replace=True, now=NOW)
    assert told(home)[1] == later[1]


def test_an_import_that_ends_while_a_backup_is_written_is_not_in_it_and_takes_nothing_from_it(home, tmp_path, monkeypatch):
    before = told(home)
    workspace = Workspace.open(home)
    write = write_archive

    def write_late(*arguments, **named):
        monkeypatch.setattr(backups, "write_archive", write)
        workspace.data.import_file("tickets.csv", tickets(5), save=by("meanwhile"))
        return write(*arguments, **named)

    monkeypatch.setattr(backups, "write_archive", write_late)
    contents = workspace.backups.make(tmp_path / "kept.zip")
    workspace.close()
    gone = [one for one in before[1] if not (home.contacts / one.log / one.name).exists()]
    assert gone, "the import replaced no file, so that nothing was tried"
    assert contents.missing == ()
    other = Home.at(tmp_path / "other")
    restore(other, tmp_path / "kept.zip", replace=False, now=NOW)
    assert told(other) == before
    assert not list(home.contacts.glob("import-*")), "what was held is given back"


@pytest.mark.faults
def test_backups_while_imports_run_are_whole(home, tmp_path):
    workspace = Workspace.open(home)
    stop = threading.Event()
    failed: list[BaseException] = []

    def keep_importing() -> None:
        number = 0
        while not stop.is_set():
            number += 1
            try:
                workspace.data.import_file("tickets.csv", tickets(number), save=by(f"run {number}"))
            except BaseException as error:
                failed.append(error)
                return

    importing = threading.Thread(target=keep_importing)
    importing.start()
    try:
        made = [workspace.backups.make(tmp_path / f"{number}.zip") for number in range(60)]
    finally:
        stop.set()
        importing.join()
        workspace.close()
    assert not failed
    assert all(one.missing == () for one in made)
    assert made[0].tables != made[-1].tables, "nothing was imported meanwhile"
    for number in range(0, 60, 6):
        other = Home.at(tmp_path / f"restored {number}")
        restore(other, tmp_path / f"{number}.zip", replace=False, now=NOW)
        assert told(other)[0] == made[number].tables


@pytest.mark.parametrize("damage", ["cut", "changed", "no backup", "a row less"])
def test_a_damaged_file_changes_nothing(here, tmp_path, damage):
    home = here
    workspace = Workspace.open(home)
    kept, broken = tmp_path / "kept.zip", tmp_path / "broken.zip"
    workspace.backups.make(kept)
    workspace.close()
    content = kept.read_bytes()
    if damage == "cut":
        broken.write_bytes(content[: len(content) // 2])
    elif damage == "changed":
        place = content.index(b"PAR1") + 40
        broken.write_bytes(content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :])
    elif damage == "no backup":
        broken.write_bytes(b"Ticket ID,Created at\n")
    else:
        with zipfile.ZipFile(kept) as read, zipfile.ZipFile(broken, "w") as written:
            for name in read.namelist():
                lines = read.read(name)
                written.writestr(name, b"\n".join(lines.splitlines()[1:]) if name == "tables/points.jsonl" else lines)
    before = told(home)
    with pytest.raises(InvalidBackup):
        restore(home, broken, replace=True, now=NOW)
    assert told(home) == before
    with pytest.raises(InvalidBackup):
        restore(Home.at(tmp_path / "new"), broken, replace=False, now=NOW)
    assert not (tmp_path / "new" / "workspace.db").exists()


def test_a_workspace_whose_database_is_damaged_is_restored_and_the_damaged_file_kept(here, tmp_path):
    home = here
    workspace = Workspace.open(home)
    workspace.backups.make(tmp_path / "kept.zip")
    workspace.close()
    before = told(home)
    (home.folder / "workspace.db").write_bytes(b"garbage" * 5000)
    done = restore(home, tmp_path / "kept.zip", replace=True, now=NOW)
    assert done.saved is None
    assert done.replaced is not None
    assert done.replaced.read_bytes().startswith(b"garbage")
    assert told(home) == before


@pytest.mark.slow
def test_what_a_server_holds_is_never_replaced_without_a_backup_of_it(here, emptied_database, tmp_path, monkeypatch):
    copy(f"sqlite:///{here.database}", emptied_database, replace=False)
    served = Home.at(here.folder, emptied_database)
    opened = Workspace.open(served)
    opened.backups.make(tmp_path / "kept.zip")
    opened.close()
    before = told(served)

    def full(*_given, **_named):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(backups, "write_archive", full)
    with pytest.raises(StorageUnavailable, match="No space left on device"):
        restore(served, tmp_path / "kept.zip", replace=True, now=NOW)
    assert told(served) == before


def test_a_file_that_was_missing_is_said(here, tmp_path):
    home = here
    shutil.rmtree(home.contacts)
    workspace = Workspace.open(home)
    assert len(workspace.backups.make(tmp_path / "kept.zip").missing) >= 3
    workspace.close()


def test_a_disk_that_is_full_leaves_no_half_backup(here, tmp_path, monkeypatch):
    home = here
    workspace = Workspace.open(home)
    (tmp_path / "kept.zip").write_bytes(b"the one before")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("cs_planning.storage.copies.archive._pack_file", full)
    with pytest.raises(StorageUnavailable, match="No space left"):
        workspace.backups.make(tmp_path / "kept.zip")
    assert (tmp_path / "kept.zip").read_bytes() == b"the one before"
    assert not list(tmp_path.glob(".kept*"))
    workspace.close()


def of_version_one(home: Home) -> None:
    engine, _where = open_engine(home.database)
    with writing(engine) as connection:
        upgrade_to(connection, "0001")
        connection.execute(sql("INSERT INTO contact_logs VALUES ('contacts', 1, '2026-03-09 08:30:15')"))
        connection.execute(
            sql("INSERT INTO contact_log_parts VALUES ('contacts', 'contacts-2026-03-a.parquet', '2026-03-01', 7)")
        )
    engine.dispose()
    (home.contacts / "contacts").mkdir(parents=True, exist_ok=True)
    (home.contacts / "contacts" / "contacts-2026-03-a.parquet").write_bytes(b"seven contacts")


@pytest.fixture(params=["sqlite", "postgresql"])
def old_home(request, tmp_path):
    url = request.getfixturevalue("new_database") if request.param == "postgresql" else None
    made = Home.at(tmp_path / "home", url)
    of_version_one(made)
    return made


def test_an_update_backs_up_first_with_the_contacts(old_home, tmp_path):
    Workspace.open(old_home).close()
    (made,) = own_backups(old_home)
    assert "0001" in made.name
    with Archive.opened(made) as archive:
        assert archive.contents.version == "0001"
        assert "import_layers" not in archive.contents.tables
        assert [file.name for file in archive.contents.files] == ["contacts-2026-03-a.parquet"]
    other = Home.at(tmp_path / "other")
    restore(other, made, replace=False, now=NOW)
    with Store.open(other.database) as store, store.one_state() as state:
        assert state.version == newest_version()
        assert [log.parts[0].rows for log in store.contact_logs.list()] == [7]
    assert (other.contacts / "contacts" / "contacts-2026-03-a.parquet").read_bytes() == b"seven contacts"


def test_an_update_without_room_for_its_backup_is_not_made(old_home, monkeypatch):
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("cs_planning.storage.copies.archive._pack_file", full)
    with pytest.raises(StorageUnavailable, match="CS_PLANNING_BACKUPS=0"):
        Workspace.open(old_home)
    engine, _where = open_engine(old_home.database)
    with engine.connect() as connection:
        assert connection.execute(sql("SELECT version_num FROM cs_planning_version")).scalar_one() == "0001"
    engine.dispose()
    monkeypatch.setenv("CS_PLANNING_BACKUPS", "0")
    Workspace.open(old_home).close()
    assert own_backups(old_home) == ()


def test_only_the_newest_backups_of_its_own_are_kept(tmp_path, monkeypatch):
    home = Home.at(tmp_path / "home")
    home.backups.mkdir()
    for number in range(4):
        (home.backups / f"before-update-0000-2026010{number}T000000Z.zip").write_bytes(b"")
    (home.backups / "mine.zip").write_bytes(b"")
    monkeypatch.setenv("CS_PLANNING_BACKUPS", "2")
    of_version_one(home)
    Workspace.open(home).close()
    assert len(own_backups(home)) == 2
    assert "0001" in own_backups(home)[0].name
    assert (home.backups / "mine.zip").exists(), "what a person put there stays"

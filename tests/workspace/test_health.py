"""A workspace says what is wrong with it: its database, its files of contacts, the room on the disk."""

import os
import shutil
import time
from collections import namedtuple
from datetime import UTC, datetime

import pytest

from cs_planning.errors import StorageUnavailable
from cs_planning.workspace import Home, Save, Workspace
from cs_planning.workspace.health import ROOM_BYTES

TICKETS = "Ticket ID,Created at,Solved at\n" + "\n".join(
    f"{n},2026-03-{n:02d} 10:00,2026-03-{n:02d} 12:00" for n in range(1, 29)
)


@pytest.fixture
def workspace(tmp_path):
    opened = Workspace.open(Home.at(tmp_path / "home"))
    opened.data.import_file("tickets.csv", TICKETS.encode(), save=Save("t", "import", datetime(2026, 11, 10, tzinfo=UTC)))
    yield opened
    opened.close()


def wrong(workspace: Workspace) -> dict[str, str]:
    return {check.name: str(check.wrong) for check in workspace.health().checks if check.wrong is not None}


def test_all_is_right_with_a_workspace_in_use(workspace):
    assert workspace.health().is_ready
    assert [check.name for check in workspace.health().checks] == ["database", "contacts", "disk"]


def test_a_database_that_was_deleted_is_told_although_it_is_still_open(workspace):
    (workspace.home.folder / "workspace.db").unlink()
    assert "deleted, moved or replaced" in wrong(workspace)["database"]


def test_a_database_that_was_overwritten_in_place_is_told_although_its_pages_are_kept(workspace):
    with (workspace.home.folder / "workspace.db").open("r+b") as file:
        file.write(b"garbage" * 1000)
    assert "not an SQLite database" in wrong(workspace)["database"]


def test_missing_files_of_contacts_are_counted(workspace):
    shutil.rmtree(workspace.home.contacts)
    assert "1 of 1 files of contacts is missing" in wrong(workspace)["contacts"]


def test_a_disk_that_is_nearly_full_is_told(workspace, monkeypatch):
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: usage(10**12, 10**12, ROOM_BYTES - 1))
    assert "99.9 MB of room; 100 MB are needed" in wrong(workspace)["disk"]


def test_a_database_file_that_was_emptied_is_refused_and_a_new_one_is_not(tmp_path):
    emptied = tmp_path / "workspace.db"
    emptied.touch()
    new = Workspace.open(Home.at(tmp_path))
    new.close()
    for name in tmp_path.glob("workspace.db*"):
        name.unlink()
    emptied.touch()
    long_ago = time.time() - 3600
    os.utime(emptied, (long_ago, long_ago))
    with pytest.raises(StorageUnavailable, match="0 bytes"):
        Workspace.open(Home.at(tmp_path))
    assert emptied.stat().st_size == 0

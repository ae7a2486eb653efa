"""The doctor names each fault of a workspace with what helps, and what it repairs is right afterwards."""

import shutil
import sqlite3
from pathlib import Path

import duckdb
import pytest

from cs_planning.errors import StorageUnavailable
from cs_planning.language import text
from cs_planning.workspace import Home, Save, Workspace
from cs_planning.workspace.safekeeping import doctor
from cs_planning.workspace.safekeeping.doctor import diagnoses
from cs_planning.workspace.safekeeping.moving import copy
from tests.workspace.safekeeping.filled import NOW, by, tickets


@pytest.fixture
def here(filled_home, tmp_path) -> Home:
    return Home.at(Path(shutil.copytree(filled_home, tmp_path / "home")))


def wrong(home: Home) -> dict[str, str]:
    """What is wrong with a home, by its subject."""
    return {str(one.subject): f"{one.found} {one.remedy}" for one in diagnoses(home) if one.remedy is not None}


def listed(home: Home) -> list[Path]:
    with sqlite3.connect(home.folder / "workspace.db") as connection:
        rows = connection.execute("SELECT log_id, file_name FROM contact_log_parts ORDER BY month").fetchall()
    return [home.contacts / log / name for log, name in rows]


def test_nothing_is_wrong_with_a_healthy_workspace_on_either_database(here, emptied_database):
    assert wrong(here) == {}
    copy(f"sqlite:///{here.database}", emptied_database, replace=False)
    served = Home.at(here.folder, emptied_database)
    assert wrong(served) == {}
    said = " ".join(str(one.found) for one in diagnoses(served))
    assert "PostgreSQL" in said
    assert "84 contacts" in said


def test_a_damaged_month_is_made_again_of_what_the_imports_brought(here):
    first = listed(here)[0]
    with duckdb.connect() as connection:
        query = "SELECT * EXCLUDE (filename) FROM read_parquet('{}', filename = true) ORDER BY contact_id"
        before = connection.execute(query.format(first)).fetchall()
    first.write_bytes(first.read_bytes()[:-20])
    assert "2026-01" in wrong(here)["Contacts"]
    assert "--repair" in wrong(here)["Contacts"]
    workspace = Workspace.open(here)
    done = workspace.repair.repair(save=Save("t", "repair", NOW))
    workspace.close()
    assert (done.contacts, done.lost) == (28, 0)
    with duckdb.connect() as connection:
        assert connection.execute(query.format(listed(here)[0])).fetchall() == before
    left = wrong(here)
    assert set(left) <= {"Contacts"}
    assert "listed by nobody" in left.get("Contacts", "listed by nobody"), "the damaged file itself is left over"
    workspace = Workspace.open(here)
    assert workspace.data.import_file("tickets.csv", tickets(2, months=2, days=10), save=by("again")).changed_nothing
    workspace.close()


def test_a_month_that_no_other_file_holds_is_to_be_imported_again(here):
    listed(here)[2].unlink()
    found = wrong(here)["Contacts"]
    assert "2026-03" in found
    assert "Import the exports" in found
    workspace = Workspace.open(here)
    done = workspace.repair.repair(save=Save("t", "repair", NOW))
    assert (done.contacts, done.lost) == (0, 28)
    workspace.data.import_file("tickets.csv", tickets(3), save=by("again"))
    workspace.close()
    assert wrong(here) == {}


def test_a_file_that_nobody_lists_is_moved_away_and_not_destroyed(here):
    left = here.contacts / "contacts" / "contacts-2026-05-abc.parquet"
    left.write_bytes(listed(here)[0].read_bytes())
    assert "listed by nobody" in wrong(here)["Contacts"]
    workspace = Workspace.open(here)
    (moved,) = workspace.repair.repair(save=Save("t", "repair", NOW)).moved
    workspace.close()
    assert moved.is_file()
    assert not left.exists()
    assert wrong(here) == {}


def test_a_damaged_database_is_said_with_the_way_back(here):
    with sqlite3.connect(here.folder / "workspace.db") as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    file = here.folder / "workspace.db"
    content = bytearray(file.read_bytes())
    for page in range(8, len(content) // 4096):
        content[page * 4096 : page * 4096 + 64] = b"\xff" * 64
    file.write_bytes(content)
    assert "backup" in wrong(here)["Database"]
    file.write_bytes(b"garbage" * 1000)
    assert set(wrong(here)) == {"Database", "Contacts"}


def test_what_does_not_fit_together_is_said(here):
    with sqlite3.connect(here.folder / "workspace.db") as connection:
        connection.execute("DROP TRIGGER audit_trail_no_delete")
        connection.execute("UPDATE series SET point_count = point_count + 1 WHERE id = 1")
    found = [str(one.found) for one in diagnoses(here) if one.remedy is not None]
    assert any("audit_trail" in one for one in found)
    assert any("1 series" in one or "counts other points" in one for one in found)


def test_font_disk_and_libraries_are_looked_at(here, monkeypatch):
    monkeypatch.setattr(doctor, "font_fault", lambda: text("No font."))
    monkeypatch.setattr(doctor, "_LIBRARIES", ("no_such_library",))
    monkeypatch.setattr("cs_planning.workspace.health.ROOM_BYTES", 1 << 60)
    assert {"Fonts", "Versions", "Disk"} <= set(wrong(here))


def test_a_server_that_is_down_is_said_and_the_rest_is_looked_at(tmp_path):
    away = Home.at(tmp_path, "postgresql://nobody@127.0.0.1:1/none")
    found = wrong(away)
    assert "can't be reached" in found["Database"]
    with pytest.raises(StorageUnavailable):
        Workspace.open(away)

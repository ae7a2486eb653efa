"""Processes on one PostgreSQL database see one folder of contacts, or don't start."""

import shutil

import pytest

from cs_planning.errors import StorageUnavailable
from cs_planning.workspace import Home, Workspace
from cs_planning.workspace.safekeeping.backups import restore
from cs_planning.workspace.safekeeping.doctor import diagnoses, this_folder
from tests.workspace.safekeeping.filled import NOW, by


@pytest.fixture
def shared(tmp_path, emptied_database):
    """A workspace of a department, opened once."""
    home = Home.at(tmp_path / "shared", emptied_database)
    Workspace.open(home).close()
    return home


def test_a_second_process_with_the_same_folder_starts(shared):
    workspace = Workspace.open(Home.at(shared.folder, str(shared.database)))
    assert workspace.health().is_ready
    workspace.close()


def test_a_process_that_sees_another_folder_does_not_start_and_says_why(shared, tmp_path):
    with pytest.raises(StorageUnavailable, match="not the folder of contacts") as refused:
        Workspace.open(Home.at(tmp_path / "elsewhere", str(shared.database)))
    assert "CS_PLANNING_HOME" in str(refused.value)


def test_a_folder_that_goes_while_the_server_runs_makes_it_not_ready(shared):
    workspace = Workspace.open(shared)
    shutil.rmtree(shared.contacts)
    assert not workspace.health().is_ready
    workspace.close()
    assert any("not the folder" in str(one.found) and one.remedy for one in diagnoses(shared))


def test_a_folder_that_is_lost_is_replaced_when_somebody_says_so(shared, tmp_path):
    other = Home.at(tmp_path / "elsewhere", str(shared.database))
    this_folder(other)
    Workspace.open(other).close()
    with pytest.raises(StorageUnavailable):
        Workspace.open(shared)


def test_a_backup_of_one_folder_is_restored_into_another(shared, tmp_path):
    workspace = Workspace.open(shared)
    workspace.backups.make(tmp_path / "kept.zip")
    workspace.close()
    other = Home.at(tmp_path / "elsewhere", str(shared.database))
    restore(other, tmp_path / "kept.zip", replace=True, now=NOW)
    Workspace.open(other).close()


def test_a_workspace_of_its_own_asks_for_nothing(tmp_path):
    home = Home.at(tmp_path / "one")
    Workspace.open(home).close()
    assert not (home.contacts / "folder.token").exists()


def test_what_one_process_sets_the_other_knows_with_its_next_question(shared):
    one, other = Workspace.open(shared), Workspace.open(Home.at(shared.folder, str(shared.database)))
    try:
        assert other.shares.allowed
        assert other.data.calendar.fiscal_start_month is None
        one.shares.allow(False, save=by("off"))
        one.money.choose("EUR", save=by("euro"))
        one.clock.save(None, 4, save=by("year"))
        assert not other.shares.allowed
        assert other.data.currency.code == "EUR"
        assert other.data.calendar.fiscal_start_month == 4
    finally:
        one.close()
        other.close()

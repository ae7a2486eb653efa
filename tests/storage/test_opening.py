import os
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy import text as sql

from cs_planning.errors import StorageUnavailable
from cs_planning.kpis.frequency import Frequency
from cs_planning.storage import Store, database, reasons
from tests.storage.building import by, goal, months
from tests.storage.processes import NOBODY, in_children


def test_opening_makes_the_folder_and_the_tables(empty_url: str):
    with Store.open(empty_url) as store:
        assert store.goals.list() == ()
        assert store.points.list_series() == ()
        assert store.changes.data_version() == store.changes.content_version() == 0


def test_what_was_saved_is_there_after_opening_again(empty_url: str):
    with Store.open(empty_url) as store:
        saved = store.goals.save(goal(), save=by())
    with Store.open(empty_url) as store:
        assert store.goals.load(saved.id) == saved


@pytest.mark.slow
def test_processes_that_open_an_empty_workspace_at_once_all_get_it(empty_url: str):
    def work() -> int:
        with Store.open(empty_url) as opened:
            opened.goals.save(goal(), save=by())
            return len(opened.points.list_series())

    assert in_children([work] * 5) == [0] * 5
    with Store.open(empty_url) as store:
        assert len(store.goals.list()) == 5


def test_a_path_with_signs_of_an_address_is_a_path(tmp_path: Path):
    path = tmp_path / "50% of ?a=b #1 & 日本" / "work space.db"
    with Store.open(path) as store:
        store.goals.save(goal(), save=by())
    assert path.is_file()
    with Store.open(path) as store:
        assert len(store.goals.list()) == 1


@pytest.mark.slow
def test_threads_that_make_different_workspaces_at_once_all_get_theirs(tmp_path: Path):
    def work(number: int) -> int:
        with Store.open(tmp_path / str(number) / "workspace.db") as store:
            return store.goals.save(goal(), save=by()).version

    with ThreadPoolExecutor(6) as pool:
        assert list(pool.map(work, range(6))) == [1] * 6


def test_sqlite_is_in_wal_mode_with_patience_and_foreign_keys(tmp_path: Path):
    with Store.open(f"sqlite:///{tmp_path}/workspace.db") as store, store.database.reading() as connection:
        pragmas = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "busy_timeout", "foreign_keys")
        }
    assert pragmas == {"journal_mode": "wal", "busy_timeout": 15_000, "foreign_keys": 1}


def test_a_file_that_is_not_a_database_is_left_alone(tmp_path: Path):
    path = tmp_path / "workspace.db"
    path.write_bytes(b"ticket;opened\n" * 500)
    with pytest.raises(StorageUnavailable, match="not an SQLite database") as caught:
        Store.open(f"sqlite:///{path}")
    assert str(path) in str(caught.value)
    assert path.read_bytes() == b"ticket;opened\n" * 500


def test_a_database_of_another_program_is_left_alone(tmp_path: Path):
    path = tmp_path / "workspace.db"
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE settings (name TEXT)")
    with pytest.raises(StorageUnavailable, match="another program"):
        Store.open(f"sqlite:///{path}")
    with sqlite3.connect(path) as other:
        assert other.execute("SELECT name FROM sqlite_master").fetchall() == [("settings",)]


def test_a_folder_in_place_of_the_file_is_said(tmp_path: Path):
    with pytest.raises(StorageUnavailable, match="can't be opened or created"):
        Store.open(f"sqlite:///{tmp_path}")


def test_a_file_in_place_of_the_folder_is_said(tmp_path: Path):
    (tmp_path / "file").touch()
    with pytest.raises(StorageUnavailable, match="can't be made"):
        Store.open(f"sqlite:///{tmp_path}/file/workspace.db")


def test_a_damaged_workspace_is_said(tmp_path: Path):
    path = tmp_path / "workspace.db"
    with Store.open(f"sqlite:///{path}") as store:
        store.points.save(months(values=tuple(range(500))), Frequency.MONTH, source="x", save=by())
    content = bytearray(path.read_bytes())
    content[4096:] = b"\xa5" * (len(content) - 4096)
    path.write_bytes(content)
    with pytest.raises(StorageUnavailable, match="damaged"):
        Store.open(f"sqlite:///{path}")


def test_a_workspace_of_a_newer_version_is_left_alone(url: str):
    with Store.open(url) as store, store.database.writing() as connection:
        connection.execute(sql("UPDATE cs_planning_version SET version_num = '9999'"))
    with pytest.raises(StorageUnavailable, match=r"newer version .* 9999"):
        Store.open(url)


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that every user may enter and look into, and only its owner may write."""
    folder = Path(tempfile.mkdtemp(dir="/tmp"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


def as_reader(folder: Path, work: Callable[[], Any]) -> Any:
    """The result of `work` done by a user who may not write in `folder`."""

    def unprivileged() -> Any:
        if os.geteuid() == 0:
            os.setgroups([])
            os.setgid(NOBODY)
            os.setuid(NOBODY)
        else:
            folder.chmod(0o555)
        return work()

    try:
        return in_children([unprivileged])[0]
    finally:
        folder.chmod(0o755)


def opened(path: Path) -> str:
    with Store.open(f"sqlite:///{path}") as store:
        store.goals.save(goal(), save=by())
    return "opened"


def test_a_read_only_folder_is_said(open_folder: Path):
    said = as_reader(open_folder, lambda: opened(open_folder / "workspace.db"))
    assert said.startswith("StorageUnavailable")
    assert "CS_PLANNING_HOME" in said
    assert "can't be made" in as_reader(open_folder, lambda: opened(open_folder / "deeper" / "workspace.db"))


def test_a_read_only_workspace_is_said(open_folder: Path):
    path = open_folder / "workspace.db"
    assert opened(path) == "opened"
    path.chmod(0o444)
    said = as_reader(open_folder, lambda: opened(path))
    assert said.startswith("StorageUnavailable")
    assert str(path) in said


def test_a_full_disk_is_said_and_nothing_is_half_saved(tmp_path: Path):
    with Store.open(f"sqlite:///{tmp_path}/workspace.db") as store:
        saved = store.goals.save(goal(), save=by())

        @event.listens_for(store.database._engine, "checkout")
        def _fill(connection: Any, *_: Any) -> None:
            connection.execute("PRAGMA max_page_count = 1")

        with pytest.raises(StorageUnavailable, match="disk is full"):
            store.points.save(months(values=tuple(range(3000))), Frequency.MONTH, source="x", save=by(key="form-1"))
        assert store.points.list_series() == ()
        assert store.goals.load(saved.id) == saved
        event.remove(store.database._engine, "checkout", _fill)
    with Store.open(f"sqlite:///{tmp_path}/workspace.db") as store:
        assert store.points.save(months(), Frequency.MONTH, source="x", save=by(key="form-1")).inserted == 3


@pytest.mark.parametrize("replaced", [False, True])
def test_a_file_that_vanishes_while_it_is_open_is_said_rather_than_losing_saves(tmp_path: Path, replaced: bool):
    path = tmp_path / "workspace.db"
    with Store.open(path) as store:
        store.goals.save(goal(), save=by())
        for file in tmp_path.iterdir():
            file.rename(file.with_name(f"moved-{file.name}"))
        if replaced:
            Store.open(path).close()
        with pytest.raises(StorageUnavailable, match="deleted, moved or replaced"):
            store.goals.save(goal(), save=by())


def test_a_workspace_that_is_locked_for_long_is_said(url: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(database, "BUSY_SECONDS", 1)
    with Store.open(url) as store, Store.open(url) as other:
        with other.database.writing(), pytest.raises(StorageUnavailable, match=r"in use|busy with other changes"):
            store.goals.save(goal(), save=by())
        assert store.goals.list() == ()
        assert store.goals.save(goal(), save=by()).version == 1


SECRET = "s3cr%3At-pass"


@pytest.mark.parametrize(
    "address",
    [
        f"postgresql://mika:{SECRET}@127.0.0.1:1/planning",
        f"postgres://mika:{SECRET}@127.0.0.1:1/planning",
        f"postgresql+psycopg://127.0.0.1:1/planning?user=mika&password={SECRET}",
        f"mysql://mika:{SECRET}@127.0.0.1/planning",
        f"postgresql://mika:{SECRET}@127.0.0.1:port/planning",
        f"nonsense mika:{SECRET}",
        f"postgresql://mika:{SECRET}@127.0.0.1:1/planning?bogus_option={SECRET}",
        f"postgresql://mika:p@{SECRET}@127.0.0.1:1/planning",
    ],
)
def test_no_message_shows_the_password(address: str):
    with pytest.raises(StorageUnavailable) as caught:
        Store.open(address)
    error: BaseException | None = caught.value
    while error is not None:
        assert "s3cr" not in f"{error} {error!r} {getattr(error, 'statement', '')}"
        error = error.__cause__
    assert "postgresql" in str(caught.value).lower()


def test_a_server_that_cannot_be_reached_is_named(server: str):
    with pytest.raises(StorageUnavailable, match=r"postgresql://127\.0\.0\.1:1/planning can't be reached"):
        Store.open("postgresql://127.0.0.1:1/planning")
    with pytest.raises(StorageUnavailable, match="can't be reached"):
        Store.open(server.format(database="no_such_database"))


@pytest.mark.slow
def test_a_server_that_ends_connections_is_reached_again(new_database: str):
    with Store.open(new_database) as store:
        store.goals.save(goal(), save=by())
        others = "FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        with store.database.reading() as one, store.database.reading() as other:
            one.execute(sql(f"SELECT pg_terminate_backend(pid) {others}"))
            with pytest.raises(StorageUnavailable), reasons.errors_in_words("x"):
                other.execute(sql("SELECT 1"))
        assert len(store.goals.list()) == 1


@pytest.mark.parametrize("address", ["sqlite://", "sqlite:///:memory:"])
def test_a_workspace_in_memory_is_refused_with_the_form_of_an_address(address: str):
    with pytest.raises(StorageUnavailable, match=r"sqlite:///folder/workspace\.db"):
        Store.open(address)

"""A database is filled whole or not at all, whenever the process that fills it is killed."""

from pathlib import Path

import pytest
from sqlalchemy import inspect

from cs_planning.kpis.frequency import Frequency
from cs_planning.storage import Store, copy_database
from cs_planning.storage.database import open_engine
from tests.storage.building import by, document, goal, months
from tests.storage.processes import killed_at_statement


@pytest.fixture
def source(tmp_path) -> str:
    url = f"sqlite:///{tmp_path}/source.db"
    with Store.open(url) as store:
        store.goals.save(goal(), save=by())
        store.documents.save(document(), save=by())
        store.points.save(months(), Frequency.MONTH, source="march.csv", save=by())
    return url


@pytest.fixture(params=["sqlite", "postgresql"])
def target(request, tmp_path) -> str:
    if request.param == "postgresql":
        return request.getfixturevalue("new_database")
    return f"sqlite:///{tmp_path}/target/workspace.db"


def goals_in(url: str) -> int | None:
    """How many goals a database holds; None where it has no tables."""
    engine, _where = open_engine(url)
    try:
        if not inspect(engine).has_table("documents"):
            return None
    finally:
        engine.dispose()
    with Store.open(url) as store:
        return len(store.goals.list())


def killed_on_the_way(source: str, target: str, numbers: range) -> int:
    """Kills a copy before each of these statements; returns how many times it got so far, and all of them left nothing."""
    killed = 0
    for number in numbers:
        if not killed_at_statement(number, lambda: copy_database(source, target, replace=False)):
            break
        killed += 1
        assert goals_in(target) is None, f"half a copy is left after statement {number}"
    return killed


def test_a_copy_that_is_killed_leaves_nothing_and_goes_well_the_next_time(source, target):
    assert killed_on_the_way(source, target, range(40, 130, 30)) == 3
    copy_database(source, target, replace=False)
    assert goals_in(target) == 1


def test_an_old_file_has_its_name_until_the_new_one_has_it(source, tmp_path, monkeypatch):
    target = f"sqlite:///{tmp_path}/target/workspace.db"
    old = Store.open(target)  # open to the end: its last changes lie in the log beside it
    for title in ("One", "Two", "Three"):
        old.goals.save(goal(title=title), save=by())
    file = tmp_path / "target" / "workspace.db"

    def stopped(_aside: Path, _file: Path) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr(Path, "replace", stopped)
        copy_database(source, target, replace=True)
    assert file.is_file()
    assert goals_in(target) == 3
    _told, kept = copy_database(source, target, replace=True)
    old.close()
    assert goals_in(target) == 1
    assert goals_in(f"sqlite:///{kept}") == 3


@pytest.mark.faults
def test_a_copy_that_is_killed_anywhere_leaves_nothing(source, target):
    assert killed_on_the_way(source, target, range(5, 1000, 3)) > 30


@pytest.mark.faults
def test_a_replacement_that_is_killed_leaves_the_old_or_the_new(source, target):
    with Store.open(target) as store:
        for title in ("One", "Two", "Three"):
            store.goals.save(goal(title=title), save=by())
    killed = 0
    for number in range(5, 1000, 7):
        if not killed_at_statement(number, lambda: copy_database(source, target, replace=True)):
            break
        killed += 1
        assert goals_in(target) in {1, 3}
    assert killed > 15

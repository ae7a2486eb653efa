"""A database copied into another one holds the same, whatever both are."""

import json

import pytest
from sqlalchemy import text as sql

from cs_planning.errors import InvalidBackup, NotFound, Occupied, StorageUnavailable
from cs_planning.kpis.frequency import Frequency
from cs_planning.storage import COMMENT, Store, copy_database
from cs_planning.storage.copies import filling
from cs_planning.storage.copies.lines import rows_of
from cs_planning.storage.database import open_engine, writing
from cs_planning.storage.schema import upgrade_to
from tests.storage.building import NOW, by, document, goal, months

LINE = {"en": "Happy", "ja": "満足 ☎ \U0001f600"}


def filled(url: str) -> None:
    """A workspace with something of every type of value."""
    with Store.open(url) as store:
        store.points.save(months(values=(80.1, 0.1 + 0.2, 1e-300)), Frequency.MONTH, source="march.csv", save=by())
        store.goals.save(goal(title=LINE["ja"]), save=by())
        store.documents.save(document(body=json.dumps(LINE)), save=by())
        store.images.save(bytes(range(256)), "image/png", "face.png", save=by())
        store.shares.save("t" * 22, "page", expires_at=NOW, save=by())
        store.snapshots.save("page", "Title", '{"a": 1}', save=by())
        store.settings.save("fiscal_start_month", 4, save=by())


def tallies(url: str):
    with Store.open(url) as store, store.one_state() as state:
        return state.tallies()


@pytest.fixture
def both(tmp_path, emptied_database):
    return {"sqlite": f"sqlite:///{tmp_path}/workspace.db", "postgresql": emptied_database}


@pytest.mark.parametrize("way", [("sqlite", "postgresql"), ("postgresql", "sqlite")])
def test_every_row_arrives_and_the_source_stays_as_it_was(both, way):
    source, target = (both[name] for name in way)
    filled(source)
    before = tallies(source)
    told, _replaced = copy_database(source, target, replace=False)
    assert tallies(source) == before == tallies(target) == told
    assert told["points"].rows == 3
    with Store.open(target) as store:
        assert [one.title for one in store.goals.list()] == [LINE["ja"]]
        assert list(store.points.load_frame(Frequency.MONTH, ["csat"])["value"]) == [80.1, 0.1 + 0.2, 1e-300]


def test_what_is_saved_after_a_copy_gets_numbers_of_its_own(both):
    filled(both["sqlite"])
    copy_database(both["sqlite"], both["postgresql"], replace=False)
    with Store.open(both["postgresql"]) as store:
        store.goals.save(goal(title="Another"), save=by())
        store.points.save(months(key="other"), Frequency.MONTH, source="x", save=by())
        assert len(store.points.list_series()) == 2


def test_a_database_that_holds_something_is_refused_unless_it_may_go(both):
    filled(both["sqlite"])
    with Store.open(both["postgresql"]) as store:
        store.goals.save(goal(title="Theirs"), save=by())
        store.documents.save(document(kind=COMMENT), save=by())
        version, without = store.changes.content_version(), store.changes.content_without_comments()
    with pytest.raises(Occupied):
        copy_database(both["sqlite"], both["postgresql"], replace=False)
    with Store.open(both["postgresql"]) as store:
        assert [one.title for one in store.goals.list()] == ["Theirs"]
    copy_database(both["sqlite"], both["postgresql"], replace=True)
    with Store.open(both["postgresql"]) as store:
        assert [one.title for one in store.goals.list()] == [LINE["ja"]]
        assert store.changes.content_version() > version, "a process that has the old one open must see that all is new"
        assert store.changes.content_without_comments() > without


def test_what_is_computed_is_stale_even_where_an_empty_workspace_takes_the_place(both):
    with Store.open(both["sqlite"]):
        pass
    with Store.open(both["postgresql"]) as store:
        store.documents.save(document(kind=COMMENT), save=by())
        without = store.changes.content_without_comments()
    copy_database(both["sqlite"], both["postgresql"], replace=True)
    with Store.open(both["postgresql"]) as store:
        assert store.changes.content_without_comments() > without


def test_a_file_that_is_replaced_stays_beside_the_new_one(tmp_path, both):
    filled(both["postgresql"])
    with Store.open(both["sqlite"]) as store:
        store.goals.save(goal(title="Theirs"), save=by())
    _told, replaced = copy_database(both["postgresql"], both["sqlite"], replace=True)
    assert replaced is not None
    with Store.open(replaced) as store:
        assert [one.title for one in store.goals.list()] == ["Theirs"]
    with Store.open(both["sqlite"]) as store:
        assert [one.title for one in store.goals.list()] == [LINE["ja"]]
    assert not list(tmp_path.glob("*.new*"))


@pytest.mark.parametrize("target", ["sqlite", "postgresql"])
def test_a_copy_that_differs_is_not_put_in_place(both, monkeypatch, target):
    source = both["postgresql" if target == "sqlite" else "sqlite"]
    filled(source)
    real = rows_of

    def lossy(lines, table):
        for rows in real(lines, table):
            yield [row | {"value": 1.0} for row in rows] if table.name == "points" else rows

    monkeypatch.setattr(filling, "rows_of", lossy)
    with pytest.raises(InvalidBackup, match="points"):
        copy_database(source, both[target], replace=True)
    with Store.open(both[target]) as store:
        assert store.goals.list() == ()


def test_a_source_of_an_earlier_version_is_copied_and_brought_up_to_date_in_the_copy_alone(both):
    engine, _where = open_engine(both["sqlite"])
    with writing(engine) as connection:
        upgrade_to(connection, "0001")
        connection.execute(
            sql("INSERT INTO imports VALUES ('i', 'march.csv', 'ab', 'kpi_table', '{}', 3, 0, '{}', 'Mika', :at)"),
            {"at": "2026-03-09 08:30:15.000001"},
        )
    engine.dispose()
    copy_database(both["sqlite"], both["postgresql"], replace=True)
    with Store.open(both["postgresql"]) as store:
        (kept,) = store.imports.list()
        assert (kept.file_name, kept.imported_at.microsecond, kept.undone_by) == ("march.csv", 1, "")
    engine, _where = open_engine(both["sqlite"])
    with engine.connect() as connection:
        assert connection.execute(sql("SELECT version_num FROM cs_planning_version")).scalar_one() == "0001"
    engine.dispose()


def test_a_source_that_is_none_and_a_copy_onto_itself_are_refused(tmp_path, both):
    with pytest.raises(NotFound):
        copy_database(f"sqlite:///{tmp_path}/none.db", both["postgresql"], replace=True)
    assert not (tmp_path / "none.db").exists()
    filled(both["sqlite"])
    with pytest.raises(Occupied):
        copy_database(both["sqlite"], both["sqlite"], replace=True)
    with pytest.raises(StorageUnavailable):
        copy_database(both["sqlite"], "mysql://somewhere/else", replace=True)

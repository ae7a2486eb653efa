"""Sessions at the one database of the process: apart from each other, and usable in a child."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import duckdb
import pytest

from cs_planning.kpis.contacts.in_process import session
from tests.storage.processes import in_children


def _count(number: int) -> int:
    with session() as here:
        here.execute(f"CREATE TEMP TABLE contacts AS SELECT * FROM range({number}) numbers(i)")
        found = here.execute("SELECT count(*) FROM contacts").fetchone()
    assert found is not None
    return int(found[0])


def test_sessions_in_several_threads_see_their_own_tables_alone() -> None:
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(_count, range(40))) == list(range(40))
    with session() as here, pytest.raises(duckdb.CatalogException):
        here.execute("SELECT * FROM contacts")


def test_a_child_of_a_process_with_a_database_opens_one_of_its_own() -> None:
    assert _count(3) == 3
    assert in_children([lambda: _count(5), lambda: _count(7)]) == [5, 7]
    assert _count(4) == 4

"""Every test that asks for `url` or `store` runs on SQLite and on a real PostgreSQL."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import psycopg
import pytest

from cs_planning.storage import Store
from tests.storage.postgresql import NoServer, running_server


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
def new_database(server: str) -> Iterator:
    """Makes databases on the server: empty ones, or copies of one that has the newest tables."""
    numbers = count(1)
    with psycopg.connect(server.format(database="postgres"), autocommit=True) as connection:
        connection.execute("CREATE DATABASE migrated")
        Store.open(server.format(database="migrated")).close()

        def make(*, empty: bool = False) -> str:
            name = f"test_{next(numbers)}"
            connection.execute(f"CREATE DATABASE {name} TEMPLATE {'template0' if empty else 'migrated'}")
            return server.format(database=name)

        yield make


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite workspace that has the newest tables and nothing in them."""
    path = tmp_path_factory.mktemp("migrated") / "workspace.db"
    Store.open(f"sqlite:///{path}").close()
    return path


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of a workspace of one's own with the newest tables."""
    if request.param == "postgresql":
        return request.getfixturevalue("new_database")()
    path = tmp_path / "workspace.db"
    shutil.copy(request.getfixturevalue("migrated_file"), path)
    return f"sqlite:///{path}"


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of a database without tables."""
    if request.param == "postgresql":
        return request.getfixturevalue("new_database")(empty=True)
    return f"sqlite:///{tmp_path}/new/folder/workspace.db"


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    """An opened workspace."""
    with Store.open(url) as opened:
        yield opened

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
from cs_planning.storage.schema import VERSION_TABLE, newest_version
from cs_planning.storage.tables import metadata
from tests.storage.postgresql import NoServer, running_server

_numbers = count(1)


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
def administrator(server: str) -> Iterator[psycopg.Connection]:
    """A connection that may do anything on the server."""
    with psycopg.connect(server.format(database="postgres"), autocommit=True) as connection:
        yield connection


@pytest.fixture(scope="session")
def migrated_database(server: str, administrator: psycopg.Connection) -> str:
    """The URL of a database that has the newest tables."""
    administrator.execute("CREATE DATABASE migrated")
    Store.open(server.format(database="migrated")).close()
    return server.format(database="migrated")


@pytest.fixture
def emptied_database(migrated_database: str) -> str:
    """The URL of the database with the newest tables and nothing in them; to copy it for each test would be slow."""
    with psycopg.connect(migrated_database) as connection:
        connection.execute("SET session_replication_role = replica")
        connection.execute("SET lock_timeout = '10s'")
        connection.execute("; ".join(f"DELETE FROM {table}" for table in metadata.tables))
        connection.execute(f"UPDATE {VERSION_TABLE} SET version_num = '{newest_version()}'")
    return migrated_database


@pytest.fixture
def new_database(server: str, administrator: psycopg.Connection) -> Iterator[str]:
    """The URL of a database without tables."""
    name = f"empty_{next(_numbers)}"
    administrator.execute(f"CREATE DATABASE {name} TEMPLATE template0")
    yield server.format(database=name)
    administrator.execute(f"DROP DATABASE {name} WITH (FORCE)")


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
        return request.getfixturevalue("emptied_database")
    path = tmp_path / "workspace.db"
    shutil.copy(request.getfixturevalue("migrated_file"), path)
    return f"sqlite:///{path}"


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of a database without tables."""
    if request.param == "postgresql":
        return request.getfixturevalue("new_database")
    return f"sqlite:///{tmp_path}/new/folder/workspace.db"


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    """An opened workspace."""
    with Store.open(url) as opened:
        yield opened

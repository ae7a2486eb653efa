"""Every test that asks for `url` or `store` runs on SQLite and on a real PostgreSQL."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from cs_planning.storage import Store


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

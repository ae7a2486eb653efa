"""Workspaces to compare, and workspaces of every kind of store."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from cs_planning.workspace import Workspace
from cs_planning.workspace.home import Home


@pytest.fixture
def alone(tmp_path: Path) -> Iterator[Workspace]:
    """A second workspace, to import only what is left."""
    opened = Workspace.open(Home.at(tmp_path / "alone"))
    yield opened
    opened.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def home(request: pytest.FixtureRequest, tmp_path: Path) -> Home:
    """An empty workspace that several may open at once, on SQLite and on a real PostgreSQL."""
    address = request.getfixturevalue("emptied_database") if request.param == "postgresql" else None
    return Home.at(tmp_path / "shared", address)

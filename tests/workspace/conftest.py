"""A workspace of its own for every test."""

from datetime import UTC, datetime

import pytest

from cs_planning.workspace import Save, Workspace
from cs_planning.workspace.home import Home
from tests.cli.test_commands import KPIS


@pytest.fixture
def workspace(tmp_path):
    """An empty one."""
    opened = Workspace.open(Home.at(tmp_path))
    yield opened
    opened.close()


@pytest.fixture
def kpis_imported(workspace):
    """Three years of customer satisfaction and of abandonment in it."""
    now = datetime(2026, 1, 15, tzinfo=UTC)
    workspace.data.import_file("kpis.csv", KPIS.encode(), save=Save("t", "import", now))

"""A workspace with contacts, imported once for all tests of backups and damage."""

from pathlib import Path

import pytest

from cs_planning.workspace import Home, Workspace
from tests.workspace.safekeeping.filled import by, tickets


@pytest.fixture(scope="session")
def filled_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home to copy: three months of contacts, of which a second file changed parts of two."""
    home = Home.at(tmp_path_factory.mktemp("filled") / "home")
    workspace = Workspace.open(home)
    workspace.data.import_file("tickets.csv", tickets(), save=by("first"))
    workspace.data.import_file("tickets.csv", tickets(2, months=2, days=10), save=by("second"))
    workspace.close()
    return home.folder

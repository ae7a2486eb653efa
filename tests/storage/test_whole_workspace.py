"""A department's workspace on PostgreSQL answers as a laptop's on SQLite does."""

from datetime import date

import pytest

from cs_planning.workspace import Home, Workspace
from cs_planning.workspace.sample import load_sample

TODAY = date(2026, 11, 10)


def answers(home: Home) -> dict[str, tuple[str, float]]:
    workspace = Workspace.open(home)
    load_sample(workspace, TODAY)
    lines = workspace.planning.overview(TODAY)
    workspace.close()
    return {
        line.goal.title: (line.report.status.value, line.outlook.primary.probability) for line in lines if line.outlook.primary
    }


def test_the_sample_team_looks_the_same_on_both_databases(new_database, tmp_path):
    on_laptop = answers(Home.at(tmp_path / "laptop"))
    on_server = answers(Home.at(tmp_path / "server", new_database))
    assert len(on_laptop) == 5
    for title, (status, probability) in on_laptop.items():
        assert on_server[title][0] == status
        assert on_server[title][1] == pytest.approx(probability, abs=1e-9)

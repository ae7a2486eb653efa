"""A department's workspace on PostgreSQL answers as a laptop's on SQLite does."""

from datetime import date

import pytest

from cs_planning.workspace import Home, Workspace
from cs_planning.workspace.sample import import_sample, tell_sample

TODAY = date(2026, 11, 10)


def answers(workspace: Workspace) -> dict[str, tuple[str, float]]:
    lines = workspace.planning.overview(TODAY)
    workspace.close()
    return {
        line.goal.title: (line.report.status.value, line.outlook.primary.probability) for line in lines if line.outlook.primary
    }


@pytest.mark.load
def test_the_sample_team_looks_the_same_on_both_databases(sample_copy, new_database, tmp_path):
    on_laptop = answers(Workspace.open(Home.at(sample_copy(tmp_path / "laptop"))))
    served = Workspace.open(Home.at(tmp_path / "server", new_database))
    import_sample(served, TODAY)
    tell_sample(served, TODAY, "en")
    on_server = answers(served)
    assert len(on_laptop) == 5
    for title, (status, probability) in on_laptop.items():
        assert on_server[title][0] == status
        assert on_server[title][1] == pytest.approx(probability, abs=1e-9)

"""From the figure of a KPI to its parts and back."""

from datetime import UTC, date, datetime

import pytest

from cs_planning.goals.goal import Stage
from cs_planning.notebook.cells.page_head import Parameters
from cs_planning.notebook.pages.page import Page
from cs_planning.workspace import Save, Workspace
from cs_planning.workspace.home import Home
from tests.goals.builders import good_goal

NOW = datetime(2026, 1, 10, tzinfo=UTC)
VALUES = {"": 80, "A": 70, "B": 85}


@pytest.fixture
def divided(tmp_path):
    """A workspace with satisfaction as a whole and by team over 14 months up to December 2025; team B began in 2025."""
    workspace = Workspace.open(Home.at(tmp_path))
    months = [f"{2024 + month // 12}-{month % 12 + 1:02d}" for month in range(10, 24)]
    rows = [
        f"{month},{team},{value + place}"
        for place, month in enumerate(months)
        for team, value in VALUES.items()
        if team != "B" or month >= "2025-01"
    ]
    content = "\n".join(["Month,Team,CSAT (%)", *rows]).encode()
    workspace.data.import_file("csat.csv", content, save=Save("test", "i", NOW))
    yield workspace
    workspace.close()


def goal(workspace, **changes):
    fields = {"id": "", "series": "csat", "stage": Stage.ACTIVE, "deadline": date(2026, 6, 30)}
    return workspace.planning.save_draft(good_goal(**fields | changes), save=Save("test", str(changes), NOW))


def test_a_figure_leads_to_each_team_with_its_value_its_change_and_its_own_goal(divided):
    whole = goal(divided)
    own = goal(divided, series="csat|team=A")
    (teams,) = [divided.kpi_parts.of(Page(goal=whole.id), whole)["team"]]
    assert [(one.part, str(one.value), str(one.when), one.goal) for one in teams] == [
        ("A", "83 %", "Dec 2025", own.id),
        ("B", "98 %", "Dec 2025", ""),
    ]
    assert str(teams[0].year.words) == "+12 percentage points since Dec 2024"
    assert teams[1].year is None, "team B has no December 2024"


def test_below_a_team_there_are_no_further_teams(divided):
    whole = goal(divided)
    assert divided.kpi_parts.of(Page(goal=whole.id, parameters=Parameters(team="A")), whole) == {}
    assert divided.kpi_parts.of(Page(goal=whole.id), goal(divided, series="csat|team=A")) == {}


def test_at_the_end_of_an_earlier_quarter_the_parts_stand_as_they_did(divided):
    whole = goal(divided)
    teams = divided.kpi_parts.of(Page(goal=whole.id, parameters=Parameters(quarter="2024-Q4")), whole)["team"]
    assert [(one.part, str(one.when)) for one in teams] == [("A", "Dec 2024")]

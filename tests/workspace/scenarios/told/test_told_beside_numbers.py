"""What stands beside the numbers of a scenario: goals that it does not move, and data that say otherwise."""

from datetime import UTC, date, datetime

import pytest

from cs_planning.automation.answers.effects import MOVED_KPIS, effects_on
from cs_planning.automation.levers.demand import ChatbotLever
from cs_planning.automation.scenarios.scenario import Scenario, simulate
from cs_planning.goals.goal import GoalType
from cs_planning.kpis.catalogue import CATALOGUE
from cs_planning.kpis.frequency import Frequency
from cs_planning.workspace import Home, Save, Workspace
from tests.automation.builders import a_bot, a_team

TODAY = date(2026, 11, 10)


def save(key: str) -> Save:
    return Save("t", key, datetime(2026, 11, 10, tzinfo=UTC))


def log(channel: str, minutes: int, first: int = 0) -> bytes:
    days = ((n, f"2026-{n % 9 + 1:02d}-{n % 27 + 1:02d}") for n in range(first, first + 900))
    rows = (f"{n},{day} 09:00,{day} {9 + minutes // 60:02d}:{minutes % 60:02d},{channel}" for n, day in days)
    return "\n".join(["Ticket ID,Created at,First response at,Channel", *rows]).encode()


@pytest.fixture
def workspace(tmp_path):
    opened = Workspace.open(Home.at(tmp_path))
    opened.data.import_file("a.csv", log("email", 90), save=save("a"))
    yield opened
    opened.close()


def test_the_kpis_that_are_moved_are_those_that_a_bot_moves():
    bot = a_bot()
    found = simulate(a_team(), [bot], draws=16)
    moved = {kpi for kpi in CATALOGUE if effects_on(found, bot, kpi, today=TODAY) is not None}
    assert moved == MOVED_KPIS & set(CATALOGUE)


def test_a_team_that_waits_quite_otherwise_than_its_data_is_told_so(workspace):
    operation = workspace.what_if.data.drafted("USD").operation
    mail = next(place for place, channel in enumerate(operation.channels) if channel.kind.value == "email")
    overloaded = [
        channel.model_copy(update={"contacts_per_day": 500.0, "agents": 10.0}) if place == mail else channel
        for place, channel in enumerate(operation.channels)
    ]
    slow = operation.model_copy(update={"channels": tuple(overloaded)})
    (words,) = map(str, workspace.what_if.data.unlike(slow, workspace.what_if.simulated(slow).as_is))
    assert "your data say 1 h 30 min" in words


def test_a_goal_that_a_scenario_does_not_move_is_listed_with_its_reason(workspace):
    workspace.data.import_file("b.csv", log("walk-in", 30, first=1_000), save=save("b"))
    operation = workspace.what_if.data.drafted("USD").operation
    for number, series in enumerate(("frt_median", "frt_median|channel=walk-in", "contact_volume|channel=email")):
        drafted = workspace.planning.draft(series, Frequency.MONTH, GoalType.OPERATIONAL, TODAY)
        workspace.planning.save_draft(drafted.model_copy(update={"title": series}), save=save(f"goal-{number}"))
    bot = Scenario(name="bot", levers=(ChatbotLever(),))
    told = {one.goal.title: str(one.reason) for one in workspace.what_if.goals.unmoved(operation, bot, TODAY)}
    assert told["frt_median"] == told["frt_median|channel=walk-in"] == "the team above is described without walk-in"


def test_a_few_seconds_beside_the_data_are_no_other_team(workspace):
    head = "Month,Contacts,Average speed of answer (s),Service level (%),Abandonment rate (%)\n"
    rows = "".join(f"2026-0{month},25200,{{wait}},95,1\n" for month in (5, 6, 7))
    told = []
    for wait in (3, 60):
        workspace.data.import_file("calls.csv", (head + rows.format(wait=wait)).encode(), save=save(f"calls-{wait}"))
        team = a_team(agents=14)
        as_is = workspace.what_if.simulated(team).as_is
        assert as_is.mean_wait_seconds.median < 3 / 1.5, "less than two thirds of what was measured"
        told.append(workspace.what_if.data.unlike(team, as_is))
    assert told[0] == ()
    assert "your data say 1 min" in " ".join(map(str, told[1]))

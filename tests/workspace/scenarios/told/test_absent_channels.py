"""A lever for a channel that the team does not have is named, and takes nothing else with it."""

from datetime import UTC, date, datetime

import pytest

from cs_planning.automation.levers.demand import ChatbotLever
from cs_planning.automation.levers.people import AgentAssistLever, StaffingLever
from cs_planning.automation.scenarios.scenario import Scenario
from cs_planning.errors import InvalidOperation
from cs_planning.notebook.cells.page_head import Parameters
from cs_planning.workspace import Save
from cs_planning.workspace.scenarios.compare import side_by_side
from cs_planning.workspace.scenarios.told.absent_channels import idle_channels, working
from tests.automation.builders import a_team, three_channels

TODAY = date(2026, 11, 10)
ASSIST = Scenario(name="Chat assist", levers=(AgentAssistLever(channels=("chat",)),))
BOT = Scenario(name="Bot", levers=(ChatbotLever(containment=0.18),))
WHY = "“Chat assist” can't be computed for this team: Agent assist works on Chat, which the team does not have."


def by(key: str) -> Save:
    return Save("Aiko", key, datetime(2026, 11, 10, tzinfo=UTC))


@pytest.fixture
def two(workspace):
    """Two kept scenarios, one of them for the chat that the team has no longer."""
    kept = workspace.what_if.kept
    return kept.save_new(ASSIST, three_channels(), save=by("1")), kept.save_new(BOT, a_team(), save=by("2"))


def test_what_works_on_a_team_is_never_more_than_what_the_lever_names():
    team, lever = a_team(), ASSIST.levers[0]
    assert idle_channels(lever, team) == ("chat",) and idle_channels(lever, three_channels()) == ()
    assert working(ASSIST, team).levers == ()
    assert working(ASSIST, three_channels()) == ASSIST
    both = ASSIST.model_copy(update={"levers": (AgentAssistLever(channels=("chat", "phone")), StaffingLever())})
    assert [one.channels for one in working(both, team).levers] == [("phone",), ()]


def test_a_scenario_that_can_not_be_computed_is_named_and_the_others_are_compared(workspace, two):
    assist, bot = two
    found = side_by_side(workspace.what_if, workspace.planning, [assist.id, bot.id], TODAY)
    assert [str(one.name) for one in found.scenarios] == ["As it is", "Bot"]
    assert [str(words) for words in found.not_computed] == [WHY]


def test_a_goal_page_shows_the_others_and_names_the_one_that_can_not_be_computed(workspace, two):
    page = workspace.what_if.comparison(None, [], TODAY)
    assert [str(bar.label) for bar in page.figures[0].bars] == ["As it is", "Bot"]
    assert str(page.assumptions[0]) == WHY


def test_a_goal_page_about_that_scenario_alone_says_which_lever_and_which_channel(workspace, two):
    assist = two[0].id
    with pytest.raises(InvalidOperation, match="Agent assist works on Chat"):
        workspace.what_if.comparison(None, [assist], TODAY)
    with pytest.raises(InvalidOperation, match="Agent assist works on Chat"):
        workspace.what_if.frontier(assist)
    key = workspace.what_if.goals
    with pytest.raises(InvalidOperation, match="Agent assist works on Chat"):
        key.effects_in(Parameters(scenario=assist), None, TODAY)

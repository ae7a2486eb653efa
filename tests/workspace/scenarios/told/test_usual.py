"""Which numbers of a team are usual values that nobody confirmed, in words."""

from cs_planning.workspace.scenarios.told.usual import of_channel, of_team, usual_words
from tests.automation.builders import a_team, three_channels


def with_usual(team, *paths):
    return team.model_copy(update={"usual_values": paths})


def test_a_team_whose_numbers_were_all_confirmed_says_nothing():
    assert usual_words(a_team()) is None
    assert of_team(a_team()) == of_channel(a_team(), 0) == frozenset()


def test_of_one_channel_the_numbers_alone_are_named():
    team = with_usual(a_team(), "cost_per_agent_hour", "channels.0.agents")
    assert str(usual_words(team)) == (
        "With usual values for Cost of a paid hour, People on the queue at once. "
        "Confirm or change them under “The team as it is”."
    )


def test_of_several_channels_each_is_named_with_its_own():
    team = with_usual(three_channels(), "channels.2.agents", "shrinkage", "channels.0.patience_seconds")
    assert str(usual_words(team)) == (
        "With usual values for Shrinkage: paid time off the queue, Phone (Patience (seconds)), E-mail and tickets "
        "(People on the queue at once). Confirm or change them under “The team as it is”."
    )
    assert (of_team(team), of_channel(team, 2), of_channel(team, 1)) == ({"shrinkage"}, {"agents"}, frozenset())

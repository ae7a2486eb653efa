"""Kept scenarios: names of their own, a history, and the way back."""

from datetime import UTC, datetime

import pytest

from cs_planning.automation.levers.demand import ChatbotLever
from cs_planning.automation.levers.people import StaffingLever
from cs_planning.automation.scenarios.scenario import Scenario
from cs_planning.errors import Conflict, NameTaken
from cs_planning.workspace import Save
from cs_planning.workspace.scenarios.kept.kept_scenarios import changes_between
from cs_planning.workspace.scenarios.kept.team_changes import team_changes
from tests.automation.builders import a_team, three_channels

BOT = Scenario(name="Bot", levers=(ChatbotLever(containment=0.18),))


def by(key: str, author: str = "Aiko") -> Save:
    return Save(author, key, datetime(2026, 11, 10, 9, int(key) if key.isdigit() else 0, tzinfo=UTC))


def test_a_new_name_stands_beside_the_scenario_it_was_started_from(workspace):
    kept = workspace.what_if.kept
    first = kept.save_new(BOT, save=by("1"))
    second = kept.save_new(BOT.model_copy(update={"name": "Bot in spring"}), save=by("2"))
    assert second.id != first.id
    assert [one.scenario.name for one in kept.all()] == ["Bot", "Bot in spring"]
    assert kept.one(first.id).scenario == BOT


@pytest.mark.parametrize("written", ["Bot", "bot", " Bot ", "Ｂｏｔ"])
def test_a_name_that_is_taken_is_refused_and_nothing_is_overwritten(workspace, written):
    kept = workspace.what_if.kept
    first = kept.save_new(BOT, save=by("1"))
    other = Scenario(name=written, levers=(StaffingLever(agents_change=-1.0),))
    with pytest.raises(NameTaken, match=r"Aiko.*2026.*another name"):
        kept.save_new(other, save=by("2", "Ben"))
    assert kept.all() == (first,)


def test_a_rename_to_a_name_that_is_taken_is_refused_too(workspace):
    kept = workspace.what_if.kept
    kept.save_new(BOT, save=by("1"))
    second = kept.save_new(BOT.model_copy(update={"name": "Two"}), save=by("2"))
    with pytest.raises(NameTaken):
        kept.update(second, BOT, save=by("3"))
    assert kept.one(second.id) == second


def test_an_update_keeps_the_place_and_what_was_before_stands_in_the_history(workspace):
    kept = workspace.what_if.kept
    first = kept.save_new(BOT, save=by("1"))
    changed = Scenario(name="Bot 25 %", levers=(ChatbotLever(containment=0.25), StaffingLever(agents_change=-1.0)))
    second = kept.update(first, changed, save=by("2", "Ben"))
    assert (second.id, second.version) == (first.id, 2)
    newest, oldest = kept.history(first.id)
    assert (newest.by, newest.scenario, oldest.by, oldest.scenario) == ("Ben", changed, "Aiko", BOT)
    assert oldest.changes == ()
    assert [str(words) for words in newest.changes] == [
        "Name: Bot → Bot 25 %",
        "Chatbot: Contacts it ends (containment) changed",
        "Staffing added",
    ]


def test_an_earlier_save_comes_back_as_a_new_one(workspace):
    kept = workspace.what_if.kept
    first = kept.save_new(BOT, save=by("1"))
    second = kept.update(first, Scenario(name="Bot", levers=(StaffingLever(agents_change=2.0),)), save=by("2"))
    third = kept.bring_back(second, 1, save=by("3"))
    assert (third.version, third.scenario) == (3, BOT)
    assert len(kept.history(first.id)) == 3


def test_an_update_of_what_somebody_saved_in_between_is_refused(workspace):
    kept = workspace.what_if.kept
    opened = kept.save_new(BOT, save=by("1"))
    kept.update(opened, Scenario(name="Bot", levers=(ChatbotLever(containment=0.3),)), save=by("2", "Ben"))
    with pytest.raises(Conflict, match="Ben"):
        kept.update(opened, BOT, save=by("3"))


def test_a_second_click_keeps_one_scenario_and_one_version_of_the_team(workspace):
    kept, team = workspace.what_if.kept, a_team()
    assert kept.save_new(BOT, team, save=by("click")) == kept.save_new(BOT, team, save=by("click"))
    assert len(kept.all()) == 1
    assert kept.operation() == team
    kept.save_new(BOT.model_copy(update={"name": "Two"}), team, save=by("again"))
    assert len(workspace.what_if.kept._store.documents.history("operation", "operation")) == 1, "an unchanged team is not saved"


def test_a_refused_name_keeps_no_team_either(workspace):
    kept = workspace.what_if.kept
    kept.save_new(BOT, a_team(), save=by("1"))
    with pytest.raises(NameTaken):
        kept.save_new(BOT, a_team(agents=99), save=by("2"))
    assert kept.operation() == a_team()


def test_two_levers_of_a_kind_are_told_apart_by_their_order():
    one, two = ChatbotLever(containment=0.1), ChatbotLever(containment=0.2)
    before, after = Scenario(name="a", levers=(one, two)), Scenario(name="a", levers=(one,))
    assert [str(words) for words in changes_between(before, after)] == ["Chatbot removed"]
    assert changes_between(before, before) == ()


def test_a_scenario_that_is_put_away_is_in_no_list_and_comes_back_with_its_history(workspace):
    kept = workspace.what_if.kept
    first = kept.save_new(BOT, save=by("1"))
    kept.put_away(first, save=by("2"))
    assert kept.all() == ()
    (away,) = kept.put_away_ones()
    back = kept.take_back(away, save=by("3"))
    assert kept.all() == (back,) and kept.put_away_ones() == ()
    assert back.scenario == BOT
    said = [[str(words) for words in one.changes] for one in kept.history(first.id)]
    assert said == [["Was brought back"], ["Was put away"], []]


def test_a_scenario_does_not_come_back_under_a_name_that_another_one_has_by_now(workspace):
    kept = workspace.what_if.kept
    kept.put_away(kept.save_new(BOT, save=by("1")), save=by("2"))
    other = kept.save_new(BOT.model_copy(update={"name": "ＢＯＴ"}), save=by("3"))
    with pytest.raises(NameTaken, match="Bot"):
        kept.take_back(kept.put_away_ones()[0], save=by("4"))
    assert kept.all() == (other,)


def test_what_somebody_saved_since_it_was_opened_is_not_put_away(workspace):
    kept = workspace.what_if.kept
    opened = kept.save_new(BOT, save=by("1"))
    kept.update(opened, Scenario(name="Bot", levers=(ChatbotLever(containment=0.3),)), save=by("2", "Ben"))
    with pytest.raises(Conflict, match="Ben"):
        kept.put_away(opened, save=by("3"))


def test_a_form_opened_before_somebody_changed_the_team_does_not_put_the_old_team_back(workspace):
    kept = workspace.what_if.kept
    kept.save_operation(a_team(cost_per_agent_hour=3000), save=by("1"))
    opened = kept.team()
    kept.save_operation(a_team(cost_per_agent_hour=4000), save=by("2", "Ben"))
    kept.save_new(BOT, opened.operation, opened=opened, save=by("3"))
    assert kept.operation() == a_team(cost_per_agent_hour=4000), "only a team that was changed in the form is written"
    with pytest.raises(Conflict, match="Ben changed the team"):
        kept.save_new(Scenario(name="Two"), a_team(agents=12), opened=opened, save=by("4"))
    assert kept.operation() == a_team(cost_per_agent_hour=4000)
    assert [one.scenario.name for one in kept.all()] == ["Bot"]


def test_a_team_described_twice_at_once_is_kept_once(workspace):
    kept = workspace.what_if.kept
    opened = kept.team()
    kept.save_operation(a_team(), save=by("1", "Ben"))
    with pytest.raises(Conflict, match="Ben"):
        kept.save_new(BOT, a_team(agents=12), opened=opened, save=by("2"))
    assert kept.operation() == a_team()


def test_a_change_of_the_team_is_in_the_history_of_the_scenario_that_it_was_kept_with(workspace):
    kept = workspace.what_if.kept
    first = kept.save_new(BOT, a_team(), save=by("1"))
    kept.update(first, BOT, a_team(cost_per_agent_hour=40), save=by("2", "Ben"))
    newest, oldest = kept.history(first.id)
    assert [str(words) for words in newest.changes] == ["Team: Cost of a paid hour changed"]
    assert oldest.changes == ()
    assert [[str(words) for words in one.changes] for one in kept.team_history()] == [
        ["Team: Cost of a paid hour changed"],
        ["The team was described"],
    ]


def test_each_channel_of_a_changed_team_says_what_was_changed():
    before, after = three_channels(), three_channels()
    phone = after.channels[0].model_copy(update={"agents": 12.0})
    after = after.model_copy(update={"channels": (phone, after.channels[2])})
    assert [str(words) for words in team_changes(before, after)] == [
        "Team, Phone: People on the queue at once changed",
        "Team: Chat removed",
    ]


@pytest.mark.parametrize("written", ["As is", "as-is", "As it is", "現状", "ＡＳ　ＩＳ", " ", "\u3000", "\u200b"])
def test_the_name_of_the_team_without_levers_and_a_blank_one_are_no_names_of_scenarios(workspace, written):
    with pytest.raises(NameTaken, match="another name"):
        workspace.what_if.kept.save_new(Scenario(name=written), save=by("1"))
    assert workspace.what_if.kept.all() == ()

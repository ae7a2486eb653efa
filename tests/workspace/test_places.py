"""Several workspaces in one installation: named, found, kept apart."""

from datetime import UTC, datetime

import pytest

from cs_planning.errors import NameTaken, NotFound, PlanningError
from cs_planning.goals.goal import SatisfactionGoal
from cs_planning.workspace import Home, Save, Workspace
from cs_planning.workspace.places import (
    FIRST,
    Place,
    can_have_more,
    home_of,
    is_place_id,
    make_place,
    place_named,
    places,
    rename_place,
)

NOW = datetime(2026, 1, 15, 9, tzinfo=UTC)


@pytest.fixture
def home(tmp_path):
    return Home.at(tmp_path)


def test_there_is_one_workspace_without_a_name_until_somebody_makes_another(home):
    assert places(home) == (Place(FIRST, ""),)
    made = make_place(home, "  Osaka   site ")
    assert made == Place("osaka-site", "Osaka site")
    assert places(home) == (Place(FIRST, ""), made)


def test_what_is_kept_in_one_workspace_is_not_in_another(home):
    osaka = Workspace.open(home_of(home, make_place(home, "Osaka").id))
    osaka.planning.save_draft(SatisfactionGoal(title="Only in Osaka"), save=Save("Mika", "one", NOW))
    first = Workspace.open(home_of(home, FIRST))
    assert not first.planning.goals()
    assert [goal.title for goal in osaka.planning.goals()] == ["Only in Osaka"]
    first.close()
    osaka.close()


def test_another_name_leaves_the_address_as_it_is(home):
    made = make_place(home, "Osaka")
    assert rename_place(home, made.id, "Osaka centre") == Place("osaka", "Osaka centre")
    assert rename_place(home, FIRST, "Tokyo") == Place(FIRST, "Tokyo")
    assert [one.name for one in places(home)] == ["Tokyo", "Osaka centre"]
    assert place_named(home, "osaka CENTRE").id == place_named(home, "osaka").id == "osaka"


def test_a_name_that_no_address_can_hold_gets_an_id_that_it_can(home):
    assert [make_place(home, name).id for name in ("大阪", "名古屋", "Sample!")] == ["team", "team-2", "sample-2"]


def test_two_workspaces_are_never_called_alike_nor_as_the_id_of_another(home):
    make_place(home, "Osaka")
    for name in ("Osaka", "ＯＳＡＫＡ", "own"):
        if name == "own":
            rename_place(home, FIRST, "Tokyo")
        with pytest.raises(NameTaken):
            make_place(home, name)
    with pytest.raises(NameTaken):
        rename_place(home, FIRST, "osaka")
    with pytest.raises(PlanningError, match="no name"):
        make_place(home, "   ")


@pytest.mark.parametrize("asked", ["../..", "nobody", "", "sample", "workspaces", "osaka/../.."])
def test_an_id_that_is_not_there_opens_nothing_and_makes_no_folder(home, asked):
    make_place(home, "Osaka")
    with pytest.raises(NotFound):
        home_of(home, asked)
    assert sorted(one.name for one in (home.folder / "workspaces").iterdir()) == ["osaka"]


def test_only_plain_words_are_ids():
    assert [word for word in ("own", "osaka-2", "Osaka", "../x", "a b", "-x", "") if is_place_id(word)] == ["own", "osaka-2"]


def test_on_a_database_server_further_workspaces_are_further_databases(tmp_path):
    shared = Home.at(tmp_path, "postgresql://host/planning")
    assert not can_have_more(shared)
    with pytest.raises(PlanningError, match="database of its own"):
        make_place(shared, "Osaka")

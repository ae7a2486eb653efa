"""Somebody who is mentioned in a comment finds it."""

from datetime import UTC, datetime

import pytest

from cs_planning.goals.goal import SatisfactionGoal
from cs_planning.workspace import Home, Save, Workspace
from cs_planning.workspace.pages.mentions import is_mentioned, mentioned

NOW = datetime(2026, 1, 15, 9, tzinfo=UTC)
PEOPLE = ("Ken", "Ken Ito", "佐藤 真理子", "Ama Boateng")


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("@Ken can you look?", ("Ken",)),
        ("@Ken Ito can you look?", ("Ken Ito",)),
        ("@ken ito and @Ken: please", ("Ken", "Ken Ito")),
        ("＠佐藤　真理子さん、お願いします", ("佐藤 真理子",)),
        ("@Kenneth, and ken@ken.example", ()),
        ("Ken Ito said so", ()),
        ("", ()),
    ],
)
def test_the_longest_known_name_after_the_sign_is_mentioned(words, found):
    assert mentioned(words, PEOPLE) == found


def test_somebody_whom_nobody_named_yet_can_be_mentioned_too():
    assert is_mentioned("@Yui Tanaka: see above", "yui tanaka", PEOPLE)
    assert not is_mentioned("@Ken Ito: see above", "Ken", PEOPLE)


@pytest.fixture
def workspace(tmp_path):
    opened = Workspace.open(Home.at(tmp_path))
    yield opened
    opened.close()


def test_open_comments_that_mention_somebody_are_found_with_their_page_until_they_are_resolved(workspace):
    draft = SatisfactionGoal(title="More satisfied customers", series="csat", owner="Ama Boateng")
    goal = workspace.planning.save_draft(draft, save=Save("Mika", "goal", NOW))
    page = workspace.pages.page_of(goal)
    said = workspace.talk.comment(page, "notes", "@Ama Boateng what do you think?", save=Save("Mika", "one", NOW))
    workspace.talk.comment(workspace.pages.page(goal.id), "notes", "Nobody is meant", save=Save("Ren", "two", NOW))
    assert workspace.talk.people() == ("Ama Boateng", "Mika", "Ren")
    (found,) = workspace.talk.mentions_of("Ama Boateng")
    assert (found.comment.words, found.title) == ("@Ama Boateng what do you think?", "More satisfied customers")
    assert workspace.pages.page(found.page).goal == goal.id
    assert workspace.talk.mentions_of("Mika") == workspace.talk.mentions_of("") == ()
    workspace.talk.resolve(said.id, True, save=Save("Ama Boateng", "three", NOW))
    assert workspace.talk.mentions_of("Ama Boateng") == ()

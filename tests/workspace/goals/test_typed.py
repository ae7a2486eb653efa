"""What is being typed is found at once, and written where the hand rests."""

import threading
from datetime import UTC, date, datetime

import pytest

from cs_planning.errors import StorageUnavailable
from cs_planning.goals.goal import GoalType
from cs_planning.kpis.frequency import Frequency
from cs_planning.language import text
from cs_planning.workspace import Workspace
from cs_planning.workspace.goals import unfinished
from cs_planning.workspace.home import Home

NOW, TODAY = datetime(2026, 11, 10, tzinfo=UTC), date(2026, 11, 10)
NAME = "a-name-that-nobody-guesses"


@pytest.fixture(scope="module")
def sample(sample_copy, tmp_path_factory):
    opened = Workspace.open(Home.at(sample_copy(tmp_path_factory.mktemp("sample"))))
    yield opened
    opened.close()


@pytest.fixture
def goal(sample):
    return sample.planning.draft("csat", Frequency.MONTH, GoalType.SATISFACTION, TODAY)


@pytest.fixture
def writes(sample, monkeypatch):
    """The names that are written, in their order."""
    written = []
    keep = sample.unfinished._store.computed.keep
    monkeypatch.setattr(
        sample.unfinished._store.computed, "keep", lambda name, value: (written.append(name), keep(name, value))
    )
    return written


def test_a_slider_that_is_pulled_writes_once_and_is_found_all_the_time(sample, goal, writes):
    for target in range(70, 90):
        moved = goal.model_copy(update={"primary": float(target)})
        sample.unfinished.keep(NAME, moved)
        assert sample.unfinished.find(NAME) == moved
    sample.unfinished.write()
    assert len(writes) == 1
    assert sample.unfinished.find(NAME).primary == 89.0


def test_it_is_written_without_anybody_asking(sample, goal, writes, monkeypatch):
    monkeypatch.setattr(unfinished, "_REST_SECONDS", 0.0)
    seen = threading.Event()
    keep = sample.unfinished._store.computed.keep
    monkeypatch.setattr(sample.unfinished._store.computed, "keep", lambda name, value: (keep(name, value), seen.set()))
    sample.unfinished.keep(NAME, goal)
    assert seen.wait(30)
    assert writes == ["unfinished." + NAME]


def test_closing_writes_what_waits(sample_copy, tmp_path):
    home = Home.at(sample_copy(tmp_path / "closed"))
    workspace = Workspace.open(home)
    goal = workspace.planning.draft("csat", Frequency.MONTH, GoalType.SATISFACTION, TODAY)
    workspace.unfinished.keep(NAME, goal)
    workspace.close()
    again = Workspace.open(home)
    assert again.unfinished.find(NAME) == goal
    again.close()


def test_a_database_that_is_away_for_a_moment_loses_nothing(sample, goal, monkeypatch):
    def away(*_arguments):
        raise StorageUnavailable(text("away"), text("later"))

    with monkeypatch.context() as broken:
        broken.setattr(sample.unfinished._store.computed, "keep", away)
        sample.unfinished.keep(NAME, goal)
        sample.unfinished.write()
    assert sample.unfinished.find(NAME) == goal
    sample.unfinished.write()
    assert sample.unfinished._store.computed.load("unfinished." + NAME) == goal.model_dump_json()


def test_what_was_saved_is_not_written_again(sample, goal, writes):
    sample.unfinished.keep(NAME, goal)
    sample.unfinished.drop(NAME, NOW)
    sample.unfinished.write()
    assert not writes
    assert sample.unfinished.find(NAME) is None

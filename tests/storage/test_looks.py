"""One look at the workspace: asked once, never older than its counters, and over with the first save."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from contextvars import copy_context
from datetime import UTC, datetime

import pytest
from sqlalchemy import Engine, event

from cs_planning.errors import Conflict
from cs_planning.goals.goal import Goal
from cs_planning.kpis.currency import Currency
from cs_planning.storage import COUNTRY, FISCAL_YEAR, Save, Store, one_look
from cs_planning.storage.settings import write_currency
from tests.storage import building
from tests.storage.processes import in_children

NOW = datetime(2026, 1, 15, tzinfo=UTC)


def save(key: str) -> Save:
    return Save("Mika", key, NOW)


@contextmanager
def statements() -> Iterator[list[str]]:
    """What databases are asked for inside the block."""
    asked: list[str] = []
    event.listen(Engine, "before_cursor_execute", hears := lambda *said: asked.append(said[2]))
    try:
        yield asked
    finally:
        event.remove(Engine, "before_cursor_execute", hears)


def selects(asked: list[str]) -> list[str]:
    return [one for one in asked if one.startswith("SELECT")]


def read_all(store: Store, goal: Goal) -> tuple[object, ...]:
    return (
        store.changes.data_version(),
        store.changes.content_version(),
        store.settings.load_calendar(),
        store.settings.load_currency(),
        store.goals.load(goal.id),
        store.goals.list(),
        store.documents.list("scenario"),
        store.documents.load("goal", goal.id),
        store.points.list_series(),
        store.kpis.load_all(),
    )


@pytest.fixture
def goal(store):
    return store.goals.save(building.goal(), save=save("goal"))


def test_a_look_asks_once_and_tells_the_same_as_without_it(store, goal):
    plain = read_all(store, goal)
    with one_look():
        assert read_all(store, goal) == plain
        with statements() as asked:
            assert read_all(store, goal) == plain
        assert not asked
    with statements() as asked:
        read_all(store, goal)
    assert len(selects(asked)) >= 10


def test_the_counters_are_read_before_anything_else_of_a_look(store, goal):
    with one_look():
        with statements() as asked:
            store.settings.load_calendar()
            store.changes.content_version()
        assert "counters" in selects(asked)[0]
        assert len(selects(asked)) == 2
        store.settings.save(COUNTRY, "DE", save=save("country"))
        with statements() as asked:
            store.goals.load(goal.id)
        assert "counters" in selects(asked)[0]


def test_a_save_is_seen_by_the_look_that_made_it(store, goal):
    with one_look():
        before = read_all(store, goal)
        renamed = store.goals.save(goal.model_copy(update={"title": "Answer at once"}), save=save("renamed"))
        assert store.changes.content_version() > before[1]
        assert store.goals.load(goal.id) == renamed
        assert store.goals.list() == (renamed,)
        assert store.documents.load("goal", goal.id).title == "Answer at once"
        data = store.changes.data_version()
        store.settings.save(FISCAL_YEAR, 4, save=save("year"))
        assert store.settings.load_calendar().fiscal_start_month == 4
        assert store.changes.data_version() > data


def test_a_save_through_another_door_to_the_same_tables_is_seen_too(store, url, goal):
    with Store.open(url) as other, one_look():
        store.goals.load(goal.id)
        renamed = other.goals.save(goal.model_copy(update={"title": "Answer at once"}), save=save("renamed"))
        assert store.goals.load(goal.id) == renamed


def test_what_is_read_while_a_save_is_not_done_yet_is_asked_again_when_it_is(store):
    with one_look():
        with store.database.writing() as connection:
            before = store.settings.load_calendar()
            write_currency(connection, Currency(code="JPY", is_chosen=True), save=save("currency"))
            assert store.settings.load_currency().code != "JPY"
        assert store.settings.load_currency().code == "JPY"
        assert store.settings.load_calendar() == before


def test_who_lost_a_race_inside_a_look_reads_what_the_other_one_wrote(store, url, goal):
    with one_look():
        mine = store.goals.load(goal.id)

        def rename() -> str:
            with Store.open(url) as other:
                return other.goals.save(mine.model_copy(update={"title": "Theirs"}), save=save("theirs")).title

        assert in_children([rename]) == ["Theirs"]
        with pytest.raises(Conflict):
            store.goals.save(mine.model_copy(update={"title": "Mine"}), save=save("mine"))
        assert store.goals.load(goal.id).title == "Theirs"


def test_a_save_of_another_process_is_seen_whole_by_the_next_look_and_not_in_part_by_this_one(store, url):
    def changes_the_year() -> int:
        with Store.open(url) as other:
            other.settings.save(FISCAL_YEAR, 4, save=save("year"))
            return other.changes.data_version()

    with one_look():
        calendar = store.settings.load_calendar()
        (after,) = in_children([changes_the_year])
        assert store.changes.data_version() < after, "an old calendar must never be kept under the new counter"
        assert store.settings.load_calendar() == calendar
    with one_look():
        assert store.changes.data_version() == after
        assert store.settings.load_calendar().fiscal_start_month == 4


def test_who_decides_by_what_is_kept_now_reads_it_anew_inside_a_look(store, url):
    def changes_the_year() -> None:
        with Store.open(url) as other:
            other.settings.save(FISCAL_YEAR, 4, save=save("year"))

    with one_look():
        store.settings.load_calendar()
        in_children([changes_the_year])
        points, _layers = store.layers.state()
        assert store.settings.load_calendar().fiscal_start_month == 4
        assert store.changes.data_version() == points


def test_another_thread_has_no_part_in_a_look_even_with_a_copy_of_its_context(store, goal):
    with one_look(), ThreadPoolExecutor(max_workers=1) as beside:
        before = store.goals.load(goal.id)
        renamed = beside.submit(
            copy_context().run, lambda: store.goals.save(goal.model_copy(update={"title": "Beside"}), save=save("beside"))
        ).result()
        assert beside.submit(copy_context().run, lambda: store.goals.load(goal.id)).result() == renamed
        assert store.goals.load(goal.id) == before
    assert store.goals.load(goal.id) == renamed


def test_a_look_inside_a_look_belongs_to_it_and_one_that_fails_is_over(store, goal):
    with one_look():
        store.goals.load(goal.id)
        with one_look(), statements() as asked:
            store.goals.load(goal.id)
        assert not asked
    with pytest.raises(RuntimeError), one_look():
        store.goals.load(goal.id)
        raise RuntimeError
    with statements() as asked:
        store.goals.load(goal.id)
    assert asked

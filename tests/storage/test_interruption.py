import os
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date

import pytest

from cs_planning.errors import Conflict
from cs_planning.goals.goal import Goal
from cs_planning.kpis.catalogue import kpi_named
from cs_planning.kpis.frequency import Frequency
from cs_planning.storage import ContactLog, ImportResult, LogPart, PointCounts, RememberedMapping, Store
from tests.storage.building import an_import, by, goal, months
from tests.storage.processes import in_children, killed_at_statement


def whole_import(store: Store) -> ImportResult:
    return store.imports.record(
        an_import(),
        {Frequency.MONTH: months(), Frequency.YEAR: months(values=(5.0,))},
        kpis=[kpi_named("own")],
        remember=RememberedMapping("cd", "contacts", "{}"),
        log=ContactLog("contacts", parts=(LogPart(date(2026, 1, 1), "a.parquet", 10),)),
        save=by(key="form-1"),
    )


def state(store: Store) -> tuple:
    return (
        store.imports.list(),
        store.points.list_series(),
        store.kpis.load_all(),
        store.imports.remembered_mapping("cd"),
        store.contact_logs.load("contacts"),
        store.changes.list(),
        store.changes.data_version(),
        store.changes.content_version(),
    )


@pytest.mark.faults
def test_an_import_killed_at_any_statement_leaves_nothing_half(url: str):
    with Store.open(url) as store:
        nothing = state(store)
    kills = 0

    def work() -> None:
        with Store.open(url) as opened:
            whole_import(opened)

    while killed_at_statement(kills + 1, work):
        kills += 1
        with Store.open(url) as store:
            assert state(store) == nothing, f"half an import after statement {kills}"
    assert kills > 15
    with Store.open(url) as store:
        assert len(store.imports.list()) == 1
        assert whole_import(store).total == PointCounts(inserted=4)
        assert len(store.imports.list()) == 1


@pytest.mark.parametrize("statement", [3, 14])
def test_an_import_killed_in_its_midst_leaves_nothing_half(url: str, statement: int):
    with Store.open(url) as store:
        nothing = state(store)

    def work() -> None:
        with Store.open(url) as opened:
            whole_import(opened)

    assert killed_at_statement(statement, work)
    with Store.open(url) as store:
        assert state(store) == nothing
        assert whole_import(store).total == PointCounts(inserted=4)


@pytest.mark.faults
def test_a_goal_killed_at_any_statement_is_there_whole_or_not_at_all(url: str):
    kills = 0

    def work() -> None:
        with Store.open(url) as opened:
            opened.goals.save_all([goal(), goal(title="Second")], save=by(key="form-1"))

    while killed_at_statement(kills + 1, work):
        kills += 1
        with Store.open(url) as store:
            assert store.goals.list() == ()
            assert store.changes.list() == ()
    assert kills > 5
    with Store.open(url) as store:
        assert len(store.goals.list()) == 2


def test_two_clicks_in_two_threads_save_once(store: Store):
    clicks = 8
    together = threading.Barrier(clicks)

    def click(_: int) -> Goal:
        together.wait()
        return store.goals.save(goal(), save=by(key="form-1"))

    with ThreadPoolExecutor(clicks) as pool:
        results = set(pool.map(lambda number: click(number).id, range(clicks)))
    assert len(results) == 1
    assert len(store.goals.list()) == 1
    assert len(store.changes.list()) == 1


def test_two_processes_with_one_key_save_once(url: str):
    def work() -> PointCounts:
        with Store.open(url) as opened:
            return opened.points.save(months(), Frequency.MONTH, source="march.csv", save=by(key="form-1"))

    assert in_children([work] * 4) == [PointCounts(inserted=3)] * 4


def test_two_processes_saving_the_same_version_make_one_conflict(url: str):
    with Store.open(url) as store:
        opened = store.goals.save(goal(), save=by())

    def save(title: str) -> Callable[[], object]:
        def work() -> object:
            with Store.open(url) as mine:
                return mine.goals.save(opened.model_copy(update={"title": title}), save=by(title)).title

        return work

    results = in_children([save("Aiko"), save("Ben"), save("Cem")])
    winners = [result for result in results if result in {"Aiko", "Ben", "Cem"}]
    assert len(winners) == 1
    assert sum(str(result).startswith(Conflict.__name__) for result in results) == 2
    with Store.open(url) as store:
        assert store.goals.load(opened.id).title == winners[0]
        assert len(store.goals.history(opened.id)) == 2


@pytest.mark.slow
def test_two_processes_importing_other_files_both_arrive(url: str):
    def save(number: int) -> Callable[[], PointCounts]:
        def work() -> PointCounts:
            with Store.open(url) as opened:
                total = PointCounts()
                for _ in range(5):
                    frame = months(f"kpi_{number}", values=tuple(range(24)))
                    total += opened.points.save(frame, Frequency.MONTH, source="x", save=by(str(number)))
                return total

        return work

    assert in_children([save(number) for number in range(3)]) == [PointCounts(inserted=24, unchanged=96)] * 3
    with Store.open(url) as store:
        assert [info.count for info in store.points.list_series()] == [24, 24, 24]
        assert store.changes.data_version() == 3


def test_two_processes_updating_the_same_series_do_not_mix_it_up(url: str):
    def save(value: float) -> Callable[[], PointCounts]:
        def work() -> PointCounts:
            with Store.open(url) as opened:
                frame = months(values=(value,) * 24)
                return opened.points.save(frame, Frequency.MONTH, source=str(value), save=by())

        return work

    counts = in_children([save(1.0), save(2.0)])
    assert sorted(counts, key=lambda count: count.inserted) == [PointCounts(changed=24), PointCounts(inserted=24)]
    with Store.open(url) as store:
        assert len(set(store.points.load_series("csat", Frequency.MONTH).values)) == 1


def test_of_two_switches_of_a_contact_log_one_wins_and_the_other_hears_of_it(url: str):
    def switch(name: str) -> Callable[[], object]:
        def work() -> object:
            with Store.open(url) as opened:
                log = replace(ContactLog("contacts"), parts=(LogPart(date(2026, 1, 1), name, 10),))
                return opened.imports.record(an_import(file_name=name), {}, log=log, save=by()).info.file_name

        return work

    results = in_children([switch("a"), switch("b")])
    assert sum(str(result).startswith(Conflict.__name__) for result in results) == 1
    with Store.open(url) as store:
        assert [part.file_name for part in store.contact_logs.load("contacts").parts] == [
            result for result in results if result in {"a", "b"}
        ]


@pytest.mark.slow
def test_saves_of_several_goals_in_opposite_order_do_not_lock_each_other_out(url: str):
    with Store.open(url) as store:
        pair = store.goals.save_all([goal(title="A"), goal(title="B")], save=by())

    def save(order: slice) -> Callable[[], object]:
        def work() -> object:
            with Store.open(url) as opened:
                done = 0
                for _ in range(20):
                    present = {kept.id: kept for kept in opened.goals.list()}
                    try:
                        opened.goals.save_all([present[kept.id] for kept in pair[order]], save=by())
                        done += 1
                    except Conflict:
                        pass
                return done

        return work

    done = in_children([save(slice(None)), save(slice(None, None, -1))])
    with Store.open(url) as store:
        assert {kept.version for kept in store.goals.list()} == {1 + sum(done)}


def test_readers_see_the_old_state_while_a_save_runs(store: Store):
    store.points.save(months(), Frequency.MONTH, source="x", save=by())
    with store.database.writing() as connection:
        connection.exec_driver_sql("UPDATE points SET value = 0")
        seen = store.points.load_series("csat", Frequency.MONTH).values.tolist()
    assert seen == [80.0, 81.5, 79.0]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_a_child_that_fails_tells_its_error():
    def fail() -> None:
        raise KeyError("x")

    assert in_children([fail]) == ["KeyError: 'x'"]

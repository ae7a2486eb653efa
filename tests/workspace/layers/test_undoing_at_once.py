"""Undoing beside another undoing or an import, and undoing that is killed: never half of it, and no contacts are lost."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from typing import Any

import pytest

from cs_planning.errors import Conflict, PlanningError
from cs_planning.workspace import Workspace
from cs_planning.workspace.data import keeping
from cs_planning.workspace.home import Home
from cs_planning.workspace.layers import undoing as undoing_module
from tests.storage.processes import in_children, killed_at_statement
from tests.workspace.layers.undo_files import (
    FILES,
    VOLUMES,
    by,
    put,
    put_into_whole,
    require_as_alone,
    require_equal,
    require_same,
    require_tidy,
    state,
    undo_some,
)


def opened_at(home: Home) -> closing[Workspace]:
    return closing(Workspace.open(home))


@pytest.mark.parametrize(
    "seed", [pytest.param(seed, marks=pytest.mark.slow if seed == 0 else pytest.mark.load) for seed in range(8)]
)
def test_any_imports_of_which_some_are_undone_leave_on_a_server_what_the_others_alone_give(
    emptied_database, tmp_path, alone, seed
):
    with opened_at(Home.at(tmp_path / "shared", emptied_database)) as workspace:
        left = undo_some(workspace, seed)
        require_as_alone(workspace, alone, left)


def at_once(home: Home, *works: Callable[[Workspace], Any]) -> list[Any]:
    """Does all works at the same moment, each in a workspace that it opened itself; errors of the product are results."""
    together = threading.Barrier(len(works))

    def work(one: Callable[[Workspace], Any]) -> Any:
        with opened_at(home) as opened:
            together.wait()
            try:
                return one(opened)
            except PlanningError as error:
                return error

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(work, works))


def undoing(id: str, number: int) -> Callable[[Workspace], Any]:
    return lambda opened: opened.data.undo.undo(id, save=by(number))


def importing(name: str, number: int) -> Callable[[Workspace], Any]:
    return lambda opened: put(opened, name, number)


@pytest.mark.faults
def test_two_imports_that_are_undone_at_once_are_both_undone(home, alone):
    with opened_at(home) as workspace:
        put(workspace, "spring.csv", 1)
        second, third = put(workspace, "wrong.csv", 2), put(workspace, "moved.csv", 3)
        put(workspace, "summer.csv", 4)
        results = at_once(home, undoing(second, 5), undoing(third, 6))
        assert not [one for one in results if isinstance(one, Exception)]
        require_tidy(workspace)
        require_as_alone(workspace, alone, ["spring.csv", "summer.csv"])


def test_the_same_import_undone_at_once_is_undone_once(home, alone):
    with opened_at(home) as workspace:
        put(workspace, "spring.csv", 1)
        second = put(workspace, "wrong.csv", 2)
        results = at_once(home, undoing(second, 5), undoing(second, 6))
        assert sum(isinstance(one, Exception) for one in results) == 1
        (error,) = (one for one in results if isinstance(one, Exception))
        assert "undone already" in str(error)
        require_tidy(workspace)
        require_as_alone(workspace, alone, ["spring.csv"])


@pytest.mark.faults
@pytest.mark.parametrize("beside", ["corrected.csv", "summer.csv", "occupancy.csv", "costs.csv"])
def test_an_import_beside_an_undoing_happens_as_if_one_came_after_the_other(home, alone, beside):
    with opened_at(home) as workspace:
        put(workspace, "spring.csv", 1)
        second = put(workspace, "wrong.csv", 2)
        undone, _ = results = at_once(home, undoing(second, 5), importing(beside, 6))
        assert all(not isinstance(one, Exception) or isinstance(one, Conflict) for one in results)
        if isinstance(undone, Exception):
            workspace.data.undo.undo(second, save=by(7))
        if isinstance(results[1], Exception):
            put(workspace, beside, 8)
        require_tidy(workspace)
        require_as_alone(workspace, alone, ["spring.csv", beside])


def overtaken_by(monkeypatch, where: object, name: str, work: Callable[[], Any]) -> None:
    """Does something else once, just before the next call of a function."""
    function = getattr(where, name)

    def overtaken(*facts: Any, **named: Any) -> Any:
        monkeypatch.setattr(where, name, function)
        work()
        return function(*facts, **named)

    monkeypatch.setattr(where, name, overtaken)


def test_contacts_fill_what_a_table_left_to_them_that_is_undone_while_they_are_imported(home, alone, monkeypatch):
    with opened_at(home) as workspace, opened_at(home) as other:
        table = put_into_whole(workspace, "volume.csv", VOLUMES, 1)
        overtaken_by(monkeypatch, keeping, "merge", lambda: other.data.undo.undo(table, save=by(2)))
        put_into_whole(workspace, "spring.csv", FILES["spring.csv"], 3)
        put_into_whole(alone, "spring.csv", FILES["spring.csv"], 3)
        require_same(workspace, alone)
        require_tidy(workspace)


@pytest.mark.faults
@pytest.mark.parametrize("place", ["without", "overlap", "readable_files"])
def test_files_that_an_import_replaces_while_they_are_read_for_an_undoing_are_no_damage(home, alone, monkeypatch, place):
    with opened_at(home) as workspace, opened_at(home) as other:
        put(workspace, "spring.csv", 1)
        second = put(workspace, "corrected.csv", 2)
        overtaken_by(monkeypatch, undoing_module, place, lambda: put(other, "moved.csv", 3))
        workspace.data.undo.undo(second, save=by(4))
        require_as_alone(workspace, alone, ["spring.csv", "moved.csv"])
        require_tidy(workspace)


def test_contacts_that_are_undone_while_costs_are_imported_leave_no_cost_per_contact(home, monkeypatch):
    with opened_at(home) as workspace, opened_at(home) as other:
        contacts = put(workspace, "spring.csv", 1)
        overtaken_by(monkeypatch, keeping, "folded_tables", lambda: other.data.undo.undo(contacts, save=by(3)))
        put(workspace, "costs.csv", 2)
        kept = {info.key.kpi for info in workspace.data.series_list()}
        assert "service_cost" in kept
        assert "cost_per_contact" not in kept


def test_contacts_that_are_undone_while_the_calendar_is_changed_leave_no_values(home, monkeypatch):
    with opened_at(home) as workspace, opened_at(home) as other:
        put(workspace, "occupancy.csv", 1)
        put(workspace, "spring.csv", 2)
        before = {str(info.key) for info in workspace.data.series_list() if info.source == "occupancy.csv"}

        def undo_the_last() -> None:
            other.data.undo.undo(other.data.imports()[0].id, save=by(3))

        overtaken_by(monkeypatch, workspace._store.points, "save", undo_the_last)
        workspace.clock.save(None, 4, save=by(4))
        assert {str(info.key) for info in workspace.data.series_list()} == before


@pytest.mark.faults
def test_undoings_and_imports_of_several_processes_leave_what_the_others_alone_give(home, alone):
    with opened_at(home) as workspace:
        put(workspace, "spring.csv", 1)
        wrong = [put(workspace, name, number) for number, name in enumerate(("wrong.csv", "occupancy-wrong.csv"), 2)]

    def work(one: Callable[[Workspace], Any]) -> Callable[[], Any]:
        def done() -> str:
            for attempt in range(20):
                try:
                    with opened_at(home) as opened:
                        one(opened)
                except Conflict:
                    continue
                return f"done in attempt {attempt}"
            return "never"

        return done

    works = [undoing(wrong[0], 11), undoing(wrong[1], 12), importing("summer.csv", 13), importing("occupancy.csv", 14)]
    results = in_children([work(one) for one in works])
    assert all(str(one).startswith("done") for one in results), results
    with opened_at(home) as workspace:
        require_tidy(workspace)
        require_as_alone(workspace, alone, ["spring.csv", "summer.csv", "occupancy.csv"])


def killed_while_undoing(home: Home, id: str, statement: int) -> bool:
    def work() -> None:
        with opened_at(home) as opened:
            opened.data.undo.undo(id, save=by(50))

    return killed_at_statement(statement, work)


@pytest.mark.faults
@pytest.mark.parametrize("name", ["wrong.csv", "occupancy-wrong.csv"])
@pytest.mark.parametrize("step", [1, 19])
def test_an_undoing_killed_at_any_statement_is_done_whole_or_not_at_all(home, alone, name, step):
    with opened_at(home) as workspace:
        put(workspace, "spring.csv", 1)
        put(workspace, "occupancy.csv", 2)
        wrong = put(workspace, name, 3)
        before = state(workspace)
    kills = 0
    while killed_while_undoing(home, wrong, kills * step + 1):
        kills += 1
        with opened_at(home) as workspace:
            if workspace.data.imports()[0].undone_at is None:
                require_equal(before, state(workspace))
            else:
                break
    assert kills * step > 25
    with opened_at(home) as workspace:
        require_as_alone(workspace, alone, ["spring.csv", "occupancy.csv"])
        put(workspace, "costs.csv", 60)
        put(workspace, "summer.csv", 61)
        require_tidy(workspace)


@pytest.mark.faults
def test_what_a_killed_undoing_wrote_goes_with_the_next_import(home):
    with opened_at(home) as workspace:
        put(workspace, "spring.csv", 1)
        wrong = put(workspace, "corrected.csv", 2)
        put(workspace, "moved.csv", 3)
        kept = workspace.data.logs.named()

    def work() -> None:
        with opened_at(home) as opened:
            opened._store.imports.undo = lambda *_facts, **_named: os.kill(os.getpid(), signal.SIGKILL)  # type: ignore[method-assign]
            opened.data.undo.undo(wrong, save=by(50))

    assert killed_at_statement(10_000, work)
    with opened_at(home) as workspace:
        assert {path.name for path in home.contacts.glob("*/*")} - kept
        put(workspace, "summer.csv", 4)
        require_tidy(workspace)

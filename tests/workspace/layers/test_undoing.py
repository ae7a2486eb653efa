"""An import is taken back as a whole; what is left is what the other imports alone give."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pandas as pd
import pytest

from cs_planning.errors import CannotUndo, NotFound
from cs_planning.kpis.frequency import Frequency
from cs_planning.workspace import Workspace
from cs_planning.workspace.home import Home
from tests.workspace.layers.undo_files import (
    FILES,
    NOW,
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

_MORE = [pytest.param(seed, marks=pytest.mark.load) for seed in (0, 1, 2, 3, 5, 6, 7)]


@pytest.mark.parametrize("seed", [4, *_MORE])
def test_any_imports_of_which_some_are_undone_leave_what_the_others_alone_give(workspace, alone, seed):
    require_as_alone(workspace, alone, undo_some(workspace, seed))


def test_undoing_the_second_of_three_logs_gives_what_the_first_and_third_give(workspace, alone):
    put(workspace, "spring.csv", 1)
    second = put(workspace, "wrong.csv", 2)
    put(workspace, "summer.csv", 3)
    preview = workspace.data.undo.preview(second)
    assert (preview.contacts_gone, preview.contacts_back) == (0, 150)
    info = workspace.data.undo.undo(second, save=by(4, "Aiko")).info
    assert (info.undone_by, info.undone_at) == ("Aiko", NOW + timedelta(minutes=4))
    put(alone, "spring.csv", 1)
    put(alone, "summer.csv", 2)
    require_same(workspace, alone)
    assert {path.parent.name for path in workspace.data.logs.files()} == {"contacts"}
    require_tidy(workspace)


def test_contacts_that_no_other_import_holds_go_and_overwritten_ones_come_back_as_they_were(workspace):
    put(workspace, "spring.csv", 1)
    before = state(workspace)
    second = put(workspace, "corrected.csv", 2)
    assert workspace.data.undo.preview(second).contacts_back == 60
    workspace.data.undo.undo(second, save=by(3))
    after = state(workspace)
    for name, frame in before.items():
        pd.testing.assert_frame_equal(frame, after[name], rtol=1e-12)


def test_values_of_a_table_that_were_replaced_come_back_and_the_others_go(workspace):
    put(workspace, "occupancy.csv", 1)
    wrong = put(workspace, "occupancy-wrong.csv", 2)
    preview = workspace.data.undo.preview(wrong)
    # March and April become again what they were, May goes; rates without counts give no quarters.
    assert (preview.values_gone, preview.values_back, preview.series_gone) == (1, 2, ())
    workspace.data.undo.undo(wrong, save=by(3))
    assert workspace.data.series("occupancy", Frequency.MONTH).values.tolist() == [71.0, 72.5, 70.0, 74.0]


def test_a_series_that_no_other_import_gives_goes_and_is_named_before(workspace):
    only = put(workspace, "occupancy.csv", 1)
    preview = workspace.data.undo.preview(only)
    assert {str(info.key) for info in preview.series_gone} == {"occupancy"}
    workspace.data.undo.undo(only, save=by(2))
    assert workspace.data.series_list() == ()


def test_the_cost_per_contact_goes_with_the_costs_it_rested_on(workspace):
    put(workspace, "spring.csv", 1)
    costs = put(workspace, "costs.csv", 2)
    assert "cost_per_contact" in {info.key.kpi for info in workspace.data.series_list()}
    workspace.data.undo.undo(costs, save=by(3))
    assert not {"cost_per_contact", "service_cost"} & {info.key.kpi for info in workspace.data.series_list()}


def test_a_second_click_undoes_once_and_an_undone_import_says_who_undid_it(workspace):
    only = put(workspace, "spring.csv", 1)
    first = workspace.data.undo.undo(only, save=by(2))
    with pytest.raises(CannotUndo, match="undone already, by Mika"):
        workspace.data.undo.undo(only, save=by(3))
    assert workspace.data.imports() == (first.info,)
    assert [entry.action for entry in workspace._store.changes.list(kind="import")] == ["undone", "imported"]
    with pytest.raises(NotFound):
        workspace.data.undo.undo("nothing", save=by(4))


def test_how_a_wrong_file_was_understood_is_forgotten_with_it(workspace):
    table = workspace.data.read("spring.csv", FILES["spring.csv"])
    only = put(workspace, "spring.csv", 1)
    assert workspace.data.remembered(table) is not None
    workspace.data.undo.undo(only, save=by(2))
    assert workspace.data.remembered(table) is None


def test_a_series_that_somebody_deleted_does_not_come_back_with_the_undoing_of_a_later_import(workspace):
    put(workspace, "occupancy.csv", 1)
    workspace.data.delete_series(["occupancy"], save=by(2))
    later = put(workspace, "occupancy-wrong.csv", 3)
    workspace.data.undo.undo(later, save=by(4))
    assert workspace.data.series_list() == ()


def test_an_import_of_an_earlier_version_says_why_it_cannot_be_undone_and_later_ones_can(workspace, alone):
    old = put(workspace, "spring.csv", 1)
    old_table = put(workspace, "occupancy.csv", 2)
    with workspace._store.database.writing() as connection:
        for table in ("import_layer_files", "import_layers", "counters"):
            connection.exec_driver_sql(f"DELETE FROM {table}")
        connection.exec_driver_sql("UPDATE imports SET summary = '{}'")
    for one in (old, old_table):
        with pytest.raises(CannotUndo, match="imported by an earlier version"):
            workspace.data.undo.undo(one, save=by(3))
    contacts = put(workspace, "wrong.csv", 4)
    table = put(workspace, "occupancy-wrong.csv", 5)
    workspace.data.undo.undo(contacts, save=by(6))
    workspace.data.undo.undo(table, save=by(7))
    put(alone, "spring.csv", 1)
    put(alone, "occupancy.csv", 2)
    require_same(workspace, alone)


def test_of_many_imports_the_oldest_are_kept_together_and_the_newest_can_be_undone(workspace, alone, monkeypatch):
    monkeypatch.setattr("cs_planning.workspace.layers.folding.UNDOABLE_IMPORTS", 2)
    oldest = put(workspace, "spring.csv", 1)
    middle = put(workspace, "corrected.csv", 2)
    put(workspace, "wrong.csv", 3)
    newest = put(workspace, "summer.csv", 4)
    for one in (oldest, middle):
        with pytest.raises(CannotUndo, match="too old to be undone"):
            workspace.data.undo.undo(one, save=by(5))
    workspace.data.undo.undo(newest, save=by(6))
    for number, name in enumerate(("spring.csv", "corrected.csv", "wrong.csv")):
        put(alone, name, number)
    require_same(workspace, alone)
    require_tidy(workspace)


def test_a_damaged_file_of_an_earlier_import_forbids_the_undoing_and_nothing_is_changed(workspace):
    put(workspace, "spring.csv", 1)
    second = put(workspace, "wrong.csv", 2)
    before = state(workspace)
    in_log = {path.name for path in workspace.data.logs.files()}
    (first, *_) = sorted(workspace.data.logs.named() - in_log)
    (workspace.home.contacts / "contacts" / first).unlink()
    with pytest.raises(CannotUndo, match="missing or damaged"):
        workspace.data.undo.undo(second, save=by(3))
    require_equal(before, state(workspace))


def test_an_undoing_that_is_killed_before_it_is_recorded_leaves_everything_as_it_was(workspace, monkeypatch):
    put(workspace, "spring.csv", 1)
    second = put(workspace, "wrong.csv", 2)
    before, named = state(workspace), workspace.data.logs.named()

    class Killed(BaseException):
        pass

    def killed(*_facts: object, **_named: object) -> None:
        raise Killed

    with monkeypatch.context() as patched:
        # What was written is left lying there, as a process that is killed would leave it.
        patched.setattr(workspace._store.imports, "undo", killed)
        patched.setattr(workspace.data.logs, "discard", lambda *_: None)
        with pytest.raises(Killed):
            workspace.data.undo.undo(second, save=by(3))
    require_equal(before, state(workspace))
    assert workspace.data.logs.named() == named
    workspace.data.undo.undo(second, save=by(4))
    require_tidy(workspace)


def test_an_import_that_ends_while_another_is_undone_is_seen_by_the_undoing(workspace, alone, tmp_path, monkeypatch):
    put(workspace, "spring.csv", 1)
    second = put(workspace, "wrong.csv", 2)
    other = Workspace.open(Home.at(tmp_path))
    undo = workspace._store.imports.undo
    overtaken: list[Any] = []

    def overtaking(*facts, **named):
        if not overtaken:
            overtaken.append(True)
            put(other, "summer.csv", 3)
        return undo(*facts, **named)

    monkeypatch.setattr(workspace._store.imports, "undo", overtaking)
    workspace.data.undo.undo(second, save=by(4))
    other.close()
    put(alone, "spring.csv", 1)
    put(alone, "summer.csv", 2)
    require_same(workspace, alone)


def test_what_contacts_gave_first_stays_theirs_and_what_a_table_gave_first_becomes_theirs_without_it(workspace, alone):
    first = put_into_whole(workspace, "volume.csv", VOLUMES, 1)
    put_into_whole(workspace, "spring.csv", FILES["spring.csv"], 2)
    assert workspace.data.series("contact_volume", Frequency.MONTH).values.max() > 9000
    workspace.data.undo.undo(first, save=by(3))
    put_into_whole(alone, "spring.csv", FILES["spring.csv"], 1)
    require_same(workspace, alone)


def test_a_file_imported_again_after_it_was_undone_is_there_as_at_first_and_can_be_undone_again(workspace):
    put(workspace, "spring.csv", 1)
    again = put(workspace, "corrected.csv", 2)
    first = state(workspace)
    for number in (10, 20):
        workspace.data.undo.undo(again, save=by(number))
        report = workspace.data.import_file("corrected.csv", FILES["corrected.csv"], save=by(number + 1))
        assert not report.changed_nothing
        again = workspace.data.imports()[0].id
        for name, frame in first.items():
            pd.testing.assert_frame_equal(frame, state(workspace)[name], rtol=1e-12)


def test_series_that_contacts_alone_gave_are_named_before_they_go(workspace):
    put(workspace, "occupancy.csv", 1)
    only = put(workspace, "spring.csv", 2)
    before = {str(info.key) for info in workspace.data.series_list()} - {"occupancy"}
    named = {str(info.key) for info in workspace.data.undo.preview(only).series_gone}
    assert named == before
    assert {str(info.key) for info in workspace.data.undo.undo(only, save=by(3)).series_gone} == before


def test_a_series_that_a_table_gave_before_contacts_did_stays_its_own_whatever_else_is_undone(workspace):
    unrated = FILES["spring.csv"].replace(b",CSAT Score (1-5)", b"").replace(b",4\n", b"\n").removesuffix(b",4")
    workspace.data.import_file("unrated.csv", unrated, save=by(1))
    table = b"Month,CSAT (%)\n2026-02,81\n2026-03,82\n"
    workspace.data.import_file("answers.csv", table, save=by(2))
    contacts = put_into_whole(workspace, "summer.csv", FILES["summer.csv"], 3)
    second = put_into_whole(workspace, "more-answers.csv", b"Month,CSAT (%)\n2026-04,83\n", 4)
    assert workspace.data.series("csat", Frequency.MONTH).values.tolist() == [81, 82, 83]
    workspace.data.undo.undo(contacts, save=by(5))
    assert workspace.data.series("csat", Frequency.MONTH).values.tolist() == [81, 82, 83]
    put_into_whole(workspace, "summer.csv", FILES["summer.csv"], 6)
    workspace.data.undo.undo(second, save=by(7))
    assert workspace.data.series("csat", Frequency.MONTH).values.tolist() == [81, 82]

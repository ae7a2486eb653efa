"""What old imports brought is put together, so that it needs little room; what is undone later gives the same as ever."""

from __future__ import annotations

import pytest

from cs_planning.errors import CannotUndo
from cs_planning.kpis.frequency import Frequency
from tests.workspace.layers.undo_files import by, monthly, put, require_as_alone, require_tidy, undo_some


@pytest.fixture
def of_two(workspace, monkeypatch):
    """A workspace in which the last two imports of each kind can be undone."""
    monkeypatch.setattr("cs_planning.workspace.layers.folding.UNDOABLE_IMPORTS", 2)
    return workspace


_MORE = [pytest.param(seed, marks=pytest.mark.load) for seed in (30, *range(32, 44))]


@pytest.mark.parametrize("seed", [31, *_MORE])
def test_any_imports_of_which_some_new_ones_are_undone_leave_what_the_others_alone_give(of_two, alone, seed):
    require_as_alone(of_two, alone, undo_some(of_two, seed, steps=10))
    require_tidy(of_two)


def test_of_tables_the_newest_imports_can_be_undone_and_older_ones_say_why_not(of_two, alone):
    names = ["occupancy.csv", "occupancy-wrong.csv", "backlog-days.csv", "costs.csv"]
    oldest, older, wrong, newest = (put(of_two, name, number) for number, name in enumerate(names))
    assert of_two.data.undo.possible() == {wrong, newest}
    for one in (oldest, older):
        with pytest.raises(CannotUndo, match="too old to be undone: of tables and of each contact log, the last 20"):
            of_two.data.undo.undo(one, save=by(8))
    assert len(of_two._store.layers.list()) == 3
    of_two.data.undo.undo(wrong, save=by(9))
    require_as_alone(of_two, alone, ["occupancy.csv", "occupancy-wrong.csv", "costs.csv"])


def test_a_series_that_somebody_took_out_stays_out_once_that_was_put_together(of_two):
    put(of_two, "occupancy.csv", 1)
    of_two.data.delete_series(["occupancy"], save=by(2))
    put(of_two, "costs.csv", 3)
    put(of_two, "backlog-days.csv", 4)
    put(of_two, "costs.csv", 5)
    later = put(of_two, "occupancy-wrong.csv", 6)
    assert len(of_two._store.layers.list()) == 3
    of_two.data.undo.undo(later, save=by(7))
    assert "occupancy" not in {info.key.kpi for info in of_two.data.series_list() if info.frequency is Frequency.MONTH}


def test_what_contacts_gave_before_a_table_that_was_put_together_stays_theirs(of_two):
    put(of_two, "spring.csv", 1)
    both = b"Month,Service cost (USD),Contact volume\n2026-02,900,9000\n2026-03,950,9100\n"
    table = of_two.data.read("costs-and-volume.csv", both)
    mapping = of_two.data.recognise(table).mapping
    of_two.data.save(table, mapping, of_two.data.convert(table, mapping, by(2).now.date()), save=by(2))
    before = of_two.data.series("contact_volume", Frequency.MONTH).values.tolist()
    assert max(before) < 100
    for number, name in enumerate(("occupancy.csv", "backlog-days.csv"), 3):
        put(of_two, name, number)
    wrong = put(of_two, "wrong.csv", 6)
    of_two.data.undo.undo(wrong, save=by(7))
    assert of_two.data.series("contact_volume", Frequency.MONTH).values.tolist() == before


def test_quarters_of_what_was_put_together_follow_the_year_that_begins_in_another_month(of_two, alone):
    tickets = monthly("Contact volume", "2026-01", [float(n) for n in range(100, 109)])
    more = monthly("Contact volume", "2026-10", [7.0])
    put(of_two, "tickets.csv", 1, tickets)
    put(of_two, "occupancy.csv", 2)
    put(of_two, "costs.csv", 3)
    of_two.clock.save(None, 2, save=by(4))
    wrong = put(of_two, "more.csv", 5, more)
    of_two.data.undo.undo(wrong, save=by(6))
    alone.clock.save(None, 2, save=by(4))
    put(alone, "tickets.csv", 90, tickets)
    require_as_alone(of_two, alone, ["occupancy.csv", "costs.csv"])
    quarters = of_two.data.series("contact_volume", Frequency.QUARTER)
    # February to April and May to July; October is missing in the next one.
    assert quarters.values.tolist() == [101 + 102 + 103, 104 + 105 + 106]

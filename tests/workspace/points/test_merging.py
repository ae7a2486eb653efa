"""Parts of a breakdown that others outgrow: what is shown of them stays right, since somebody may have a goal on one."""

from __future__ import annotations

import pandas as pd
import pytest

from cs_planning.kpis.contacts.points.largest_parts import MOST_PARTS
from cs_planning.kpis.frequency import Frequency
from cs_planning.workspace.points import merging
from cs_planning.workspace.points.contacts import points_of
from tests.workspace.layers.undo_files import by


def tickets(rows: list[tuple[str, str, int]], begin: int) -> bytes:
    """Tickets of topics created on days, so many of each, solved after an hour."""
    lines = ["Ticket ID,Created at,Solved at,Channel,Topic"]
    number = begin
    for topic, day, count in rows:
        for _each in range(count):
            lines.append(f"{number},{day} 09:00,{day} 10:00,email,{topic}")
            number += 1
    return "\n".join(lines).encode()


LARGE = [(f"t{number}", day, 4) for number in range(MOST_PARTS - 1) for day in ("2026-01-05", "2026-02-10", "2026-04-28")]
FIRST = tickets([*LARGE, ("refund", "2026-02-12", 3), ("late", "2026-02-11", 1), ("rest", "2026-04-30", 1)], 0)
SECOND = tickets([("refund", "2026-02-20", 1), ("new", "2026-04-20", 30), ("rest", "2026-05-31", 1)], 10_000)
THIRD = tickets([("late", "2026-05-20", 60), ("rest", "2026-06-30", 1)], 20_000)


def volume(workspace, topic: str, month: str) -> float:
    series = workspace.data.series(f"contact_volume|topic={topic}", Frequency.MONTH)
    return float(series.frame.set_index("period")["value"][pd.Timestamp(month)])


@pytest.fixture
def filled(workspace):
    workspace.data.import_file("first.csv", FIRST, save=by(1))
    return workspace


def test_a_part_that_another_outgrows_counts_its_later_contacts_too(filled):
    assert volume(filled, "refund", "2026-02-01") == 3
    filled.data.import_file("second.csv", SECOND, save=by(2))
    assert volume(filled, "new", "2026-04-01") == 30
    assert volume(filled, "refund", "2026-02-01") == 4


def test_a_part_that_another_outgrew_is_as_before_once_that_import_is_undone(filled):
    filled.data.import_file("second.csv", SECOND, save=by(2))
    filled.data.undo.undo(filled.data.imports()[0].id, save=by(3))
    assert volume(filled, "refund", "2026-02-01") == 3
    assert "new" not in {dict(info.key.scope).get("topic") for info in filled.data.series_list()}


def test_a_part_that_was_outgrown_is_right_after_the_undoing_of_another_import(filled):
    filled.data.import_file("second.csv", SECOND, save=by(2))
    filled.data.import_file("third.csv", THIRD, save=by(3))
    filled.data.undo.undo(filled.data.imports()[0].id, save=by(4))
    assert volume(filled, "refund", "2026-02-01") == 4


def test_a_part_that_outgrows_others_has_the_values_of_its_earlier_contacts(filled, monkeypatch):
    whole = []
    monkeypatch.setattr(
        merging,
        "points_of",
        lambda *facts, **named: whole.append(named.get("first_change") is None) or points_of(*facts, **named),
    )
    filled.data.import_file("second.csv", THIRD, save=by(2))
    solved = filled.data.series("resolution_rate|topic=late", Frequency.MONTH)
    assert [str(period.date()) for period in solved.periods] == ["2026-02-01", "2026-05-01"]
    filled.data.import_file("third.csv", tickets([("t0", "2026-07-20", 2), ("rest", "2026-07-31", 1)], 30_000), save=by(3))
    # What is known already is not computed as a whole again.
    assert whole == [False, True, False]


def test_values_of_an_outgrown_part_go_with_the_contacts_that_they_rested_on(filled):
    filled.data.import_file("second.csv", SECOND, save=by(2))
    moved = tickets([("t0", "2026-02-12", 1), ("t0", "2026-02-20", 1)], 0)
    first = next(line for line in FIRST.decode().splitlines() if line.endswith(",refund"))
    begin = int(first.split(",", 1)[0])
    moved = tickets([("t0", "2026-02-12", 3)], begin)
    filled.data.import_file("moved.csv", moved, save=by(3))
    assert volume(filled, "refund", "2026-02-01") == 1

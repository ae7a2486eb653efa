"""A value whose contacts have all moved elsewhere goes with the import that moved them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from cs_planning.errors import NotFound
from cs_planning.kpis.frequency import Frequency
from cs_planning.workspace import ImportReport, Save, Workspace

NOW = datetime(2026, 11, 10, 9, tzinfo=UTC)
HEADER = "Ticket ID,Created at,Solved at,Channel,CSAT Score (1-5)"
MARCH = [f"{n},2026-03-{n % 28 + 1:02d} 09:00,2026-03-{n % 28 + 1:02d} 12:00,email,4" for n in range(60)]
APRIL = [f"{n},2026-04-{n % 28 + 1:02d} 09:00,2026-04-{n % 28 + 1:02d} 12:00,email,4" for n in range(60, 120)]


def put(workspace: Workspace, name: str, rows: list[str], number: int) -> ImportReport:
    content = "\n".join([HEADER, *rows]).encode()
    return workspace.data.import_file(name, content, save=Save("Mika", f"save-{number}", NOW + timedelta(minutes=number)))


def values(workspace: Workspace, series: str) -> dict[str, float]:
    try:
        found = workspace.data.series(series, Frequency.MONTH)
    except NotFound:
        return {}
    return {f"{period:%Y-%m}": float(value) for period, value in zip(found.periods, found.values, strict=True)}


def test_a_contact_that_changes_its_channel_leaves_no_value_behind(workspace):
    chat = "500,2026-03-10 09:00,2026-03-10 12:00,chat,2"
    put(workspace, "first.csv", [*MARCH, chat, *APRIL], 1)
    assert values(workspace, "contact_volume|channel=chat") == {"2026-03": 1.0, "2026-04": 0.0}
    put(workspace, "second.csv", [chat.replace("chat", "email")], 2)
    assert values(workspace, "contact_volume|channel=chat") == {}
    assert values(workspace, "contact_volume|channel=email") == {"2026-03": 61.0, "2026-04": 60.0}


def test_an_answer_that_is_withdrawn_leaves_no_rate_behind(workspace):
    rated = [row for row in MARCH if row.startswith("0,")]
    put(workspace, "first.csv", [*(row[:-2] + "," for row in MARCH[1:]), *rated, *APRIL], 1)
    assert values(workspace, "csat") == {"2026-03": 100.0, "2026-04": 100.0}
    report = put(workspace, "second.csv", [rated[0][:-2] + ","], 2)
    assert values(workspace, "csat") == {"2026-04": 100.0}
    # March of all contacts and of those by e-mail; its week is not whole, and the quarter has others.
    assert report.counts.removed == 2
    assert not report.changed_nothing
    assert "2 values are gone, since no contact supports them any more." in str(report.words)
    again = put(workspace, "second.csv", [rated[0][:-2] + ","], 3)
    assert again.counts.removed == 0
    assert str(again.words) == "second.csv changed nothing: all of it was here already."


def test_values_before_the_first_change_and_of_other_files_stay(workspace):
    put(workspace, "first.csv", [*MARCH, *APRIL], 1)
    table = b"Month,Occupancy rate (%)\n2026-03,70\n2026-04,72\n"
    workspace.data.import_file("occupancy.csv", table, save=Save("Mika", "save-2", NOW + timedelta(minutes=2)))
    put(workspace, "second.csv", [APRIL[0].replace("email", "chat")], 3)
    assert values(workspace, "occupancy") == pytest.approx({"2026-03": 70.0, "2026-04": 72.0})
    assert values(workspace, "contact_volume|channel=email") == {"2026-03": 60.0, "2026-04": 59.0}

"""Cells and headers that say whether a limit was kept."""

from __future__ import annotations

import math
from datetime import date

import pytest

from cs_planning.kpis.calendar.service_calendar import CALENDAR_YEAR
from cs_planning.kpis.columns.contents.limits import read_kept
from cs_planning.kpis.columns.roles import Role
from cs_planning.kpis.contacts.points.aggregate import contact_kpis
from cs_planning.kpis.files.reading import read_table
from cs_planning.kpis.frequency import MONTHS
from cs_planning.kpis.imports.convert import convert
from cs_planning.kpis.imports.recognise import recognise
from tests.kpis.exports import as_csv


@pytest.mark.parametrize(
    ("column", "cell", "expected"),
    [
        ("SLA met", "Yes", 1.0),
        ("SLA met", "no", 0.0),
        ("made_sla", "true", 1.0),
        ("made_sla", "FALSE", 0.0),
        ("Resolution SLA breached", "TRUE", 0.0),
        ("Resolution SLA breached", "false", 1.0),
        ("SLA breaches", "2", 0.0),
        ("SLA breaches", "0", 1.0),
        ("Resolution status", "Within SLA", 1.0),
        ("Resolution status", "SLA Violated", 0.0),
        ("SLA breached", "Met", 1.0),
        ("SLA遵守", "遵守", 1.0),
        ("SLA遵守", "×", 0.0),
        ("SLA遵守", "○", 1.0),
        ("SLA違反", "あり", 0.0),
        ("SLA違反", "なし", 1.0),
        ("SLA違反", "○", 0.0),
        ("SLA status", "なし", None),
        ("解決期限超過", "はい", 0.0),
        ("期限内解決", "期限超過", 0.0),
        ("SLA status", "In progress", None),
        ("Custom field (Time to resolution)", "2h 30m", 1.0),
        ("Custom field (Time to resolution)", "-1h 5m", 0.0),
        ("Custom field (Time to resolution)", "−3d 2h", 0.0),
        ("Custom field (Time to resolution)", "0m", 1.0),
        ("Custom field (Time to resolution)", "1mo 2w", 1.0),
        ("Custom field (Time to resolution)", "-0:45", 0.0),
        ("Custom field (Time to resolution)", "12:30", 1.0),
        ("Custom field (Time to resolution)", "-26:10:00", 0.0),
        ("SLA status", "", None),
    ],
)
def test_a_cell_says_whether_a_limit_was_kept(column: str, cell: str, expected: float | None) -> None:
    assert read_kept(cell, column) == expected


def test_a_word_that_says_nothing_about_a_limit_is_none_and_is_named() -> None:
    assert math.isnan(read_kept("Gold contract", "SLA") or 0.0)


@pytest.mark.parametrize(
    ("header", "cells", "role"),
    [
        ("SLA met", ["Yes", "No"], Role.SLA_KEPT),
        ("Resolution SLA breached", ["FALSE", "TRUE"], Role.SLA_KEPT),
        ("made_sla", ["true", "false"], Role.SLA_KEPT),
        ("SLA遵守", ["○", "×"], Role.SLA_KEPT),
        ("First response SLA", ["Met", "Breached"], Role.FIRST_RESPONSE_SLA_KEPT),
        ("初回応答SLA遵守", ["達成", "未達"], Role.FIRST_RESPONSE_SLA_KEPT),
        ("SLA", ["Gold", "Silver"], Role.IGNORE),
        ("Resolution status", ["Fixed by vendor", "Workaround"], Role.IGNORE),
        ("Severity", ["High", "Low"], Role.PRIORITY),
        ("優先度", ["高", "低"], Role.PRIORITY),
    ],
)
def test_a_column_of_tickets_about_a_limit_is_known_by_its_name_and_its_cells(
    header: str, cells: list[str], role: Role
) -> None:
    rows = [[place, f"2025-03-{place:02d} 09:00", f"2025-03-{place:02d} 12:00", cells[place % 2]] for place in range(1, 20)]
    table = read_table("t.csv", as_csv(["Ticket ID", "Created at", "Solved at", header], rows))
    assert recognise(table).mapping.column(header).role is role


JIRA = ["Issue key", "Issue id", "Issue Type", "Status", "Priority", "Created", "Resolved"]
OPEN, DONE = "In Progress", "Done"


def jira(column: str, rows: list[tuple[str, str, str]]) -> bytes:
    """Jira issues: status, day of the solution or nothing, and the cell of a limit."""
    cells = [
        [
            f"HD-{number}",
            str(number),
            "Service Request",
            status,
            "High" if number % 2 else "Low",
            "2026-03-02 09:00",
            solved,
            limit,
        ]
        for number, (status, solved, limit) in enumerate(rows, start=1)
    ]
    return as_csv([*JIRA, column], cells)


@pytest.mark.parametrize(
    "column", ["Custom field (Time to resolution)", "Campo personalizado (Time to resolution)", "Time to resolution"]
)
def test_the_time_left_in_a_limit_of_jira_says_whether_it_was_kept(column: str) -> None:
    rows = [
        (DONE, "2026-03-02 12:00", "2h 30m"),
        (DONE, "2026-03-03 12:00", "-1h 5m"),
        (DONE, "2026-03-02 10:00", "4h"),
        (DONE, "2026-03-02 15:00", "0m"),
        (OPEN, "", "3h 10m"),  # it still runs
        (DONE, "2026-03-02 16:00", ""),
    ]
    values = kpis_of(jira(column, rows))
    assert values["resolution_sla"] == (75.0, 4)
    assert (values["resolution_sla|priority=High"][1], values["resolution_sla|priority=Low"][0]) == (2, 50.0)
    # The time that resolution took comes of the moments alone: 3, 27, 1, 6 and 7 hours.
    assert values["resolution_time_median"] == (6.0, 5)


def test_the_limit_of_a_first_response_counts_once_there_was_one() -> None:
    rows = [
        (DONE, "2026-03-02 12:00", "15m"),
        (DONE, "2026-03-02 12:00", "-20m"),
        (OPEN, "", "-1d 2h"),  # unanswered, and late for certain
        (OPEN, "", "40m"),  # may yet be answered late
    ]
    assert kpis_of(jira("Custom field (Time to first response)", rows))["first_response_sla"] == (pytest.approx(100 / 3), 3)


def test_a_length_of_time_stays_one_where_nothing_has_a_sign_or_no_jira_wrote_it() -> None:
    rows = [(DONE, "2026-03-02 12:00", "2h 30m"), (DONE, "2026-03-03 12:00", "1h 5m"), (DONE, "2026-03-02 10:00", "4h")]
    assert "resolution_sla" not in kpis_of(jira("Time to resolution", rows))
    other = as_csv(
        ["Ticket ID", "Created at", "Time to resolution"],
        [[str(number), "2026-03-02 09:00", cell] for number, cell in enumerate(("2h 30m", "1h 5m", "4h"), start=1)],
    )
    values = kpis_of(other)
    assert "resolution_sla" not in values
    assert values["resolution_time_median"] == (2.5, 3)


def kpis_of(content: bytes) -> dict[str, tuple[float, float]]:
    table = read_table("export.csv", content)
    contacts = convert(table, recognise(table).mapping, calendar=CALENDAR_YEAR, today=date(2026, 6, 30)).contacts
    assert contacts is not None
    frames = [contact_kpis(contacts, MONTHS), contact_kpis(contacts, MONTHS, by=["priority"])]
    return {
        str(row.series): (round(float(str(row.value)), 6), float(str(row.sample_size)))
        for frame in frames
        for row in frame.itertuples()
    }

"""Cells and headers that say whether a limit was kept."""

from __future__ import annotations

import math

import pytest

from cs_planning.kpis.columns.limits import read_kept
from cs_planning.kpis.columns.roles import Role
from cs_planning.kpis.files.reading import read_table
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
        ("SLA違反", "なし", None),
        ("解決期限超過", "はい", 0.0),
        ("期限内解決", "期限超過", 0.0),
        ("SLA status", "In progress", None),
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

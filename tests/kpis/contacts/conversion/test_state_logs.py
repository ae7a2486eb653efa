"""Logs with a row for each change of an incident, as ServiceNow writes them: the last state of each incident counts."""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from cs_planning.kpis.calendar.service_calendar import CALENDAR_YEAR
from cs_planning.kpis.contacts.conversion import from_file
from cs_planning.kpis.frequency import Frequency
from cs_planning.kpis.imports.sheets import kpis_from_files
from tests.kpis.exports import as_csv

TODAY = date(2026, 1, 1)
HEADER = ["number", "incident_state", "active", "reassignment_count", "reopen_count", "made_sla", "opened_at"]
HEADER += ["sys_created_at", "sys_updated_at", "contact_type", "assignment_group", "priority", "resolved_at", "closed_at"]
INCIDENTS, REOPENED, MISSED = 900, 10, 90
STATES = ("New", "Active", "Awaiting User Info", "Resolved")


def written(moment: datetime) -> str:
    """A point in time as that export writes it: day first, no leading zeros."""
    return f"{moment.day}/{moment.month}/{moment.year} {moment:%H:%M}"


def state_log() -> list[list[object]]:
    """900 incidents in 4 to 7 states each; 10 were opened again, 90 did not keep their limit, which the last row alone says."""
    rows: list[list[object]] = []
    for number in range(INCIDENTS):
        opened = datetime(2016, 3, 1, 9) + timedelta(minutes=37 * number)
        states = [*STATES, *(("Active", "Resolved") if number % 90 == 0 else ()), "Closed"]
        solved = opened + timedelta(hours=20 if number % 2 else 30)
        for place, state in enumerate(states):
            is_last = state == "Closed"
            rows.append(
                [
                    f"INC{number:07d}",
                    state,
                    "false" if is_last else "true",
                    place // 2,
                    int(place > STATES.index("Resolved") and number % 90 == 0),
                    "false" if is_last and number % 10 == 5 else "true",
                    written(opened),
                    "?",
                    written(opened + timedelta(hours=5 * place)),
                    "Phone",
                    "Group 70" if is_last else "?",
                    "1 - Critical" if number % 3 == 0 else "3 - Moderate",
                    written(solved),
                    written(solved + timedelta(days=5)),
                ]
            )
    return rows


@pytest.mark.parametrize("order", ["as written", "newest first", "mixed"])
@pytest.mark.parametrize("is_large", [False, True])
def test_the_last_state_of_an_incident_counts_in_any_order_at_every_size(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, order: str, is_large: bool
) -> None:
    rows = state_log()
    if order == "newest first":
        rows = rows[::-1]
    elif order == "mixed":
        random.Random(5).shuffle(rows)
    path = tmp_path / "incidents.csv"
    path.write_bytes(as_csv(HEADER, rows))
    if is_large:
        monkeypatch.setattr(from_file, "LARGE_BYTES", 0)
    points, summary = kpis_from_files([path], Frequency.YEAR, ["priority", "team"], calendar=CALENDAR_YEAR, today=TODAY)
    values = points.set_index("series")["value"].to_dict()
    assert values["contact_volume"] == values["solved_volume"] == INCIDENTS
    assert values["reopen_rate"] == pytest.approx(100 * REOPENED / INCIDENTS)
    assert values["resolution_sla"] == pytest.approx(100 * (INCIDENTS - MISSED) / INCIDENTS)
    assert values["solved_within_day"] == 50.0
    assert values["resolution_rate"] == 100.0
    # Incidents 15, 45, 75 … are critical and missed their limit: 30 of the 300.
    assert values["resolution_sla|priority=1 - Critical"] == pytest.approx(90.0)
    assert values["contact_volume|team=Group 70"] == INCIDENTS
    assert (summary.files[0].rows_read, summary.files[0].rows_accepted) == (len(rows), INCIDENTS)

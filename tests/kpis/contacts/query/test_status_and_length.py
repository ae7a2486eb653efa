"""A status beside the length of a solution, where no column holds the moment of it."""

from __future__ import annotations

from datetime import date

import pytest

from cs_planning.kpis.calendar.service_calendar import CALENDAR_YEAR
from cs_planning.kpis.files.reading import read_table
from cs_planning.kpis.imports.convert import convert
from cs_planning.kpis.imports.recognise import recognise

TODAY = date(2026, 11, 10)


def test_a_length_of_a_solution_does_not_close_what_is_open_and_the_status_closes_what_has_none() -> None:
    rows = [
        "1,2026-04-01 9:00,完了,3時間",
        "2,2026-04-02 9:00,対応中,5時間",
        "3,2026-04-03 9:00,完了,",
        "4,2026-04-04 9:00,対応中,",
    ]
    table = read_table("log.csv", "\n".join(["受付番号,受付日時,状況,解決まで", *rows]).encode())
    imported = convert(table, recognise(table).mapping, calendar=CALENDAR_YEAR, today=TODAY)
    assert imported.contacts is not None
    contacts = imported.contacts.set_index("contact_id")
    assert contacts["resolution_hours"].tolist() == pytest.approx([3, *[float("nan")] * 3], nan_ok=True)
    assert [str(at)[:16] for at in contacts["solved_at"]] == ["2026-04-01 12:00", "NaT", "2026-04-03 09:00", "NaT"]
    counts = {finding.rule: finding.count for finding in imported.findings}
    assert (counts["open_with_time"], counts["closed_without_time"]) == (1, 1)

"""A mark may be the moment at which it was set: a filled cell is a yes, an empty one a no, at every size of file."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from cs_planning.kpis.calendar.service_calendar import CALENDAR_YEAR
from cs_planning.kpis.frequency import Frequency
from cs_planning.kpis.imports.sheets import kpis_from_files

ROWS = [
    # number, created, solved, deleted, reopened
    ("T-1", "2026-09-01 09:00", "2026-09-01 12:00", "", ""),
    ("T-2", "2026-09-01 09:05", "", "2026-09-02 09:00", ""),
    ("T-3", "2026-09-02 10:00", "2026-09-03 12:00", "", "2026-09-02 12:30"),
    ("T-4", "2026-09-03 11:00", "2026-09-03 12:00", "0000-00-00 00:00:00", ""),
    ("T-5", "2026-09-03 11:00", "2026-09-03 12:00", "", "?"),
]
HEADERS = {
    "en": ["Ticket ID", "Created at", "Solved at", "Deleted at", "Reopened at"],
    "ja": ["チケットID", "作成日時", "解決日時", "削除日時", "再オープン日時"],
}


def values(path) -> dict[str, float]:
    """September's values of a file, by KPI."""
    read, _ = kpis_from_files([path], Frequency.MONTH, [], calendar=CALENDAR_YEAR, today=date(2026, 10, 20))
    points = read[read["period"] == pd.Timestamp("2026-09-01")]
    return dict(zip(points["series"], points["value"], strict=True))


@pytest.mark.parametrize("language", HEADERS)
@pytest.mark.parametrize("is_large", [False, True])
def test_a_deleted_contact_is_none_and_one_that_was_reopened_counts_as_such(language, is_large, tmp_path, monkeypatch):
    path = tmp_path / "tickets.csv"
    pd.DataFrame(ROWS, columns=HEADERS[language]).to_csv(path, index=False)
    if is_large:
        monkeypatch.setattr("cs_planning.kpis.contacts.conversion.from_file.LARGE_BYTES", 100)
    found = values(path)
    assert found["contact_volume"] == 4, "T-2 was deleted; the zeros of T-4 are no moment"
    assert found["resolution_rate"] == 100
    assert found["reopen_rate"] == pytest.approx(100 / 3), "nobody knows it of T-5"


def test_a_log_with_marks_of_only_its_last_rows_is_read_as_a_whole(tmp_path, monkeypatch):
    rows = [(f"T-{n}", f"2026-09-{1 + n % 28:02d} 09:00", f"2026-09-{1 + n % 28:02d} 10:00", "", "") for n in range(3000)]
    rows += [(f"D-{n}", "2026-09-29 09:00", "", f"2026-09-30 {n % 24:02d}:00", "") for n in range(100)]
    path = tmp_path / "tickets.csv"
    pd.DataFrame(rows, columns=HEADERS["en"]).to_csv(path, index=False)
    monkeypatch.setattr("cs_planning.kpis.contacts.conversion.from_file.LARGE_BYTES", 100)
    monkeypatch.setattr("cs_planning.kpis.files.reading.SAMPLE_BYTES", 20_000)
    assert values(path)["contact_volume"] == 3000

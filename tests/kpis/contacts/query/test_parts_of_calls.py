"""A call with a row for each queue and person it came to is one call, in files of every size; its states are no parts."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from cs_planning.kpis.calendar.service_calendar import CALENDAR_YEAR
from cs_planning.kpis.contacts.conversion import from_file
from cs_planning.kpis.frequency import Frequency
from cs_planning.kpis.imports import files
from cs_planning.kpis.imports.file_summary import KpisSummary
from cs_planning.kpis.imports.sheets import kpis_from_files

TODAY = date(2026, 12, 1)
HEADER = "Call Time,Call ID,From,To,Direction,Status,Ringing,Talking"
PARTS = """
2026-11-02T09:00:00,A,Meier,Support Queue (800),Inbound Queue,Waiting,00:00:20,00:00:00
2026-11-02T09:00:20,A,Meier,Ina Ott (101),Inbound,Answered,00:00:05,00:03:00
2026-11-02T09:10:00,B,0151,Support Queue (800),Inbound Queue,Waiting,00:00:50,00:00:00
2026-11-02T09:10:30,B,0151,Ina Ott (101),Inbound,Unanswered,00:00:15,00:00:00
2026-11-02T09:10:45,B,0151,Tim Bauer (102),Inbound,Answered,00:00:05,00:02:00
2026-11-02T09:20:00,C,0152,Main menu (700),Inbound,Answered,00:00:00,00:00:15
2026-11-02T09:20:15,C,0152,Support Queue (800),Inbound Queue,Unanswered,00:00:40,00:00:00
2026-11-02T09:30:00,D,0153,Tim Bauer (102),Inbound,Answered,00:00:08,00:01:00
2026-11-02T09:35:00,G,0154,Ina Ott (101),Inbound,Answered,00:00:09,00:04:00
2026-11-02T09:35:00,G,0154,Tim Bauer (102),Inbound,Unanswered,00:00:09,00:00:00
2026-11-02T09:40:00,E,Tim Bauer (102),0155,Outbound,Answered,00:00:09,00:05:00
2026-11-02T09:50:00,F,Tim Bauer (102),Ina Ott (101),Internal,Answered,00:00:02,00:00:30
""".strip().splitlines()
# Offered are A, B, C, D and G; C gave up.  Waits of those answered: A 20 + 5, B 50 in all (its queue and those who rang
# overlap), D 8, G 9 (two rang together).  Talks: 3, 2, 1 and 4 minutes.
EXPECTED = {
    "contact_volume": 5,
    "handled_volume": 4,
    "abandonment_rate": 20,
    "asa_mean": (25 + 50 + 8 + 9) / 4,
    "aht_mean": (3 + 2 + 1 + 4) / 4,
    "service_level": 40,
}


def read(path: Path) -> tuple[dict[str, float], KpisSummary]:
    frame, summary = kpis_from_files([path], Frequency.MONTH, calendar=CALENDAR_YEAR, today=TODAY)
    return dict(zip(frame["series"], frame["value"], strict=True)), summary


@pytest.fixture(params=["small", "large"])
def size(request, monkeypatch):
    if request.param == "large":
        monkeypatch.setattr(from_file, "LARGE_BYTES", 100)
        monkeypatch.setattr(files, "LARGE_BYTES", 100)
        monkeypatch.setattr("cs_planning.kpis.files.reading.SAMPLE_BYTES", 900)
    return request.param


@pytest.mark.parametrize("rows", [PARTS, PARTS[::-1]], ids=["in their order", "newest first"])
def test_parts_of_a_call_are_put_together(tmp_path: Path, size: str, rows: list[str]) -> None:
    path = tmp_path / "calls.csv"
    path.write_text("\n".join([HEADER, *rows]) + "\n")
    values, summary = read(path)
    assert {name: values[name] for name in EXPECTED} == pytest.approx(EXPECTED)
    assert (summary.files[0].rows_read, summary.files[0].rows_accepted) == (12, 5)
    assert "calls_in_parts" in {one.rule for one in summary.files[0].findings}


def test_of_states_of_a_call_that_begin_at_the_same_moment_the_last_one_counts(tmp_path: Path, size: str) -> None:
    rows = [
        "2026-11-02 09:00:00,A,abandoned,30,0",
        "2026-11-02 09:00:00,A,answered,45,120",
        "2026-11-02 09:10:00,B,answered,15,60",
        "2026-11-02 09:10:00,B,answered,15,60",
    ] * 10
    path = tmp_path / "calls.csv"
    path.write_text("Call Start,Call ID,Outcome,Wait (s),Talk time (s)\n" + "\n".join(rows) + "\n")
    values, summary = read(path)
    assert (values["contact_volume"], values["asa_mean"], values["aht_mean"]) == (2, 30, 1.5)
    assert "calls_in_parts" not in {one.rule for one in summary.files[0].findings}

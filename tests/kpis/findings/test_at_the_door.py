"""What is said about a file as a whole: dates far away, sheets left unread, another time zone, periods that can't be made."""

from __future__ import annotations

import io
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import openpyxl
import pandas as pd
import pytest

from cs_planning.errors import ImportProblems
from cs_planning.kpis.calendar.opening_hours import OpeningHours, read_week
from cs_planning.kpis.calendar.service_calendar import ServiceCalendar
from cs_planning.kpis.contacts.conversion import from_file
from cs_planning.kpis.contacts.findings.far_dates import earliest_usual_day
from cs_planning.kpis.files.reading import read_sample, read_table
from cs_planning.kpis.findings.imported import Imported
from cs_planning.kpis.frequency import Frequency
from cs_planning.kpis.imports import files
from cs_planning.kpis.imports.convert import convert, in_zone
from cs_planning.kpis.imports.recognise import recognise
from cs_planning.kpis.imports.sheets import kpis_from_files

TODAY = date(2026, 6, 30)


def _read(name: str, content: bytes, calendar: ServiceCalendar | None = None) -> Imported:
    table = read_table(name, content)
    return convert(table, recognise(table).mapping, calendar=calendar or ServiceCalendar(), today=TODAY)


def _found(imported: Imported, rule: str) -> list[str]:
    return [str(finding.message) for finding in imported.findings if finding.rule == rule]


def _days(first: str, count: int) -> list[str]:
    begun = date.fromisoformat(first)
    return [(begun + timedelta(days=place)).isoformat() for place in range(count)]


def _log(days: list[str], clock: str = " 10:00") -> bytes:
    rows = [f"{number},{day}{clock},{day} 15:00" for number, day in enumerate(days)]
    return "\n".join(["Ticket ID,Created at,Solved at", *rows]).encode()


@pytest.mark.parametrize("far", ["1970-01-01", "1900-01-01", "2016-03-05"])
def test_a_date_far_before_all_others_is_left_out_and_named(far: str) -> None:
    imported = _read("log.csv", _log([*_days("2026-03-01", 24), far]))
    assert imported.contacts is not None
    assert len(imported.contacts) == 24
    assert imported.first_day == date(2026, 3, 1)
    assert imported.rows_read == imported.accepted_rows + imported.rejected_rows
    [message] = _found(imported, "far_dates")
    assert far[:4] in message
    assert [one.sample_values for one in imported.findings if one.rule == "far_dates"] == [(far,)]
    assert "years before all others" in imported.rejected["reason"].iloc[0]


def test_a_large_log_leaves_out_the_same_dates(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "log.csv"
    path.write_bytes(_log([*_days("2026-03-01", 40), "1970-01-01"]))
    monkeypatch.setattr(from_file, "LARGE_BYTES", 10)
    monkeypatch.setattr(files, "LARGE_BYTES", 10)
    table = read_table(path.name, path.read_bytes())
    log = from_file.read_contacts(path, table, recognise(table).mapping, tmp_path / "kept", today=TODAY)
    assert (log.rows_read, log.accepted_rows, log.rejected_rows) == (41, 40, 1)
    assert [finding.sample_values for finding in log.findings if finding.rule == "far_dates"] == [("1970-01-01",)]


@pytest.mark.parametrize(
    "days",
    [
        _days("2025-01-01", 300),
        [*_days("2025-01-01", 30), "2024-02-01"],  # eleven months before
        [*_days("2020-01-01", 10), *_days("2026-01-01", 10)],  # half of them
        ["2015-01-01", "2017-06-01", "2020-01-01", *_days("2021-01-01", 8), "2026-01-01"],  # spread over the years
        ["2026-01-01"],
    ],
)
def test_dates_that_are_spread_or_many_are_not_far(days: list[str]) -> None:
    assert earliest_usual_day(np.array(days, dtype="datetime64[D]"), [1] * len(days)) is None


def _workbook(sheets: dict[str, list[list[object]]]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


HEADER: list[object] = ["Ticket ID", "Created at", "Solved at"]


def _row(number: int, month: int = 1) -> list[object]:
    return [number, f"2026-0{month}-{number:02d} 09:00", f"2026-0{month}-{number:02d} 12:00"]


def test_sheets_with_one_header_are_read_together() -> None:
    january, february = [HEADER, *map(_row, range(1, 4))], [HEADER, *(_row(number, 2) for number in range(4, 9))]
    imported = _read("log.xlsx", _workbook({"Jan": january, "Feb": february, "Notes": []}))
    assert imported.accepted_rows == 8
    assert not _found(imported, "unread_sheets")


def test_a_sheet_with_other_columns_is_named() -> None:
    agents: list[list[object]] = [["Agent", "Team"], ["Ada", "A"]]
    [message] = _found(
        _read("log.xlsx", _workbook({"Log": [HEADER, *map(_row, range(1, 9))], "Agents": agents})), "unread_sheets"
    )
    assert "Agents" in message
    assert "Log" in message


@pytest.mark.parametrize("summary", [[["Export of January"]], [["Total", "8"], ["Solved", "7"]], [["Total"], [8]]])
def test_the_sheet_of_data_is_taken_after_a_summary(summary: list[list[object]]) -> None:
    imported = _read("log.xlsx", _workbook({"Summary": summary, "Data": [HEADER, *map(_row, range(1, 9))]}))
    assert imported.accepted_rows == 8


def test_a_sheet_with_one_far_cell_is_refused_at_once() -> None:
    book = openpyxl.Workbook()
    for row in [HEADER, *map(_row, range(1, 9))]:
        book.worksheets[0].append(row)
    book.worksheets[0].cell(1_048_576, 16_384, "x")
    stream = io.BytesIO()
    book.save(stream)
    with pytest.raises(ImportProblems, match=r"16,384 columns"):
        read_table("log.xlsx", stream.getvalue())


UTC_LOG = "\n".join(
    [
        "Ticket ID,Created at,First response at,Solved at",
        *(f"{day},2026-03-{day:02d}T00:30:00Z,2026-03-{day:02d}T01:30:00Z,2026-03-{day:02d}T08:30:00Z" for day in range(2, 28)),
    ]
).encode()
OFFICE = OpeningHours(week=read_week("mon-sun 09:00-18:00"))


@pytest.mark.slow
def test_answers_outside_the_opening_hours_speak_for_another_zone_until_it_is_said() -> None:
    imported = _read("log.csv", UTC_LOG, ServiceCalendar(hours=OFFICE))
    [message] = _found(imported, "another_zone")
    assert "100" in message  # answers at 1:30 and solutions at 8:30
    assert not _found(_read("log.csv", UTC_LOG, ServiceCalendar(hours=OFFICE, zone="Asia/Tokyo")), "another_zone")
    [finding] = [one for one in imported.findings if one.rule == "another_zone"]
    assert finding.count == 52
    assert "later they would fit" in str(finding.consequence)


def test_customers_who_write_at_night_are_no_sign_of_another_zone() -> None:
    rows = [f"{day},2026-03-{day:02d} 02:00,2026-03-{day:02d} 09:30,2026-03-{day:02d} 11:00" for day in range(2, 28)]
    content = "\n".join(["Ticket ID,Created at,First response at,Solved at", *rows]).encode()
    assert not _found(_read("log.csv", content, ServiceCalendar(hours=OFFICE)), "another_zone")


HEADER_ZONES = b"""Ticket ID,Created (UTC),First response (UTC),Solved at (JST)
1,2026-03-02 15:30,2026-03-02 16:00,2026-03-03 03:30
2,2026-03-03 01:00,2026-03-03 01:45,2026-03-03 13:00
3,2026-03-04 02:00,2026-03-04 03:00,2026-03-04 14:00
"""


@pytest.mark.parametrize("is_large", [False, True])
@pytest.mark.parametrize(
    ("zone", "arrived", "days"),
    [
        (None, "2026-03-02 15:30", [2, 3, 4]),
        ("Asia/Tokyo", "2026-03-03 00:30", [3, 3, 4]),
        ("America/New_York", "2026-03-02 10:30", [2, 2, 3]),
    ],
)
def test_a_zone_in_a_header_counts_wherever_the_service_is(
    tmp_path: Path, is_large: bool, zone: str | None, arrived: str, days: list[int]
) -> None:
    calendar = ServiceCalendar(zone=zone)
    if is_large:
        path = tmp_path / "log.csv"
        path.write_bytes(HEADER_ZONES)
        sample = read_sample(path)
        read = from_file.read_contacts(
            path, sample, in_zone(recognise(sample).mapping, calendar), tmp_path / "read", today=TODAY, by_month=False
        )
        contacts, findings = pd.concat(map(pd.read_parquet, read.paths)), read.findings
    else:
        imported = _read("log.csv", HEADER_ZONES, calendar)
        assert imported.contacts is not None
        contacts, findings = imported.contacts, imported.findings
    contacts = contacts.sort_values("contact_id")
    assert contacts["created_at"].iloc[0] == pd.Timestamp(arrived)
    assert contacts["created_at"].dt.day.tolist() == days
    assert contacts["first_response_minutes"].tolist() == [30, 45, 60]
    assert contacts["resolution_hours"].tolist() == [3, 3, 3]
    assert [finding.rule for finding in findings if "zone" in finding.rule] == (["zone_of_the_file"] if zone is None else [])


def test_a_date_without_a_clock_stays_its_day_in_every_zone() -> None:
    content = b"Ticket ID,Created (UTC),Solved (UTC)\n1,2026-03-02,2026-03-03\n2,2026-03-04,2026-03-04\n"
    imported = _read("log.csv", content, ServiceCalendar(zone="America/New_York"))
    assert imported.contacts is not None
    assert imported.contacts["created_at"].dt.day.tolist() == [2, 4]


def test_a_column_that_names_no_zone_is_in_that_of_the_arrival() -> None:
    content = b"Ticket ID,Created (JST),First response at,Solved at\n1,2026-03-02 09:00,2026-03-02 09:30,2026-03-02 12:00\n"
    imported = _read("log.csv", content, ServiceCalendar(zone="UTC"))
    assert imported.contacts is not None
    [contact] = imported.contacts.to_dict("records")
    assert (contact["created_at"], contact["first_response_minutes"]) == (pd.Timestamp("2026-03-02 00:00"), 30)
    assert contact["solved_at"] == pd.Timestamp("2026-03-02 03:00")


def test_weeks_that_were_asked_for_by_month_are_said_to_give_none(tmp_path: Path) -> None:
    path = tmp_path / "weeks.csv"
    path.write_text("Week,Offered,Answered,Abandoned\n" + "".join(f"2026-W0{week},100,90,10\n" for week in range(1, 9)))
    for period, is_given in ((Frequency.WEEK, True), (Frequency.MONTH, False), (Frequency.DAY, False)):
        frame, summary = kpis_from_files([path], period, calendar=ServiceCalendar(), today=TODAY)
        rules = [finding.rule for file in summary.files for finding in file.findings]
        assert (len(frame) > 0) is is_given
        assert ("periods_not_made" in rules) is not is_given
    assert "weekly" in str([finding.message for file in summary.files for finding in file.findings])

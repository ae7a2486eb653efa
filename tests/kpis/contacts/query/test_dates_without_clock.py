"""Dates without a time of day: whole days to a solution, no minutes to an answer."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from cs_planning.kpis.calendar.opening_hours import OpeningHours, read_week
from cs_planning.kpis.calendar.service_calendar import ServiceCalendar
from cs_planning.kpis.contacts.conversion.from_file import read_contacts
from cs_planning.kpis.contacts.points.aggregate import contact_kpis
from cs_planning.kpis.files.reading import read_table
from cs_planning.kpis.findings.imported import Imported
from cs_planning.kpis.frequency import MONTHS
from cs_planning.kpis.imports.convert import convert
from cs_planning.kpis.imports.recognise import recognise

TODAY = date(2026, 6, 30)
HEADER = "Ticket ID,Created at,First response at,Solved at"


def _read(rows: list[str], header: str = HEADER) -> Imported:
    table = read_table("log.csv", "\n".join([header, *rows]).encode())
    return convert(table, recognise(table).mapping, calendar=ServiceCalendar(), today=TODAY)


def _kpis(imported: Imported) -> dict[str, float]:
    assert imported.contacts is not None
    hours = OpeningHours(week=read_week("mon-fri 09:00-18:00"))
    points = contact_kpis(imported.contacts, MONTHS, hours=hours)
    return {str(series): float(value) for series, value in zip(points["series"], points["value"], strict=True)}


def _rules(imported: Imported) -> set[str]:
    return {finding.rule for finding in imported.findings}


@pytest.mark.parametrize("midnight", ["", " 00:00", " 00:00:00", "T00:00:00Z"])
def test_dates_alone_give_whole_days_to_a_solution_and_no_minutes_to_an_answer(midnight: str) -> None:
    rows = [
        f"{day},2026-03-0{day}{midnight},2026-03-0{day}{midnight},2026-03-0{day + day % 2}{midnight}" for day in range(1, 7)
    ]
    imported = _read(rows)
    kpis = _kpis(imported)
    assert kpis["resolution_time_mean"] == 12.0  # three of six took a day of 24 hours
    assert kpis["solved_volume"] == 6
    # 1 March is a Sunday; from the 3rd to the 4th and from the 5th to the 6th pass open days of 9 hours.
    assert kpis["resolution_time_open_hours_mean"] == pytest.approx(18 / 6)
    assert not {name for name in kpis if name.startswith("frt_")}
    assert "no_clock" in _rules(imported)


@pytest.mark.parametrize(
    ("created", "solved", "hours"),
    [("2026-03-02 17:00", "2026-03-02", 0.0), ("2026-03-02 17:00", "2026-03-04", 48.0), ("2026/3/2", "2026/3/4 8:30", 48.0)],
)
def test_a_clock_on_one_side_alone_gives_whole_days_too(created: str, solved: str, hours: float) -> None:
    imported = _read([f"{number},{created},,{solved}" for number in range(1, 4)])
    kpis = _kpis(imported)
    assert kpis["resolution_time_mean"] == hours
    assert kpis["backlog"] == 0
    assert _rules(imported) & {"no_clock", "impossible_order", "equal_columns"} == {"no_clock"}


@pytest.mark.slow
def test_japanese_dates_and_cells_of_a_workbook_are_dates_without_a_clock() -> None:
    rows = [f"{day},2026年3月{day}日,2026年3月{day}日,2026年3月{day + 1}日" for day in range(1, 5)]
    found = _read(rows, "受付番号,受付日,初回回答日時,完了日")
    assert _kpis(found)["resolution_time_mean"] == 24.0
    days = pd.to_datetime(["2026-03-02", "2026-03-03", "2026-03-04"])
    frame = pd.DataFrame({"Ticket ID": ["a", "b", "c"], "Created at": days, "Solved at": days + pd.Timedelta(days=1)})
    for write, name in ((frame.to_excel, "log.xlsx"), (frame.to_parquet, "log.parquet")):
        stream = io.BytesIO()
        write(stream, index=False)
        table = read_table(name, stream.getvalue())
        imported = convert(table, recognise(table).mapping, calendar=ServiceCalendar(), today=TODAY)
        assert _kpis(imported)["resolution_time_mean"] == 24.0
        assert "no_clock" in _rules(imported)


def test_a_length_that_the_file_gives_is_kept_beside_dates_alone() -> None:
    rows = [f"{day},2026-03-0{day},2026-03-0{day},90" for day in range(1, 5)]
    imported = _read(rows, "Ticket ID,Created at,Solved at,Resolution time (min)")
    assert _kpis(imported)["resolution_time_mean"] == 1.5
    assert "no_clock" not in _rules(imported)


def test_a_clock_that_shows_in_one_cell_is_a_clock() -> None:
    rows = ["1,2026-03-02 00:00,2026-03-02 00:30,2026-03-02 06:00", "2,2026-03-03 00:00,2026-03-03 01:30,2026-03-03 02:00"]
    rows += ["3,2026-03-04 09:00,2026-03-04 10:00,2026-03-04 10:00"]
    imported = _read(rows)
    assert _kpis(imported)["frt_mean"] == 60.0  # 30, 90 and 60 minutes
    assert "no_clock" not in _rules(imported)


def test_of_dates_alone_the_next_day_is_not_within_a_day() -> None:
    # Solved on the same day, twice on the next one, and two days later: one of four.
    rows = ["1,2026-03-02,,2026-03-02", "2,2026-03-03,,2026-03-04", "3,2026-03-04,,2026-03-05", "4,2026-03-05,,2026-03-07"]
    imported = _read(rows)
    assert _kpis(imported)["solved_within_day"] == 25.0
    (said,) = [finding for finding in imported.findings if finding.rule == "no_clock"]
    assert "between dates, solved within a day means solved on the same day" in str(said.consequence)


def test_on_clocks_a_whole_day_is_within_a_day_to_the_minute() -> None:
    rows = [
        "1,2026-03-02 09:00,,2026-03-03 09:00",
        "2,2026-03-02 09:00,,2026-03-03 09:01",
        "3,2026-03-04 23:50,,2026-03-05 00:10",
    ]
    assert _kpis(_read(rows))["solved_within_day"] == pytest.approx(200 / 3)


MIXED = [
    "1,2026-03-02 14:00,2026-03-02 15:00,2026-03-02 18:00",
    "2,2026-03-02 14:00,2026-03-02,2026-03-02",
    "3,2026-03-02 14:00,2026-03-03,2026-03-03",
    "4,2026-03-02,2026-03-02 15:00,2026-03-02 18:00",
    "5,2026-03-02,,2026-03-04",
    "6,2026-03-05 09:00,2026-03-05 09:30,2026-03-06 09:00",
]
# The first and the last have clocks on both sides; of the others the days alone are known.
MIXED_MINUTES = [60.0, None, None, None, None, 30.0]
MIXED_HOURS = [4.0, 0.0, 24.0, 0.0, 48.0, 24.0]


def _mixed_values(contacts: pd.DataFrame) -> tuple[list[float | None], list[float]]:
    ordered = contacts.sort_values("contact_id")
    minutes = [None if pd.isna(value) else float(value) for value in ordered["first_response_minutes"]]
    return minutes, ordered["resolution_hours"].tolist()


def test_a_date_alone_among_times_gives_whole_days_and_no_minutes() -> None:
    imported = _read(MIXED)
    assert imported.contacts is not None
    assert _mixed_values(imported.contacts) == (MIXED_MINUTES, MIXED_HOURS)
    assert imported.contacts["answered"].tolist() == [True, True, True, True, False, True]
    (said,) = [finding for finding in imported.findings if finding.rule == "day_alone"]
    assert said.count == 4
    assert not _rules(imported) & {"impossible_order", "no_clock"}
    # Within a day: 4 hours, twice on the same day, and 24 hours to the minute; not the next day and not two days.
    assert _kpis(imported)["solved_within_day"] == pytest.approx(400 / 6)


def test_a_large_file_reads_dates_alone_among_times_alike_also_behind_its_first_rows(tmp_path: Path) -> None:
    usual = [f"u{n},2026-03-09 09:00,2026-03-09 09:30,2026-03-09 10:00" for n in range(3000)]
    path = tmp_path / "log.csv"
    path.write_text("\n".join([HEADER, *usual, *MIXED]), encoding="utf-8")
    sample = read_table("log.csv", "\n".join([HEADER, *usual[:100]]).encode())
    read = read_contacts(path, sample, recognise(sample).mapping, tmp_path / "log", today=TODAY)
    contacts = pd.concat([pd.read_parquet(part) for part in read.paths])
    assert _mixed_values(contacts[~contacts["contact_id"].str.startswith("u")]) == (MIXED_MINUTES, MIXED_HOURS)
    assert [finding.count for finding in read.findings if finding.rule == "day_alone"] == [4]


@pytest.mark.parametrize(
    ("clock", "day"),
    [("02.03.2026 14:00", "03.03.2026"), ("2026年3月2日 14時00分", "2026年3月3日"), ("3/2/2026 2:00 PM", "3/3/2026")],
)
def test_dates_alone_among_times_are_told_in_other_writings(clock: str, day: str) -> None:
    rows = [f"{n},{clock},{clock},{clock}" for n in range(30)]
    imported = _read([*rows, f"x,{clock},{day},{day}"])
    assert imported.contacts is not None
    last = imported.contacts[imported.contacts["contact_id"] == "x"].iloc[0]
    assert last["resolution_hours"] == 24.0
    assert pd.isna(last["first_response_minutes"])
    assert [finding.count for finding in imported.findings if finding.rule == "day_alone"] == [1]


def test_a_solution_on_a_date_beside_an_arrival_with_a_clock_takes_whole_open_days() -> None:
    rows = [f"{n},2026-03-02 17:00,,2026-03-0{3 + n % 2}" for n in range(1, 5)]  # a Monday; Tuesday or Wednesday
    kpis = _kpis(_read(rows))
    assert kpis["resolution_time_open_hours_mean"] == pytest.approx(13.5)  # one or two open days of 9 hours
    assert kpis["resolution_time_mean"] == 36.0
    assert kpis["solved_within_day"] == 0.0


def test_steps_of_which_one_is_a_date_alone_give_whole_days_and_no_minutes() -> None:
    words = ("opened", "first response", "closed")
    rows = [f"a{n},{word},2026-03-02 1{place}:00" for n in range(4) for place, word in enumerate(words)]
    rows += ["b,opened,2026-03-02 10:00", "b,first response,2026-03-02", "b,closed,2026-03-04"]
    imported = _read(rows, "Case ID,Activity,Timestamp")
    assert imported.contacts is not None
    contacts = imported.contacts.set_index("contact_id")
    assert list(contacts.loc["a0", ["first_response_minutes", "resolution_hours"]]) == [60.0, 2.0]
    assert contacts["first_response_minutes"].isna()["b"]
    assert contacts.loc["b", "resolution_hours"] == 48.0
    assert [finding.count for finding in imported.findings if finding.rule == "day_alone"] == [1]


def test_a_call_of_which_one_moment_is_a_date_alone_has_no_wait() -> None:
    rows = [f"{n},2026-03-0{n} 09:00:00,2026-03-0{n} 09:00:20,2026-03-0{n} 09:02:20" for n in range(1, 7)]
    imported = _read([*rows, "7,2026-03-07,2026-03-07 09:00:20,2026-03-07 09:01:20"], "Call ID,Call start,Answered at,Ended at")
    assert imported.contacts is not None
    calls = imported.contacts.set_index("contact_id")
    assert calls["wait_seconds"].dropna().tolist() == [20.0] * 6
    assert calls.loc["7", "handle_minutes"] == 1.0

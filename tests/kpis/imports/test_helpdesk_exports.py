"""Exports of helpdesks, telephones, surveys and spreadsheets whose right figures were worked out by hand."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from cs_planning.kpis.calendar.service_calendar import CALENDAR_YEAR
from cs_planning.kpis.contacts.conversion.from_file import read_contacts
from cs_planning.kpis.contacts.points.aggregate import contact_kpis
from cs_planning.kpis.contacts.points.engines import open_contacts
from cs_planning.kpis.files.reading import read_table
from cs_planning.kpis.frequency import Frequency
from cs_planning.kpis.imports.convert import convert
from cs_planning.kpis.imports.questions import open_questions
from cs_planning.kpis.imports.recognise import recognise
from cs_planning.kpis.imports.sheets import kpis_from_files

TODAY = date(2026, 11, 10)
_DAYS = range(1, 29)


def _csv(header: str, rows: Sequence[str]) -> bytes:
    return "\n".join([header, *rows]).encode()


def _read(tmp_path: Path, data: bytes, period: Frequency = Frequency.MONTH, name: str = "export.csv") -> dict[str, float]:
    """The first value of every series, by its name."""
    path = tmp_path / name
    path.write_bytes(data)
    frame, _ = kpis_from_files([path], period, [], calendar=CALENDAR_YEAR, today=TODAY)
    first = frame.sort_values("period").groupby("series", observed=True)["value"].first()
    return {str(series): float(value) for series, value in first.items()}


def _findings(data: bytes, name: str = "export.csv") -> dict[str, str]:
    table = read_table(name, data)
    imported = convert(table, recognise(table).mapping, calendar=CALENDAR_YEAR, today=TODAY)
    return {finding.rule: str(finding.message) for finding in imported.findings}


def _calls_in_both_directions() -> bytes:
    # Of five calls the fifth goes out and the fourth is given up; those that were answered waited 10, 20 and 30 s.
    outcomes = ("応答", "応答", "応答", "放棄", "応答")
    rows = [
        f"{n},2026/03/{n // 5 + 1:02d} 10:{n:02d}:00,{'発信' if n % 5 == 4 else '着信'},{outcomes[n % 5]},"
        f"00:00:{(10, 20, 30, 40, 50)[n % 5]},{'' if n % 5 == 3 else '00:04:00'},山田"
        for n in range(40)
    ]
    return _csv("通話ID,着信日時,発着信区分,結果,待ち時間,通話時間,担当者", rows)


def test_calls_that_went_out_are_neither_offered_nor_answered(tmp_path: Path) -> None:
    data = _calls_in_both_directions()
    found = _read(tmp_path, data)
    assert found["contact_volume"] == 32
    assert found["abandonment_rate"] == pytest.approx(25)
    assert found["asa_mean"] == pytest.approx(20)
    assert _findings(data)["no_contacts"].startswith("8 rows")


@pytest.mark.parametrize(
    ("header", "cells", "contacts"),
    [
        ("Direction", ("Inbound", "Outbound", "Inbound"), 20),
        ("Direction", ("inbound", "internal", "outbound"), 10),
        ("Call type", ("Incoming", "Incoming", "Outgoing"), 20),
        ("Is spam", ("FALSE", "TRUE", "FALSE"), 20),
        ("テスト", ("1", "", ""), 20),
        ("Merged into", ("", "900001", ""), 20),
        ("統合先チケット", ("なし", "-", "T-77"), 20),
        ("Duplicate of", ("0", "0", "0"), 30),
        ("Direction", ("North", "South", "West"), 30),
    ],
)
def test_tickets_count_that_came_from_customers(
    tmp_path: Path, header: str, cells: tuple[str, str, str], contacts: int
) -> None:
    rows = [f"T-{n},{cells[n % 3]},2026-03-{n % 28 + 1:02d} 09:00,2026-03-{n % 28 + 1:02d} 12:00" for n in range(30)]
    found = _read(tmp_path, _csv(f"Ticket ID,{header},Created at,Solved at", rows))
    assert found["contact_volume"] == contacts
    assert found["solved_volume"] == contacts


def test_a_question_with_a_low_good_end_is_read_as_satisfaction_and_never_as_contacts(tmp_path: Path) -> None:
    header = 'Timestamp,"Overall, how satisfied are you? (1 = very satisfied, 5 = very dissatisfied)",Comments'
    # Of six answers 1, 1, 2, 1, 4, 2 five are good.
    rows = [f"3/{n % 28 + 1}/2026 9:04:00,{(1, 1, 2, 1, 4, 2)[n % 6]}," for n in range(30)]
    found = _read(tmp_path, _csv(header, rows))
    assert found["csat"] == pytest.approx(100 * 5 / 6)
    assert "contact_volume" not in found


@pytest.mark.parametrize("question", ["How helpful was our answer?", "ご対応はいかがでしたか"])
def test_answers_to_a_question_that_is_not_understood_are_asked_about_and_are_no_contacts(question: str) -> None:
    rows = [f"2026-03-{n % 28 + 1:02d} 10:{n:02d},{('a', 'b')[n % 2]},text {n}" for n in range(40)]
    table = read_table("survey.csv", _csv(f"Timestamp,{question},Comment", rows))
    found = recognise(table)
    assert open_questions(table, found)


def test_the_score_beside_the_groups_of_a_recommendation_is_no_satisfaction(tmp_path: Path) -> None:
    rows = [
        f"2026-03-{n % 28 + 1:02d},{('Promoter', 'Promoter', 'Passive', 'Detractor')[n % 4]},{(10, 9, 7, 3)[n % 4]}"
        for n in range(40)
    ]
    found = _read(tmp_path, _csv("Response date,NPS group,Score", rows))
    assert found["nps"] == pytest.approx(25)
    assert "csat" not in found


def test_numbers_of_promoters_are_no_percentages_of_them(tmp_path: Path) -> None:
    rows = [f"2026-{month:02d},{45 + month},30,25" for month in range(1, 9)]
    counts = _read(tmp_path, _csv("Month,Promoters,Passives,Detractors", rows))
    assert "promoters" not in counts
    assert counts["Promoters"] == 46
    rows = [f"2026-{month:02d},{45 + month},{30 - month},25" for month in range(1, 9)]
    assert _read(tmp_path, _csv("Month,Promoters,Passives,Detractors", rows))["promoters"] == 46


def test_a_ticket_a_day_is_no_table_of_figures_by_day(tmp_path: Path) -> None:
    rows = [f"{day},2026-03-{day:02d},{0.5 + day / 10:.2f},{0.25 + day / 20:.2f}" for day in _DAYS]
    found = _read(tmp_path, _csv("Ticket #,Date opened,Resolution time (days),First response (hours)", rows))
    assert found["contact_volume"] == 28
    assert found["resolution_time_median"] == pytest.approx(24 * 1.95)
    assert found["frt_median"] == pytest.approx(60 * 0.975)


def test_of_two_columns_that_are_merely_called_date_none_is_the_arrival() -> None:
    rows = [f"{n},2026-03-{n % 28 + 1:02d} 09:00,x,2026-04-{n % 28 + 1:02d} 09:00,2026-04-29 10:00" for n in range(30)]
    table = read_table("log.csv", _csv("Case ID,Date,Event,Date,Closed", rows))
    assert [question.id for question in open_questions(table, recognise(table))] == ["arrived"]


def test_bare_numbers_among_lengths_with_a_unit_are_said() -> None:
    rows = [f"T-{day},2026-03-{day:02d} 09:00,{('5m 30s', '0:05:30', '330', '330')[day % 4]}" for day in _DAYS]
    assert _findings(_csv("Ticket ID,Created at,Handle time", rows))["mixed_units"].startswith("14 cells of Handle time")
    assert "mixed_units" not in _findings(
        _csv("Ticket ID,Created at,Handle time", [row.replace("330", "5:30") for row in rows])
    )


def test_the_header_says_the_unit_of_the_cells_that_name_none(tmp_path: Path) -> None:
    rows = [f"T-{day},2026-03-{day:02d} 09:00,{('5.5', '5:30')[day % 4 == 3]}" for day in _DAYS]
    assert _read(tmp_path, _csv("Ticket ID,Created at,Handle time (min)", rows))["aht_mean"] == pytest.approx(5.5)


def _grouped_workbook() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["", "Phone", "", "Chat", ""])
    sheet.append(["Month", "Offered", "Answered", "Offered", "Answered"])
    for month in range(1, 9):
        sheet.append([f"2026-{month:02d}", 100 + month, 90, 50, 40])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_the_columns_of_one_channel_are_not_taken_for_the_whole(tmp_path: Path) -> None:
    found = _read(tmp_path, _grouped_workbook(), name="channels.xlsx")
    assert found["contact_volume|channel=Phone"] == 101
    assert found["contact_volume|channel=Chat"] == 50
    assert found["contact_volume"] == 151
    assert found["handled_volume"] == 130
    rows = [f"2026-03-{day:02d},{100 + day},90,50,40" for day in _DAYS]
    repeated = _findings(_csv("Date,Offered,Answered,Offered,Answered", rows))
    assert repeated["repeated_headers"] == (
        "2 columns have the same headers as others that are used: Offered (2), Answered (2)."
    )


@pytest.mark.parametrize(
    ("header", "first", "said"), [("Week starting", "2026-01-05", True), ("Week ending", "2025-12-29", False)]
)
def test_weeks_that_begin_on_sundays_count_in_the_week_with_most_of_their_days(
    tmp_path: Path, header: str, first: str, said: bool
) -> None:
    sundays = ("01/04/2026", "01/11/2026", "01/18/2026", "01/25/2026", "02/01/2026")
    data = _csv(f"{header},Tickets,Solved", [f"{day},{100 + place},90" for place, day in enumerate(sundays)])
    path = tmp_path / "weeks.csv"
    path.write_bytes(data)
    frame, _ = kpis_from_files([path], Frequency.WEEK, [], calendar=CALENDAR_YEAR, today=TODAY)
    assert str(frame["period"].min().date()) == first
    assert ("weeks_not_from_monday" in _findings(data)) is said


def test_a_date_that_means_never_is_no_earlier_solution() -> None:
    rows = [
        f"{n},2026-03-{n % 28 + 1:02d} 08:00,{'9999-12-31 00:00' if n % 3 == 0 else f'2026-03-{n % 28 + 1:02d} 18:00'},"
        f"{('Open', 'Closed', 'Closed')[n % 3]}"
        for n in range(30)
    ]
    assert "open_with_time" not in _findings(_csv("ID,Created,Closed,Status", rows))
    rows = [row.replace("9999-12-31 00:00", "2026-03-29 18:00") for row in rows]
    assert "open_with_time" in _findings(_csv("ID,Created,Closed,Status", rows))


def test_seconds_since_1970_are_moments_under_a_header_that_says_so(tmp_path: Path) -> None:
    # 2026-03-02 09:00 UTC is 1,772,442,000 s; answered after 30 minutes, solved after 3 hours.
    begun = [1_772_442_000_000 + 86_400_000 * n for n in range(20)]
    rows = [f"{n},{at},{at + 1_800_000},{at + 10_800_000}" for n, at in enumerate(begun)]
    found = _read(tmp_path, _csv("ticket_id,created_at,first_reply_at,solved_at", rows))
    assert (found["contact_volume"], found["frt_median"], found["resolution_time_median"]) == (20, 30, 3)


@pytest.mark.parametrize(
    ("header", "kpi"), [("CSAT Actual", "csat"), ("Actual CSAT", "csat"), ("応答率実績", "completion_rate")]
)
def test_figures_as_they_came_are_told_from_their_targets(tmp_path: Path, header: str, kpi: str) -> None:
    rows = [f"2026-{month:02d},95%,{80 + month}%" for month in range(1, 9)]
    target = header.replace("Actual", "Target").replace("実績", "目標")
    found = _read(tmp_path, _csv(f"Month,{target},{header}", rows))
    assert found[kpi] == 81
    assert found[target] == 95


def test_a_large_log_leaves_out_what_went_out_as_well(tmp_path: Path) -> None:
    path = tmp_path / "calls.csv"
    path.write_bytes(_calls_in_both_directions())
    table = read_table(path.name, path.read_bytes())
    log = read_contacts(path, table, recognise(table).mapping, tmp_path / "log", today=TODAY)
    assert (log.rows_read, log.accepted_rows) == (40, 32)
    with open_contacts(log.paths) as contacts:
        points = contact_kpis(contacts, CALENDAR_YEAR.rhythm(Frequency.MONTH))
    assert dict(zip(points["series"], points["value"], strict=True))["abandonment_rate"] == pytest.approx(25)


def test_a_mark_of_lost_calls_counts_where_the_disposition_calls_none_lost(tmp_path: Path) -> None:
    rows = [f"{n},2026-03-{n % 28 + 1:02d} 10:00:00,Resolved,00:00:20,00:05:30,{int(n % 8 == 0)}" for n in range(40)]
    found = _read(tmp_path, _csv("Call ID,Timestamp,Disposition,Queue wait time,Handle time,Abandoned", rows))
    assert found["abandonment_rate"] == pytest.approx(12.5)
    assert found["aht_mean"] == pytest.approx(5.5)


def test_a_missed_call_came_in_and_an_outbound_one_did_not(tmp_path: Path) -> None:
    kinds = ("inbound", "missed", "abandoned", "outbound")
    rows = [
        f"x{n},{kinds[n % 4]},2026-03-{n % 28 + 1:02d} 10:00:00,{240 if n % 4 == 0 else 0},20,"
        f"{'Ann' if n % 4 in (0, 3) else ''}"
        for n in range(40)
    ]
    found = _read(tmp_path, _csv("Interaction ID,Call Type,Start Time,Talk Time,Waiting Time,Agent Name", rows))
    assert found["contact_volume"] == 30
    assert found["abandonment_rate"] == pytest.approx(100 * 2 / 3)


def test_a_number_of_tickets_within_their_limit_is_no_percentage(tmp_path: Path) -> None:
    rows = [f"2026-{month:02d},9,10" for month in range(1, 9)]
    found = _read(tmp_path, _csv("Month,Tickets within SLA,Tickets", rows))
    assert "resolution_sla" not in found
    assert found["Tickets within SLA"] == 9
    rows = [f"2026-{month:02d},90%,10" for month in range(1, 9)]
    assert _read(tmp_path, _csv("Month,Tickets within SLA,Tickets", rows))["resolution_sla"] == 90

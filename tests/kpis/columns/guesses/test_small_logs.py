"""Small logs that a shop, a front desk or an office keeps itself: every column is used, offered or named as unused."""

from __future__ import annotations

from datetime import date

import pytest

from cs_planning.kpis.calendar.service_calendar import CALENDAR_YEAR
from cs_planning.kpis.cells.numbers import WrittenUnit
from cs_planning.kpis.columns.names.headers import read_header
from cs_planning.kpis.columns.roles import Role
from cs_planning.kpis.files.reading import read_table
from cs_planning.kpis.files.table import Table
from cs_planning.kpis.findings.imported import Imported
from cs_planning.kpis.imports.answers import Answers
from cs_planning.kpis.imports.convert import convert
from cs_planning.kpis.imports.offers import worth_asking
from cs_planning.kpis.imports.recognise import recognise

TODAY = date(2026, 11, 10)


def _table(header: str, rows: list[str]) -> Table:
    return read_table("log.csv", "\n".join([header, *rows]).encode())


def _read(table: Table) -> Imported:
    return convert(table, recognise(table).mapping, calendar=CALENDAR_YEAR, today=TODAY)


def _offers(header: str, cells: tuple[str, ...]) -> list[str]:
    rows = [f"{n},2026-0{n % 6 + 1}-11 09:{n:02d},{cells[n % len(cells)]}" for n in range(1, 49)]
    table = _table(f"Ticket ID,Created at,{header}", rows)
    offers = worth_asking(table, recognise(table), Answers())
    return [choice.value for offer in offers for choice in offer.choices if choice.value != "ignore"]


@pytest.mark.parametrize(
    ("header", "scale"),
    [
        ("Happy 1-5", (1, 5)),
        ("Happy 0–10", (0, 10)),
        ("Satisfaction 1 to 7", (1, 7)),
        ("満足度 1〜5", (1, 5)),
        ("満足度5段階", (1, 5)),
        ("満足度10点満点", (0, 10)),
        ("Shift 1-2", None),
        ("Visits 2-5", None),
        ("Stage 1-4", None),
    ],
)
def test_a_scale_at_the_end_of_a_header_counts_without_brackets(header: str, scale: tuple[int, int] | None) -> None:
    assert read_header(header).scale == scale


def test_the_log_of_a_shop_gives_its_times_answers_and_complaints() -> None:
    rows = [
        "1,01.04.2026 11:45,Tom,01.04.2026 13:45,4,n",
        "2,03.04.2026 10:00,Mia,04.04.2026 14:00,2,y",
        "3,05.04.2026 9:00,Mia,,,n",
    ]
    imported = _read(_table("No.,Date/time in,By,Sorted out,Happy 1-5,Did they complain", rows))
    assert imported.contacts is not None
    contacts = imported.contacts.set_index("contact_id")
    assert contacts["resolution_hours"].tolist() == pytest.approx([2, 28, float("nan")], nan_ok=True)
    assert contacts["csat_satisfied"].tolist() == pytest.approx([1, 0, float("nan")], nan_ok=True)
    assert contacts["complaint"].tolist() == [False, True, False]
    (unused,) = [finding for finding in imported.findings if finding.rule == "unused_columns"]
    assert unused.sample_values == ("By",)


def test_japanese_lists_know_when_it_was_received_and_whether_it_was_a_complaint() -> None:
    rows = [f"Q{n},2026年4月{n}日 9時30分,佐藤,{'○' if n % 3 else '×'}" for n in range(1, 10)]
    table = _table("管理No,受信した日時,対応した人,苦情か", rows)
    roles = {entry.column: entry.role for entry in recognise(table).mapping.columns}
    assert (roles["受信した日時"], roles["苦情か"]) == (Role.CREATED_AT, Role.COMPLAINT)
    imported = _read(table)
    assert imported.contacts is not None
    assert imported.contacts["complaint"].sum() == 6  # of nine all but the third, sixth and ninth


def test_would_recommend_is_a_recommendation_where_it_holds_numbers_alone() -> None:
    numbers = [f"{n},2026-04-0{n} 9:00,{n}" for n in range(1, 9)]
    words = [f"{n},2026-04-0{n} 9:00,{'y' if n % 2 else 'n'}" for n in range(1, 9)]
    for rows, role in ((numbers, Role.NPS), (words, Role.IGNORE)):
        table = _table("Ticket ID,Created at,Would recommend (0-10)", rows)
        assert recognise(table).mapping.column("Would recommend (0-10)").role is role


@pytest.mark.parametrize(
    ("header", "cells", "first"),
    [
        ("Verdict of theirs", ("3", "4", "5", "1"), "csat"),
        ("ご感想", ("とても満足", "満足", "不満"), "csat"),
        ("Grumbled", ("y", "n"), "reopened"),
        ("済／未", ("済", "未"), "reopened"),
        ("Mins with us", ("3", "14", "25"), "first_response_time"),
        ("By", ("Tom", "Mia", "Lea"), "team"),
        ("対応した人", ("佐藤", "鈴木", "高橋"), "team"),
        ("Their way", ("Lab", "Shop", "Yard"), "channel"),
    ],
)
def test_an_unused_column_is_offered_as_what_its_cells_can_be(header: str, cells: tuple[str, ...], first: str) -> None:
    assert _offers(header, cells)[0] == first


def test_minutes_at_the_beginning_of_a_header_are_its_unit() -> None:
    assert read_header("Mins waited").measure is WrittenUnit.MINUTES
    assert read_header("Min staff").measure is None
    rows = [f"{n},2026-04-0{n} 9:00,{n}" for n in range(1, 9)]
    imported = _read(_table("Ticket ID,Created at,Mins waited", rows))
    assert imported.contacts is not None
    assert imported.contacts["wait_seconds"].tolist() == [60 * n for n in range(1, 9)]


@pytest.mark.parametrize(
    ("header", "clocks"),
    [
        ("受付番号,受付日,受付時刻,完了日時", "{}:05"),
        ("Ref,Date received,Time,Solved at", "0{}:05"),
        ("Ref,Date,Time received,Solved at", "{}:05 am"),
    ],
)
def test_a_date_and_a_time_of_day_beside_it_are_one_arrival(header: str, clocks: str) -> None:
    rows = [f"{n},2026-04-0{n},{clocks.format(n)},2026-04-0{n} 10:05" for n in range(1, 8)]
    imported = _read(_table(header, rows))
    assert imported.contacts is not None
    assert imported.contacts["resolution_hours"].tolist() == pytest.approx([10 - n for n in range(1, 8)])
    assert not {finding.rule for finding in imported.findings} & {"no_clock", "unused_columns"}


def test_a_time_of_day_of_something_else_or_with_gaps_is_no_arrival() -> None:
    rows = [f"{n},2026-04-0{n},{n}:05" for n in range(1, 8)]
    assert recognise(_table("受付番号,受付日,休憩", rows)).mapping.column("受付日").role is Role.CREATED_AT
    gaps = [*rows[:-1], "7,2026-04-07,"]
    imported = _read(_table("受付番号,受付日,受付時刻", gaps))
    assert imported.contacts is not None
    assert len(imported.contacts) == 7

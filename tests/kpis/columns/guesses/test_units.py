"""Times whose header names no unit, or a clock of two parts."""

from __future__ import annotations

import io
from datetime import date, datetime, time

import numpy as np
import openpyxl
import pytest

from cs_planning.kpis.calendar.service_calendar import ServiceCalendar
from cs_planning.kpis.cells.numbers import WrittenUnit
from cs_planning.kpis.columns.guesses.units import judged_measure
from cs_planning.kpis.columns.roles import Role
from cs_planning.kpis.files.reading import read_table
from cs_planning.kpis.findings.imported import Imported
from cs_planning.kpis.imports.convert import convert
from cs_planning.kpis.imports.recognise import recognise

TODAY = date(2026, 6, 30)


def imported(content: str | bytes, name: str = "export.csv") -> Imported:
    table = read_table(name, content.encode() if isinstance(content, str) else content)
    return convert(table, recognise(table).mapping, calendar=ServiceCalendar(), today=TODAY)


def values(result: Imported, series: str) -> list[float]:
    assert result.points is not None
    return [float(value) for value in result.points.loc[result.points["series"] == series, "value"]]


def rules(result: Imported) -> set[str]:
    return {finding.rule for finding in result.findings}


@pytest.mark.parametrize(
    ("kpi", "written", "unit"),
    [
        ("aht_mean", [332, 345, 360], WrittenUnit.SECONDS),
        ("aht_mean", [5.5, 6.1], WrittenUnit.MINUTES),
        ("aht_mean", [0.09, 0.1], WrittenUnit.HOURS),
        ("aht_mean", [0.00384, 0.0041], WrittenUnit.DAYS),
        ("asa_mean", [21, 35], WrittenUnit.SECONDS),
        ("asa_mean", [0.3, 0.5], WrittenUnit.MINUTES),
        ("frt_mean", [25_200, 30_000], WrittenUnit.SECONDS),
        ("resolution_time_mean", [5_400, 6_000], WrittenUnit.MINUTES),
        ("aht_mean", [1e9], WrittenUnit.MINUTES),
    ],
)
def test_a_unit_that_nobody_named_is_the_nearest_one_in_which_the_values_can_be(
    kpi: str, written: list[float], unit: WrittenUnit
) -> None:
    assert judged_measure(np.array(written, dtype=float), kpi) is unit


def test_waits_of_single_calls_can_be_shorter_than_a_second_on_average() -> None:
    assert judged_measure(np.array([0.2, 0.4]), "asa_mean", Role.WAIT_TIME) is WrittenUnit.SECONDS


def test_a_handle_time_of_hundreds_is_read_in_seconds_and_that_is_said() -> None:
    result = imported("Month,AHT\n2026-01,330\n2026-02,360\n2026-03,300\n")
    assert values(result, "aht_mean") == pytest.approx([5.5, 6.0, 5.0])
    said = next(finding for finding in result.findings if finding.rule == "unit_judged")
    assert "unit of AHT" in str(said.message)
    assert said.count == 3


def test_a_header_that_names_the_unit_is_believed_and_an_impossible_value_is_said() -> None:
    result = imported("Month,AHT (min)\n2026-01,330\n2026-02,360\n2026-03,300\n")
    assert values(result, "aht_mean") == [330, 360, 300]
    assert "implausible_time" in rules(result)


def test_long_and_turned_tables_are_judged_series_by_series() -> None:
    long = imported("month,kpi,value\n2026-01,平均処理時間,330\n2026-02,平均処理時間,360\n2026-01,ASA,20\n2026-02,ASA,30\n")
    assert values(long, "aht_mean") == pytest.approx([5.5, 6.0])
    assert values(long, "asa_mean") == [20, 30]
    turned = imported("KPI,2026-01,2026-02,2026-03\nAHT,330,360,300\nASA,20,30,25\n")
    assert values(turned, "aht_mean") == pytest.approx([5.5, 6.0, 5.0])
    assert "unit_judged" in rules(long) & rules(turned)


def test_a_series_under_the_name_of_the_catalogue_is_in_its_unit() -> None:
    result = imported("period,aht_mean\n2026-01,330\n2026-02,360\n")
    assert values(result, "aht_mean") == [330, 360]


@pytest.mark.parametrize(
    ("header", "minutes"),
    [("AHT", [5.5, 6.0]), ("平均処理時間", [5.5, 6.0]), ("AHT (mm:ss)", [5.5, 6.0]), ("AHT (h:mm)", [330.0, 360.0])],
)
def test_a_clock_of_two_parts_in_a_handle_time_shows_minutes_and_seconds_unless_the_header_says_otherwise(
    header: str, minutes: list[float]
) -> None:
    result = imported(f"Month,{header}\n2026-01,5:30\n2026-02,06:00\n")
    assert values(result, "aht_mean") == pytest.approx(minutes)


def test_call_statistics_read_clocks_of_two_parts_alike() -> None:
    result = imported(
        "日付,着信数,応答数,放棄数,平均待ち時間,平均通話時間,平均後処理時間\n"
        "2026-03-02,10,9,1,00:25,04:00,1:30\n2026-03-03,10,9,1,01:05,05:00,1:00\n"
    )
    assert values(result, "asa_mean") == [25, 65]
    assert values(result, "aht_mean") == pytest.approx([5.5, 6.0])


def test_single_contacts_without_a_unit_are_judged_too() -> None:
    rows = "".join(f"{place},2026-03-0{place} 09:00,2026-03-0{place} 12:00,{280 + 10 * place}\n" for place in range(1, 8))
    result = imported(f"Ticket ID,Created at,Solved at,Handle time\n{rows}")
    assert result.contacts is not None
    assert list(result.contacts["handle_minutes"]) == pytest.approx([(280 + 10 * place) / 60 for place in range(1, 8)])
    assert "unit_judged" in rules(result)


def test_a_cell_that_excel_shows_as_a_clock_is_a_length_above_a_day_too() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Ticket ID", "Created at", "Solved at", "First response time"])
    for number, hours in enumerate((0.5, 26.0, 49.25), start=1):
        sheet.append([number, datetime(2026, 3, number, 9), datetime(2026, 3, number + 5, 9), hours / 24])
        sheet.cell(number + 1, 4).number_format = "hh:mm:ss"
    sheet.cell(2, 4).value = time(0, 30)
    content = io.BytesIO()
    book.save(content)
    result = imported(content.getvalue(), "export.xlsx")
    assert result.contacts is not None
    assert list(result.contacts["first_response_minutes"]) == pytest.approx([30, 26 * 60, 49.25 * 60])

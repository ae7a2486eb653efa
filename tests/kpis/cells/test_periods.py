"""Periods as files write them, those of fiscal years among them."""

from __future__ import annotations

from datetime import date

import pytest

from cs_planning.kpis.calendar.service_calendar import ServiceCalendar
from cs_planning.kpis.cells.moments import DateOrder
from cs_planning.kpis.cells.periods import read_period_cell
from cs_planning.kpis.files.reading import read_table
from cs_planning.kpis.frequency import Frequency
from cs_planning.kpis.imports.convert import convert
from cs_planning.kpis.imports.recognise import recognise

APRIL = 4


@pytest.mark.parametrize(
    ("cell", "begins", "frequency"),
    [
        ("2026年3月度", date(2026, 3, 1), Frequency.MONTH),
        ("FY26 Q1", date(2026, 4, 1), Frequency.QUARTER),
        ("FY2025-Q4", date(2026, 1, 1), Frequency.QUARTER),
        ("Q2 FY26", date(2026, 7, 1), Frequency.QUARTER),
        ("FY2026 M01", date(2026, 4, 1), Frequency.MONTH),
        ("FY2026 P12", date(2027, 3, 1), Frequency.MONTH),
        ("FY26", date(2026, 4, 1), Frequency.YEAR),
        ("2025年度", date(2025, 4, 1), Frequency.YEAR),
        ("2025年度第4四半期", date(2026, 1, 1), Frequency.QUARTER),
        ("2025年度3月", date(2026, 3, 1), Frequency.MONTH),
        ("2025年度4月", date(2025, 4, 1), Frequency.MONTH),
    ],
)
def test_periods_of_a_year_that_begins_in_april(cell: str, begins: date, frequency: Frequency) -> None:
    assert read_period_cell(cell, DateOrder.DAY_FIRST, APRIL) == (begins, frequency)


@pytest.mark.parametrize("cell", ["FY26 Q5", "FY26 M13", "FYI", "年度", "FY26 Q", "26 Q1"])
def test_what_is_no_fiscal_period_is_none(cell: str) -> None:
    assert read_period_cell(cell, DateOrder.DAY_FIRST, APRIL) is None


@pytest.mark.parametrize(("month", "first"), [(None, "2025-07-01"), (APRIL, "2025-10-01")])
def test_a_table_of_fiscal_quarters_is_read_by_the_calendar_and_says_so(month: int | None, first: str) -> None:
    table = read_table("kpi.csv", b"Period,CSAT\nFY25 Q3,80\nFY25 Q4,81\nFY26 Q1,82\n")
    imported = convert(
        table, recognise(table).mapping, calendar=ServiceCalendar(fiscal_start_month=month), today=date(2026, 12, 1)
    )
    assert imported.points is not None
    assert str(imported.points["period"].min().date()) == first
    assert [finding.sample_values for finding in imported.findings if finding.rule == "fiscal_years"] == [("FY25 Q3",)]

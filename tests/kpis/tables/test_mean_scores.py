from __future__ import annotations

from datetime import date

import pytest

from cs_planning.kpis.calendar.service_calendar import CALENDAR_YEAR
from cs_planning.kpis.files.reading import read_table
from cs_planning.kpis.findings.imported import Imported
from cs_planning.kpis.imports.convert import convert
from cs_planning.kpis.imports.recognise import recognise


def imported(content: str) -> Imported:
    table = read_table("kpis.csv", content.encode())
    return convert(table, recognise(table).mapping, calendar=CALENDAR_YEAR, today=date(2026, 6, 30))


def found(result: Imported, series: str) -> list[float]:
    assert result.points is not None
    return result.points[result.points["series"] == series]["value"].tolist()


@pytest.mark.parametrize(
    ("header", "values"),
    [
        ("CSAT", [4.1, 4.3, 3.9]),
        ("満足度（5段階）", [3.8, 4.0, 4.4]),
        ("Customer satisfaction (1-10)", [8.2, 7.9, 8.4]),
    ],
)
def test_a_mean_score_is_no_percentage(header: str, values: list[float]) -> None:
    rows = "\n".join(f"2026-0{month},{value}" for month, value in enumerate(values, start=1))
    result = imported(f"Month,{header}\n{rows}\n")
    assert found(result, "csat") == []
    assert found(result, "csat_score") == values
    assert "mean_score" in {finding.rule for finding in result.findings}


@pytest.mark.parametrize("cells", [["0.81", "1", "0.79"], ["81%", "4%", "79%"], ["81", "4.5", "79"]])
def test_percentages_stay_percentages(cells: list[str]) -> None:
    rows = "\n".join(f"2026-0{month},{cell}" for month, cell in enumerate(cells, start=1))
    result = imported(f"Month,CSAT\n{rows}\n")
    assert len(found(result, "csat")) == 3
    assert "mean_score" not in {finding.rule for finding in result.findings}


def test_a_mean_score_of_one_kpi_in_a_long_table_is_found() -> None:
    rows = "\n".join(f"2026-0{month},{kpi},{value}" for month in (1, 2, 3) for kpi, value in (("CSAT", 4.2), ("Tickets", 120)))
    result = imported(f"Month,KPI,Value\n{rows}\n")
    assert found(result, "csat_score") == [4.2, 4.2, 4.2]
    assert found(result, "contact_volume") == [120, 120, 120]

"""The historical metrics of Amazon Connect by queue and half hour, with KPIs computed by hand."""

from __future__ import annotations

from datetime import date

import pytest

from cs_planning.kpis.calendar.service_calendar import CALENDAR_YEAR
from cs_planning.kpis.columns.roles import Kind
from cs_planning.kpis.files.reading import read_table
from cs_planning.kpis.imports.convert import convert
from cs_planning.kpis.imports.recognise import recognise

HEADER = (
    "Queue,StartInterval,EndInterval,Average after contact work time,Average agent interaction time,Average customer hold time,"
    "Average handle time,Average queue abandon time,Average queue answer time,Contacts abandoned,"
    "Contacts answered in 20 seconds,Contacts handled,Contacts queued,Maximum queued time,Service level 20 seconds"
)
ROWS = """
Sales,2026-05-04T00:00:00Z,2026-05-04T00:30:00Z,00:00:30,00:04:00,00:00:30,00:05:00,00:01:00,00:00:10,1,8,9,10,00:02:00,80.00%
Sales,2026-05-04T14:30:00Z,2026-05-04T15:00:00Z,00:01:00,00:08:00,00:01:00,00:10:00,00:02:00,00:00:40,1,2,4,5,00:03:00,40.00%
Help,2026-05-04T15:00:00Z,2026-05-04T15:30:00Z,00:00:30,00:02:00,00:00:30,00:03:00,,00:00:20,0,6,10,10,00:01:00,60.00%
Help,2026-05-04T00:00:00Z,2026-05-04T00:30:00Z,,,,,,,0,0,0,0,,
"""


@pytest.mark.parametrize(("zone", "first"), [("Asia/Tokyo", ("05-04", "05-05")), ("Europe/London", ("05-04",))])
def test_half_hours_of_queues_become_the_kpis_of_the_days_of_the_service(zone: str, first: tuple[str, ...]) -> None:
    table = read_table("HistoricalMetricsReport.csv", f"{HEADER}{ROWS}".encode())
    found = recognise(table)
    assert found.kind is Kind.CALL_CENTRE_DAILY
    calendar = CALENDAR_YEAR.model_copy(update={"zone": zone})
    result = convert(table, found.mapping, calendar=calendar, today=date(2026, 6, 1))
    assert result.points is not None
    days = result.points["period"].dt.strftime("%m-%d")
    points = dict(zip(zip(result.points["series"], days, strict=True), result.points["value"], strict=True))
    wanted: dict[str, dict[str, float]]
    if zone == "Asia/Tokyo":
        # 15:00 in UTC is midnight in Tokyo: the third row is of the next day.
        wanted = {
            "05-04": {
                "contact_volume": 15,
                "handled_volume": 13,
                "abandonment_rate": 100 * 2 / 15,
                "completion_rate": 100 * 13 / 15,
                "asa_mean": (9 * 10 + 4 * 40) / 13,
                "aht_mean": (9 * 5 + 4 * 10) / 13,
                "service_level": (10 * 80 + 5 * 40) / 15,
            },
            "05-05": {"contact_volume": 10, "abandonment_rate": 0, "asa_mean": 20, "aht_mean": 3, "service_level": 60},
        }
    else:
        wanted = {
            "05-04": {
                "contact_volume": 25,
                "abandonment_rate": 8,
                "asa_mean": (9 * 10 + 4 * 40 + 10 * 20) / 23,
                "aht_mean": (9 * 5 + 4 * 10 + 10 * 3) / 23,
                "service_level": (10 * 80 + 5 * 40 + 10 * 60) / 25,
            }
        }
    assert sorted({day for series, day in points if series == "contact_volume"}) == list(first)
    for day, values in wanted.items():
        assert {kpi: points[(kpi, day)] for kpi in values} == pytest.approx(values)
    assert points[("contact_volume|team=Sales", "05-04")] == 15


def test_the_number_that_was_answered_in_time_gives_the_same_service_level_as_the_percentage() -> None:
    lines = [line.split(",") for line in f"{HEADER}{ROWS}".strip().splitlines()]
    table = read_table("HistoricalMetricsReport.csv", "\n".join(",".join(line[:-1]) for line in lines).encode())
    result = convert(table, recognise(table).mapping, calendar=CALENDAR_YEAR, today=date(2026, 6, 1))
    assert result.points is not None
    (level,) = result.points.query("series == 'service_level'")["value"]
    assert level == pytest.approx(100 * 16 / 25)

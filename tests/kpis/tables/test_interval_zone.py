"""Half hours on the clock of UTC count on the day of the service on which they begin."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from cs_planning.kpis.calendar.service_calendar import CALENDAR_YEAR
from cs_planning.kpis.columns.roles import Kind
from cs_planning.kpis.files.reading import read_table
from cs_planning.kpis.findings.imported import Imported
from cs_planning.kpis.imports.convert import convert
from cs_planning.kpis.imports.recognise import recognise

TODAY = date(2026, 11, 30)
COUNTS = "Calls offered,Calls answered,Calls abandoned"


def imported(content: str, zone: str | None) -> Imported:
    table = read_table("acd.csv", content.encode())
    found = recognise(table)
    assert found.kind is Kind.CALL_CENTRE_DAILY
    return convert(table, found.mapping, calendar=CALENDAR_YEAR.model_copy(update={"zone": zone}), today=TODAY)


def volumes(result: Imported) -> dict[str, float]:
    assert result.points is not None
    rows = result.points[result.points["series"] == "contact_volume"]
    return {f"{period:%m-%d}": value for period, value in zip(rows["period"], rows["value"], strict=True)}


def rules(result: Imported) -> set[str]:
    return {finding.rule for finding in result.findings} & {"intervals_moved", "zone_of_the_file", "days_of_another_zone"}


# Four half hours around midnight in UTC, at the end of a month: 23:30 there is the next morning in Tokyo.
WRITTEN = {
    "a header": f"Interval start (UTC),{COUNTS}\n"
    "2026-05-31 14:30,1,1,0\n2026-05-31 15:00,10,9,1\n2026-05-31 23:30,100,90,10\n2026-06-01 00:00,1000,900,100\n",
    "cells": f"Interval start,{COUNTS}\n2026-05-31T14:30:00Z,1,1,0\n2026-05-31T15:00:00Z,10,9,1\n"
    "2026-05-31T23:30:00+00:00,100,90,10\n2026-06-01T00:00:00Z,1000,900,100\n",
    "a column of intervals": f"Date,Interval (UTC),{COUNTS}\n2026-05-31,14:30-15:00,1,1,0\n2026-05-31,15:00-15:30,10,9,1\n"
    "2026-05-31,23:30-24:00,100,90,10\n2026-06-01,0:00-0:30,1000,900,100\n",
    "half days": f"Date,Interval (GMT),{COUNTS}\n2026-05-31,2:30 PM,1,1,0\n2026-05-31,3:00 PM,10,9,1\n"
    "2026-05-31,11:30 PM,100,90,10\n2026-06-01,12:00 AM,1000,900,100\n",
    "Japanese": "日付,時間帯（UTC）,着信数,応答数,放棄数\n2026/05/31,14:30～15:00,1,1,0\n2026/05/31,15:00～15:30,10,9,1\n"
    "2026/05/31,23:30～24:00,100,90,10\n2026/06/01,0:00～0:30,1000,900,100\n",
}


@pytest.mark.parametrize("written", WRITTEN)
def test_half_hours_of_utc_lie_on_the_days_of_the_service_across_midnight_and_the_end_of_a_month(written: str) -> None:
    tokyo = imported(WRITTEN[written], "Asia/Tokyo")
    assert volumes(tokyo) == {"05-31": 1, "06-01": 1110}
    assert rules(tokyo) == {"intervals_moved"}
    new_york = imported(WRITTEN[written], "America/New_York")
    assert volumes(new_york) == {"05-31": 1111}


@pytest.mark.parametrize("written", WRITTEN)
def test_without_a_zone_of_the_service_it_is_asked_for(written: str) -> None:
    result = imported(WRITTEN[written], None)
    assert volumes(result) == {"05-31": 111, "06-01": 1000}
    assert rules(result) == {"zone_of_the_file"}


def test_times_that_name_no_zone_stay_as_they_are() -> None:
    result = imported(WRITTEN["a header"].replace(" (UTC)", ""), "Asia/Tokyo")
    assert volumes(result) == {"05-31": 111, "06-01": 1000}
    assert rules(result) == set()


def test_every_day_around_the_change_to_summer_time_has_the_hours_that_it_has() -> None:
    # One call each half hour, from midnight to midnight in Berlin: the 29th of March has 23 hours, the 25th of October 25.
    for first, hours, wanted in (
        (datetime(2026, 3, 27, 23), 71, {"03-28": 48, "03-29": 46, "03-30": 48}),
        (datetime(2026, 10, 23, 22), 73, {"10-24": 48, "10-25": 50, "10-26": 48}),
    ):
        starts = [first + timedelta(minutes=30 * place) for place in range(2 * hours)]
        rows = "".join(f"{start:%Y-%m-%d %H:%M},1,1,0\n" for start in starts)
        assert volumes(imported(f"Interval start (UTC),{COUNTS}\n{rows}", "Europe/Berlin")) == wanted
        # And the other way around: the clock of Berlin, read for a service that lives by UTC.
        berlin = [start.replace(tzinfo=ZoneInfo("UTC")).astimezone(ZoneInfo("Europe/Berlin")) for start in starts]
        rows = "".join(f"{start:%Y-%m-%dT%H:%M%z},1,1,0\n" for start in berlin)
        assert sum(volumes(imported(f"Interval start,{COUNTS}\n{rows}", "UTC")).values()) == 2 * hours


def test_whole_days_of_utc_are_not_moved_and_that_is_said() -> None:
    result = imported(f"Date (UTC),{COUNTS}\n2026-05-30,10,9,1\n2026-05-31,20,19,1\n2026-06-01,30,29,1\n", "Asia/Tokyo")
    assert volumes(result) == {"05-30": 10, "05-31": 20, "06-01": 30}
    assert rules(result) == {"days_of_another_zone"}

"""A log that names calls is one of calls; where nothing says which were answered, that is said, and no wait is worked out."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from cs_planning.kpis.calendar.service_calendar import CALENDAR_YEAR
from cs_planning.kpis.columns.roles import Kind
from cs_planning.kpis.files.reading import read_table
from cs_planning.kpis.frequency import Frequency
from cs_planning.kpis.imports.convert import convert
from cs_planning.kpis.imports.recognise import recognise
from cs_planning.kpis.imports.sheets import kpis_from_files

TODAY = date(2026, 11, 20)
STARTS = ["2026-10-01 09:00:00", "2026-10-01 09:05:00", "2026-10-02 10:00:00", "2026-10-31 11:00:00"]
WAITS = [12, 44, 5, 18]


def read(columns: dict[str, list[object]]):
    table = read_table("calls.csv", pd.DataFrame(columns).to_csv(index=False).encode())
    mapping = recognise(table).mapping
    return mapping, convert(table, mapping, calendar=CALENDAR_YEAR, today=TODAY)


@pytest.mark.parametrize(
    "columns",
    [
        {"Call ID": [1, 2, 3, 4], "Start Time": STARTS, "Wait Time (s)": WAITS},
        {"通話ID": [1, 2, 3, 4], "着信日時": STARTS, "待ち時間（秒）": WAITS},
    ],
)
def test_calls_of_which_only_the_wait_is_known_say_what_is_missing(columns):
    mapping, imported = read(columns)
    assert mapping.kind is Kind.CALLS
    (one,) = [finding for finding in imported.findings if finding.rule == "answered_not_known"]
    assert "outcome" in str(one.remedy)


@pytest.mark.parametrize(
    ("header", "cells"),
    [
        ("Agent", ["Mia", "", "Jo", "Mia"]),
        ("Result", ["answered", "abandoned", "answered", "answered"]),
        ("Talk time (s)", [9, 0, 5, 7]),
    ],
)
def test_one_column_that_tells_answered_calls_is_enough(header, cells):
    columns: dict[str, list[object]] = {
        "Call ID": [1, 2, 3, 4],
        "Start Time": [*STARTS],
        "Wait Time (s)": [*WAITS],
        header: cells,
    }
    mapping, imported = read(columns)
    assert mapping.kind is Kind.CALLS
    assert not [finding for finding in imported.findings if finding.rule == "answered_not_known"]


def test_tickets_with_a_wait_stay_tickets():
    columns: dict[str, list[object]] = {
        "Ticket ID": [1, 2, 3, 4],
        "Created at": [*STARTS],
        "Wait time (min)": [*WAITS],
        "Status": ["closed"] * 4,
    }
    assert read(columns)[0].kind is Kind.TICKETS


def test_a_log_of_ringing_and_talking_gives_the_wait_and_the_handle_time_of_the_answered(tmp_path):
    path = tmp_path / "calls.csv"
    pd.DataFrame(
        {
            "Call Time": STARTS,
            "Caller ID": ["+49 30 111", "+49 30 112", "+49 30 113", "+49 30 114"],
            "Destination": ["Support (801)", "Support (801)", "Mia (101)", "Support (801)"],
            "Status": ["Answered", "Unanswered", "Answered", "Answered"],
            "Ringing": ["00:00:08", "00:00:31", "00:00:05", "00:00:12"],
            "Talking": ["00:03:20", "00:00:00", "00:10:00", "00:01:00"],
        }
    ).to_csv(path, index=False)
    points, _ = kpis_from_files([path], Frequency.MONTH, [], calendar=CALENDAR_YEAR, today=TODAY)
    found = dict(zip(points["series"], points["value"], strict=True))
    assert found["asa_mean"] == pytest.approx((8 + 5 + 12) / 3)
    assert found["aht_mean"] == pytest.approx((200 + 600 + 60) / 3 / 60)
    assert found["abandonment_rate"] == 25 and found["service_level"] == 75

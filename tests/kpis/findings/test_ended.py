"""Series that ended long before the others of their file are told of once; sound files are left alone, however old."""

from __future__ import annotations

from datetime import date

import pandas as pd

from cs_planning.kpis.calendar.service_calendar import CALENDAR_YEAR
from cs_planning.kpis.files.reading import read_table
from cs_planning.kpis.findings.imported import QualityFinding
from cs_planning.kpis.imports.convert import convert
from cs_planning.kpis.imports.recognise import recognise

TABLE = pd.DataFrame(
    {
        "Month": pd.period_range("2025-01", "2025-12", freq="M").astype(str),
        "CSAT (%)": [80 + month % 5 for month in range(12)],
        "CSAT answers": [100 + month for month in range(12)],
        "Tickets": [300 + 7 * month for month in range(12)],
    }
)
OF_ENDS = {"old_data", "ended_series"}


def told(frame: pd.DataFrame, today: date) -> list[QualityFinding]:
    table = read_table("file.csv", frame.to_csv(index=False).encode())
    read = convert(table, recognise(table).mapping, calendar=CALENDAR_YEAR, today=today)
    return [one for one in read.findings if one.rule in OF_ENDS]


def test_series_that_ended_while_others_go_on_are_told_of_together_and_once():
    frame = TABLE.assign(Backlog=[40 + month for month in range(12)])
    frame.loc[frame.index >= 8, ["CSAT (%)", "CSAT answers"]] = None
    frame.loc[frame.index >= 9, "Backlog"] = None
    (one,) = told(frame, date(2026, 1, 20))
    assert one.rule == "ended_series" and one.count == 2
    assert "Aug 31, 2025" in str(one.message) and "Dec 31, 2025" in str(one.message)


def test_a_file_whose_series_end_together_is_left_alone_however_old():
    assert told(TABLE, date(2030, 1, 20)) == []


def test_a_series_that_is_two_periods_behind_may_still_arrive():
    frame = TABLE.copy()
    frame.loc[frame.index >= 10, ["CSAT (%)", "CSAT answers"]] = None
    assert told(frame, date(2026, 1, 20)) == []

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from cs_planning.kpis.calendar.service_calendar import CALENDAR_YEAR
from cs_planning.kpis.columns.mapping import Mapping
from cs_planning.kpis.columns.roles import Kind, Role
from cs_planning.kpis.files.reading import read_table
from cs_planning.kpis.findings.imported import Imported
from cs_planning.kpis.imports.convert import convert
from cs_planning.kpis.imports.recognise import recognise
from cs_planning.kpis.service_level import LevelBase

TODAY = date(2026, 6, 30)


def imported(content: str, **changes: object) -> Imported:
    table = read_table("acd.csv", content.encode())
    found = recognise(table)
    assert found.kind is Kind.CALL_CENTRE_DAILY
    return convert(table, Mapping.model_validate(found.mapping.model_dump() | changes), calendar=CALENDAR_YEAR, today=TODAY)


def values(result: Imported, series: str) -> dict[str, float]:
    assert result.points is not None
    rows = result.points[result.points["series"] == series]
    return {f"{period:%m-%d}": value for period, value in zip(rows["period"], rows["value"], strict=True)}


def rules(result: Imported) -> dict[str, int]:
    return {finding.rule: finding.count for finding in result.findings}


HALF_HOURS = """Date,Interval,Calls offered,Calls answered,Calls abandoned,ASA (s),AHT (s)
2026-05-04,08:00-08:30,20,16,4,30,300
2026-05-04,08:30-09:00,10,8,2,60,240
2026-05-05,08:00-08:30,12,12,0,10,200
2026-05-05,08:30-09:00,8,6,2,20,400
"""


def test_a_count_that_nobody_knows_is_no_zero_in_the_shares_of_its_day() -> None:
    result = imported(
        "Date,Interval,Calls offered,Calls answered,Calls abandoned,Answered within 20s\n"
        "2026-05-04,08:00-08:30,20,16,4,10\n2026-05-04,08:30-09:00,10,?,?,?\n2026-05-04,09:00-09:30,20,20,,10\n"
        "2026-05-05,08:00-08:30,?,9,1,9\n2026-05-05,08:30-09:00,8,6,2,4\n"
    )
    # On the 4th of 40 calls, on the 5th of 8: what is empty is none, and of the rows with ? no share is made.
    assert values(result, "abandonment_rate") == {"05-04": 10, "05-05": 25}
    assert values(result, "completion_rate") == {"05-04": 90, "05-05": 75}
    assert values(result, "service_level") == {"05-04": 50, "05-05": 50}
    assert values(result, "contact_volume") == {"05-04": 50, "05-05": 8}
    assert rules(result)["counts_not_known"] == 4


def test_offered_calls_are_made_of_the_answered_where_no_abandoned_one_is_counted() -> None:
    result = imported(
        "Date,Interval,Calls answered,Calls abandoned\n2026-05-04,08:00-08:30,16,4\n2026-05-04,08:30-09:00,10,\n"
        "2026-05-05,08:00-08:30,9,1\n2026-05-05,08:30-09:00,5,?\n"
    )
    assert values(result, "contact_volume") == {"05-04": 30, "05-05": 10}
    assert values(result, "abandonment_rate") == {"05-04": pytest.approx(100 * 4 / 30), "05-05": 10}


def test_half_hours_add_up_to_days_with_means_weighed_by_the_answered() -> None:
    result = imported(HALF_HOURS)
    assert values(result, "contact_volume") == {"05-04": 30, "05-05": 20}
    assert values(result, "abandonment_rate") == {"05-04": 20, "05-05": 10}
    assert values(result, "asa_mean") == pytest.approx({"05-04": (16 * 30 + 8 * 60) / 24, "05-05": (12 * 10 + 6 * 20) / 18})
    assert values(result, "aht_mean") == pytest.approx({"05-04": 280 / 60, "05-05": (12 * 200 + 6 * 400) / 18 / 60})


@pytest.mark.parametrize(
    "content",
    [
        "Interval Start,Interval End,Queue Name,Offer,Answer,Abandon,Avg Talk,Avg Hold,Avg ACW\n"
        "5/4/2026 8:00 AM,5/4/2026 8:30 AM,Sales,6,5,1,0:02:00,0:00:30,0:00:30\n"
        "5/4/2026 8:30 AM,5/4/2026 9:00 AM,Sales,4,4,0,0:02:00,0:00:30,0:00:30\n"
        "5/4/2026 8:00 AM,5/4/2026 8:30 AM,Help,10,9,1,0:04:00,0:01:00,0:01:00\n"
        "5/13/2026 8:00 AM,5/13/2026 8:30 AM,Help,2,2,0,0:04:00,0:01:00,0:01:00\n",
        "日付,時間帯,スキル,着信数,応答数,放棄数,平均通話時間(秒),平均保留時間(秒),平均後処理時間(秒)\n"
        "2026/05/04,8:00～8:30,販売,6,5,1,120,30,30\n2026/05/04,8:30～9:00,販売,4,4,0,120,30,30\n"
        "2026/05/04,8:00～8:30,窓口,10,9,1,240,60,60\n2026/05/13,8:00～8:30,窓口,2,2,0,240,60,60\n",
        "Split/Skill,Date,Time,Offered,ACD Calls,Aban Calls,Avg ACD Time (s),Avg Hold Time (s),Avg ACW Time (s)\n"
        "1,2026-05-04,8:00,6,5,1,120,30,30\n1,2026-05-04,8:30,4,4,0,120,30,30\n2,2026-05-04,8:00,10,9,1,240,60,60\n"
        "2,2026-05-13,8:00,2,2,0,240,60,60\n",
    ],
)
def test_queues_and_intervals_add_up_to_the_whole_whatever_the_export_calls_them(content: str) -> None:
    result = imported(content)
    assert values(result, "contact_volume") == {"05-04": 20, "05-13": 2}
    assert values(result, "abandonment_rate") == {"05-04": 10, "05-13": 0}
    # 9 answered at 3 minutes of talk, hold and wrap-up, 9 at 6
    assert values(result, "aht_mean") == pytest.approx({"05-04": (9 * 3 + 9 * 6) / 18, "05-13": 6})
    assert rules(result)["whole_made"] == 2


def test_a_row_of_the_whole_is_not_added_to_its_parts() -> None:
    result = imported(
        "Date,Team,Offered,Answered\n2026-05-04,A,10,9\n2026-05-04,B,20,15\n2026-05-04,Total,30,24\n"
        "2026-05-05,A,10,9\n2026-05-05,B,20,15\n2026-05-05,Total,30,24\n"
    )
    assert values(result, "contact_volume") == {"05-04": 30, "05-05": 30}
    assert "whole_made" not in rules(result)


def test_rows_that_differ_in_words_nobody_mapped_are_added_up() -> None:
    result = imported(
        "Date,Building,Offered,Answered\n2026-05-04,North,10,9\n2026-05-04,South,20,15\n2026-05-05,North,5,5\n2026-05-05,South,5,4\n"
    )
    assert values(result, "contact_volume") == {"05-04": 30, "05-05": 10}


def test_offered_is_made_of_answered_and_abandoned_where_it_is_missing() -> None:
    result = imported("Date,ACD Calls,Aban Calls\n2026-05-04,90,10\n2026-05-05,45,5\n2026-05-06,60,0\n")
    assert values(result, "contact_volume") == {"05-04": 100, "05-05": 50, "05-06": 60}
    assert rules(result)["offered_made"] == 3


def test_parts_above_the_whole_are_one_finding_and_give_no_shares() -> None:
    result = imported(
        "Date,Offered,Answered,Abandoned\n2026-05-04,100,80,50\n2026-05-05,100,90,10\n2026-05-06,100,95,20\n2026-05-07,100,85,15\n"
    )
    assert rules(result)["more_than_offered"] == 2
    assert values(result, "abandonment_rate") == {"05-05": 10, "05-07": 15}
    assert values(result, "completion_rate") == {"05-05": 90, "05-07": 85}


LEVELS = "Date,Offered,Answered,Abandoned,Answered within 30s,Short abandons\n" + "".join(
    f"2026-05-0{day},100,80,20,60,4\n" for day in (4, 5, 6)
)


@pytest.mark.parametrize(("base", "level"), [("offered", 60), ("answered", 75), ("offered_without_short", 100 * 60 / 96)])
def test_the_contacts_that_a_service_level_is_a_share_of_are_a_setting_that_is_said(base: str, level: float) -> None:
    result = imported(LEVELS, service_level_of=LevelBase(base))
    assert values(result, "service_level")["05-04"] == pytest.approx(level)
    (finding,) = [one for one in result.findings if one.rule == "service_level_rule"]
    assert "30" in str(finding.message)
    assert str(LevelBase(base).label) in str(finding.message)


def test_what_holds_of_all_parts_is_said_once() -> None:
    rows = "".join(f"2026-05-{day:02d},{team},50,40\n" for day in range(1, 13) for team in ("A", "B", "C"))
    result = imported(f"Date,Team,Offered,Answered\n{rows}")
    about_volume = [one for one in result.findings if one.rule == "constant" and str(one.column).startswith("contact_volume")]
    assert len(about_volume) == 1
    assert about_volume[0].count == 4 * 12


def test_the_whole_of_a_kpi_table_is_made_of_its_parts() -> None:
    content = "Month,Channel,Tickets,CSAT (%),CSAT answers\n" + "".join(
        f"2026-0{month},{channel},{count},{csat},{answers}\n"
        for month in (1, 2, 3)
        for channel, count, csat, answers in (("email", 100, 80, 30), ("chat", 300, 90, 10))
    )
    table = read_table("kpis.csv", content.encode())
    result = convert(table, recognise(table).mapping, calendar=CALENDAR_YEAR, today=TODAY)
    assert values(result, "contact_volume") == {"01-01": 400, "02-01": 400, "03-01": 400}
    assert values(result, "csat")["01-01"] == pytest.approx(np.average([80, 90], weights=[30, 10]))


def test_an_interval_is_known_by_its_name() -> None:
    table = read_table("acd.csv", HALF_HOURS.encode())
    entry = recognise(table).mapping.find(Role.INTERVAL)
    assert entry is not None
    assert entry.column == "Interval"

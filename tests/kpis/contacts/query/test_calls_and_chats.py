"""Logs of single calls: a date beside times of day, the menu before the queue, handle times in parts, what is not offered."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from cs_planning.errors import ImportProblems
from cs_planning.kpis.calendar.service_calendar import CALENDAR_YEAR
from cs_planning.kpis.columns.roles import Kind, Role
from cs_planning.kpis.contacts.conversion.from_file import read_contacts
from cs_planning.kpis.contacts.points.aggregate import contact_kpis
from cs_planning.kpis.files.reading import read_sample, read_table
from cs_planning.kpis.findings.imported import Imported
from cs_planning.kpis.frequency import Frequency
from cs_planning.kpis.imports.convert import convert
from cs_planning.kpis.imports.recognise import doubts_about, recognise

TODAY = date(2026, 6, 1)
MONTHS = CALENDAR_YEAR.rhythm(Frequency.MONTH)
MENU = """\
call no,date,ivr exit,queue start,queue exit,agent answered,call end,result,agent
a1,260302,10:00:05,10:00:05,10:00:35,10:00:35,10:04:35,Answered,Ito
a2,260302,10:10:05,0:00:00,0:00:00,10:10:05,10:12:05,Answered,Abe
a3,260302,10:20:05,0:00:00,0:00:00,0:00:00,0:00:00,Hangup,
a4,260302,10:30:05,10:30:05,10:31:05,0:00:00,10:31:05,Hangup,
a5,260302,10:40:05,10:40:05,10:40:06,0:00:00,10:40:06,Test call,
a6,260302,23:59:30,23:59:30,0:00:10,0:00:10,0:02:10,Answered,Abe
"""


def _values(contacts: pd.DataFrame | list[Path]) -> dict[str, float]:
    points = contact_kpis(contacts, MONTHS)
    return dict(zip(points["series"], points["value"], strict=True))


def _imported(content: str, name: str = "calls.csv") -> Imported:
    table = read_table(name, content.encode())
    found = recognise(table)
    assert found.kind is Kind.CALLS, found
    return convert(table, found.mapping, calendar=CALENDAR_YEAR, today=TODAY)


def _by_file(tmp_path: Path, content: str) -> dict[str, float]:
    path = tmp_path / "calls.csv"
    path.write_text(content, encoding="utf-8")
    sample = read_sample(path)
    log = read_contacts(path, sample, recognise(sample).mapping, tmp_path / "log", today=TODAY)
    return _values(log.paths)


@pytest.mark.slow
def test_a_log_with_a_menu_offers_what_reached_a_queue_or_a_person(tmp_path: Path) -> None:
    imported = _imported(MENU)
    # Offered: a1, a2, a4, a6. Waits of the answered: 30 s, 0 s (straight from the menu), 40 s (over midnight).
    # Handling: 4 min, 2 min, 2 min.
    wanted = {"contact_volume": 4, "abandonment_rate": 25.0, "asa_mean": 70 / 3, "aht_mean": 8 / 3, "service_level": 25.0}
    values = _values(imported.contacts)
    assert {kpi: values[kpi] for kpi in wanted} == pytest.approx(wanted)
    in_file = _by_file(tmp_path, MENU)
    assert {kpi: in_file[kpi] for kpi in wanted} == pytest.approx(wanted)
    said = {finding.rule: finding.count for finding in imported.findings}
    assert said["not_offered"] == 2
    assert "unreadable_cells" not in said
    assert imported.rows_read == imported.accepted_rows + imported.rejected_rows == 6


def test_an_abandoned_call_waited_until_it_left_the_queue() -> None:
    contacts = _imported(MENU).contacts
    assert contacts is not None
    waits = dict(zip(contacts["contact_id"], contacts["wait_seconds"], strict=True))
    assert waits == {"a1": 30, "a2": 0, "a4": 60, "a6": 40}
    assert contacts["created_at"].iloc[1] == pd.Timestamp("2026-03-02 10:10:05")


@pytest.mark.slow
def test_a_tab_separated_log_is_read_like_one_with_commas() -> None:
    values = _values(_imported(MENU.replace(",", "\t"), "calls.txt").contacts)
    assert values["contact_volume"] == 4


@pytest.mark.slow
@pytest.mark.parametrize(
    ("header", "rows"),
    [
        ("通話ID,着信日,着信時刻,応答結果,待ち時間,通話時間,後処理時間", ("応答", "放棄")),
        ("Call ID,Call date,Call time,Disposition,Wait time,Talk time,Wrap-up time", ("Answered", "Abandoned")),
    ],
)
def test_talk_and_wrap_up_make_the_handle_time_in_both_languages(header: str, rows: tuple[str, str]) -> None:
    answered, gone = rows
    content = (
        f"{header}\n1,2026-03-02,9:05:00,{answered},0:00:10,0:04:00,0:01:00\n"
        f"2,2026-03-02,9:06:00,{gone},0:00:50,,\n3,2026-03-03,21:07:00,{answered},0:00:30,0:02:00,\n"
    )
    values = _values(_imported(content).contacts)
    # (5 + 2) min ÷ 2, (10 + 30) s ÷ 2
    assert values["aht_mean"] == pytest.approx(3.5)
    assert values["asa_mean"] == pytest.approx(20)
    assert values["abandonment_rate"] == pytest.approx(100 / 3)


def test_a_call_at_midnight_without_a_menu_came_at_midnight() -> None:
    content = "Call ID,Date,Time,Status,Wait time\n1,2026-03-02,0:00:00,Answered,5\n2,2026-03-02,8:00:00,Abandoned,9\n"
    contacts = _imported(content).contacts
    assert contacts is not None
    assert list(contacts["created_at"]) == [pd.Timestamp("2026-03-02"), pd.Timestamp("2026-03-02 08:00")]


def test_ratings_inside_a_call_log_give_satisfaction_beside_the_figures_of_calls() -> None:
    content = (
        "Call ID,Agent,Date,Time,Answered (Y/N),Speed of answer in seconds,Talk duration,Satisfaction rating\n"
        "c1,A,2026-03-02,09:12:58,Y,20,00:03:00,5\nc2,B,2026-03-02,09:14:58,Y,40,00:05:00,2\n"
        "c3,A,2026-03-03,09:47:31,N,,,\nc4,A,2026-03-03,10:47:31,Y,30,00:01:00,4\n"
    )
    values = _values(_imported(content).contacts)
    assert values["csat"] == pytest.approx(200 / 3)
    assert values["asa_mean"] == pytest.approx(30)
    assert values["aht_mean"] == pytest.approx(3)
    assert values["abandonment_rate"] == pytest.approx(25)


def test_a_second_arrival_counts_where_no_queue_was_entered() -> None:
    content = (
        "Call ID,Queue entry time,Call start time,Answered at,Call end\n"
        "1,2026-03-02 09:00:30,2026-03-02 09:00:00,2026-03-02 09:00:50,2026-03-02 09:02:50\n"
        "2,,2026-03-02 09:01:00,,2026-03-02 09:01:20\n"
        "3,2026-03-02 09:10:30,2026-03-02 09:10:00,,2026-03-02 09:11:30\n"
        "4,2026-03-02 09:20:30,2026-03-02 09:20:00,2026-03-02 09:20:40,2026-03-02 09:24:40\n"
    )
    imported = _imported(content)
    assert imported.contacts is not None
    assert list(imported.contacts["contact_id"]) == ["1", "3", "4"]
    assert list(imported.contacts["wait_seconds"]) == [20, 60, 10]


def test_rows_that_mostly_repeat_a_period_are_refused_with_one_sentence() -> None:
    rows = "".join(f"2026-0{month},{value},{value + 1}\n" for month in (1, 2) for value in range(10, 50))
    table = read_table("years.csv", f"Month,Sales,Returns\n{rows}".encode())
    with pytest.raises(ImportProblems, match="no table with one row for each period") as refused:
        convert(table, recognise(table).mapping, calendar=CALENDAR_YEAR, today=TODAY)
    assert len(refused.value.problems) == 1


def test_a_kind_that_is_less_than_half_sure_is_said_to_be_a_guess() -> None:
    table = read_table("x.csv", b"when,what,how\n2026-03-02 09:00,abc,1\n2026-03-02 09:01,def,2\n2026-03-03 09:02,ghi,3\n")
    found = recognise(table)
    assert found.confidence < 0.5
    assert [finding.rule for finding in doubts_about(found)] == ["kind_in_doubt"]
    sure = recognise(read_table("calls.csv", MENU.encode()))
    assert doubts_about(sure) == ()
    assert Role.MENU_LEFT_AT in {entry.role for entry in sure.mapping.columns}

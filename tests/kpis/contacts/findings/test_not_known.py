"""What nobody knows is no “no”: `?` in a cell that decides a share takes its contact out of that share, and is said."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from cs_planning.kpis.calendar.service_calendar import CALENDAR_YEAR
from cs_planning.kpis.columns.roles import Role
from cs_planning.kpis.contacts.conversion.from_file import read_contacts
from cs_planning.kpis.contacts.points.aggregate import contact_kpis
from cs_planning.kpis.files.reading import read_sample, read_table
from cs_planning.kpis.findings.imported import QualityFinding
from cs_planning.kpis.frequency import Frequency
from cs_planning.kpis.imports.convert import convert
from cs_planning.kpis.imports.recognise import recognise

TODAY, YEAR = date(2026, 6, 1), CALENDAR_YEAR.rhythm(Frequency.YEAR)

Figures = dict[str, tuple[float, float]]
"""Value and sample size by KPI."""


def both_ways(tmp_path: Path, content: str) -> tuple[Figures, list[QualityFinding]]:
    """The KPIs of a log, which are the same by way of a table and by way of files."""
    table = read_table("log.csv", content.encode())
    imported = convert(table, recognise(table).mapping, calendar=CALENDAR_YEAR, today=TODAY)
    assert imported.contacts is not None
    points = contact_kpis(imported.contacts, YEAR).set_index("series")
    figures = {str(key): (float(row.value), float(row.sample_size)) for key, row in points.iterrows()}
    path = tmp_path / "log.csv"
    path.write_text(content, encoding="utf-8")
    sample = read_sample(path)
    found = read_contacts(path, sample, recognise(sample).mapping, tmp_path / "kept", today=TODAY)
    large = contact_kpis(found.paths, YEAR).set_index("series")
    assert {str(key): (float(row.value), float(row.sample_size)) for key, row in large.iterrows()} == figures
    assert _said(found.findings) == _said(imported.findings)
    return figures, list(imported.findings)


def _said(findings: list[QualityFinding] | tuple[QualityFinding, ...]) -> dict[str, int | None]:
    return {one.rule: one.count for one in findings if one.rule.endswith("_not_known")}


def tickets(header: str, cells: list[str], *, status: list[str] | None = None) -> str:
    """Twenty tickets with the cells one after the other, again and again."""
    rows = [
        f"{number},2026-03-{number + 1:02d} 09:00,{cells[number % len(cells)]}"
        + (f",{status[number % len(status)]}" if status else "")
        for number in range(20)
    ]
    return "\n".join([f"Ticket ID,Created at,{header}{',Status' if status else ''}", *rows])


UNKNOWN = ["?", "unknown", "不明", "#REF!", "soon"]
NONE = ["", "-", "no answer", "未回答", "n/a"]


@pytest.mark.parametrize(
    ("header", "answer"), [("First response at", "2026-03-28 10:00"), ("First reply time in minutes", "25")]
)
def test_an_answer_of_which_nobody_knows_is_left_out_of_the_answer_rate_and_said(
    tmp_path: Path, header: str, answer: str
) -> None:
    # 10 answered and 5 not; of 5 nobody knows.
    figures, findings = both_ways(tmp_path, tickets(header, [*[answer] * 10, *NONE, *UNKNOWN]))
    assert figures["completion_rate"] == (pytest.approx(1000 / 15), 15)
    assert _said(findings) == {"answer_not_known": 5}


def test_an_empty_answer_is_none_and_nothing_is_said_of_it(tmp_path: Path) -> None:
    figures, findings = both_ways(tmp_path, tickets("First reply time in minutes", [*["25"] * 15, *NONE]))
    assert figures["completion_rate"] == (75.0, 20)
    assert _said(findings) == {}


def test_a_length_below_zero_is_no_missing_answer(tmp_path: Path) -> None:
    figures, findings = both_ways(tmp_path, tickets("First reply time in minutes", [*["25"] * 8, "", "-1"]))
    assert figures["completion_rate"] == (pytest.approx(1600 / 18), 18)
    assert _said(findings) == {"answer_not_known": 2}


@pytest.mark.parametrize(("header", "solved"), [("Solved at", "2026-03-28 10:00"), ("Resolution time in hours", "25")])
def test_a_solution_of_which_nobody_knows_is_left_out_of_the_resolution_rate(tmp_path: Path, header: str, solved: str) -> None:
    figures, findings = both_ways(tmp_path, tickets(header, [*[solved] * 10, *NONE, *UNKNOWN]))
    # 10 solved of the 15 of which it is known; the others are open in the backlog, as they were.
    assert figures["resolution_rate"] == (pytest.approx(1000 / 15), 15)
    assert figures["backlog"][0] == 10
    assert _said(findings) == {"solution_not_known": 5}


def test_a_status_that_is_known_decides_where_the_time_of_a_solution_is_not(tmp_path: Path) -> None:
    solved = [*["2026-03-28 10:00"] * 7, "?", "?", "?"]
    status = [*["Closed"] * 7, "Closed", "Open", "Frobnicated"]
    figures, findings = both_ways(tmp_path, tickets("Solved at", solved, status=status))
    # 14 with a time and 2 by their status are solved, 2 are open, 2 say nothing.
    assert figures["resolution_rate"] == (pytest.approx(1600 / 18), 18)
    assert _said(findings) == {"solution_not_known": 2}


def test_a_status_that_nobody_knows_is_not_open(tmp_path: Path) -> None:
    status = [*["Closed"] * 6, "Open", "", "?", "Frobnicated"]
    figures, findings = both_ways(tmp_path, tickets("Channel", ["Email", "Phone"], status=status))
    # 12 solved; 2 open and 2 with an empty status are not; 4 say nothing.
    assert figures["resolution_rate"] == (75.0, 16)
    assert _said(findings) == {"solution_not_known": 4}


def test_a_mark_of_a_flag_that_nobody_knows_is_left_out_and_said(tmp_path: Path) -> None:
    cells = [f"2026-03-28 10:00,{mark},{mark},{mark}" for mark in ("yes", "no", "no", "?", "n/a")]
    figures, findings = both_ways(tmp_path, tickets("Solved at,Reopened,Escalated,First contact resolution", cells))
    for kpi in ("reopen_rate", "escalation_rate", "fcr"):
        assert figures[kpi] == (pytest.approx(100 / 3), 12)
    assert [one.sample_values for one in findings if one.rule == "unknown_answers"] == [("?",)] * 3


def calls(header: str, cells: list[str]) -> str:
    rows = [f"{number},2026-03-{number + 1:02d} 09:00:00,{cells[number % len(cells)]}" for number in range(20)]
    return "\n".join([f"Call ID,Queue start,{header}", *rows])


def test_a_call_of_which_nobody_knows_is_neither_abandoned_nor_late(tmp_path: Path) -> None:
    # 8 in time, 4 late, 4 abandoned; of 4 nobody knows after a long wait.
    known = ["5,answered", "9,answered", "50,answered", "70,abandoned"]
    figures, findings = both_ways(tmp_path, calls("Wait time (s),Outcome", [*known * 4, "90,?", "90,不明", "90,frob", "90,?"]))
    assert figures["contact_volume"][0] == 20
    assert figures["service_level"] == (50.0, 16)
    assert figures["abandonment_rate"] == (25.0, 16)
    assert figures["completion_rate"] == (75.0, 16)
    assert _said(findings) == {"answer_not_known": 4}


def test_a_call_whose_answer_is_a_question_mark_is_not_abandoned(tmp_path: Path) -> None:
    cells = [
        "2026-03-28 09:00:10,A,2026-03-28 09:05:00",
        "?,?,2026-03-28 09:05:00",
        ",,2026-03-28 09:05:00",
        ",,2026-03-28 09:05:00",
    ]
    figures, findings = both_ways(tmp_path, calls("Answered at,Agent,Call end", cells))
    assert figures["abandonment_rate"] == (pytest.approx(200 / 3), 15)
    assert _said(findings) == {"answer_not_known": 5}


def test_a_call_without_a_person_is_abandoned_and_one_with_a_question_mark_is_not(tmp_path: Path) -> None:
    persons = ["5,2026-03-28 09:05:00,Ito", "9,2026-03-28 09:05:00,Abe", "30,,", "40,,no agent", "50,,?"]
    figures, findings = both_ways(tmp_path, calls("Wait time (s),Call end,Agent", persons))
    assert figures["abandonment_rate"] == (50.0, 16)
    assert _said(findings) == {"answer_not_known": 4}


def test_a_hold_time_that_nobody_knows_is_not_none(tmp_path: Path) -> None:
    cells = ["answered,60,30,10", "answered,60,,10", "answered,60,?,10", "abandoned,,,"]
    figures, _ = both_ways(tmp_path, calls("Outcome,Talk time (s),Hold time (s),Wrap up time (s)", cells))
    # 100 and 70 seconds; of the third the hold time is not known.
    assert figures["aht_mean"] == (pytest.approx(85 / 60), 10)


def test_what_happened_at_a_time_that_nobody_knows_happened_all_the_same() -> None:
    rows = ["case,activity,time"]
    for number in range(1, 21):
        day = f"2026-03-{number:02d}"
        answered = "?" if number <= 5 else f"{day} 10:00"
        rows.append(f"C{number},Created,{day} 09:00")
        rows += [f"C{number},First response,{answered}"] if number <= 15 else []
        rows.append(f"C{number},Resolved,{'unknown' if number == 6 else f'{day} 15:00'}")
    table = read_table("events.csv", "\n".join(rows).encode())
    mapping = recognise(table).mapping
    assert set(mapping.activities.values()) >= {Role.FIRST_RESPONSE_AT, Role.SOLVED_AT}
    imported = convert(table, mapping, calendar=CALENDAR_YEAR, today=TODAY)
    assert imported.contacts is not None
    points = contact_kpis(imported.contacts, YEAR).set_index("series")
    assert points.loc["completion_rate", "value"] == 75.0
    assert points.loc["resolution_rate", "value"] == 100.0
    assert points.loc["solved_volume", "value"] == 19
    assert len(imported.rejected) == 6


def test_words_that_say_not_yet_in_the_place_of_a_time_are_a_no(tmp_path: Path) -> None:
    cells = [f"2026-03-28 10:{minute},2026-03-28 11:{minute}" for minute in range(10, 28)] + [
        "not replied,Still open",
        "未返信,対応中",
    ]
    figures, findings = both_ways(tmp_path, tickets("First response at,Solved at", cells))
    assert figures["completion_rate"] == figures["resolution_rate"] == (90.0, 20)
    assert _said(findings) == {}

"""Small exports whose numbers came out wrong without a word, with the values that they hold."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from cs_planning.kpis.calendar.service_calendar import CALENDAR_YEAR
from cs_planning.kpis.frequency import Frequency
from cs_planning.kpis.imports.answers import Undecided
from cs_planning.kpis.imports.file_summary import KpisSummary
from cs_planning.kpis.imports.sheets import kpis_from_files

TODAY = date(2026, 11, 30)


def read(folder: Path, content: str) -> tuple[dict[str, float], KpisSummary]:
    """The last value of each monthly series, and what the file turned out to be."""
    path = folder / "export.csv"
    path.write_text(content, encoding="utf-8")
    frame, summary = kpis_from_files([path], Frequency.MONTH, calendar=CALENDAR_YEAR, today=TODAY)
    last = frame.groupby("series")["value"].last()
    return {str(key): float(value) for key, value in last.items()}, summary


def rules(summary: KpisSummary) -> set[str]:
    return {finding.rule for file in summary.files for finding in file.findings}


def test_days_to_close_are_days(tmp_path: Path) -> None:
    rows = "".join(f"C{n},2026-02-{n:02d},{n % 3},Closed\n" for n in range(1, 16))
    values, _ = read(tmp_path, f"Case,Opened,Days to close,State\n{rows}")
    # 0, 1 and 2 days, five times each: 24 hours on average.
    assert values["resolution_time_mean"] == pytest.approx(24.0)
    assert values["resolution_time_p90"] == pytest.approx(48.0)


def test_answers_to_a_statement_are_no_contacts(tmp_path: Path) -> None:
    rows = "".join(f"2026-03-{n:02d} 9:00,{5 + n % 3}\n" for n in range(1, 21))
    with pytest.raises(Undecided):
        read(tmp_path, f"Submitted at,The company made it easy (1 strongly disagree - 7 strongly agree)\n{rows}")


def test_numbers_of_satisfied_customers_are_no_percentage(tmp_path: Path) -> None:
    counts, _ = read(tmp_path, "Month,Satisfied,Responses\n2026-01,80,100\n2026-02,90,120\n2026-03,75,100\n")
    assert "csat" not in counts
    assert counts["Satisfied"] == 75
    shares, _ = read(tmp_path, "Month,Satisfied (%),Responses\n2026-01,80,100\n2026-02,90,120\n2026-03,75,100\n")
    assert shares["csat"] == 75


def test_a_unit_that_nobody_names_is_said(tmp_path: Path) -> None:
    rows = "".join(f"{n},2026-03-{n:02d} 09:00,{10 * n}\n" for n in range(1, 10))
    values, summary = read(tmp_path, f"Ticket ID,Created at,Took us to reply\n{rows}")
    assert values["frt_median"] == 50.0
    assert "unit_not_named" in rules(summary)
    values, summary = read(tmp_path, f"Ticket ID,Created at,Took us to reply (min)\n{rows}")
    assert values["frt_median"] == 50.0
    assert "unit_not_named" not in rules(summary)


def test_small_shares_of_what_should_be_low_are_said(tmp_path: Path) -> None:
    values, summary = read(tmp_path, "Month,Escalation rate\n2026-01,0.5\n2026-02,0.6\n2026-03,0.4\n")
    assert values["escalation_rate"] == pytest.approx(40.0)
    assert "shares_judged" in rules(summary)
    values, summary = read(tmp_path, "Month,Escalation rate (%)\n2026-01,0.5\n2026-02,0.6\n2026-03,0.4\n")
    assert values["escalation_rate"] == pytest.approx(0.4)
    assert "shares_judged" not in rules(summary)


def test_whole_counts_with_a_point_before_three_digits_are_thousands(tmp_path: Path) -> None:
    rows = "".join(f"2026-03-{day:02d};1.{200 + day};1.{100 + day}\n" for day in range(1, 32))
    values, _ = read(tmp_path, f"Date;Calls offered;Calls answered\n{rows}")
    # 1,201 to 1,231 calls a day, 100 of them not answered each day.
    assert values["contact_volume"] == sum(range(1201, 1232)) == 37_696
    assert values["completion_rate"] == pytest.approx(100 * (37_696 - 3_100) / 37_696)
    months = "".join(f"2026-0{month};1.{200 + month};{80 + month},5\n" for month in range(1, 7))
    values, _ = read(tmp_path, f"Month;Tickets;CSAT (%)\n{months}")
    assert (values["contact_volume"], values["csat"]) == (1206, 86.5)
    values, _ = read(tmp_path, f"Month;Tickets (thousands);CSAT (%)\n{months.replace(',5', '')}")
    assert values["contact_volume"] == 1206


def test_lengths_with_a_comma_before_three_digits_are_thousands(tmp_path: Path) -> None:
    lengths = ["1,200秒", "90秒", "3分", "1分30秒"]
    rows = "".join(f'{n},2026/03/{n + 1:02d} 10:00,"{lengths[n % 4]}"\n' for n in range(20))
    values, _ = read(tmp_path, f"チケットID,受付日時,初回返信までの時間\n{rows}")
    # 20, 1.5, 3 and 1.5 minutes, five times each.
    assert values["frt_mean"] == pytest.approx(6.5)


def test_a_solution_that_is_still_open_is_no_solution(tmp_path: Path) -> None:
    rows = "".join(
        f"{n},2026-03-{n + 1:02d} 10:00,{'Still open' if n % 5 == 0 else f'2026-03-{n + 1:02d} 12:00'}\n" for n in range(20)
    )
    values, summary = read(tmp_path, f"Ticket ID,Created at,Solved at\n{rows}")
    assert (values["resolution_rate"], values["backlog"]) == (80.0, 4)
    assert not {"solution_not_known", "unreadable_cells"} & rules(summary)


def test_one_grade_of_satisfaction_beside_the_others_is_no_satisfaction(tmp_path: Path) -> None:
    months = "2026-01,50,30,10,5,5\n2026-02,55,25,10,5,5\n2026-03,60,20,10,5,5\n"
    values, _ = read(tmp_path, f"Month,Very satisfied,Satisfied,Neutral,Dissatisfied,Very dissatisfied\n{months}")
    # 80 of 100 are satisfied or very satisfied; 20 alone is no KPI of the catalogue.
    assert "csat" not in values
    assert (values["Very satisfied"], values["Satisfied"]) == (60, 20)
    values, _ = read(tmp_path, "Month,Satisfied,Tickets\n2026-01,80,900\n2026-02,81,950\n2026-03,82,940\n")
    assert values["csat"] == 82


def test_months_down_and_years_across_are_no_kpis_called_january(tmp_path: Path) -> None:
    for months in (("Jan", "Feb", "Mar"), ("1月", "2月", "3月"), ("Q1", "Q2", "Q3")):
        rows = "".join(f"{month},{100 + place},{110 + place},{120 + place}\n" for place, month in enumerate(months))
        with pytest.raises(Undecided):
            read(tmp_path, f"Tickets,2024,2025,2026\n{rows}")

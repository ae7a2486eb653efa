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

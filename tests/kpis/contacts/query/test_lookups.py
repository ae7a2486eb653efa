"""What marks mean: a word for no beside a word for yes, and empty cells beside nothing but yes."""

from datetime import date
from pathlib import Path

import pytest

from cs_planning.kpis.calendar.service_calendar import CALENDAR_YEAR
from cs_planning.kpis.contacts.conversion import from_file
from cs_planning.kpis.contacts.points.aggregate import contact_kpis
from cs_planning.kpis.files.reading import read_sample, read_table
from cs_planning.kpis.findings.imported import QualityFinding
from cs_planning.kpis.frequency import Frequency
from cs_planning.kpis.imports.convert import convert
from cs_planning.kpis.imports.recognise import recognise

TODAY, YEAR = date(2026, 6, 1), CALENDAR_YEAR.rhythm(Frequency.YEAR)


def log(header: str, marks: list[str], times: int = 10) -> str:
    """Solved tickets whose last column holds the marks one after the other, again and again."""
    rows = (
        f"{number},2026-0{number % 5 + 1}-05 09:00,2026-0{number % 5 + 1}-05 11:00,{marks[number % len(marks)]}"
        for number in range(len(marks) * times)
    )
    return "\n".join([f"Ticket ID,Created at,Solved at,{header}", *rows])


def read(content: str, kpi: str) -> tuple[float | None, list[QualityFinding]]:
    table = read_table("log.csv", content.encode())
    imported = convert(table, recognise(table).mapping, calendar=CALENDAR_YEAR, today=TODAY)
    assert imported.contacts is not None
    points = contact_kpis(imported.contacts, YEAR).set_index("series")["value"]
    return points.get(kpi), [one for one in imported.findings if one.column == content.splitlines()[0].split(",")[-1]]


@pytest.mark.parametrize(
    ("header", "kpi", "marks", "expected"),
    [
        ("エスカレーション", "escalation_rate", ["なし", "なし", "なし", "あり"], 25),
        ("エスカレーション", "escalation_rate", ["該当", "非該当"], 50),
        ("Escalated", "escalation_rate", ["", "", "x", ""], 25),
        ("Escalated", "escalation_rate", ["yes", "-", "-", "-"], 25),
        ("Escalated", "escalation_rate", ["yes", "no", "", ""], 50),
        ("Escalated", "escalation_rate", ["yes", "n/a", "yes", "n/a"], 100),
        ("Complaint", "complaints", ["○", "", "", "", ""], 10),
        ("SLA breached", "resolution_sla", ["x", "", "", ""], 75),
        ("SLA違反", "resolution_sla", ["あり", "なし", "なし", "なし"], 75),
    ],
)
def test_a_share_of_marks_is_one_of_all_contacts_that_were_looked_at(header, kpi, marks, expected):
    value, _findings = read(log(header, marks), kpi)
    assert value == pytest.approx(expected)


def test_that_empty_cells_count_as_no_is_said_once_with_their_number():
    _value, findings = read(log("Escalated", ["", "", "x", ""]), "escalation_rate")
    assert [(one.rule, one.count) for one in findings] == [("empty_is_no", 30)]


@pytest.mark.parametrize("marks", [["", "x", "", ""], ["x", "", "no", ""]])
def test_small_and_large_logs_take_empty_cells_alike(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, marks):
    # The word for no stands after the sample of which a large file is understood.
    content = (
        log("Escalated", ["x", ""], 300) + "\n" + "\n".join(log("Escalated", marks, 300).splitlines()[1:]).replace("\n", "\n9")
    )
    expected, _findings = read(content, "escalation_rate")
    path = tmp_path / "log.csv"
    path.write_text(content, encoding="utf-8")
    monkeypatch.setattr("cs_planning.kpis.files.reading.SAMPLE_BYTES", 4_000)
    sample = read_sample(path)
    found = from_file.read_contacts(path, sample, recognise(sample).mapping, tmp_path / "kept", today=TODAY)
    points = contact_kpis(found.manifest.paths(found.folder), YEAR).set_index("series")["value"]
    assert points["escalation_rate"] == pytest.approx(expected)
    assert ("empty_is_no" in {one.rule for one in found.findings}) == ("no" not in marks)

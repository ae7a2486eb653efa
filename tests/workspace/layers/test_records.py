"""What an import tells again later."""

from datetime import UTC, date, datetime

import pandas as pd
import pytest

from cs_planning.kpis.calendar.service_calendar import CALENDAR_YEAR
from cs_planning.kpis.findings.imported import Severity
from cs_planning.kpis.frequency import Frequency
from cs_planning.workspace import Save
from cs_planning.workspace.layers.records import MOST_ROWS, ImportRecord

NOW = datetime(2026, 11, 10, 9, tzinfo=UTC)


def tickets(bad: int = 3) -> bytes:
    lines = ["Ticket ID,Created at,Solved at"]
    for n in range(200):
        day = f"2026-{n % 9 + 1:02d}-{n % 27 + 1:02d}"
        lines.append(f"{n},{day} 10:00:00,{day} {'09' if n == 7 else '12'}:00:00")
    lines += [f"{900 + n},some time,2026-03-04 10:00:00" for n in range(bad)]
    return "\n".join(lines).encode()


def kept(workspace, name: str, content: bytes, key: str = "1"):
    report = workspace.data.import_file(name, content, save=Save("test", key, NOW))
    return report, workspace.data.kept_imports()[0]


@pytest.mark.slow
def test_findings_are_kept_word_for_word_with_the_import(workspace):
    report, one = kept(workspace, "tickets.csv", tickets())
    assert sorted(map(repr, one.findings)) == sorted(map(repr, report.imported.findings))
    assert "impossible_order" in {finding.rule for finding in one.findings}
    assert all(str(finding.message) and str(finding.consequence) and str(finding.remedy) for finding in one.findings)


@pytest.mark.slow
def test_findings_that_may_change_figures_come_first(workspace):
    _report, one = kept(workspace, "tickets.csv", tickets())
    gravity = [finding.severity is Severity.WARNING for finding in one.findings]
    assert gravity == sorted(gravity, reverse=True)


@pytest.mark.slow
def test_rows_left_out_come_back_with_their_reason_after_the_import(workspace):
    report, one = kept(workspace, "tickets.csv", tickets(bad=3))
    rejected = one.record.rejected()
    assert rejected["row"].tolist() == [202, 203, 204]
    assert rejected["value"].tolist() == ["some time"] * 3
    assert rejected["reason"].tolist() == report.imported.rejected["reason"].tolist()
    assert one.info.accepted + one.info.rejected == one.record.rows_read == 203


@pytest.mark.slow
def test_many_rows_left_out_are_kept_up_to_a_limit_and_small():
    rows = pd.DataFrame({"row": range(MOST_ROWS + 5), "column": "Created", "value": "x", "reason": "Not a point in time."})
    record = ImportRecord.of((), MOST_ROWS + 5, rows)
    assert len(record.rejected()) == MOST_ROWS
    assert len(record.model_dump_json()) < 2_000_000


def test_a_row_without_number_or_value_survives_the_keeping():
    rows = pd.DataFrame({"row": [None], "column": [None], "value": [None], "reason": ["“壊れた”"]})
    back = ImportRecord.model_validate_json(ImportRecord.of((), 1, rows).model_dump_json()).rejected()
    assert back["row"].isna().all()
    assert back["reason"].tolist() == ["“壊れた”"]


def test_control_characters_are_told_and_kept(workspace):
    months = "\n".join(f"2025-{n:02d},{80 + n}" for n in range(1, 13))
    _report, one = kept(workspace, "kpis.csv", f"Month,CSAT (%)\n{months}\n".replace("2025-03", "2025-03\x07").encode())
    found = next(finding for finding in one.findings if finding.rule == "control_characters")
    assert found.count == 1


def test_the_kept_series_are_checked_over_all_imports_together(workspace):
    months = [f"{2024 + n // 12}-{n % 12 + 1:02d},{80 + n % 7}" for n in range(24)]
    head = "Month,CSAT (%)\n"
    kept(workspace, "early.csv", (head + "\n".join(months[:8]) + "\n").encode(), "1")
    assert not [f for f in workspace.data.stored_findings(NOW.date()) if f.rule == "missing_periods"]
    kept(workspace, "late.csv", (head + "\n".join(months[12:]) + "\n").encode(), "2")
    gap = next(f for f in workspace.data.stored_findings(NOW.date()) if f.rule == "missing_periods")
    assert gap.count == 4
    assert gap.sample_values[0] == CALENDAR_YEAR.rhythm(Frequency.MONTH).write(date(2024, 9, 1))


@pytest.mark.slow
def test_an_import_that_was_kept_without_findings_is_listed_all_the_same(workspace, monkeypatch):
    monkeypatch.setattr(ImportRecord, "model_dump_json", lambda _self: '{"findings": ["constant"]}')
    _report, one = kept(workspace, "tickets.csv", tickets())
    assert one.record is None
    assert one.findings == ()

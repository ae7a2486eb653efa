"""A large log that nobody keeps stays with the engine that reads it, and comes out as the one that is kept in files."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from cs_planning.errors import ImportProblems
from cs_planning.kpis.contacts.conversion.from_file import open_log, read_contacts
from cs_planning.kpis.contacts.points.aggregate import contact_kpis
from cs_planning.kpis.files.reading import read_sample
from cs_planning.kpis.frequency import MONTHS
from cs_planning.kpis.imports.recognise import recognise

TODAY = date(2026, 6, 30)
_HEADER = "Ticket ID,Created at,First response at,Solved at,Status,Channel,CSAT,Escalated\n"


def _log(*more: str) -> str:
    rows = [
        f"T-{n},2026-0{1 + n % 5}-{1 + n % 28:02d} 09:00,2026-0{1 + n % 5}-{1 + n % 28:02d} 09:{n % 60:02d},"
        f"2026-0{1 + n % 5}-{1 + n % 28:02d} 1{n % 9}:30,Solved,{('Email', 'Chat')[n % 2]},{1 + n % 5},"
        for n in range(80)
    ]
    return _HEADER + "\n".join([*rows, *more]) + "\n"


LOGS = {
    "sound": _log(),
    "states of one contact": _log(
        "T-3,2026-01-04 09:00,,,Open,Email,,", "T-3,2026-01-04 09:00,,2026-01-06 09:00,Solved,Chat,5,"
    ),
    "no contacts": _log("T-90,2026-01-05 09:00,,,Spam,Email,,", "T-91,2026-01-05 09:00,,,Deleted,Email,,"),
    "unusable": _log("T-90,soon,,,Open,Email,,", ",2026-01-05 09:00,,,Open,Email,,", "T-92,2026-01-05"),
    "far dates": _log("T-90,1970-01-01 00:00,,,Open,Email,,"),
    "a cross alone": _log("T-90,2026-01-05 09:00,,,Open,Email,,x"),
    "words that the beginning lacks": _log("T-90,2026-01-05 09:00,5. Jan 2026 10:00,,Open,Email,very good,"),
}


@pytest.mark.parametrize("what", LOGS)
def test_a_log_in_the_engine_is_the_log_in_files(what: str, tmp_path: Path) -> None:
    path = tmp_path / "tickets.csv"
    path.write_text(LOGS[what], encoding="utf-8")
    sample = read_sample(path)
    mapping = recognise(sample).mapping
    kept = read_contacts(path, sample, mapping, tmp_path / "log", today=TODAY, by_month=False)
    expected = contact_kpis(kept.paths, MONTHS, ["channel"])
    with open_log(path, sample, mapping, tmp_path / "spill", today=TODAY) as (told, contacts):
        found = contact_kpis(contacts, MONTHS, ["channel"])
    pd.testing.assert_frame_equal(found, expected)
    assert (told.rows_read, told.accepted_rows, told.rejected_rows) == (
        kept.rows_read,
        kept.accepted_rows,
        kept.rejected_rows,
    )
    assert told.rows_read == told.accepted_rows + told.rejected_rows
    assert [str(finding.message) for finding in told.findings] == [str(finding.message) for finding in kept.findings]
    pd.testing.assert_frame_equal(told.rejected, kept.rejected)


def test_a_failure_of_those_who_ask_is_none_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "tickets.csv"
    path.write_text(LOGS["sound"], encoding="utf-8")
    sample = read_sample(path)
    with (
        pytest.raises(duckdb.Error),
        open_log(path, sample, recognise(sample).mapping, tmp_path / "spill", today=TODAY) as (_, contacts),
    ):
        contacts.backend.con.execute("SELECT no_such_column FROM contacts_of_file")
    path.write_text(_HEADER + "T-1,soon,,,Open,Email,,\n", encoding="utf-8")
    with (
        pytest.raises(ImportProblems),
        open_log(path, read_sample(path), recognise(sample).mapping, tmp_path / "spill", today=TODAY),
    ):
        pass


def test_records_behind_a_line_that_does_not_fit_are_named_by_their_own_row(tmp_path: Path) -> None:
    path = tmp_path / "tickets.csv"
    lines = _log().rstrip("\n").split("\n")
    lines[3:3] = ["T-90,2026-01-05"]
    lines[6:6] = ["T-91,soon,,,Open,Email,,"]
    lines[8:8] = ["T-92"]
    lines.append("T-93,later,,,Open,Email,,")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    sample = read_sample(path)
    log = read_contacts(path, sample, recognise(sample).mapping, tmp_path / "log", today=TODAY)
    assert [(int(row), value) for row, value in zip(log.rejected["row"], log.rejected["value"], strict=True)] == [
        (4, "T-90,2026-01-05"),
        (9, "T-92"),
        (7, "soon"),
        (len(lines), "later"),
    ]
    assert log.rows_read == log.accepted_rows + len(log.rejected)

"""Rows that somebody wrote to try the system out."""

from datetime import date

import pytest

from cs_planning.kpis.calendar.service_calendar import CALENDAR_YEAR
from cs_planning.kpis.files.reading import read_table
from cs_planning.kpis.imports.convert import convert
from cs_planning.kpis.imports.recognise import recognise


def findings(rows: list[list[str]], header: str = "Ticket ID,Created at,Team,Subject"):
    table = read_table("log.csv", "\n".join([header, *(",".join(row) for row in rows)]).encode())
    imported = convert(table, recognise(table).mapping, calendar=CALENDAR_YEAR, today=date(2026, 11, 10))
    return [(one.count, one.column) for one in imported.findings if one.rule == "trial_rows"]


SOUND = [[str(n), f"2026-0{n % 9 + 1}-05 09:00", "Care", f"refund {n}"] for n in range(60)]


@pytest.mark.parametrize(
    ("row", "column"),
    [
        (["TEST-7", "2026-03-05 09:00", "Care", "hello"], "Ticket ID"),
        (["9001", "2026-03-05 09:00", "Care", "test please ignore"], "Subject"),
        (["9001", "2026-03-05 09:00", "テスト", "返金"], "Team"),
        (["9001", "2026-03-05 09:00", "Care", "テスト入力です"], "Subject"),
    ],
)
def test_a_trial_is_named_with_its_count_and_counted(row, column):
    assert findings([*SOUND, row]) == [(1, column)]


def test_a_row_is_counted_once_however_many_cells_say_it():
    assert findings([*SOUND, ["TEST-7", "2026-03-05 09:00", "TEST", "test"]]) == [(1, "Ticket ID")]


@pytest.mark.parametrize("subject", ["blood test result", "test drive", "Testament", "抗体テストの結果"])
def test_words_that_only_hold_the_word_are_none(subject):
    assert findings([*SOUND, ["9001", "2026-03-05 09:00", "Care", subject]]) == []


def test_what_stands_in_many_rows_is_the_name_of_something():
    assert findings([[*row[:2], "Test", row[3]] for row in SOUND]) == []

"""The arrival is the column whose name says so; a date that is left over never is."""

import pytest

from cs_planning.kpis.columns.guesses.arrival import says_only_date
from cs_planning.kpis.columns.roles import Kind, Role
from cs_planning.kpis.files.reading import read_table
from cs_planning.kpis.imports.recognise import recognise


def arrival(header, row="T-{n},2026-03-{day:02} 09:{n:02},2026-03-{day:02} 12:00,Mail"):
    rows = [row.format(n=n, day=n % 28 + 1) for n in range(40)]
    found = recognise(read_table("log.csv", "\n".join([header, *rows]).encode())).mapping
    entry = found.find(Role.CREATED_AT)
    return None if entry is None or found.kind is not Kind.TICKETS else entry.column


@pytest.mark.parametrize(
    ("header", "column"),
    [
        ("Ticket ID,Created at,Solved at,Channel", "Created at"),
        ("Ticket ID,Landed,Solved at,Channel", "Landed"),
        ("受付番号,ご連絡をいただいた日時,解決日時,チャネル", "ご連絡をいただいた日時"),
        ("Ticket ID,Solved at,Received on,Channel", "Received on"),
    ],
)
def test_the_name_decides_wherever_the_column_stands(header, column):
    assert arrival(header) == column


@pytest.mark.parametrize("other", ["Date of birth", "Purchase date", "Due", "Contract end", "Last updated", "購入日", "期限"])
def test_another_moment_is_never_taken_for_it(other):
    assert arrival(f"Ticket ID,{other},Solved at,Channel") != other


def test_two_columns_of_one_name_leave_it_open():
    assert arrival("Ticket ID,Date,Date,Channel") is None


def test_a_time_of_day_beside_a_date_is_its_clock():
    row = "T-{n},2026-03-{day:02},09:{n:02},Mail"
    assert arrival("Ticket ID,Date received,Time received,Channel", row) == "Time received"


@pytest.mark.parametrize(("header", "says"), [("Date", True), ("日時", True), ("Date (2)", False), ("Created at", False)])
def test_a_header_may_say_that_it_is_a_date_and_not_of_what(header, says):
    assert says_only_date(header) is says

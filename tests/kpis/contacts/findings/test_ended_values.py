"""A log of contacts says which of its values ended while contacts go on, at every size of file; not of those rare all along."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from cs_planning.kpis.calendar.service_calendar import CALENDAR_YEAR
from cs_planning.kpis.contacts.conversion.from_file import read_contacts
from cs_planning.kpis.files.reading import read_sample, read_table
from cs_planning.kpis.findings.imported import QualityFinding
from cs_planning.kpis.imports.convert import convert
from cs_planning.kpis.imports.recognise import recognise

TODAY = date(2026, 12, 1)


def tickets(*, rated_until: date, rated_every: int = 2, days: int = 240) -> str:
    """Two tickets a day from April 1, every so many of them rated until a day."""
    rows = ["Ticket ID,Created at,First response at,Solved at,CSAT (1-5)"]
    for number in range(2 * days):
        created = datetime(2026, 4, 1, 9) + timedelta(hours=12 * number)
        is_rated = created.date() <= rated_until and number % rated_every == 0
        answered, solved = created + timedelta(minutes=20), created + timedelta(hours=3)
        rows.append(f"T{number},{created},{answered},{solved},{1 + number // 2 % 5 if is_rated else ''}")
    return "\n".join(rows) + "\n"


def ended(content: str) -> list[QualityFinding]:
    table = read_table("log.csv", content.encode())
    read = convert(table, recognise(table).mapping, calendar=CALENDAR_YEAR, today=TODAY)
    return [one for one in read.findings if one.rule == "ended_series"]


def test_answers_that_ended_months_before_the_contacts_are_named_with_their_last_day() -> None:
    (one,) = ended(tickets(rated_until=date(2026, 6, 15)))
    assert one.sample_values == ("csat",)
    assert str(one.message) == "Customer satisfaction (CSAT) ends on Jun 15, 2026, others go on until Nov 26, 2026."


def test_a_large_file_says_the_same(tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    path.write_text(tickets(rated_until=date(2026, 6, 15)))
    sample = read_sample(path)
    read = read_contacts(path, sample, recognise(sample).mapping, tmp_path / "kept", today=TODAY)
    (one,) = [one for one in read.findings if one.rule == "ended_series"]
    assert [one] == ended(tickets(rated_until=date(2026, 6, 15)))


@pytest.mark.parametrize(
    ("rated_until", "rated_every"), [(date(2026, 11, 26), 2), (date(2026, 9, 30), 2), (date(2026, 6, 15), 60)]
)
def test_answers_that_go_on_or_are_late_or_were_rare_all_along_are_left_alone(rated_until: date, rated_every: int) -> None:
    assert ended(tickets(rated_until=rated_until, rated_every=rated_every)) == []


def test_a_log_that_holds_no_values_beside_its_contacts_is_left_alone() -> None:
    rows = "".join(f"{number},2026-03-{1 + number % 28:02d} 09:00\n" for number in range(60))
    assert ended("Ticket ID,Created at\n" + rows) == []

"""Lists of contacts made by hand: everyday headers, and cells that show records and no table of periods."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import numpy as np
import pytest

from cs_planning.kpis.calendar.service_calendar import CALENDAR_YEAR
from cs_planning.kpis.columns.names.headers import names_another_moment, role_of
from cs_planning.kpis.columns.roles import Kind, Role
from cs_planning.kpis.files.reading import read_table
from cs_planning.kpis.imports.convert import convert
from cs_planning.kpis.imports.recognise import Recognition, recognise

EVERYDAY = {
    "created_at": "Came in|Got in touch|When they wrote|Date recd|Customer wrote on|Request came in at"
    "|お問合せ日|受けた日|連絡が来た日",
    "first_response_at": "We replied|Got back to them|Reply sent|返信した日時|最初の返信日",
    "first_response_time": "Wait to 1st word (h:mm)|Time till we answered|Hours to first reply|返事までの時間",
    "wait_time": "Waited (min)|How long they waited|待たせた時間",
    "solved_at": "Done on|Sorted on|Wrapped up|Date out|終わった日|片付いた日|対応が終わった日",
    "closed_at": "Closed off|クローズした日",
    "resolution_time": "Days to close|How long until fixed|解決までの時間",
    "status": "Where it stands|Stage|Progress|状況|進み具合",
    "channel": "How|Came via|How they reached us|Means of contact|連絡手段|お問合せ方法",
    "csat": "Liked us (1-5)|Rating out of 5|Were they happy?|点数|星の数",
    "priority": "How urgent|急ぎ度",
}
NO_ARRIVALS = (
    "Bought on|Due|Registered on|Next call|We called on|First contact|Last contact|Promised on|Sent on|When|Week|Done on"
    "|次回連絡日|購入日|最終連絡日|予定日|終わった日"
)


@pytest.mark.parametrize(
    ("header", "role"), [(header, role) for role, names in EVERYDAY.items() for header in names.split("|")]
)
def test_headers_in_everyday_words_name_their_role(header: str, role: str) -> None:
    found = role_of(header, "generic_tickets")
    assert found is not None
    assert found[0].value == role


@pytest.mark.parametrize("header", NO_ARRIVALS.split("|"))
def test_a_moment_of_something_else_is_no_arrival(header: str) -> None:
    found = role_of(header, "generic_tickets")
    assert found is None or found[0].value != "created_at"


def test_an_everyday_end_is_another_moment_and_an_everyday_arrival_is_none() -> None:
    assert names_another_moment("Sorted on")
    assert names_another_moment("片付いた日")
    assert not names_another_moment("Came in")
    assert not names_another_moment("Request came in at")


def contacts_list(header: str, per_day: float, count: int = 300) -> bytes:
    """A list of contacts at random moments, with a number, an arrival, a channel, minutes of work, and an end."""
    rng = np.random.default_rng(4)
    now, rows = datetime(2026, 1, 5, 9), [header]
    for number in range(count):
        now += timedelta(days=float(rng.exponential(1 / per_day)))
        end = now + timedelta(hours=float(rng.uniform(1, 40)))
        channel = ("Phone", "Mail", "Chat")[int(rng.integers(3))]
        rows.append(f"{1000 + number},{now:%Y-%m-%d %H:%M},{channel},{int(rng.integers(2, 90))},{end:%Y-%m-%d %H:%M}")
    return "\n".join(rows).encode()


def read(content: bytes) -> Recognition:
    return recognise(read_table("list.csv", content))


@pytest.mark.parametrize("per_day", [0.3, 1, 5, 60])
def test_a_list_whose_headers_are_everyday_words_is_one_of_contacts(per_day: float) -> None:
    content = contacts_list("Request nbr,Got in touch,How,Spent,Sorted on", per_day)
    table = read_table("list.csv", content)
    found = recognise(table)
    assert found.kind is Kind.TICKETS
    imported = convert(table, found.mapping, calendar=CALENDAR_YEAR, today=date(2035, 1, 1))
    assert imported.contacts is not None
    assert len(imported.contacts) == 300
    assert imported.contacts["resolution_hours"].between(1, 40).all()


@pytest.mark.parametrize("per_day", [0.3, 1, 5, 60])
@pytest.mark.parametrize("header", ["Thing,Moment,Kind of it,Number of it,Other moment", "品,その時,それ,数,別の時"])
def test_records_whose_headers_say_nothing_are_offered_as_contacts_and_the_arrival_is_asked_for(
    per_day: float, header: str
) -> None:
    found = read(contacts_list(header, per_day))
    assert found.kind is Kind.TICKETS
    assert found.confidence < 0.5
    assert [role.value for group in found.mapping.missing_roles() for role in group] == ["created_at"]


def table_of(days: list[date]) -> bytes:
    rng = np.random.default_rng(1)
    return "\n".join(["When,Liked,Came", *(f"{day},{rng.integers(70, 90)},{rng.integers(50, 90)}" for day in days)]).encode()


@pytest.mark.parametrize(
    "days",
    [
        [date(2026, 1, 1) + timedelta(days=day) for day in range(40)],
        [day for day in (date(2026, 1, 1) + timedelta(days=day) for day in range(60)) if day.weekday() < 5],
        [date(2025, 1, 6) + timedelta(weeks=week) for week in range(30)],
        [date(2024 + month // 12, month % 12 + 1, 1) for month in range(30)],
        [date(2010 + quarter // 4, 3 * (quarter % 4) + 1, 1) for quarter in range(12)],
    ],
)
def test_one_row_a_period_at_regular_distance_stays_a_table_of_kpis(days: list[date]) -> None:
    assert read(table_of(days)).kind is Kind.KPI_TABLE_WIDE


def test_a_table_with_a_row_for_each_team_and_month_stays_a_table_of_kpis() -> None:
    rows = [f"{2024 + month // 12}-{month % 12 + 1:02d},{team},{70 + month % 9}" for month in range(24) for team in "ABC"]
    assert read("\n".join(["Month,Crew,CSAT (%)", *rows]).encode()).kind is Kind.KPI_TABLE_WIDE


def test_a_number_beside_each_day_of_statistics_makes_no_contacts_of_the_days():
    """As databases export them: newest first, names grown together, a key for each row."""
    days = [date(2026, 6, 30) - timedelta(days=n) for n in range(120)]
    content = "Date;CallsOffered;CallsHandled;CallsAbandoned;AverageSpeedofAnswer;ServiceLevel;DB_ID\n" + "\n".join(
        f"{day};{400 + n % 9};{390 + n % 7};{4 + n % 3};{20 + n % 5}.5;0.9{n % 9};{n + 1}" for n, day in enumerate(days)
    )
    found = recognise(read_table("calls.csv", content.encode()))
    assert found.kind is Kind.CALL_CENTRE_DAILY
    assert found.confidence > 0.9
    assert found.mapping.find(Role.SERVICE_LEVEL) is not None

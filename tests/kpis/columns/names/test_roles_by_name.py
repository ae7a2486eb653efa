"""A role is given by a column's name: moments of something else, flags, numbers of contacts, and what is left unused."""

from __future__ import annotations

from datetime import date

import pytest

from cs_planning.errors import ImportProblems
from cs_planning.kpis.calendar.service_calendar import ServiceCalendar
from cs_planning.kpis.columns.names.headers import names_another_moment, role_of, spellings
from cs_planning.kpis.columns.roles import FLAG_ROLES, Kind, Role, roles_for
from cs_planning.kpis.contacts.columns import CONTACT_COLUMNS
from cs_planning.kpis.files.reading import read_table
from cs_planning.kpis.imports.convert import convert
from cs_planning.kpis.imports.recognise import recognise

TODAY = date(2026, 6, 30)


@pytest.mark.parametrize(
    "header",
    [
        "Date of Purchase",
        "Date of Birth",
        "Due date",
        "Order date",
        "Contract start date",
        "Last updated",
        "購入日",
        "契約開始日",
        "回答期限",
    ],
)
def test_a_date_of_something_else_is_never_taken_for_the_arrival(header: str) -> None:
    rows = "".join(f"T{place},2021-0{place}-15,Closed,Email,{place}\n" for place in range(1, 6))
    table = read_table("log.csv", f"Ticket ID,{header},Status,Channel,CSAT\n{rows}".encode())
    found = recognise(table)
    with pytest.raises(ImportProblems) as error:
        convert(table, found.mapping, calendar=ServiceCalendar(), today=TODAY)
    assert "created at" in str(error.value.message)
    assert header in f"{error.value.hint}" or header == "Last updated"
    assert names_another_moment(header)


@pytest.mark.parametrize(
    ("created", "updated"),
    [("Opened on", "Updated"), ("受付日時", "更新日時"), ("Date logged", "Last update time"), ("起票日", "最終更新日")],
)
def test_the_arrival_stands_beside_the_update(created: str, updated: str) -> None:
    table = read_table("log.csv", f"Ticket ID,{updated},{created}\n1,2026-04-15,2026-03-01\n2,2026-04-15,2026-03-02\n".encode())
    mapping = recognise(table).mapping
    assert mapping.column(created).role is Role.CREATED_AT
    assert mapping.column(updated).role is Role.UPDATED_AT


@pytest.mark.parametrize(
    ("header", "role"),
    [
        ("Reopened?", Role.REOPENED), ("Reopen", Role.REOPENED), ("Was reopened", Role.REOPENED), ("再開回数", Role.REOPENED),
        ("再オープン有無", Role.REOPENED), ("再オープンの有無", Role.REOPENED), ("Escalated?", Role.ESCALATED),
        ("Escalated (Y/N)", Role.ESCALATED), ("エスカレーション有無", Role.ESCALATED), ("エスカレ有無", Role.ESCALATED),
        ("Complaint flag", Role.COMPLAINT), ("クレーム有無", Role.COMPLAINT), ("担当チーム", Role.TEAM),
    ],
)  # fmt: skip
def test_flags_are_known_with_and_without_the_words_that_say_that_they_are_flags(header: str, role: Role) -> None:
    known = role_of(header, "generic_tickets")
    assert known is not None
    assert known[0] is role


@pytest.mark.parametrize("role", FLAG_ROLES)
def test_every_flag_is_a_column_of_contacts_with_names_of_its_own_and_is_never_a_column_of_sentences(role: Role) -> None:
    assert CONTACT_COLUMNS[role.value] == "BOOLEAN"
    assert role in roles_for(Kind.TICKETS)
    name = next(spelling for spelling, (named, rank) in spellings("generic_tickets").items() if named is role and rank == 0)
    assert role_of(f"{name} (Y/N)", "generic_tickets") == (role, 0)
    for cells, expected in ((["Yes", "No"], role), (["They rang twice", "It was about the parcel"], Role.IGNORE)):
        rows = "".join(f"T{place},2026-03-0{place} 09:00,{cells[place % 2]}\n" for place in range(1, 7))
        found = recognise(read_table("log.csv", f"Ticket ID,Created at,{name}\n{rows}".encode()))
        assert found.mapping.column(name).role is expected


@pytest.mark.parametrize(
    "header",
    [
        "問い合わせID", "問合せID", "お問い合わせ番号", "受付ID", "チケットNo.", "ケース番号", "インシデント番号", "Case #",
        "Incident Number", "SR Number", "Ref", "Ref.", "案件管理番号", "Enquiry Ref", "WO-No",
    ],
)  # fmt: skip
def test_the_number_of_a_contact_is_found_by_its_name_and_by_differing_everywhere(header: str) -> None:
    rows = "".join(f"Q-{place},2026-03-0{place} 09:00,2026-03-0{place} 12:00\n" for place in range(1, 6))
    found = recognise(read_table("log.csv", f"{header},Created at,Solved at\n{rows}".encode()))
    assert found.kind is Kind.TICKETS
    assert found.mapping.column(header).role is Role.CONTACT_ID


def test_numbers_of_people_and_orders_are_no_numbers_of_contacts() -> None:
    rows = "".join(f"C{place},2026-03-0{place} 09:00,2026-03-0{place} 12:00,A{place}\n" for place in range(1, 6))
    table = read_table("log.csv", f"Customer ID,Created at,Solved at,注文番号\n{rows}".encode())
    mapping = recognise(table).mapping
    assert mapping.find(Role.CONTACT_ID) is None
    result = convert(table, mapping, calendar=ServiceCalendar(), today=TODAY)
    assert "no_numbers" in {finding.rule for finding in result.findings}


def test_one_finding_lists_what_is_not_used_numbers_and_flags_first() -> None:
    rows = "".join(
        f"{place},2026-03-0{place} 09:00,2026-03-0{place} 12:00,note {place},{place % 2},\n" for place in range(1, 6)
    )
    table = read_table("log.csv", f"Ticket ID,Created at,Solved at,Memo,VIP,Empty\n{rows}".encode())
    result = convert(table, recognise(table).mapping, calendar=ServiceCalendar(), today=TODAY)
    listed = [finding for finding in result.findings if finding.rule == "unused_columns"]
    assert [finding.sample_values for finding in listed] == [("VIP", "Memo")]


def test_two_states_of_tickets_with_late_ratings_are_tickets_and_no_survey() -> None:
    first = [f"Q{day},2026-03-0{day} 09:00,2026-03-0{day} 10:00,,対応中," for day in range(1, 7)]
    last = [f"Q{day},2026-03-0{day} 09:00,2026-03-0{day} 10:00,2026-03-0{day} 12:00,解決,5" for day in range(1, 7)]
    rows = "\n".join(["問い合わせID,受付日時,初回応答日時,解決日時,ステータス,満足度", *first, *last])
    table = read_table("log.csv", rows.encode())
    found = recognise(table)
    assert found.kind is Kind.TICKETS
    contacts = convert(table, found.mapping, calendar=ServiceCalendar(), today=TODAY).contacts
    assert contacts is not None
    assert len(contacts) == 6
    assert contacts["solved_at"].notna().sum() == 6

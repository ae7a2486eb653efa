"""Unused columns are offered where a KPI or a breakdown could come from them, and are used by a person's word."""

from dataclasses import replace
from datetime import date

import pytest

from cs_planning.kpis.calendar.service_calendar import ServiceCalendar
from cs_planning.kpis.columns.roles import Role
from cs_planning.kpis.files.reading import read_table
from cs_planning.kpis.imports.answers import Answers, Rows
from cs_planning.kpis.imports.convert import convert
from cs_planning.kpis.imports.offers import worth_asking
from cs_planning.kpis.imports.questions import answered
from cs_planning.kpis.imports.recognise import recognise

TODAY = date(2026, 11, 10)
STRANGE = "Thing,Moment A,Moment B,Whereabouts,Birthday,Words\n" + "\n".join(
    f"T-{n},{day} 08:00,{day} 11:00,{'Lab' if n % 3 else 'Shop'},1990-01-{n % 20 + 1:02d},hi {n}"
    for n, day in ((n, f"2026-0{n % 6 + 1}-1{n % 9}") for n in range(1, 61))
)
TOLD = Answers(rows=Rows.CONTACTS, arrived="Moment A")


def offered(answers: Answers):
    table = read_table("file.csv", STRANGE.encode())
    return worth_asking(table, answered(table, recognise(table), answers), answers)


def test_moments_and_words_of_few_kinds_are_offered_and_free_words_and_birthdays_are_not():
    offers = offered(TOLD)
    assert [offer.column for offer in offers] == ["Moment B", "Whereabouts"]
    assert not any(offer.blocks for offer in offers)
    assert [choice.value for choice in offers[0].choices] == [
        "first_response_at",
        "solved_at",
        "closed_at",
        "updated_at",
        "ignore",
    ]
    assert "team" in [choice.value for choice in offers[1].choices]


def test_an_answer_becomes_a_kpi_and_a_breakdown():
    told = TOLD.model_copy(update={"columns": (("Moment B", Role.SOLVED_AT), ("Whereabouts", Role.TEAM))})
    table = read_table("file.csv", STRANGE.encode())
    contacts = convert(table, answered(table, recognise(table), told).mapping, calendar=ServiceCalendar(), today=TODAY).contacts
    assert contacts is not None
    hours = (contacts["solved_at"] - contacts["created_at"]).dt.total_seconds() / 3600
    assert set(hours) == {3.0}
    assert set(contacts["team"]) == {"Lab", "Shop"}
    assert offered(told) == ()


def test_a_column_that_was_told_to_be_nothing_is_not_offered_again():
    told = TOLD.model_copy(update={"columns": (("Moment B", Role.IGNORE),)})
    assert [offer.column for offer in offered(told)] == ["Whereabouts"]


def test_the_export_of_a_known_helpdesk_is_not_asked_about():
    table = read_table("export.csv", STRANGE.encode())
    found = answered(table, recognise(table), TOLD)
    assert worth_asking(table, found, TOLD)
    assert worth_asking(table, replace(found, helpdesk="Zendesk"), TOLD) == ()


def test_amounts_that_the_header_alone_calls_money_are_offered_before_breakdowns_and_words():
    rows = (
        f"T-{n},2026-0{n % 6 + 1}-1{n % 9} 08:00,{'Lab' if n % 3 else 'Shop'},{'abc' if n % 2 else 'xyz'},a long sentence {n} "
        f"of what was said,{n / 10}"
        for n in range(1, 61)
    )
    table = read_table("file.csv", "\n".join(["Thing,Moment A,Whereabouts,Second,Words,Went into it (£)", *rows]).encode())
    told = Answers(rows=Rows.CONTACTS, arrived="Moment A")
    offers = worth_asking(table, answered(table, recognise(table), told), told)
    assert [offer.column for offer in offers] == ["Went into it (£)", "Whereabouts", "Second"]
    assert [choice.value for choice in offers[0].choices] == ["cost", "ignore"]


def test_moments_after_a_known_solution_are_not_asked_about():
    rows = (f"T-{n},2026-0{n % 6 + 1}-11 08:00,2026-0{n % 6 + 1}-11 11:00,2026-0{n % 6 + 1}-12 11:00" for n in range(1, 61))
    table = read_table("file.csv", "\n".join(["Ticket ID,Created at,Solved at,Moment C", *rows]).encode())
    found = recognise(table)
    assert [[choice.value for choice in offer.choices] for offer in worth_asking(table, found, Answers())] == [
        ["first_response_at", "ignore"]
    ]


def test_words_in_very_few_rows_of_an_event_log_are_not_asked_about():
    steps = (("opened", "fummel", "closed") if n < 300 else ("opened", "rarely said", "closed") for n in range(301))
    rows = [
        f"T{n},2026-0{n % 6 + 1}-11 1{place}:00,{word}" for n, words in enumerate(steps) for place, word in enumerate(words)
    ]
    table = read_table("file.csv", "\n".join(["Case ID,Timestamp,Activity", *rows]).encode())
    asked = [offer.column for offer in worth_asking(table, recognise(table), Answers()) if offer.id == "step"]
    assert "fummel" in asked
    assert "rarely said" not in asked


@pytest.mark.parametrize("header", ["By", "Assignee", "担当者", "Handled by"])
def test_who_did_the_work_is_offered_as_a_team_and_it_is_said_that_no_person_is_measured(header: str):
    rows = "\n".join(f"{n},2026-03-{n % 28 + 1:02d} 09:00,{('Anna', 'Ben', 'Chris')[n % 3]}" for n in range(1, 80))
    table = read_table("file.csv", f"No,Created at,{header}\n{rows}".encode())
    [offer] = worth_asking(table, recognise(table), Answers())
    assert (offer.column, [choice.value for choice in offer.choices]) == (header, ["team", "ignore"])
    assert "single persons" in str(offer.reason)

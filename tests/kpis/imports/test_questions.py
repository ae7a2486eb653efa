"""A file that does not say what it is is asked about, one thing after the other, and is read by the answers."""

from datetime import date

import pytest

from cs_planning.errors import ImportProblems
from cs_planning.kpis.calendar.service_calendar import ServiceCalendar
from cs_planning.kpis.cells.moments import DateOrder
from cs_planning.kpis.columns.roles import Kind, Role
from cs_planning.kpis.files.reading import read_table
from cs_planning.kpis.imports.answers import Answers, Rows, Undecided
from cs_planning.kpis.imports.convert import convert
from cs_planning.kpis.imports.questions import answered, open_questions, understood
from cs_planning.kpis.imports.recognise import recognise

TODAY = date(2026, 11, 10)
STRANGE = "Thing,Moment A,Moment B,Kind,Words\n" + "\n".join(
    f"T-{n},2026-0{n % 6 + 1}-1{n % 9} 0{n % 9}:15,2026-0{n % 6 + 1}-2{n % 8} 1{n % 9}:40,{'Mail' if n % 3 else 'Phone'},hi"
    for n in range(1, 61)
)
MARKED = "Month,CSAT,Contacts\n2026-01,80,100\n2026-02,later,120\n2026-03,82,later\n2026-04,83,130\n2026-05,84,131\n"
BOTH_WAYS = "Ticket ID,Created at,Solved at\n" + "\n".join(
    f"{n},0{n}/0{n + 1}/2026 10:00,0{n}/0{n + 1}/2026 12:00" for n in range(1, 8)
)
PLAIN = "Ticket ID,Created at,Solved at\n" + "\n".join(f"{n},2026-03-{n:02d} 10:00,2026-03-{n:02d} 12:00" for n in range(1, 29))


def asked(content: str, answers: Answers | None = None, name: str = "file.csv"):
    table = read_table(name, content.encode())
    return open_questions(table, answered(table, recognise(table), answers or Answers()))


def test_a_file_that_says_what_it_is_is_not_asked_about():
    assert asked(PLAIN) == ()


def test_what_one_row_is_is_asked_first_and_alone():
    (question,) = asked(STRANGE)
    assert question.id == "rows"
    assert [choice.value for choice in question.choices] == [rows.value for rows in Rows]
    assert question.option == "--rows"
    assert question.blocks


def test_then_the_column_with_the_arrival_is_asked_among_the_dates_alone():
    (question,) = asked(STRANGE, Answers(rows=Rows.CONTACTS))
    assert question.id == "arrived"
    assert [choice.value for choice in question.choices] == ["Moment A", "Moment B"]
    assert question.guessed is None, "a date becomes the arrival by its name or by a person's word, never by a guess"


def test_two_answers_read_the_file():
    table = read_table("file.csv", STRANGE.encode())
    found = understood(table, recognise(table), Answers(rows=Rows.CONTACTS, arrived="Moment A"))
    imported = convert(table, found.mapping, calendar=ServiceCalendar(), today=TODAY)
    assert found.mapping.kind is Kind.TICKETS
    assert imported.accepted_rows == 60
    assert imported.contacts is not None
    assert imported.contacts["created_at"].dt.month.value_counts().to_dict() == dict.fromkeys(range(1, 7), 10)


def test_nothing_is_read_while_a_question_is_open():
    table = read_table("strange.csv", STRANGE.encode())
    with pytest.raises(Undecided) as error:
        understood(table, recognise(table))
    assert "strange.csv" in str(error.value.message)
    assert [question.id for question in error.value.questions] == ["rows"]


@pytest.mark.parametrize("rows", list(Rows))
def test_another_kind_of_rows_never_loses_the_date_that_was_found(rows: Rows):
    table = read_table("file.csv", PLAIN.encode())
    found = answered(table, recognise(table), Answers(rows=rows))
    assert found.mapping.kind in rows.kinds
    dated = {entry.column for entry in found.mapping.columns if entry.role is not Role.IGNORE}
    assert "Created at" in dated


def test_choosing_tickets_for_a_list_taken_for_figures_guesses_its_columns_anew():
    content = "Date,Ticket ID,Status,Channel\n" + "\n".join(f"2026-03-{n:02d},A-{n},Solved,E-mail" for n in range(1, 25))
    table = read_table("file.csv", content.encode())
    found = answered(table, recognise(table), Answers(rows=Rows.CONTACTS))
    roles = {entry.column: entry.role for entry in found.mapping.columns}
    assert roles["Ticket ID"] is Role.CONTACT_ID
    assert roles["Status"] is Role.STATUS
    assert roles["Channel"] is Role.CHANNEL
    assert roles["Date"] is Role.CREATED_AT


def test_a_date_of_something_else_is_never_carried_over():
    content = "Purchase date,Case #,Status\n" + "\n".join(f"2026-03-{n:02d},A-{n},Solved" for n in range(1, 25))
    (question,) = asked(content, Answers(rows=Rows.CONTACTS))
    assert question.id == "arrived"


def test_a_word_that_stands_for_no_value_is_asked_about_and_then_left_empty():
    (question,) = asked(MARKED)
    assert (question.id, question.option, question.choices[0].value) == ("missing", "--missing", "later")
    assert "2" in str(question.words)
    table = read_table("file.csv", MARKED.encode())
    found = understood(table, recognise(table), Answers(missing=("later",)))
    points = convert(table, found.mapping, calendar=ServiceCalendar(), today=TODAY).points
    assert points is not None
    assert sorted(points["value"]) == [80.0, 82.0, 83.0, 84.0, 100.0, 120.0, 130.0, 131.0]
    assert open_questions(table, found) == ()


def test_a_mark_of_one_file_stays_a_word_among_words():
    content = "Ticket ID,Created at,Channel,CSAT\n" + "\n".join(
        f"{n},2026-03-{n:02d} 10:00,{'later' if n % 2 else 'chat'},{'later' if n % 4 == 0 else 5}" for n in range(1, 25)
    )
    table = read_table("file.csv", content.encode())
    found = understood(table, recognise(table), Answers(missing=("later",)))
    contacts = convert(table, found.mapping, calendar=ServiceCalendar(), today=TODAY).contacts
    assert contacts is not None
    assert set(contacts["channel"]) == {"later", "chat"}


def test_dates_that_can_be_read_both_ways_are_asked_about_without_stopping():
    (question,) = asked(BOTH_WAYS)
    assert (question.id, question.blocks) == ("dates", False)
    assert asked(BOTH_WAYS, Answers(dates=DateOrder.MONTH_FIRST)) == ()


def test_what_was_confirmed_for_a_header_needs_no_second_answer():
    table = read_table("file.csv", STRANGE.encode())
    confirmed = understood(table, recognise(table), Answers(rows=Rows.CONTACTS, arrived="Moment A")).mapping
    assert open_questions(table, recognise(table, confirmed)) == ()


def test_a_column_that_is_not_there_is_named_with_those_that_are():
    table = read_table("file.csv", STRANGE.encode())
    with pytest.raises(ImportProblems, match=r"no column “Moment”.*Moment A"):
        answered(table, recognise(table), Answers(rows=Rows.CONTACTS, arrived="Moment"))


def test_a_file_without_any_date_is_refused_and_not_asked():
    content = "Thing,Words\n" + "\n".join(f"T-{n},hello {n}" for n in range(1, 20))
    assert asked(content, Answers(rows=Rows.CONTACTS)) == ()
    table = read_table("file.csv", content.encode())
    with pytest.raises(ImportProblems, match="no column is mapped"):
        convert(
            table,
            answered(table, recognise(table), Answers(rows=Rows.CONTACTS)).mapping,
            calendar=ServiceCalendar(),
            today=TODAY,
        )


def test_an_arrival_that_is_named_opens_no_other_question():
    content = "Case #,Rang or wrote,Sorted out,Status\n" + "\n".join(
        f"Q-{n},2026-03-{n:02d} 10:00,2026-03-{n:02d} 12:00,Solved" for n in range(1, 25)
    )
    (question,) = asked(content)
    assert question.id == "arrived", "the kind is sure enough"
    assert asked(content, Answers(arrived="Rang or wrote")) == ()

"""What a kind of rows can't do without is asked for, and a file with unknown headers of any kind becomes KPIs by answers."""

from __future__ import annotations

from datetime import date

import pytest

from cs_planning.kpis.calendar.service_calendar import ServiceCalendar
from cs_planning.kpis.cells.moments import look_at_times
from cs_planning.kpis.columns.contents import looks
from cs_planning.kpis.columns.roles import Kind, Role
from cs_planning.kpis.files.reading import read_table
from cs_planning.kpis.files.table import Table
from cs_planning.kpis.imports.answers import Answers, Rows
from cs_planning.kpis.imports.offers import worth_asking
from cs_planning.kpis.imports.outcomes import LOOKED_AT, outcome_of
from cs_planning.kpis.imports.questions import answered, open_questions
from cs_planning.kpis.imports.recognise import recognise
from tests.kpis.imports.strange_files import ANSWERS, CALLS, CONTACTS, FIGURES, STEPS

TODAY = date(2026, 11, 10)


def of(content: str) -> Table:
    return read_table("file.csv", content.encode())


def questions(content: str, answers: Answers) -> list[tuple[str, str | None]]:
    table = of(content)
    said = answered(table, recognise(table), answers)
    return [(one.id, one.column) for one in (*open_questions(table, said), *worth_asking(table, said, answers))]


def values(content: str, answers: Answers) -> dict[str, float]:
    """The first full month of each KPI that comes out."""
    table = of(content)
    outcome = outcome_of(table, recognise(table), answers, calendar=ServiceCalendar(), today=TODAY)
    return {series.kpi.id: float(series.values[1]) for series in outcome.series}


def test_steps_need_a_moment_and_words_and_the_other_columns_follow():
    told = Answers(rows=Rows.STEPS)
    assert questions(STEPS, told)[0] == ("arrived", None)
    told = told.and_then("arrived", "Punkt")
    words = ["Eingang gebucht", "Mensch dran", "fertig gemacht"]
    assert questions(STEPS, told) == [("step", word) for word in words]
    for word, role in zip(words, (Role.CREATED_AT, Role.FIRST_RESPONSE_AT, Role.SOLVED_AT), strict=True):
        told = told.and_then("step", role.value, word)
    assert questions(STEPS, told) == []
    # Each contact is answered two hours after it begins, and solved two hours later.
    assert values(STEPS, told)["frt_median"] == pytest.approx(120.0)
    assert values(STEPS, told)["resolution_time_median"] == pytest.approx(4.0)


def test_a_word_that_does_nothing_is_not_asked_about_again():
    told = Answers(rows=Rows.STEPS, arrived="Punkt").and_then("step", "ignore", "Mensch dran")
    assert ("step", "Mensch dran") not in questions(STEPS, told)


def test_answers_need_the_column_of_the_answer_and_the_question_that_it_answers():
    told = Answers(rows=Rows.ANSWERS, arrived="Tag")
    table = of(ANSWERS)
    (needed,) = open_questions(table, answered(table, recognise(table), told))
    assert needed.id == "needed"
    assert needed.option == "--column"
    assert {choice.value for choice in needed.choices} == {
        "Frage eins=csat",
        "Frage eins=nps",
        "Frage eins=ces",
        "Frage zwei=nps",
    }
    told = told.and_then("needed", "Frage eins=csat")
    # The second question goes from 0 to 10, which can only be a recommendation.
    assert questions(ANSWERS, told) == [("column", "Frage zwei")]
    # Of the answers 1 to 5 in turn, the 4 and the 5 are satisfied.
    assert values(ANSWERS, told)["csat"] == pytest.approx(40.0, abs=1.5)


def test_a_call_gets_its_wait_from_an_answer():
    told = Answers(rows=Rows.CALLS, arrived="Anfang der Sache")
    assert questions(CALLS, told)[0] == ("column", "Dauer A")
    told = told.and_then("column", "wait_time", "Dauer A").and_then("column", "talk_time", "Dauer B")
    assert values(CALLS, told)["asa_mean"] == pytest.approx(29.5, abs=1.0)


def test_a_long_table_is_told_by_its_periods_that_repeat():
    table = of(FIGURES)
    said = answered(table, recognise(table), Answers(rows=Rows.FIGURES))
    assert said.mapping.kind is Kind.KPI_TABLE_LONG
    assert values(FIGURES, Answers(rows=Rows.FIGURES)) == {"Anrufe": 102.0, "Mails": 102.0}


def test_a_column_of_money_is_offered_as_the_cost():
    told = Answers(rows=Rows.CONTACTS, arrived="Alpha")
    assert ("column", "Spend") in questions(CONTACTS, told)
    assert values(CONTACTS, told.and_then("column", "cost", "Spend"))["cost_per_contact"] == pytest.approx(4.5)


def test_before_an_answer_it_is_seen_what_it_would_give():
    table = of(CONTACTS)
    found = recognise(table)
    told = Answers(rows=Rows.CONTACTS)
    waiting = outcome_of(table, found, told, calendar=ServiceCalendar(), today=TODAY)
    assert waiting.series == (), "which date is the arrival has to be known first"
    assert waiting.refusal is None
    before = outcome_of(table, found, told.and_then("arrived", "Alpha"), calendar=ServiceCalendar(), today=TODAY)
    # A contact comes every nine hours, 74 or 75 in the 28 days of February.
    assert [series.kpi.id for series in before.series] == ["contact_volume"]
    assert before.series[0].values[1] in (74.0, 75.0)
    after = outcome_of(
        table,
        found,
        told.and_then("arrived", "Alpha").and_then("column", "first_response_at", "Beta"),
        calendar=ServiceCalendar(),
        today=TODAY,
    )
    brought = {series.kpi.id: float(series.values[1]) for series in after.beyond(before)}
    assert brought["frt_median"] == pytest.approx(60.0)
    assert "contact_volume" not in brought


def test_an_answer_that_gives_nothing_says_why():
    table = of(CONTACTS.replace("€4.50", "words"))
    told = Answers(rows=Rows.CONTACTS, arrived="Gamma")
    outcome = outcome_of(table, recognise(table), told, calendar=ServiceCalendar(), today=TODAY)
    assert outcome.series == ()
    assert outcome.refusal is not None


def test_of_a_long_table_the_first_rows_are_looked_at_and_it_is_said():
    rows = "\n".join(f"C{n},2026-0{n % 6 + 1}-11 08:00" for n in range(LOOKED_AT + 1))
    table = of(f"Thing,Alpha\n{rows}\n")
    outcome = outcome_of(
        table, recognise(table), Answers(rows=Rows.CONTACTS, arrived="Alpha"), calendar=ServiceCalendar(), today=TODAY
    )
    assert outcome.rows == LOOKED_AT
    assert sum(outcome.series[0].values) == LOOKED_AT


def test_however_many_answers_are_tried_the_cells_are_looked_at_once(monkeypatch):
    seen: list[str] = []
    look = look_at_times
    monkeypatch.setattr(looks, "look_at_times", lambda cells, *order: seen.extend(cells[:1]) or look(cells, *order))
    table = of(CONTACTS)
    found, told = recognise(table), Answers(rows=Rows.CONTACTS)
    outcome_of(table, found, told.and_then("arrived", "Alpha"), calendar=ServiceCalendar(), today=TODAY)
    once = list(seen)
    assert once
    for column in ("Alpha", "Beta"):
        outcome_of(table, found, told.and_then("arrived", column), calendar=ServiceCalendar(), today=TODAY)
    assert seen == once
    outcome_of(table.emptied(["C1"], ["Thing"]), found, told, calendar=ServiceCalendar(), today=TODAY)
    assert seen != once, "cells that were emptied are looked at anew"

"""What an answer would give is what the import gives by it, and is worked out once for answers that give the same."""

from datetime import date

import pytest

from cs_planning.kpis.calendar.service_calendar import CALENDAR_YEAR
from cs_planning.kpis.columns.roles import Role
from cs_planning.kpis.files.reading import read_table
from cs_planning.kpis.imports import outcomes
from cs_planning.kpis.imports.answers import Answers, Rows
from cs_planning.kpis.imports.convert import convert
from cs_planning.kpis.imports.outcomes import outcome_of
from cs_planning.kpis.imports.questions import answered
from cs_planning.kpis.imports.recognise import recognise
from cs_planning.kpis.imports.sheets import series_of
from tests.kpis.imports.strange_files import FILES, WORDS

TODAY = date(2026, 11, 10)
CONTACTS = Answers(rows=Rows.CONTACTS, arrived="Alpha")
BEGUN, ANSWERED, SOLVED = WORDS
STEPS = Answers(rows=Rows.STEPS, arrived="Punkt", steps=((BEGUN, Role.CREATED_AT), (ANSWERED, Role.FIRST_RESPONSE_AT)))


@pytest.mark.parametrize(
    ("kind", "answers"),
    [
        ("contacts", CONTACTS),
        ("contacts", CONTACTS.and_then("column", "solved_at", "Beta").and_then("column", "team", "Gamma")),
        ("contacts", CONTACTS.and_then("column", "cost", "Spend")),
        ("steps", STEPS.and_then("step", "solved_at", SOLVED)),
        ("answers", Answers(rows=Rows.ANSWERS, arrived="Tag", columns=(("Frage eins", Role.CSAT),))),
    ],
)
def test_what_stands_beside_an_answer_is_what_the_import_gives(kind: str, answers: Answers) -> None:
    table = read_table("file.csv", FILES[kind].encode())
    found = recognise(table)
    shown = outcome_of(table, found, answers, calendar=CALENDAR_YEAR, today=TODAY)
    mapping = answered(table, found, answers).mapping
    whole = series_of(convert(table, mapping, calendar=CALENDAR_YEAR, today=TODAY), CALENDAR_YEAR)
    assert shown.series
    assert [(str(one.key), one.values.tolist()) for one in shown.series] == [
        (str(one.key), one.values.tolist()) for one in whole
    ]


def test_answers_that_change_no_kpi_of_the_whole_are_not_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    table = read_table("file.csv", FILES["contacts"].encode())
    found, read = recognise(table), []

    def counted(*facts, **named):
        read.append(facts)
        return convert(*facts, **named)

    monkeypatch.setattr(outcomes, "convert", counted)
    for role in ("team", "channel", "topic", "ignore"):
        outcome_of(table, found, CONTACTS.and_then("column", role, "Gamma"), calendar=CALENDAR_YEAR, today=TODAY)
    assert len(read) == 1
    outcome_of(table, found, CONTACTS.and_then("column", "status", "Gamma"), calendar=CALENDAR_YEAR, today=TODAY)
    assert len(read) == 2
    outcome_of(table, found, CONTACTS, calendar=CALENDAR_YEAR, today=date(2026, 3, 1))
    assert len(read) == 3

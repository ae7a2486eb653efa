"""What is said of one row is said in the singular, in every sentence of a finding."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from cs_planning import kpis
from cs_planning.kpis.calendar.service_calendar import CALENDAR_YEAR
from cs_planning.kpis.files.reading import read_table
from cs_planning.kpis.imports.convert import convert
from cs_planning.kpis.imports.recognise import recognise
from tests.kpis.tables.test_money import TODAY

HEADER = "Ticket ID,Created at,Solved at,Status"
ROWS = "".join(f"\n{day},2026-03-{day:02d} 09:00,2026-03-{day:02d} 12:00,Solved" for day in range(1, 28))


def _words(text: str) -> list[str]:
    table = read_table("log.csv", text.encode())
    findings = convert(table, recognise(table).mapping, calendar=CALENDAR_YEAR, today=TODAY).findings
    return [f"{one.message} {one.consequence}" for one in findings]


@pytest.mark.parametrize(
    ("added", "one", "two"),
    [
        (
            "2026-03-02 09:00,,Closed",
            "1 contact is closed by its status and has no time of a solution. It is not open",
            "2 contacts are closed by their status and have no time of a solution. They are not open",
        ),
        (
            "2026-03-02 09:00,,Spam",
            "1 row is no contact by its status: spam, deleted, merged, a duplicate or a test. It is left out",
            "2 rows are no contacts by their status: spam, deleted, merged, duplicates, tests. They are left out",
        ),
    ],
)
def test_a_finding_about_one_row_is_in_the_singular(added: str, one: str, two: str) -> None:
    assert any(said.startswith(one) for said in _words(f"{HEADER}{ROWS}\n31,{added}"))
    assert any(said.startswith(two) for said in _words(f"{HEADER}{ROWS}\n31,{added}\n32,{added}"))


def test_a_single_column_without_a_use_is_one_in_both_sentences() -> None:
    more = "\n".join(
        f"{line},{'Grund' if place == 0 else 'x' + str(place)}" for place, line in enumerate((HEADER + ROWS).split("\n"))
    )
    (said,) = [words for words in _words(more) if "not used" in words]
    assert said == "1 column is not used: Grund. No KPI and no breakdown comes from it."


def test_no_sentence_about_data_begins_with_a_number_and_has_one_form_alone() -> None:
    found = []
    for path in Path(str(kpis.__file__)).parent.rglob("*.py"):
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call) and getattr(call.func, "id", "") == "text" and call.args:
                first = call.args[0]
                words = first.value if isinstance(first, ast.Constant) else ""
                if isinstance(words, str) and re.match(r"(?:\S+ ){0,3}\{count\} (?:\w+ )?\w+s\b", words):
                    found.append(f"{path.name}: {words}")
    assert not [one for one in found if "{count} columns" not in one and "{count} problems" not in one], found

"""Rows with one number are parts of a call if they follow each other within hours; not its states, nor calls of a customer."""

from __future__ import annotations

import pytest

from cs_planning.kpis.columns.guesses.examination import complete
from cs_planning.kpis.files.reading import read_table
from cs_planning.kpis.imports.recognise import recognise

HEADER = "Call Start,Call ID,Outcome,Wait (s),Talk time (s)"
JAPANESE = "着信日時,通話ID,結果,待ち時間（秒）,通話時間（秒）"


def are_parts(header: str, rows: list[str]) -> bool:
    table = read_table("calls.csv", "\n".join([header, *rows, ""]).encode())
    return complete(table, recognise(table).mapping).calls_in_parts


@pytest.mark.parametrize("header", [HEADER, JAPANESE])
def test_a_queue_and_then_a_person_are_parts_of_one_call(header: str) -> None:
    rows = [f"2026-11-{day:02d} 09:00:{20 * part:02d},{day},answered,{15 - part},60" for day in range(1, 20) for part in (0, 1)]
    assert are_parts(header, rows)


@pytest.mark.parametrize("header", [HEADER, JAPANESE])
def test_states_of_a_call_begin_at_the_same_moment_and_are_no_parts(header: str) -> None:
    rows = [f"2026-11-{day:02d} 09:00:00,{day},answered,{15 - part},60" for day in range(1, 20) for part in (0, 1)]
    assert not are_parts(header, rows)


def test_a_number_that_comes_again_on_other_days_makes_no_parts() -> None:
    assert not are_parts(HEADER, [f"2026-11-{day:02d} 09:00:00,{day % 3},answered,30,60" for day in range(1, 20)])


def test_calls_that_have_one_row_each_are_not_in_parts() -> None:
    assert not are_parts(HEADER, [f"2026-11-{day:02d} 09:00:00,{day},answered,30,60" for day in range(1, 20)])

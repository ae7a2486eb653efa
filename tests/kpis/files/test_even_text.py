"""A long text whose records are even is read at once, and gives what the reader of records gives."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cs_planning.errors import ImportProblems
from cs_planning.kpis.files import delimited
from cs_planning.kpis.files.even_text import read_even
from cs_planning.kpis.files.table import Table

CELLS = st.text(alphabet='ab1 ,;"\n\r\t未é-', max_size=6)
ENDS = ("\n", "\r\n", "\r", "\n\n")
PIECES = st.lists(st.sampled_from(["a", "1", " ", ",", ";", '"', '""', *ENDS, "x,y,z\n", '"q",w,e\n']), max_size=60)


def read(monkeypatch: pytest.MonkeyPatch, data: bytes, *, at_once: bool) -> Table | str:
    with monkeypatch.context() as patch:
        patch.setattr(delimited, "WORTH_IT", 0 if at_once else 10**12)
        try:
            return delimited.read_delimited("file.csv", data)
        except ImportProblems as problem:
            return str(problem)


def same(one: Table | str, other: Table | str) -> bool:
    if isinstance(one, str) or isinstance(other, str):
        return one == other
    pd.testing.assert_frame_equal(one.frame, other.frame)
    assert one.broken == other.broken
    assert np.array_equal(one.rows, other.rows)
    return (one.header_row, one.repeated_columns, one.delimiter) == (other.header_row, other.repeated_columns, other.delimiter)


@settings(max_examples=400, deadline=None)
@given(pieces=PIECES)
def test_any_text_is_read_as_the_reader_of_records_reads_it(pieces: list[str]):
    data = ("id,when,what\n" + "".join(pieces)).encode()
    with pytest.MonkeyPatch.context() as patch:
        assert same(read(patch, data, at_once=True), read(patch, data, at_once=False))


@settings(max_examples=200, deadline=None)
@given(rows=st.lists(st.tuples(CELLS, CELLS, CELLS), min_size=1, max_size=8), mark=st.sampled_from(",;\t|"))
def test_written_tables_come_back_with_every_row_in_its_place(rows: list[tuple[str, str, str]], mark: str):
    quoted = [mark.join('"' + cell.replace('"', '""') + '"' for cell in row) for row in [("id", "when", "what"), *rows]]
    data = "\r\n".join(quoted).encode()
    with pytest.MonkeyPatch.context() as patch:
        assert same(read(patch, data, at_once=True), read(patch, data, at_once=False))


def test_an_even_text_needs_no_reader_of_records():
    found = read_even('id,what\n1,"a, b"\n2,"say ""hi"""\n', ",")
    assert found is not None
    assert found.to_numpy().tolist() == [["id", "what"], ["1", "a, b"], ["2", 'say "hi"']]
    assert list(found.index) == [1, 2, 3]


@pytest.mark.parametrize(
    "content",
    ["id,what\n1\n", "id,what\n1,2,3\n", 'id,what\n1,5" pipe\n', "id,what\r1,2\r", f"id,what\n1,{'x' * 200_000}\n"],
    ids=["too few cells", "too many cells", "a quotation mark inside", "lone returns", "a cell too long"],
)
def test_what_something_has_to_be_said_about_is_left_to_the_reader_of_records(content: str):
    assert read_even(content, ",") is None

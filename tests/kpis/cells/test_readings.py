"""Cells of times, lengths and amounts mean the same in Python and inside the engine."""

from __future__ import annotations

import random
from collections.abc import Iterator

import duckdb
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cs_planning.kpis.cells.missing import MISSING, is_missing
from cs_planning.kpis.cells.moments import DateOrder, order_of, order_of_column, read_moment
from cs_planning.kpis.cells.numbers import DecimalMark, WrittenUnit, read_number
from cs_planning.kpis.cells.periods import read_period_cell
from cs_planning.kpis.cells.sql_cells import quoted
from cs_planning.kpis.columns.mapping import ColumnMapping
from cs_planning.kpis.columns.roles import Role
from cs_planning.kpis.contacts.query.readings import Reading, with_cells

LENGTHS = {
    "2h 15m": 8_100, "1d 2h": 93_600, "45 min": 2_700, "1時間30分": 5_400, "1時間半": 5_400, "PT2H": 7_200, "P1DT30M": 88_200,
    "37:15:00": 134_100, "1 day, 2:03:04": 93_784, "1.02:03:04": 93_784, "90": 5_400, "1,5 h": 5_400, "2日 3:04:05": 183_845,
}  # fmt: skip
NUMBERS = {
    "−3": -3, "(12.50)": -12.5, "1億2,000万": 120_000_000, "1万2千件": 12_000, "千二百": 1_200, "三十五": 35, "１２３": 123,
    "1,234": 1_234, "¥1,200": 1_200, "1.5万": 15_000,
}  # fmt: skip
MOMENTS = {
    "令和8年3月3日": "2026-03-03", "R8.3.3": "2026-03-03", "2026年3月2日 13時05分": "2026-03-02 13:05",
    "2026/03/02(月) 13:05": "2026-03-02 13:05", "2026年3月2日 午後1時05分": "2026-03-02 13:05", "令和元年5月1日": "2019-05-01",
    "H31.4.30": "2019-04-30", "1767225600": "2026-01-01", "1767225600000": "2026-01-01", "31/03/2026 08:05": "2026-03-31 08:05",
}  # fmt: skip
NOTHING = (
    "12abc",
    "soon",
    "2h2h",
    "25:61",
    "1:2:3:4",
    "h",
    "1..2",
    "inf",
    "1_000",
    "2026-13-01",
    "24/24/2026",
    "＊",
    "5 stars",
)
MARKS = ("?", "N/A", "未回答", "-", "0000-00-00")


def test_every_mark_of_an_empty_cell_is_one_in_capitals_and_between_spaces_too():
    for mark in MISSING:
        assert all(map(is_missing, (mark, mark.upper(), mark.title(), f"  {mark} "))), mark


@pytest.mark.parametrize(("cell", "seconds"), LENGTHS.items())
def test_a_length_of_time_is_read_in_words_as_a_clock_and_in_iso_8601(cell: str, seconds: float) -> None:
    found = read_number(cell, DecimalMark.POINT)
    assert found is not None
    value, measure = found
    assert value * (60 if measure is None else 1) == seconds


@pytest.mark.parametrize(("cell", "number"), NUMBERS.items())
def test_a_number_is_read_with_its_sign_brackets_and_japanese_numerals(cell: str, number: float) -> None:
    found = read_number(cell, DecimalMark.POINT)
    assert found is not None
    assert found[0] == number


def test_a_decimal_comma_is_a_matter_of_the_column() -> None:
    assert read_number("1.234,5", DecimalMark.COMMA) == (1234.5, None)
    assert read_number("1.234,5", DecimalMark.POINT) is None
    assert read_number("3 日", DecimalMark.POINT) == (259_200, WrittenUnit.DAYS)


@pytest.mark.parametrize(("cell", "moment"), MOMENTS.items())
def test_a_moment_is_read_with_eras_japanese_clocks_and_weekdays(cell: str, moment: str) -> None:
    assert read_moment(cell, DateOrder.DAY_FIRST) == pd.Timestamp(moment)


def test_a_period_is_read_in_years_of_an_era() -> None:
    for cell in ("令和6年11月", "R6.11", "R6/11"):
        found = read_period_cell(cell, DateOrder.DAY_FIRST)
        assert found is not None
        assert found[0].isoformat() == "2024-11-01"


def test_marks_for_no_value_are_missing_and_words_are_not() -> None:
    assert all(map(is_missing, MARKS))
    assert not any(map(is_missing, NOTHING))


def generated(seed: int) -> Iterator[str]:
    """Cells of a hand-made corpus with characters taken out, doubled, swapped and put in."""
    random_ = random.Random(seed)
    corpus = [*LENGTHS, *NUMBERS, *MOMENTS, *NOTHING, *MARKS]
    for _ in range(3_000):
        cell = list(random_.choice(corpus))
        for _ in range(random_.randint(0, 3)):
            place = random_.randrange(len(cell) + 1)
            kind = random_.randrange(3)
            if kind == 0:
                cell.insert(place, random_.choice("0123456789.,:-/ hms年日時分万千PTr()"))
            elif cell[place : place + 1]:
                cell[place : place + 1] = cell[place] * 2 if kind == 1 else ""
        yield "".join(cell).strip()


COLUMNS = [
    ColumnMapping(column="c", role=Role.RESOLUTION_TIME, decimal_mark=DecimalMark.POINT),
    ColumnMapping(column="c", role=Role.HANDLE_TIME, decimal_mark=DecimalMark.COMMA),
    ColumnMapping(column="c", role=Role.COST, decimal_mark=DecimalMark.POINT),
    ColumnMapping(column="c", role=Role.CREATED_AT, formats=("%Y-%m-%d %H:%M:%S",)),
    ColumnMapping(column="c", role=Role.CREATED_AT, formats=("%d/%m/%Y %H:%M",)),
]


@pytest.mark.parametrize("entry", COLUMNS, ids=lambda entry: f"{entry.role.value}-{entry.formats or entry.decimal_mark}")
def test_the_engine_and_python_read_every_cell_alike(entry: ColumnMapping) -> None:
    cells = list(
        dict.fromkeys(cell for cell in [*LENGTHS, *NUMBERS, *MOMENTS, *NOTHING, *generated(14)] if not is_missing(cell))
    )
    with duckdb.connect() as connection:
        reading = with_cells(connection, Reading(entry, DateOrder.DAY_FIRST, "reading_c"), cells)
        connection.register("cells", pd.DataFrame({"c": cells}))
        query = f"SELECT {quoted('c')}, {reading.value('cells')} AS read FROM cells {reading.join('cells')}"
        engine = dict(connection.execute(query).fetchall())
    differing = {cell: (engine[cell], reading.read(cell)) for cell in cells if not _same(engine[cell], reading.read(cell))}
    assert differing == {}


def _same(one: object, other: object) -> bool:
    if isinstance(one, float) and isinstance(other, float | int):
        return one == pytest.approx(other)
    return one == other


WRITTEN_DATES = st.sampled_from(
    (
        "31/12/2026", "12/31/2026", "3/4/26 9:05", "3.4.2026", "13-01-2026 10:00 +09:00", "2026-03-31", "2026-03-31 10:00:00",
        "Thu, 31/12/2026", "R8.3.3", "令和8年3月3日", "20260331", "1767225600", "00/00/0000", "31/12/2026 (Mon)",
        "1/2/123", "13/1/20266", "", "n/a", "9", "12-Mar-2026", " 31/12/2026", "31/12/26x", "2026/3/31", "１３/０１/2026",
    )
)  # fmt: skip


@given(
    cells=st.lists(st.builds(lambda cell, tail: cell + tail, WRITTEN_DATES, st.sampled_from(("", " 10:00", "x"))), max_size=12)
)
def test_the_order_of_a_long_column_is_that_of_its_different_cells(cells: list[str]):
    different = list(dict.fromkeys(cells))
    assert order_of_column(pd.Series(different, dtype="str")) == order_of(different)

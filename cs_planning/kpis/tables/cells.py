"""Columns of KPI tables → numbers in the unit of their KPI, periods, parts of the operation; collects what cannot be read."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from cs_planning.errors import Problem
from cs_planning.kpis.catalogue import CATALOGUE, Aggregation, Better, Kpi, Unit, kpi_named
from cs_planning.kpis.cells.missing import is_no_word, is_unknown
from cs_planning.kpis.cells.moments import DateOrder
from cs_planning.kpis.cells.numbers import SECONDS_IN, Numbers, WrittenUnit, fold, is_missing, read_numbers
from cs_planning.kpis.cells.periods import read_period_cell, read_periods
from cs_planning.kpis.columns.mapping import ColumnMapping, Mapping
from cs_planning.kpis.columns.names.clocks import short_clock_of
from cs_planning.kpis.columns.roles import DIMENSIONS, Role
from cs_planning.kpis.files.table import MAX_PROBLEMS, Table
from cs_planning.kpis.frequency import Frequency
from cs_planning.language import text

_WHOLE = frozenset(
    {
        "total",
        "all",
        "overall",
        "sum",
        "grand total",
        "all teams",
        "all queues",
        "all channels",
        "whole",
        "合計",
        "全体",
        "計",
        "総計",
        "全て",
        "すべて",
    }
)
_TIME_UNITS = {Unit.SECONDS: 1.0, Unit.MINUTES: 60.0, Unit.HOURS: 3600.0}


def table_periods(
    table: Table, mapping: Mapping, year_starts_in: int, problems: list[Problem]
) -> tuple[pd.Series, Frequency | None]:
    """The periods of the table's rows, and the rhythm that their writing shows; adds what can't be read to `problems`."""
    entry = mapping.find(Role.PERIOD)
    assert entry is not None
    cells = table.frame[entry.column].astype("str")
    order = mapping.date_order if mapping.date_order is not DateOrder.YEAR_FIRST else None
    periods = read_periods(cells, order, year_starts_in)
    if periods.mixed:
        found = _contradiction(cells, table.rows)
        problems.append(
            Problem(
                message=text(
                    "The dates mix day-first and month-first order (rows {first} and {second}).",
                    first=found[0],
                    second=found[1],
                ),
                remedy=text("Write all dates the same way, best as 2026-03-31."),
                row=found[1],
                column=entry.column,
            )
        )
    if not periods.mixed:
        problems.extend(
            Problem(
                message=text("Row {row}: “{value}” is not a period.", row=int(table.rows[place]), value=cells.iloc[place][:80]),
                remedy=text("Write it as 2026-03-09, 2026-W11, 2026-03, 2026-Q1 or 2026; take out rows of totals and notes."),
                row=int(table.rows[place]),
                column=entry.column,
                value=cells.iloc[place][:80],
            )
            for place in np.flatnonzero(periods.bad)[:MAX_PROBLEMS]
        )
    empty = cells.map(is_missing).to_numpy()
    problems.extend(
        Problem(
            message=text("Row {row} has no period.", row=int(table.rows[place])),
            remedy=text("Fill it in, or take the row out."),
            row=int(table.rows[place]),
            column=entry.column,
        )
        for place in np.flatnonzero(empty)[:MAX_PROBLEMS]
    )
    return periods.starts, periods.frequency


def _contradiction(cells: pd.Series, rows: np.ndarray) -> tuple[int, int]:
    day_first = [place for place, cell in enumerate(cells) if read_period_cell(cell, DateOrder.MONTH_FIRST) is None]
    month_first = [place for place, cell in enumerate(cells) if read_period_cell(cell, DateOrder.DAY_FIRST) is None]
    places = sorted((day_first[0] if day_first else 0, month_first[0] if month_first else 0))
    return int(rows[places[0]]), int(rows[places[1]])


def numbers_in_unit(
    table: Table, entry: ColumnMapping, kpi: Kpi, problems: list[Problem], rows: np.ndarray | None = None
) -> np.ndarray:
    """A column's cells as numbers in the KPI's unit; adds what can't be read, and mixed units, to `problems`.

    Args:
        table: the file's cells.
        entry: the column.
        kpi: whose values they are.
        problems: grows.
        rows: which positions to read; all when None.
    """
    cells = table.frame[entry.column].astype("str")
    positions = np.arange(len(cells)) if rows is None else rows
    cells = cells.iloc[positions].reset_index(drop=True)
    clock = short_clock_of(entry.column, entry.role, kpi.id)
    numbers = read_numbers(cells, entry.decimal_mark, clock)
    for place in np.flatnonzero(numbers.bad)[:MAX_PROBLEMS]:
        row = int(table.rows[positions[place]])
        problems.append(
            Problem(
                message=text(
                    "Row {row}, column {column}: “{value}” is not a number.",
                    row=row,
                    column=entry.column,
                    value=cells[place][:80],
                ),
                remedy=text("Write a number, or leave the cell empty."),
                row=row,
                column=entry.column,
                value=cells[place][:80],
            )
        )
    problems += _mixed(table, entry, numbers, cells, positions)
    return in_unit(numbers, kpi, entry.measure, entry.fraction, np.asarray(cells)) * entry.factor


def unknown_cells(table: Table, column: str) -> np.ndarray:
    """Whether a column says in each row that nobody knows its value; shape (n,)."""
    cells = table.frame[column].astype("str")
    marks = [cell for cell in cells.unique().tolist() if is_unknown(str(cell))]
    return np.asarray(cells.isin(marks), dtype=bool)


def in_unit(numbers: Numbers, kpi: Kpi, measure: WrittenUnit | None, fraction: bool, cells: np.ndarray) -> np.ndarray:
    """Numbers in the unit of `kpi`.

    Args:
        numbers: as read; times with a unit of their own in seconds.
        kpi: whose unit is wanted.
        measure: the unit of numbers without one; that of the KPI when None.
        fraction: whether shares are written 0–1.
        cells: the cells as written.
    """
    values = numbers.values
    if kpi.unit in _TIME_UNITS:
        written = numbers.measure in SECONDS_IN or ":" in "".join(map(str, cells[:50]))
        seconds = 1.0 if written else SECONDS_IN.get(measure, _TIME_UNITS[kpi.unit]) if measure else _TIME_UNITS[kpi.unit]
        return values * seconds / _TIME_UNITS[kpi.unit]
    if kpi.unit is Unit.PERCENT and fraction:
        return values * 100
    return values


def _mixed(table: Table, entry: ColumnMapping, numbers: Numbers, cells: pd.Series, positions: np.ndarray) -> Iterator[Problem]:
    if not numbers.has_mixed_measures:
        return
    common = max(numbers.measures, key=lambda measure: numbers.measures[measure])
    for place, cell in enumerate(cells):
        one = read_numbers(pd.Series([cell]), numbers.decimal_mark)
        if one.measures and common not in one.measures:
            row = int(table.rows[positions[place]])
            yield Problem(
                message=text(
                    "Row {row}, column {column}: “{value}” has another unit than the cells around it.",
                    row=row,
                    column=entry.column,
                    value=cell[:80],
                ),
                remedy=text("Write all cells of a column in one unit."),
                row=row,
                column=entry.column,
                value=cell[:80],
            )


def described(id: str, measure: WrittenUnit | None, written: WrittenUnit | None = None) -> Kpi:
    """The KPI of a column: the catalogue's, or one of the user's own with the unit that the header or the cells show."""
    if id in CATALOGUE:
        return CATALOGUE[id]
    unit, aggregation = {
        WrittenUnit.PERCENT: (Unit.PERCENT, Aggregation.WEIGHTED_MEAN),
        WrittenUnit.SECONDS: (Unit.SECONDS, Aggregation.WEIGHTED_MEAN),
        WrittenUnit.MINUTES: (Unit.MINUTES, Aggregation.WEIGHTED_MEAN),
        WrittenUnit.HOURS: (Unit.HOURS, Aggregation.WEIGHTED_MEAN),
        WrittenUnit.COUNT: (Unit.COUNT, Aggregation.SUM),
        WrittenUnit.POINTS: (Unit.POINTS, Aggregation.WEIGHTED_MEAN),
        WrittenUnit.MONEY: (Unit.MONEY, Aggregation.SUM),
    }.get(written or measure or WrittenUnit.DAYS, (Unit.NUMBER, Aggregation.WEIGHTED_MEAN))
    return kpi_named(id).model_copy(update={"unit": unit, "aggregation": aggregation, "better": Better.CONTEXT})


def scope_of(table: Table, mapping: Mapping) -> list[tuple[tuple[tuple[str, str], ...], np.ndarray]]:
    """The parts of the operation that the rows belong to, each with the positions of its rows."""
    parts = [(role, entry.column) for role in DIMENSIONS if (entry := mapping.find(role)) is not None]
    if not parts:
        return [((), np.arange(len(table)))]
    keys = table.frame[[column for _, column in parts]].astype("str").agg(tuple, axis=1)
    found: dict[tuple[str, ...], list[int]] = {}
    for place, key in enumerate(keys):
        found.setdefault(tuple(key), []).append(place)
    return [
        (
            tuple((role.value, value) for (role, _), value in zip(parts, key, strict=True) if not _is_whole(value)),
            np.array(places),
        )
        for key, places in found.items()
    ]


def _is_whole(value: str) -> bool:
    """Whether a cell of a part of the service stands for all of it."""
    return is_no_word(value) or fold(value) in _WHOLE


def is_fraction_of(kpi: Kpi, numbers: Numbers, name: str) -> bool:
    """Whether a series of shares is written 0–1.

    A series under the catalogue's own id is in the catalogue's unit, unless it is a share that can't be good below 1 %.
    """
    values = numbers.values[np.isfinite(numbers.values)]
    if kpi.unit is not Unit.PERCENT or numbers.measure is WrittenUnit.PERCENT or not len(values):
        return False
    if name in CATALOGUE and kpi.better is not Better.HIGHER:
        return False
    return bool(values.max() <= 1 and (values % 1 != 0).any())

"""Whether the rows of a table are records of single contacts or one row for each period, by what its cells say."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import numpy as np
import pandas as pd

from cs_planning.kpis.cells.moments import DateOrder, read_moment
from cs_planning.kpis.cells.periods import read_periods
from cs_planning.kpis.columns.contents.looks import Column
from cs_planning.kpis.files.table import Table

_LOOKED_AT = 5_000
_A_FEW = 3
_ENOUGH = 8
_MOSTLY_APART = 0.8
_MOSTLY_REGULAR = 0.45
_OF_A_PART = 0.5
_DAY_SECONDS = 86_400
_SAME_STEP = ((28, 31, 30), (90, 92, 91), (365, 366, 365), (181, 184, 182))
"""The lengths of months, quarters, years and half years in days: shortest, longest, and what stands for all of them."""


def is_grid(table: Table, looks: Mapping[str, Column], period: str, parts: Collection[str], order: DateOrder) -> bool:
    """Whether a table has one row for each period (of each part of the operation), at regular distance.

    Records of single contacts share days, come at odd distances, or have a number of their own.

    Args:
        table: the file's cells.
        looks: its columns at a glance.
        period: the column of periods.
        parts: the columns that tell rows of one period apart.
        order: the table's order of day and month.
    """
    head = table.frame.iloc[:_LOOKED_AT]
    starts = _moments(head[period], looks[period], order)
    kept = ~np.isnat(starts)
    if int(kept.sum()) < _A_FEW:
        return True
    cells = head.loc[kept, [name for name in parts if name != period]].assign(**{period: starts[kept]})
    if len(cells.drop_duplicates()) < _MOSTLY_APART * len(cells):
        return False
    return _is_regular(np.unique(starts[kept]))


def _moments(cells: pd.Series, look: Column, order: DateOrder) -> np.ndarray:
    """The beginnings of the periods in cells, with their time of day where they say one, as half hours do; NaT elsewhere."""
    written = cells.astype("str")
    if not look.has_time_of_day:
        return read_periods(written, order).starts.to_numpy().astype("datetime64[s]")
    codes, distinct = pd.factorize(written)
    read = [moment.replace(tzinfo=None) if (moment := read_moment(str(cell), order)) is not None else None for cell in distinct]
    return np.array(read, dtype="datetime64[s]")[codes]


def tells_parts_apart(look: Column) -> bool:
    """Whether a column can name a part of the operation in each row: it repeats, and it is no moment."""
    return not look.is_time and look.filled > 0 and (look.filled < _ENOUGH or look.distinct <= _OF_A_PART * look.filled)


def _is_regular(starts: np.ndarray) -> bool:
    """Whether sorted first days lie mostly at one distance; a month is as long as any other."""
    if len(starts) < _ENOUGH:
        return True
    steps = np.diff(starts).astype("timedelta64[s]").astype("int64")
    for shortest, longest, length in _SAME_STEP:
        steps = np.where((steps >= shortest * _DAY_SECONDS) & (steps <= longest * _DAY_SECONDS), length * _DAY_SECONDS, steps)
    return int(np.unique(steps, return_counts=True)[1].max()) >= _MOSTLY_REGULAR * len(steps)


def are_records(table: Table, looks: Mapping[str, Column], order: DateOrder) -> bool:
    """Whether rows are records of something that happened: a column of dates that is no grid, whatever tells rows apart.

    Args:
        table: the file's cells.
        looks: its columns at a glance.
        order: the table's order of day and month.
    """
    dated = [name for name, look in looks.items() if look.is_time and look.filled >= _ENOUGH]
    words = [name for name, look in looks.items() if not look.is_number and tells_parts_apart(look)]
    return bool(dated) and not any(is_grid(table, looks, name, words, order) for name in dated)

"""What the cells of a column look like, before anything is known about its meaning."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import partial
from itertools import islice

import pandas as pd

from cs_planning.kpis.cells.missing import is_no_word
from cs_planning.kpis.cells.moments import DateOrder, TimeColumn, look_at_times, order_of_column
from cs_planning.kpis.cells.numbers import DecimalMark, Numbers, decimal_mark_of, is_missing, read_numbers
from cs_planning.kpis.cells.periods import read_periods
from cs_planning.kpis.files.table import Table

_LOOKED_AT = 1_000
_ALL_DATES = 200_000
_FIRST = 20_000
_MOSTLY_DIFFER = 0.5
_TOLD_BY = 300


@dataclass(frozen=True)
class Column:
    """One column's cells at a glance.

    Attributes:
        name: its name in the table.
        filled: how many of the looked-at cells are not empty.
        distinct: how many different cells there are among them.
        share_distinct: different cells ÷ filled cells, of the whole column.
        times: how it writes points in time.
        numbers: its cells as numbers.
        share_periods: cells that are periods ÷ filled cells.
        looks_like: the first few different cells.
        worded: how many of the looked-at cells are words; `pending` or 未対応 is one, though it is no number and no moment.
        words: how many different ones.
    """

    name: str
    filled: int
    distinct: int
    share_distinct: float
    times: TimeColumn
    numbers: Numbers
    share_periods: float
    looks_like: tuple[str, ...]
    worded: int
    words: int

    @property
    def is_time(self) -> bool:
        """Whether nearly all cells are points in time (digits alone, as in `20240101`, count only when nothing else can be)."""
        return self.filled > 0 and self.times.share_read >= 0.9 and not self.is_plain_number

    @property
    def is_number(self) -> bool:
        """Whether nearly all cells are numbers."""
        return self.filled > 0 and self.numbers.share_read >= 0.9

    @property
    def is_plain_number(self) -> bool:
        """Whether nearly all cells are numbers and none is written as a date."""
        return self.is_number and all(form in ("%Y%m%d",) or form.startswith("epoch") for form in self.times.formats)

    @property
    def is_epoch(self) -> bool:
        """Whether nearly all cells can be seconds or milliseconds since 1970, which their header has to confirm."""
        return self.times.share_read >= 0.9 and all(form.startswith("epoch") for form in self.times.formats)

    @property
    def has_time_of_day(self) -> bool:
        """Whether cells say a time of day other than midnight."""
        return any("%H" in form or "%I" in form for form in self.times.formats) and not all(
            "00:00" in cell for cell in self.looks_like
        )

    @property
    def is_unique(self) -> bool:
        """Whether nearly every filled cell is different."""
        return self.filled > 0 and self.distinct >= 0.99 * self.filled


def table_conventions(table: Table) -> tuple[DateOrder, bool, DecimalMark]:
    """The table's order of day and month, whether its dates allow no other, and its decimal mark.

    A column that shows the order decides for the others, since one program wrote them all; where none does, a decimal comma or
    a semicolon speaks for day first, AM and PM for month first.
    """
    return table.once("conventions", partial(_conventions, table))


def _conventions(table: Table) -> tuple[DateOrder, bool, DecimalMark]:
    orders: list[DateOrder] = []
    undecided = False
    half_days = False
    marks: list[DecimalMark] = []
    for name in table.columns:
        cells = table.frame[name].iloc[:_ALL_DATES].astype("str")
        head = _first_different(cells.iloc[:_FIRST]) if len(cells) > _FIRST else []
        if len(head) < _LOOKED_AT:
            head = _first_different(cells)
        if head and look_at_times(head[:50]).share_read > 0.5:
            order, _ = order_of_column(cells.drop_duplicates())
            half_days |= any("%p" in form for form in look_at_times(head[:50]).formats)
            undecided |= order is None
            if order is not None and order is not DateOrder.YEAR_FIRST:
                orders.append(order)
        else:
            mark, _ = decimal_mark_of(head)
            if mark is not None and name not in table.typed_columns and read_numbers(pd.Series(head), mark).share_read > 0.9:
                marks.append(mark)
    mark = DecimalMark.COMMA if marks.count(DecimalMark.COMMA) > marks.count(DecimalMark.POINT) else DecimalMark.POINT
    if orders:
        return max(set(orders), key=orders.count), len(set(orders)) == 1, mark
    if not undecided:
        return DateOrder.YEAR_FIRST, True, mark
    day_first = mark is DecimalMark.COMMA or table.delimiter == ";" or not half_days
    return (DateOrder.DAY_FIRST if day_first else DateOrder.MONTH_FIRST), False, mark


def _first_different(cells: pd.Series) -> list[str]:
    return list(islice((cell for cell in map(str, cells.drop_duplicates().tolist()) if not is_missing(cell)), _LOOKED_AT))


def look_at(table: Table, order: DateOrder, columns: Collection[str] | None = None) -> dict[str, Column]:
    """The columns of the table at a glance.

    Args:
        table: the table.
        order: its order of day and month.
        columns: which ones; all when None.
    """
    names = table.columns if columns is None else columns
    return {name: table.once(("look", name, order), partial(_look, table, name, order)) for name in names}


def _look(table: Table, name: str, order: DateOrder) -> Column:
    cells = table.frame[name].iloc[:_LOOKED_AT].astype("str")
    if len(table) > 2 * _LOOKED_AT:
        cells = pd.concat([cells, table.frame[name].iloc[-_LOOKED_AT:].astype("str")], ignore_index=True)
    written: list[str] = cells.tolist()
    filled = [cell for cell in written if not is_missing(cell)]
    distinct = list(dict.fromkeys(filled))
    worded = [cell for cell in written if not is_no_word(cell)]
    return Column(
        name=name,
        filled=len(filled),
        distinct=len(distinct),
        share_distinct=_share_distinct(table, name, len(distinct), len(filled)),
        times=look_at_times(distinct, order),
        numbers=read_numbers(cells),
        share_periods=_share_periods(distinct, order),
        looks_like=tuple(distinct[:5]),
        worded=len(worded),
        words=len(set(worded)),
    )


def _share_periods(distinct: list[str], order: DateOrder) -> float:
    """Different cells that are periods ÷ different cells; of many, as many from everywhere in the column as tell it."""
    told = distinct[:: max(1, len(distinct) // _TOLD_BY)]
    return read_periods(pd.Series(told, dtype="str"), order).share_read if told else 0.0


def _share_distinct(table: Table, name: str, distinct: int, filled: int) -> float:
    """Different cells ÷ filled cells; of the whole column where its first rows mostly differ, as later ones may repeat them."""
    if filled == 0:
        return 0.0
    if len(table) <= _LOOKED_AT or distinct <= _MOSTLY_DIFFER * filled:
        return distinct / filled
    cells = table.frame[name]
    there = cells[cells != ""]
    return int(there.nunique()) / max(1, len(there))

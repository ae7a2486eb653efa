"""The tables of a workbook: a long one on a sheet of its own, the short ones below each other on one, typed all of them."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import zip_longest
from typing import Any

from cs_planning.kpis.frequency import Frequency
from cs_planning.language import excel_day_pattern, excel_month_pattern, excel_percent_pattern, gettext
from cs_planning.notebook.blocks.block import ColumnType, TableBlock, TableColumn, Value, shown

A4 = 9
LINE_POINTS, _ROW_POINTS = 15.0, 17.0
_LONGEST_CELL = 32_000
_SHORT = 16
"""So many rows a table has that shares its sheet: a page of paper for each would be a pile."""
_WIDEST_NAME = 24
"""How wide a column is made for its name alone, in signs of a Latin font; longer names are written on several lines."""
_WIDEST, _UPRIGHT_SIGNS = 60, 125
_LARGE, _MIDDLING, _MOST_DIGITS = 1000, 10, 4
_ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\'\x00-\x1f]")


def safe(words: str) -> str:
    """Words that a cell takes."""
    return _ILLEGAL.sub("", words)[:_LONGEST_CELL]


def signs(words: str) -> int:
    """How wide words are, in signs of a Latin font; Japanese ones take two."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in words)


class Tables:
    """The sheets with tables, in the order in which the page shows them.

    Args:
        book: that they are added to.
        own: the names of the sheets that are there already.
        tables: all that will be added; a single short one gets a sheet under its own name.
    """

    def __init__(self, book: Any, own: Sequence[str], tables: Iterable[TableBlock]) -> None:
        short = [_widths(table) for table in tables if _is_short(table)]
        self._book = book
        self._names = {name.casefold() for name in own}
        self._shares = len(short) > 1
        self._shared: Any = None
        self._shared_name, self._next_row = "", 0
        self._widths = [max(widths) for widths in zip_longest(*short, fillvalue=0.0)]
        head = {"bold": True, "bottom": 1, "text_wrap": True, "valign": "top", "bg_color": "#EEF1F4"}
        whole = excel_percent_pattern().replace("0.0", "0")
        self._styles = {
            "caption": book.add_format({"bold": True, "font_size": 12}),
            "head": book.add_format(head),
            "number head": book.add_format(head | {"align": "right"}),
            "day": book.add_format({"num_format": excel_day_pattern(), "align": "left"}),
            "month": book.add_format({"num_format": excel_month_pattern(), "align": "left"}),
            "share": book.add_format({"num_format": excel_percent_pattern()}),
            "whole share": book.add_format({"num_format": whole}),
            **{f"digits{digits}": book.add_format({"num_format": _pattern(digits)}) for digits in range(_MOST_DIGITS + 1)},
        }

    def add(self, table: TableBlock, title: str) -> str:
        """The name of the sheet on which the table now stands.

        Args:
            table: to write.
            title: what it is called.
        """
        title = title or gettext("Table")
        if self._shares and _is_short(table):
            return self._add_below(table, title)
        name = sheet_name(title, self._names)
        sheet = self._sheet(name)
        sheet.freeze_panes(1, 0)
        sheet.repeat_rows(0)
        widths = _widths(table)
        if sum(widths) > _UPRIGHT_SIGNS:
            sheet.set_landscape()
        for position, width in enumerate(widths):
            sheet.set_column(position, position, width)
        self._write(sheet, table, 0, widths)
        return name

    def _add_below(self, table: TableBlock, title: str) -> str:
        if self._shared is None:
            self._shared_name = sheet_name(gettext("Tables"), self._names)
            self._shared = self._sheet(self._shared_name)
            for position, width in enumerate(self._widths):
                self._shared.set_column(position, position, width)
        self._shared.write_string(self._next_row, 0, safe(title), self._styles["caption"])
        widths = self._widths[: len(table.columns)]
        self._next_row = self._write(self._shared, table, self._next_row + 1, widths) + 1
        return self._shared_name

    def _sheet(self, name: str) -> Any:
        sheet = self._book.add_worksheet(name)
        sheet.set_paper(A4)
        sheet.fit_to_pages(1, 0)
        sheet.set_default_row(_ROW_POINTS)
        return sheet

    def _write(self, sheet: Any, table: TableBlock, top: int, widths: Sequence[float]) -> int:
        """The row below the table."""
        for position, column in enumerate(table.columns):
            style = self._styles["number head" if column.type.is_number else "head"]
            sheet.write_string(top, position, safe(str(column.label)), style)
        lines = (math.ceil(signs(str(column.label)) / width) for column, width in zip(table.columns, widths, strict=True))
        sheet.set_row(top, LINE_POINTS * max(lines, default=1) + _ROW_POINTS - LINE_POINTS)
        styles = [self._styles[_style(table, position)] for position in range(len(table.columns))]
        for number, row in enumerate(table.rows, start=top + 1):
            for position, (value, column) in enumerate(zip(row, table.columns, strict=True)):
                _write_cell(sheet, number, position, value, column, styles[position])
        return top + 1 + len(table.rows)


def _is_short(table: TableBlock) -> bool:
    return len(table.rows) <= _SHORT


def sheet_name(wanted: str, taken: set[str]) -> str:
    """A sheet name that Excel takes: short, without its signs, and not used yet; it is added to `taken`."""
    clean = _NOT_IN_NAMES.sub(" ", safe(wanted)).strip()[:31].strip() or "Sheet"
    name, number = clean, 2
    while name.casefold() in taken or name.casefold() == "history":
        ending = f" {number}"
        name, number = clean[: 31 - len(ending)] + ending, number + 1
    taken.add(name.casefold())
    return name


def _widths(table: TableBlock) -> list[float]:
    return [_width(column, [row[place] for row in table.rows]) for place, column in enumerate(table.columns)]


def _width(column: TableColumn, values: Sequence[Value]) -> float:
    """How wide a column is, in signs of a Latin font: for its longest value, and for its name up to where that is wrapped."""
    longest = max([signs(shown(value, column)) for value in values[:200]], default=0)
    return float(min(_WIDEST, max(12, longest + 2, min(signs(str(column.label)), _WIDEST_NAME) + 2)))


def _pattern(digits: int) -> str:
    return "#,##0." + "0" * digits if digits else "#,##0"


def _style(table: TableBlock, position: int) -> str:
    """How the values of a column are shown: a percentage, a month, or with as many digits as their size asks for."""
    column = table.columns[position]
    values = [row[position] for row in table.rows]
    if column.type in {ColumnType.DATE, ColumnType.PERIOD}:
        return "month" if column.type is ColumnType.PERIOD and column.frequency is Frequency.MONTH else "day"
    numbers = [abs(one) for one in values if isinstance(one, int | float) and math.isfinite(one)]
    if column.type is ColumnType.SHARE:
        return "whole share" if all(math.isclose(100 * one, round(100 * one)) for one in numbers) else "share"
    if column.digits is not None:
        digits = column.digits
    elif all(float(one).is_integer() for one in numbers):
        digits = 0
    else:
        digits = 0 if max(numbers) >= _LARGE else 1 if max(numbers) >= _MIDDLING else 2
    return f"digits{min(digits, _MOST_DIGITS)}"


def _write_cell(sheet: Any, row: int, position: int, value: Value, column: TableColumn, style: Any) -> None:
    if value is None:
        return
    if isinstance(value, bool):
        sheet.write_boolean(row, position, value)
    elif isinstance(value, int | float) and math.isfinite(value):
        sheet.write_number(row, position, value, style)
    elif isinstance(value, date):
        sheet.write_datetime(row, position, value, style)
    else:
        sheet.write_string(row, position, safe(shown(value, column)))

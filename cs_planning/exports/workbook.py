"""A run page as an Excel workbook: one sheet to read, and one for the data of every chart and table, typed."""

from __future__ import annotations

import io
import math
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import xlsxwriter  # type: ignore[import-untyped]

from cs_planning.exports.facts import SIGNS, facts_of, for_readers, maker_of, title_of, verdict_of
from cs_planning.language import excel_day_pattern, excel_percent_pattern, gettext, text, use_language
from cs_planning.notebook.blocks.block import (
    Block,
    Chart,
    ColumnType,
    Findings,
    Heading,
    Image,
    Markdown,
    Metrics,
    Paragraph,
    ProblemBlock,
    TableBlock,
    TableColumn,
    Value,
    shown,
)
from cs_planning.notebook.blocks.markdown import as_plain
from cs_planning.notebook.opening import ID
from cs_planning.notebook.run import RunPage, Section

_LONGEST_CELL = 32_000
_FIRST_WIDTH, _SECOND_WIDTH, _LINE_POINTS, _TALLEST_ROW = 46, 80, 15.0, 400.0
_OVER_BOTH = {"plain", "muted", "strong"}
_WIDEST_NAME = 24
"""How wide a column is made for its name alone, in signs of a Latin font; longer names are written on several lines."""
_A4, _UPRIGHT_COLUMNS = 9, 5
_LARGE, _MIDDLING, _MOST_DIGITS = 1000, 10, 4
_ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\'\x00-\x1f]")


def to_xlsx(page: RunPage, *, language: str) -> bytes:
    """The page as an XLSX file; what users wrote is always text, never a formula or a link."""
    written = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with use_language(language), xlsxwriter.Workbook(written, options) as book:
        book.set_properties({"title": _safe(str(title_of(page)))[:250], "comments": str(maker_of(page))})
        _Writer(book).write(page)
    return written.getvalue()


@dataclass(frozen=True)
class _Line:
    style: str
    first: str
    second: str = ""


def _row_height(line: _Line) -> float:
    """How tall a wrapped line is, in points: programs that open the file don't all work it out."""
    first = _FIRST_WIDTH if line.second else _FIRST_WIDTH + _SECOND_WIDTH
    lines = max(math.ceil(_signs(line.first) / first), math.ceil(_signs(line.second) / _SECOND_WIDTH), 1)
    return float(min(_LINE_POINTS * lines, _TALLEST_ROW))


def _signs(words: str) -> int:
    """How wide words are, in signs of a Latin font; Japanese ones take two."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in words)


def _width(column: TableColumn, values: Sequence[Value]) -> float:
    """How wide a column is, in signs of a Latin font: for its longest value, and for its name up to where that is wrapped."""
    longest = max([_signs(shown(value, column)) for value in values[:200]], default=0)
    return float(min(60, max(12, longest + 2, min(_signs(str(column.label)), _WIDEST_NAME) + 2)))


def _pattern(digits: int) -> str:
    return "#,##0." + "0" * digits if digits else "#,##0"


def _heading(section: Section) -> str:
    return str(section.heading) or gettext("Notes")


def _safe(words: str) -> str:
    return _ILLEGAL.sub("", words)[:_LONGEST_CELL]


class _Writer:
    def __init__(self, book: xlsxwriter.Workbook) -> None:
        self._book = book
        self._names: set[str] = set()
        wrap = {"text_wrap": True, "valign": "top"}
        self._styles = {
            "title": book.add_format({"bold": True, "font_size": 18}),
            "heading": book.add_format({"bold": True, "font_size": 13, "top": 1, "top_color": "#CBD2D9"}),
            "strong": book.add_format({"bold": True, **wrap}),
            "plain": book.add_format(wrap),
            "muted": book.add_format({"font_color": "#52606D", **wrap}),
            "head": book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top", "bg_color": "#EEF1F4"}),
            "date": book.add_format({"num_format": excel_day_pattern(), "align": "left"}),
            "share": book.add_format({"num_format": excel_percent_pattern()}),
            **{f"digits{digits}": book.add_format({"num_format": _pattern(digits)}) for digits in range(_MOST_DIGITS + 1)},
        }

    def write(self, page: RunPage) -> None:
        overview = self._book.add_worksheet(self._name(gettext("Page")))
        overview.hide_gridlines(2)
        overview.set_column(0, 0, _FIRST_WIDTH)
        overview.set_column(1, 1, _SECOND_WIDTH)
        lines = [_Line("title", str(title_of(page))), _Line("muted", " · ".join(str(fact) for fact in facts_of(page)))]
        for section in for_readers(page):
            opens = section.cell == ID and not str(section.heading)
            lines += [_Line("plain", "")] if opens else [_Line("plain", ""), _Line("heading", _heading(section))]
            for block in section.blocks:
                lines += self._lines(block, str(section.heading))
        overview.fit_to_pages(1, 0)
        overview.set_paper(_A4)
        lines += [_Line("plain", ""), _Line("muted", str(maker_of(page)))]
        for row, line in enumerate(lines):
            style = self._styles[line.style]
            if line.second or line.style not in _OVER_BOTH:
                overview.write_string(row, 0, _safe(line.first), style)
            else:
                overview.merge_range(row, 0, row, 1, "", style)
                overview.write_string(row, 0, _safe(line.first), style)
            if line.second:
                overview.write_string(row, 1, _safe(line.second), self._styles["plain"])
            if line.style in _OVER_BOTH or line.second:
                overview.set_row(row, _row_height(line))

    def _lines(self, block: Block, heading: str) -> Iterator[_Line]:
        match block:
            case Heading() | Paragraph():
                yield _Line("strong" if isinstance(block, Heading) else "plain", str(block.words))
            case Markdown():
                yield from (_Line("plain", line) for line in as_plain(block.source).splitlines())
            case Metrics():
                for item in block.items:
                    more = [str(words) for words in (item.delta, item.note) if words is not None]
                    yield _Line("strong", str(item.label), " – ".join([str(item.value), *more]))
            case Findings():
                for finding in block.items:
                    suggestion = f" {finding.suggestion}" if finding.suggestion is not None else ""
                    verdict = f"{SIGNS[finding.verdict]} {verdict_of(finding)}"
                    yield _Line("strong", verdict, f"{finding.message}{suggestion}")
            case TableBlock():
                yield self._sheet(block, str(block.caption or heading))
            case Chart():
                yield _Line("strong", str(block.title), str(block.alt))
                yield self._sheet(block.table, str(block.title))
            case Image():
                yield _Line("muted", str(text("Picture: {alt}", alt=block.alt)), str(block.caption or ""))
            case ProblemBlock():
                yield _Line("strong", str(block.message), str(block.hint or ""))

    def _sheet(self, table: TableBlock, title: str) -> _Line:
        name = self._name(title or gettext("Table"))
        sheet = self._book.add_worksheet(name)
        sheet.freeze_panes(1, 0)
        sheet.repeat_rows(0)
        sheet.set_paper(_A4)
        if len(table.columns) > _UPRIGHT_COLUMNS:
            sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        widths = [_width(column, [row[place] for row in table.rows]) for place, column in enumerate(table.columns)]
        for position, (column, width) in enumerate(zip(table.columns, widths, strict=True)):
            sheet.write_string(0, position, _safe(str(column.label)), self._styles["head"])
            sheet.set_column(position, position, width)
        named = zip(table.columns, widths, strict=True)
        sheet.set_row(0, _LINE_POINTS * max([math.ceil(_signs(str(one.label)) / width) for one, width in named], default=1))
        styles = [self._style(table, position) for position in range(len(table.columns))]
        for number, row in enumerate(table.rows, start=1):
            for position, (value, column) in enumerate(zip(row, table.columns, strict=True)):
                self._cell(sheet, number, position, value, column, styles[position])
        return _Line("muted", str(text("Data: sheet “{name}”", name=name)))

    def _style(self, table: TableBlock, position: int) -> Any:
        """How the numbers of a column are shown: a percentage, or with as many digits as their size asks for."""
        column = table.columns[position]
        if column.type is ColumnType.SHARE:
            return self._styles["share"]
        values = [row[position] for row in table.rows]
        sizes = [abs(one) for one in values if isinstance(one, int | float) and math.isfinite(one)]
        if column.digits is not None:
            digits = column.digits
        elif all(float(size).is_integer() for size in sizes):
            digits = 0
        else:
            digits = 0 if max(sizes) >= _LARGE else 1 if max(sizes) >= _MIDDLING else 2
        return self._styles[f"digits{min(digits, _MOST_DIGITS)}"]

    def _cell(self, sheet: Any, row: int, position: int, value: Value, column: TableColumn, style: Any) -> None:
        if value is None:
            return
        if isinstance(value, bool):
            sheet.write_boolean(row, position, value)
        elif isinstance(value, int | float) and math.isfinite(value):
            sheet.write_number(row, position, value, style)
        elif isinstance(value, date):
            sheet.write_datetime(row, position, value, self._styles["date"])
        else:
            sheet.write_string(row, position, _safe(shown(value, column)))

    def _name(self, wanted: str) -> str:
        """A sheet name that Excel takes: short, without its signs, and not used yet."""
        clean = _NOT_IN_NAMES.sub(" ", _safe(wanted)).strip()[:31].strip() or "Sheet"
        name, number = clean, 2
        while name.casefold() in self._names or name.casefold() == "history":
            ending = f" {number}"
            name, number = clean[: 31 - len(ending)] + ending, number + 1
        self._names.add(name.casefold())
        return name

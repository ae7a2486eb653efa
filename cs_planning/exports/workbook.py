"""A run page as an Excel workbook: one sheet to read, and sheets with the data of every chart and table, typed."""

from __future__ import annotations

import io
import math
from collections.abc import Iterator
from dataclasses import dataclass

import xlsxwriter  # type: ignore[import-untyped]

from cs_planning.exports.facts import SIGNS, facts_of, for_readers, maker_of, title_of, verdict_of
from cs_planning.exports.figures import change_of
from cs_planning.exports.workbook_tables import A4, LINE_POINTS, Tables, safe, sheet_name, signs
from cs_planning.language import gettext, text, use_language
from cs_planning.notebook.blocks.block import (
    Block,
    Chart,
    Findings,
    Heading,
    Image,
    Markdown,
    Metrics,
    Paragraph,
    ProblemBlock,
    TableBlock,
)
from cs_planning.notebook.blocks.markdown import as_plain
from cs_planning.notebook.opening import ID
from cs_planning.notebook.run import RunPage, Section

_FIRST_WIDTH, _SECOND_WIDTH, _TALLEST_ROW = 46, 80, 400.0
_OVER_BOTH = {"plain", "muted", "strong"}


def to_xlsx(page: RunPage, *, language: str) -> bytes:
    """The page as an XLSX file; what users wrote is always text, never a formula or a link."""
    written = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with use_language(language), xlsxwriter.Workbook(written, options) as book:
        book.set_properties({"title": safe(str(title_of(page)))[:250], "comments": str(maker_of(page))})
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
    lines = max(math.ceil(signs(line.first) / first), math.ceil(signs(line.second) / _SECOND_WIDTH), 1)
    return float(min(LINE_POINTS * lines, _TALLEST_ROW))


def _heading(section: Section) -> str:
    return str(section.heading) or gettext("Notes")


def _tables(page: RunPage) -> Iterator[TableBlock]:
    for section in for_readers(page):
        for block in section.blocks:
            if isinstance(block, TableBlock | Chart):
                yield block if isinstance(block, TableBlock) else block.table


class _Writer:
    def __init__(self, book: xlsxwriter.Workbook) -> None:
        self._book = book
        wrap = {"text_wrap": True, "valign": "top"}
        self._styles = {
            "title": book.add_format({"bold": True, "font_size": 18}),
            "heading": book.add_format({"bold": True, "font_size": 13, "top": 1, "top_color": "#CBD2D9"}),
            "strong": book.add_format({"bold": True, **wrap}),
            "plain": book.add_format(wrap),
            "muted": book.add_format({"font_color": "#52606D", **wrap}),
        }

    def write(self, page: RunPage) -> None:
        name = sheet_name(gettext("Page"), set())
        overview = self._book.add_worksheet(name)
        self._tables = Tables(self._book, (name,), _tables(page))
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
        overview.set_paper(A4)
        lines += [_Line("plain", ""), _Line("muted", str(maker_of(page)))]
        for row, line in enumerate(lines):
            style = self._styles[line.style]
            if line.second or line.style not in _OVER_BOTH:
                overview.write_string(row, 0, safe(line.first), style)
            else:
                overview.merge_range(row, 0, row, 1, "", style)
                overview.write_string(row, 0, safe(line.first), style)
            if line.style == "heading":
                overview.write_blank(row, 1, None, style)
            if line.second:
                overview.write_string(row, 1, safe(line.second), self._styles["plain"])
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
                    more = [str(words) for words in (change_of(item), item.note) if words]
                    yield _Line("strong", str(item.label), " – ".join([str(item.value), *more]))
            case Findings():
                for finding in block.items:
                    suggestion = f" {finding.suggestion}" if finding.suggestion is not None else ""
                    verdict = f"{SIGNS[finding.verdict]} {verdict_of(finding)}"
                    yield _Line("strong", verdict, f"{finding.message}{suggestion}")
            case TableBlock():
                yield self._data(block, str(block.caption or heading))
            case Chart():
                yield _Line("strong", str(block.title), str(block.alt))
                yield self._data(block.table, str(block.title))
            case Image():
                yield _Line("muted", str(text("Picture: {alt}", alt=block.alt)), str(block.caption or ""))
            case ProblemBlock():
                yield _Line("strong", str(block.message), str(block.hint or ""))

    def _data(self, table: TableBlock, title: str) -> _Line:
        return _Line("muted", str(text("Data: sheet “{name}”", name=self._tables.add(table, title))))

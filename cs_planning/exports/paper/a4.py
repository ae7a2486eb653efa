"""A workbook that is made to be printed: A4, fitted to the width, with the product's formats for dates, shares and units."""

from __future__ import annotations

import io
import math
import re
from collections.abc import Callable
from typing import Any
from unicodedata import east_asian_width

import xlsxwriter  # type: ignore[import-untyped]

from cs_planning.kpis.catalogue import Kpi, Unit
from cs_planning.kpis.quantity import PERCENT_DIGITS
from cs_planning.language import (
    Chance,
    current_language,
    digits_needed,
    digits_shown,
    excel_day_pattern,
    excel_money_pattern,
    excel_number_pattern,
    excel_percent_pattern,
    excel_time_pattern,
    in_words,
    money_digits,
    rounded,
    text,
    use_language,
)

_A4 = 9
_ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\'\x00-\x1f]")
_LONGEST_CELL = 32_000
_HIGHEST_ROW = 408.0
"""Excel knows no higher rows: what needs more takes several, merged."""
_LEAST_CHANCE = 0.01
_LINE_HEIGHT, _PADDING, _LOWEST_ROW, _FILLED = 13.5, 5.0, 18.0, 0.88
_LINE, _HEAD, _MUTED = "#9AA5B1", "#EEF1F4", "#52606D"
HEADING_HEIGHT = 20.25
"""Of the row of a heading, in points: programs other than Excel leave it as low as a row of words."""
_FONTS = {"ja": "Yu Gothic", "en": "Aptos"}


def printed(title: str, language: str, draw: Callable[[A4Book], None]) -> bytes:
    """A workbook for paper; what users wrote is always text, never a formula or a link.

    Args:
        title: of the document.
        language: of everything that users did not write.
        draw: fills the book.
    """
    written = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with use_language(language), xlsxwriter.Workbook(written, options) as book:
        book.set_properties({"title": safe(title)[:250]})
        draw(A4Book(book))
    return written.getvalue()


def safe(words: object) -> str:
    """Words as a cell takes them."""
    return _ILLEGAL.sub("", str(words))[:_LONGEST_CELL]


class A4Book:
    """A workbook whose sheets are set for A4, and its formats."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        self._book = book
        self._formats: dict[tuple[tuple[str, Any], ...], Any] = {}

    def sheet(self, name: str, *, widths: tuple[float, ...], landscape: bool = True) -> Any:
        """A new sheet on A4, as wide as one page and as long as it needs.

        Args:
            name: of the sheet; what Excel does not take in names is left out.
            widths: of its columns, in characters.
            landscape: whether the paper lies.
        """
        sheet = self._book.add_worksheet(_NOT_IN_NAMES.sub(" ", safe(name)).strip()[:31] or None)
        sheet.set_paper(_A4)
        if landscape:
            sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        sheet.hide_gridlines(2)
        sheet.set_footer(f"&C{text('Page {page} of {pages}', page='&P', pages='&N')}")
        for position, width in enumerate(widths):
            sheet.set_column(position, position, width)
        return sheet

    def format(self, **wanted: Any) -> Any:
        """A format by its properties; the same one for the same properties."""
        properties = {"font_name": _FONTS[current_language()], "font_size": 10, "valign": "top", "text_wrap": True, **wanted}
        key = tuple(sorted(properties.items()))
        if key not in self._formats:
            self._formats[key] = self._book.add_format(properties)
        return self._formats[key]

    @property
    def title(self) -> Any:
        """The heading of the paper."""
        return self.format(bold=True, font_size=16, text_wrap=False)

    @property
    def muted(self) -> Any:
        """What stands beside."""
        return self.format(font_color=_MUTED, text_wrap=False)

    @property
    def heading(self) -> Any:
        """The heading of a part."""
        return self.format(bold=True, font_size=12, text_wrap=False)

    @property
    def head(self) -> Any:
        """The head of a column."""
        return self.format(bold=True, border=1, border_color=_LINE, bg_color=_HEAD, valign="vcenter", align="left", indent=1)

    @property
    def cell(self) -> Any:
        """A cell with words."""
        return self.format(border=1, border_color=_LINE, align="left", indent=1)

    @property
    def strong(self) -> Any:
        """A cell with words that count."""
        return self.format(border=1, border_color=_LINE, bold=True, align="left", indent=1)

    @property
    def day(self) -> Any:
        """A cell with a day."""
        return self.format(border=1, border_color=_LINE, num_format=excel_day_pattern(), align="left", indent=1)

    def weight(self, digits: int) -> Any:
        """A cell with a share of the whole, in percent with `digits` after the point."""
        pattern = excel_percent_pattern().replace("0.0", f"0.{'0' * digits}" if digits else "0")
        return self.format(border=1, border_color=_LINE, num_format=pattern, align="right")

    def chance(self, chance: float) -> Any:
        """A cell with a chance: a number, shown as certain only where it is."""
        pattern = f'"{in_words(Chance(chance=chance))}"' if _is_written(chance) else _whole_percent()
        return self.format(border=1, border_color=_LINE, num_format=pattern, align="right")

    @property
    def box(self) -> Any:
        """A field to write into by hand."""
        return self.format(border=1, border_color=_LINE, font_color=_MUTED, align="left", indent=1)

    def value(self, value: float, kpi: Kpi | None) -> Any:
        """A cell with a value of a KPI, which stays a number."""
        return self.format(border=1, border_color=_LINE, num_format=unit_pattern(value, kpi), align="right")


def height_of(*cells: tuple[object, float]) -> float:
    """The height of a row in points in which all of its words can be read.

    Spreadsheets give rows a height of their own only when somebody edits them, and never to merged cells.

    Args:
        cells: the words of each cell, and its width in characters.
    """
    lines = max((_lines(safe(words), width) for words, width in cells), default=1)
    return max(_LINE_HEIGHT * lines + _PADDING, _LOWEST_ROW)


def rows_for(height: float) -> tuple[float, ...]:
    """The heights of the rows that together are as high as this, each one as high as Excel allows at most."""
    count = max(1, math.ceil(height / _HIGHEST_ROW))
    return (height / count,) * count


def _lines(words: str, width: float) -> int:
    taken = (sum(2 if east_asian_width(char) in "FWA" else 1 for char in line) for line in words.split("\n"))
    # Words break at blanks: a line is rarely full.
    return sum(max(1, math.ceil(one / max(width * _FILLED, 1))) for one in taken)


def number_in(value: float, kpi: Kpi | None) -> float:
    """A value as its cell holds it: a share as 0 to 1, everything else in the KPI's unit, rounded once, to what is shown."""
    if kpi is not None and kpi.unit is Unit.PERCENT:
        return rounded(rounded(value, PERCENT_DIGITS) / 100, PERCENT_DIGITS + 2)
    return rounded(value, _digits(value, kpi))


def share_in(percent: float, digits: int) -> float:
    """A percentage as its cell holds it, from 0 to 1, rounded once, to the `digits` that are shown."""
    return rounded(rounded(percent, digits) / 100, digits + 2)


def chance_in(chance: float) -> float:
    """A chance as its cell holds it: in whole percent, or as it is where words stand for it."""
    return rounded(chance, 4 if _is_written(chance) else 2)


def _is_written(chance: float) -> bool:
    return 0 < chance < _LEAST_CHANCE or 1 - _LEAST_CHANCE < chance < 1


def unit_pattern(value: float, kpi: Kpi | None) -> str:
    """How Excel shows a value of a KPI: with the digits that screens show of it."""
    digits = digits_needed(value, _digits(value, kpi))
    if kpi is None:
        return excel_number_pattern(digits)
    match kpi.unit:
        case Unit.PERCENT:
            return excel_percent_pattern()
        case Unit.MONEY:
            return excel_money_pattern(kpi.currency, _digits(value, kpi))
        case Unit.SECONDS:
            return excel_time_pattern("s", digits)
        case Unit.MINUTES:
            return excel_time_pattern("min", digits)
        case Unit.HOURS:
            return excel_time_pattern("h", digits)
        case _:
            return excel_number_pattern(digits)


def _digits(value: float, kpi: Kpi | None) -> int:
    """How many digits after the point screens show of a value at most."""
    if kpi is not None and kpi.unit is Unit.MONEY:
        return money_digits(value, kpi.currency)
    if kpi is not None and kpi.unit in {Unit.SECONDS, Unit.MINUTES, Unit.HOURS}:
        return 1 if abs(value) >= 1 else 2
    return digits_shown(value)


def _whole_percent() -> str:
    return excel_percent_pattern().replace("0.0", "0")

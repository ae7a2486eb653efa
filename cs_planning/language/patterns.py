"""How the programs that draw for us (tables, sliders, charts, Excel) are told to write days and percentages."""

from __future__ import annotations

from typing import Literal

from babel.numbers import get_currency_precision, get_currency_symbol

from cs_planning.language.catalogue import current_language, gettext


def day_pattern() -> str:
    """A day in a table that is filled in, as a pattern of Moment.js."""
    return "YYYY年M月D日" if current_language() == "ja" else "MMM D, YYYY"


def percent_pattern(number: str) -> str:
    """A `printf` pattern such as `%d` with the percent sign of the language, for sliders and tables."""
    written = gettext("{value} %").format(value="\0")
    return written.replace("%", "%%").replace("\0", number)


def excel_day_pattern() -> str:
    """A day in a cell of Excel, which stays a day to compute with."""
    return 'yyyy"年"m"月"d"日"' if current_language() == "ja" else "mmm d, yyyy"


def excel_month_pattern() -> str:
    """A month in a cell of Excel, which stays its first day to compute with."""
    return 'yyyy"年"m"月"' if current_language() == "ja" else "mmm yyyy"


def excel_percent_pattern() -> str:
    """A share in a cell of Excel, which stays a number from 0 to 1."""
    return gettext("{value} %").format(value="0.0")


def excel_number_pattern(digits: int = 0) -> str:
    """A number in a cell of Excel, with `digits` after the point."""
    return "#,##0" + (f".{'0' * digits}" if digits else "")


def excel_time_pattern(unit: Literal["s", "min", "h"], digits: int = 1) -> str:
    """A time in a cell of Excel, which stays a number in its unit."""
    written = {"s": gettext("{value} s"), "min": gettext("{value} min"), "h": gettext("{value} h")}[unit]
    before, after = written.format(value="\0").split("\0")
    number = excel_number_pattern(digits)
    return f'"{before}"{number}"{after}"' if before else f'{number}"{after}"'


def excel_money_pattern(currency: str, digits: int | None = None) -> str:
    """An amount in a cell of Excel, which stays a number.

    Args:
        currency: ISO 4217.
        digits: after the point; those of the currency when they are not given.
    """
    number = excel_number_pattern(get_currency_precision(currency) if digits is None else digits)
    if current_language() == "ja" and currency == "JPY":
        return f'{number}"円"'
    return f'"{get_currency_symbol(currency, current_language())}"{number}'


def chart_numbers() -> dict[str, object]:
    """The locale of numbers for Vega charts, in the form of d3-format."""
    sign = gettext("{value} %").format(value="")
    return {"decimal": ".", "thousands": ",", "grouping": [3], "currency": ["", ""], "percent": sign}

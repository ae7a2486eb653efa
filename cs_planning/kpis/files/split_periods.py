"""Periods that a table writes in two columns, the year and the month, quarter or week in it → one column of periods."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import replace

import pandas as pd

from cs_planning.kpis.files.table import Table

_YEARS = frozenset({"year", "yr", "calendar year", "年", "西暦", "暦年"})
_FISCAL_YEARS = frozenset({"fiscal year", "financial year", "fy", "年度", "会計年度"})
_MONTH_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_YEAR = re.compile(r"(?:fy ?)?((?:19|20)\d{2})(?:年度?|\.0)?")
_MONTH = re.compile(r"(?:m)?(0?[1-9]|1[0-2])(?:月度?|\.0)?")
_NAMED_MONTH = re.compile(rf"(?:\d{{1,2}}[ .:_-]*)?({'|'.join(_MONTH_NAMES)})[a-z]*\.?")
_QUARTER = re.compile(r"(?:q|第)?([1-4])(?:q|四半期|\.0)?")
_WEEK = re.compile(r"(?:w|kw|week|cw|第)? ?(0?[1-9]|[1-4]\d|5[0-3])(?:週|\.0)?")
_DATE = re.compile(r"\d{1,4}[-/.年]\s?\d{1,2}(?:[-/.月].*)?|.*\d{1,2}:\d{2}.*")
_LOOKED_AT = 50


def _key(written: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", written).replace("_", " ").lower().split())


def _month(cell: str) -> int | None:
    named = _NAMED_MONTH.fullmatch(cell)
    if named is not None:
        return _MONTH_NAMES.index(named[1]) + 1
    found = _MONTH.fullmatch(cell)
    return int(found[1]) if found is not None else None


def _quarter(cell: str) -> int | None:
    found = _QUARTER.fullmatch(cell)
    return int(found[1]) if found is not None else None


def _week(cell: str) -> int | None:
    found = _WEEK.fullmatch(cell)
    return int(found[1]) if found is not None else None


_PARTS: dict[str, tuple[Callable[[str], int | None], str, str]] = {
    **dict.fromkeys(
        ("month", "mon", "mth", "month name", "month no", "month number", "月", "対象月"), (_month, "-{:02d}", "{}月")
    ),
    **dict.fromkeys(("quarter", "qtr", "q", "四半期"), (_quarter, "-Q{}", "Q{}")),
    **dict.fromkeys(
        ("week", "week no", "week number", "calendar week", "iso week", "kw", "cw", "週", "週番号"), (_week, "-W{:02d}", "")
    ),
}


def with_whole_periods(table: Table) -> Table:
    """The table with one column of periods in the place of two, where a year and its part stand apart beside no other date.

    Args:
        table: the whole of a file.
    """
    years = [name for name in table.columns if _key(name) in _YEARS | _FISCAL_YEARS]
    parts = [name for name in table.columns if _key(name) in _PARTS]
    if len(years) != 1 or len(parts) != 1 or any(_holds_dates(table, name) for name in table.columns):
        return table
    [year], [part] = years, parts
    read, written, in_fiscal_year = _PARTS[_key(part)]
    is_fiscal = _key(year) in _FISCAL_YEARS
    if is_fiscal and not in_fiscal_year:
        return table
    found = [_YEAR.fullmatch(_key(str(cell))) for cell in table.frame[year].tolist()]
    numbers = [read(_key(str(cell))) for cell in table.frame[part].tolist()]
    if any(one is None for one in found) or any(number is None for number in numbers):
        return table
    form = f"{{}}年度{in_fiscal_year}" if is_fiscal else f"{{}}{written}"
    periods = [form.format(one[1], number) for one, number in zip(found, numbers, strict=True) if one is not None]
    frame = table.frame.assign(**{part: pd.Series(periods, dtype="str", index=table.frame.index)}).drop(columns=year)
    return replace(
        table,
        frame=frame.rename(columns={part: f"{year} + {part}"}),
        typed_columns=table.typed_columns - {year, part},
    )


def _holds_dates(table: Table, column: str) -> bool:
    cells = [cell for cell in map(str, table.frame[column].iloc[:_LOOKED_AT].tolist()) if cell]
    return bool(cells) and all(_DATE.fullmatch(cell) for cell in cells) and not all(_is_number(cell) for cell in cells)


def _is_number(cell: str) -> bool:
    return re.fullmatch(r"\d+\.\d+", cell) is not None

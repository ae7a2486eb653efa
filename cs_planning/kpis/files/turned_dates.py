"""Dates that a spreadsheet program took for those of another country: their day and month are put back.

A program set to month-first dates that opens a day-first file makes dates of all cells that can be read so, with day and month
exchanged (4/3/2026 becomes April 3), and leaves the others as texts (25/3/2026).  The two kinds side by side give it away.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime

_WRITTEN = re.compile(r"\s*(\d{1,2})[-/.](\d{1,2})[-/.](?:\d{4}|\d{2})(?!\d)")
_MONTHS = 12
_AMONG_MONTHS = _MONTHS / 30.4
"""The share of days that could be a month."""
_CHANCE = 1e-3
"""How likely chance alone may be where dates are put back."""


def put_back(cells: Sequence[list[str]], dates: Mapping[int, Mapping[int, datetime]]) -> dict[int, int]:
    """Puts exchanged days and months back, in place, and says how many in which column.

    Args:
        cells: the rows of a sheet as written, each a list of cells.
        dates: the cells that came as points in time: position of the column → position of the row → the point in time.

    Assumptions: they are exchanged where no date of the column has a day above 12, every date that stands as a text has a
        number above 12 in the same place, and so much of both by chance is less likely than one in a thousand.
    """
    found = {}
    for column, given in dates.items():
        texts = [
            match
            for row, written in enumerate(cells)
            if row not in given and column < len(written) and (match := _WRITTEN.match(written[column]))
        ]
        if _are_turned(list(given.values()), [(int(one[1]), int(one[2])) for one in texts]):
            for row, moment in given.items():
                cells[row][column] = moment.replace(month=moment.day, day=moment.month).isoformat(sep=" ")
            found[column] = len(given)
    return found


def _are_turned(dates: Sequence[datetime], texts: Sequence[tuple[int, int]]) -> bool:
    if not texts or any(one.day > _MONTHS for one in dates):
        return False
    day_first = all(first > _MONTHS >= second for first, second in texts)
    month_first = all(second > _MONTHS >= first for first, second in texts)
    chance = _AMONG_MONTHS ** len(dates) * (1 - _AMONG_MONTHS) ** len(texts)
    return (day_first or month_first) and chance < _CHANCE

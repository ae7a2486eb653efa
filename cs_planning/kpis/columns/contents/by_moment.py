"""Columns of marks whose mark is the moment at which it was set, such as “Deleted at”: a filled cell is a yes."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from cs_planning.kpis.cells.missing import is_missing
from cs_planning.kpis.cells.moments import look_at_times

_LOOKED_AT = 500
_NEARLY_ALL = 0.9


def are_moments(cells: Sequence[str]) -> bool:
    """Whether nearly all cells that are filled are points in time; counts and words such as 1 or yes are none."""
    filled = list(islice((cell for cell in cells if not is_missing(cell)), _LOOKED_AT))
    return (
        bool(filled) and not any(cell.strip().isdigit() for cell in filled) and look_at_times(filled).share_read >= _NEARLY_ALL
    )

"""Logs in which a call has a row for each queue and person it came to: the same number, at moments shortly after each other."""

from __future__ import annotations

from datetime import datetime, timedelta

from cs_planning.kpis.cells.missing import is_missing
from cs_planning.kpis.cells.moments import read_moment
from cs_planning.kpis.columns.mapping import Mapping
from cs_planning.kpis.columns.roles import Kind, Role
from cs_planning.kpis.files.table import Table

_LOOKED_AT = 20_000
_MOST_READ = 2_000
_LONGEST_CALL = timedelta(hours=4)
_MOSTLY = 0.5


def calls_in_parts(table: Table, mapping: Mapping) -> bool:
    """Whether rows with one number are mostly parts of one call, and not its states: these begin at the same moment.

    Args:
        table: the file's cells, or its first rows.
        mapping: what its columns mean.
    """
    number, begun, day = (mapping.find(role) for role in (Role.CONTACT_ID, Role.CREATED_AT, Role.DAY))
    if mapping.kind is not Kind.CALLS or number is None or begun is None:
        return False
    cells = table.frame.iloc[:_LOOKED_AT]
    repeated = cells[cells[number.column].astype("str").duplicated(keep=False)].iloc[:_MOST_READ]
    moments: dict[str, list[str]] = {}
    for name, days, clock in zip(
        repeated[number.column].astype("str"),
        repeated[day.column].astype("str") if day is not None else [""] * len(repeated),
        repeated[begun.column].astype("str"),
        strict=True,
    ):
        if not is_missing(name):
            moments.setdefault(name, []).append(f"{days} {clock}".strip() if day is not None and not begun.formats else clock)
    in_parts = [_lie_apart({read_moment(cell, mapping.date_order) for cell in written}) for written in moments.values()]
    return sum(in_parts) > _MOSTLY * len(in_parts)


def _lie_apart(moments: set[datetime | None]) -> bool:
    """Whether moments differ, by no more than a call lasts."""
    known = sorted(moment for moment in moments if moment is not None)
    return len(known) > 1 and known[-1] - known[0] <= _LONGEST_CALL

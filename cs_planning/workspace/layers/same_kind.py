"""Whether a file goes on where another one ended, or is about the same series in another way."""

from __future__ import annotations

from cs_planning.kpis.columns.mapping import Mapping

_SHARED_COLUMNS = 0.5


def same_kind_of_file(one: Mapping, other: Mapping) -> bool:
    """Whether a file continues the series of another: logs of contacts are put together, tables must share most columns."""
    if one.scope != other.scope or one.kind.holds_contacts != other.kind.holds_contacts:
        return False
    if one.kind.holds_contacts:
        return True
    ours, theirs = ({column.column.lower() for column in mapping.columns} for mapping in (one, other))
    return one.kind is other.kind and len(ours & theirs) >= _SHARED_COLUMNS * len(ours | theirs)

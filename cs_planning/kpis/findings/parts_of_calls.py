"""A log of calls in which one call has several rows."""

from __future__ import annotations

from collections.abc import Iterator

from cs_planning.kpis.columns.mapping import Mapping as ColumnRoles
from cs_planning.kpis.columns.roles import Role
from cs_planning.kpis.findings.imported import QualityFinding, Severity
from cs_planning.language import text


def parts_put_together(mapping: ColumnRoles) -> Iterator[QualityFinding]:
    """The finding how the rows of one call were put together; nothing where each call has one row.

    Args:
        mapping: what the columns mean, as completed by the cells.
    """
    number = mapping.find(Role.CONTACT_ID)
    if not mapping.calls_in_parts or number is None:
        return
    yield QualityFinding(
        rule="calls_in_parts",
        severity=Severity.NOTICE,
        message=text(
            "Calls have several rows, one for each queue and person they came to; rows with the same “{column}” were put "
            "together.",
            column=number.column,
        ),
        consequence=text(
            "Such a call begins with its first row and was answered if its last row was; its waits and handle times are those "
            "of all rows."
        ),
        remedy=text(
            "Nothing to do; if the rows are calls of their own, say that “{column}” is not used.", column=number.column
        ),
        column=number.column,
    )

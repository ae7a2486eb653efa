"""Channels whose name says that the contact went out to a customer, in a file that has no column of directions."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cs_planning.kpis.cells.numbers import fold
from cs_planning.kpis.columns.mapping import Mapping
from cs_planning.kpis.columns.roles import Kind, Role
from cs_planning.kpis.files.table import Table
from cs_planning.kpis.findings.imported import QualityFinding, Severity
from cs_planning.language import listed, ntext, text

_OUT = re.compile(r"\b(?:outbound|outgoing)\b|発信|架電|アウトバウンド")
_NAMED = 3


def outgoing_channels(table: Table, mapping: Mapping) -> Iterator[QualityFinding]:
    """The finding that rows are counted whose channel names what went out to customers, such as `Outbound email`.

    Args:
        table: the cells that contacts were made of.
        mapping: what its columns mean.
    """
    entry = mapping.find(Role.CHANNEL)
    if entry is None or mapping.find(Role.DIRECTION) is not None or mapping.kind not in (Kind.TICKETS, Kind.CALLS):
        return
    counts = table.frame[entry.column].astype("str").value_counts()
    named = [str(cell) for cell in counts.index if _OUT.search(fold(str(cell)))]
    if not named:
        return
    count = int(counts[named].sum())
    yield QualityFinding(
        rule="outgoing_channels",
        severity=Severity.WARNING,
        message=ntext(
            "{count} row came by a channel whose name says that it went out to a customer: {names}.",
            "{count} rows came by channels whose names say that they went out to customers: {names}.",
            count,
            names=listed(named[:_NAMED]),
        ),
        consequence=ntext("It counts as a contact like the others.", "They count as contacts like the others.", count),
        remedy=text("Leave such rows out of the export, or give it a column of directions (inbound, outbound)."),
        count=count,
        sample_values=tuple(named[:_NAMED]),
        column=entry.column,
    )

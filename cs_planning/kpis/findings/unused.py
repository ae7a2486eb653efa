"""Columns of a file that no figure comes from, said once: above all those of numbers and of yes and no."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from cs_planning.kpis.cells.numbers import is_missing, read_numbers
from cs_planning.kpis.columns.contents.answers import read_flag
from cs_planning.kpis.columns.helpdesks import helpdesks, matches
from cs_planning.kpis.columns.mapping import Mapping as ColumnRoles
from cs_planning.kpis.columns.names.headers import header_key
from cs_planning.kpis.columns.roles import Role
from cs_planning.kpis.files.table import Table
from cs_planning.kpis.findings.imported import QualityFinding, Severity
from cs_planning.language import listed_texts, ntext, text

_LOOKED_AT = 2_000
_LISTED = 8
_MOST_WORDS = 50
_MOSTLY = 0.9


def unused_columns(table: Table, mapping: ColumnRoles) -> Iterator[QualityFinding]:
    """The finding that lists the filled columns without a role, those of numbers and of yes and no first.

    Args:
        table: the file's cells.
        mapping: what its columns mean.
    """
    helpdesk = next((one for one in helpdesks() if one.id == mapping.helpdesk), None)
    known = helpdesk.other if helpdesk is not None else ()
    telling: list[str] = []
    others: list[str] = []
    for entry in mapping.columns:
        if entry.role is not Role.IGNORE or any(matches(spelling, header_key(entry.column)) for spelling in known):
            continue
        cells = table.frame[entry.column].iloc[:_LOOKED_AT].astype("str")
        filled = cells[~cells.map(is_missing)]
        if filled.empty:
            continue
        (telling if _tells_figures(filled.unique()) else others).append(entry.column)
    if not telling and not others:
        return
    listed = [*telling, *others]
    twins = [one for one in listed if _is_second_of_used(one, table, mapping)]
    if twins:
        yield QualityFinding(
            rule="repeated_headers",
            severity=Severity.WARNING,
            message=ntext(
                "{count} column has the same header as one that is used: {columns}.",
                "{count} columns have the same headers as others that are used: {columns}.",
                len(twins),
                columns=listed_texts(twins[:_LISTED]),
            ),
            consequence=text("Only the first column of a header was read, which may be that of one channel or team."),
            remedy=text("Give every column a name of its own, such as “Phone offered” and “Chat offered”."),
            count=len(twins),
            sample_values=tuple(twins[:_LISTED]),
        )
    yield QualityFinding(
        rule="unused_columns",
        severity=Severity.NOTICE,
        message=ntext(
            "{count} column is not used: {columns}.",
            "{count} columns are not used: {columns}.",
            len(listed),
            columns=listed_texts(listed[:_LISTED]),
        ),
        consequence=ntext("No KPI and no breakdown comes from it.", "No KPI and no breakdown comes from them.", len(listed)),
        remedy=ntext(
            "Say what it is, where a KPI is missing (on the command line: --column COLUMN=ROLE); else nothing to do.",
            "Say what they are, where a KPI is missing (on the command line: --column COLUMN=ROLE); else nothing to do.",
            len(listed),
        ),
        count=len(listed),
        sample_values=tuple(listed[:_LISTED]),
    )


def _is_second_of_used(column: str, table: Table, mapping: ColumnRoles) -> bool:
    first = column.rpartition(" (")[0]
    return first in table.repeated_columns and any(
        entry.column == first and entry.role is not Role.IGNORE for entry in mapping.columns
    )


def _tells_figures(cells: np.ndarray) -> bool:
    """Whether different cells are numbers, or yes and no."""
    flags = [read_flag(str(cell)) for cell in cells[:_MOST_WORDS]]
    if all(flag is None or not np.isnan(flag) for flag in flags):
        return True
    return read_numbers(pd.Series(cells, dtype="str")).share_read > _MOSTLY

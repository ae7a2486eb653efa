"""Columns that were taken for a status or for channels by their cells, since nobody knows their headers."""

from __future__ import annotations

from collections.abc import Iterator

from cs_planning.kpis.cells.missing import is_no_word
from cs_planning.kpis.columns.mapping import Mapping as ColumnRoles
from cs_planning.kpis.columns.roles import Role
from cs_planning.kpis.files.table import Table
from cs_planning.kpis.findings.imported import QualityFinding, Severity
from cs_planning.language import listed_texts, text

_LOOKED_AT = 20_000
_LISTED = 4


def taken_by_cells(table: Table, mapping: ColumnRoles) -> Iterator[QualityFinding]:
    """The finding for each column that has its role by its cells alone, with its most frequent words.

    Args:
        table: the cells that contacts were made of.
        mapping: what its columns mean.
    """
    for entry in mapping.columns:
        if not entry.by_cells or entry.role is Role.IGNORE:
            continue
        cells = table.frame[entry.column].iloc[:_LOOKED_AT].astype("str")
        words = [str(cell) for cell in cells.value_counts().index if not is_no_word(str(cell))]
        yield QualityFinding(
            rule="taken_by_cells",
            severity=Severity.NOTICE,
            message=text(
                "Column {column} was taken for “{role}” by its cells: {words}.",
                column=entry.column,
                role=entry.role.label,
                words=listed_texts(words[:_LISTED]),
            ),
            consequence=text("Contacts that it calls spam, merged or a test are left out; open and solved ones follow it.")
            if entry.role is Role.STATUS
            else text("KPIs are also given for each of them."),
            remedy=text(
                "Nothing to do if that is so; else say what the column is on the Import page (on the command line: "
                "--column COLUMN=ROLE, with ignore for none)."
            ),
            sample_values=tuple(words[:_LISTED]),
            column=entry.column,
        )

"""A table and its confirmed mapping → points of KPI series, or contacts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from cs_planning.kpis.columns.examination import complete
from cs_planning.kpis.columns.mapping import Mapping
from cs_planning.kpis.columns.roles import Kind
from cs_planning.kpis.contacts.from_table import convert_contacts
from cs_planning.kpis.files.table import Table
from cs_planning.kpis.findings.imported import Imported
from cs_planning.kpis.findings.quality import table_findings
from cs_planning.kpis.tables.call_centre import convert_call_centre
from cs_planning.kpis.tables.costs import convert_costs
from cs_planning.kpis.tables.kpi_tables import convert_kpi_table

__all__ = ["Imported", "convert"]


def convert(table: Table, mapping: Mapping, *, today: date) -> Imported:
    """The contents of a table, read as `mapping` says.

    In tables of KPIs every cell that can't be read blocks the import, since a lost period changes a series.  In logs of
    contacts single records are rejected with their reason, and the rest is used; when most are rejected the mapping is
    wrong and nothing is.

    Args:
        table: the file's cells.
        mapping: what the columns mean, as the user confirmed it.
        today: the last day that can have happened.

    Raises:
        ImportProblems: nothing can be imported; all problems with row, column, value and remedy.
    """
    mapping.require_complete(table.name)
    mapping = complete(table, mapping)
    if mapping.kind.holds_contacts:
        imported = convert_contacts(table, mapping, today)
    elif mapping.kind is Kind.CALL_CENTRE_DAILY:
        imported = convert_call_centre(table, mapping, today)
    elif mapping.kind is Kind.COSTS:
        imported = convert_costs(table, mapping, today)
    else:
        imported = convert_kpi_table(table, mapping, today)
    return replace(imported, findings=(*table_findings(table), *imported.findings))

"""A table and its confirmed mapping → points of KPI series, or contacts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from cs_planning.kpis.calendar.service_calendar import ServiceCalendar
from cs_planning.kpis.cells.periods import read_fiscal
from cs_planning.kpis.columns.guesses.examination import complete
from cs_planning.kpis.columns.mapping import Mapping
from cs_planning.kpis.columns.roles import DIMENSIONS, Kind, Role
from cs_planning.kpis.contacts.conversion.from_table import convert_contacts
from cs_planning.kpis.currency import UNSAID, Currency
from cs_planning.kpis.files.table import Table
from cs_planning.kpis.findings.columns import table_findings
from cs_planning.kpis.findings.imported import Imported, QualityFinding, Severity
from cs_planning.kpis.findings.units import share_findings
from cs_planning.kpis.findings.unused import unused_columns
from cs_planning.kpis.tables.call_centre import convert_call_centre
from cs_planning.kpis.tables.costs import convert_costs
from cs_planning.kpis.tables.kpi_tables import convert_kpi_table
from cs_planning.language import text

__all__ = ["Imported", "convert", "in_zone"]

_IN_WORDS = (Role.IGNORE, *DIMENSIONS, Role.SUBJECT, Role.TAGS, Role.REMARK, Role.STATUS, Role.DIRECTION)
"""The roles whose cells are words, among which a mark for a missing number may be a word like any other."""


def convert(
    table: Table,
    mapping: Mapping,
    *,
    calendar: ServiceCalendar,
    today: date,
    currency: Currency = UNSAID,
    with_findings: bool = True,
) -> Imported:
    """The contents of a table, read as `mapping` says.

    In tables of KPIs every cell that can't be read blocks the import, since a lost period changes a series.  In logs of
    contacts single records are rejected with their reason, and the rest is used; when most are rejected the mapping is
    wrong and nothing is.

    Args:
        table: the file's cells.
        mapping: what the columns mean, as the user confirmed it.
        calendar: where years and days begin; days of files that say their time zone begin in the one of the calendar.
        today: the last day that can have happened.
        currency: in which amounts are counted; one that nobody chose gives way to what the table names.
        with_findings: whether it is looked for what is odd in logs of contacts; else for what comes out of them alone.

    Raises:
        ImportProblems: nothing can be imported; all problems with row, column, value and remedy.
    """
    mapping.require_complete(table.name)
    table = table.emptied(mapping.missing, [entry.column for entry in mapping.columns if entry.role not in _IN_WORDS])
    mapping = in_zone(complete(table, mapping), calendar)
    if mapping.kind.holds_contacts:
        place = calendar.hours, calendar.country
        imported = convert_contacts(table, mapping, today, *place, currency, with_findings=with_findings)
        if not with_findings:
            return imported
    elif mapping.kind is Kind.CALL_CENTRE_DAILY:
        imported = convert_call_centre(table, mapping, calendar, today, currency)
    elif mapping.kind is Kind.COSTS:
        imported = convert_costs(table, mapping, calendar, today, currency)
    else:
        imported = convert_kpi_table(table, mapping, calendar, today, currency)
    found = (
        *table_findings(table),
        *imported.findings,
        *(() if mapping.kind.holds_contacts else share_findings(mapping)),
        *fiscal_years_said(table, mapping, calendar),
        *targets_said(mapping, calendar),
        *unused_columns(table, mapping),
    )
    return replace(imported, findings=found)


def fiscal_years_said(table: Table, mapping: Mapping, calendar: ServiceCalendar) -> tuple[QualityFinding, ...]:
    """The finding how periods of fiscal years were read, since a name such as FY26 means different years to different people.

    Args:
        table: the file's cells.
        mapping: what they mean.
        calendar: where the years begin.
    """
    entry = mapping.find(Role.PERIOD)
    across = [column.column for column in mapping.all_with(Role.PERIOD_COLUMN)]
    cells = across if entry is None else table.frame[entry.column].unique().tolist()
    fiscal = ((str(cell), read) for cell in cells if (read := read_fiscal(str(cell), calendar.year_starts_in)) is not None)
    first = next(fiscal, None)
    if mapping.kind.holds_contacts or first is None:
        return ()
    written, (begins, _) = first
    return (
        QualityFinding(
            rule="fiscal_years",
            severity=Severity.NOTICE,
            message=text(
                "The periods are those of fiscal years; “{written}” was read as beginning on {day}.",
                written=written,
                day=begins,
            ),
            consequence=text(
                "A fiscal year is named after the year in which it begins. If yours begins in another month or is named after "
                "the year in which it ends, the figures stand in wrong periods."
            ),
            remedy=text(
                "Say in the settings in which month your year begins; where it is named after its end, write the periods as "
                "2026-03 or 2026-Q1."
            ),
            sample_values=(written,),
            column=entry.column if entry is not None else written,
        ),
    )


def targets_said(mapping: Mapping, calendar: ServiceCalendar) -> tuple[QualityFinding, ...]:
    """The finding that tickets within SLA are counted by the targets of the settings, where the file does not say it itself.

    Args:
        mapping: what the file's columns mean.
        calendar: holds the targets and the opening hours.
    """
    by_file = mapping.find(Role.SLA_KEPT) is not None and mapping.find(Role.FIRST_RESPONSE_SLA_KEPT) is not None
    if calendar.targets is None or by_file or mapping.kind not in (Kind.TICKETS, Kind.EVENTS):
        return ()
    targets = calendar.targets.words
    if calendar.hours is None:
        message = text(
            "Tickets within SLA are counted by the targets of the settings (first response / solution): {targets}.",
            targets=targets,
        )
    else:
        message = text(
            "Tickets within SLA are counted by the targets of the settings (first response / solution), in opening "
            "hours: {targets}.",
            targets=targets,
        )
    return (
        QualityFinding(
            rule="sla_by_targets",
            severity=Severity.NOTICE,
            message=message,
            consequence=text(
                "Tickets that are not answered, not solved or of a priority without a target are not judged; nor those of "
                "which dates alone are known, where these leave it open."
            ),
            remedy=text("Nothing to do; other targets can be set on the Settings page or with --sla-targets."),
        ),
    )


def in_zone(mapping: Mapping, calendar: ServiceCalendar) -> Mapping:
    """The mapping with days that begin where the service is, for files that say their time zone."""
    if calendar.time_zone is None or mapping.report_time_zone is not None:
        return mapping
    return mapping.model_copy(update={"report_time_zone": calendar.time_zone})

"""What is odd about contacts that count, or about records that were left out as none, with their number."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping as MappingOf

from cs_planning.kpis.columns.mapping import Mapping
from cs_planning.kpis.columns.roles import Kind, Role
from cs_planning.kpis.findings.imported import QualityFinding, Severity
from cs_planning.kpis.findings.zones import service_zone_unknown
from cs_planning.language import listed_texts, ntext, text


def note_findings(mapping: Mapping, notes: MappingOf[str, int], never: int) -> Iterator[QualityFinding]:
    """The findings about status against times, cells that could not be read, rows that are no contacts, and missing numbers.

    Args:
        mapping: what the columns mean.
        notes: how many contacts have which note of the query.
        never: how many records were left out since their status says that they are no contacts.
    """
    status = mapping.find(Role.STATUS)
    column = status.column if status is not None else None
    marks = (mapping.find(role) for role in (Role.DIRECTION, Role.NO_CONTACT, Role.MERGED_INTO))
    mark = next((entry for entry in marks if entry is not None), None)
    if never and mark is not None:
        yield _not_from_customers(never, mark.column)
    elif never and mapping.kind is Kind.CALLS:
        yield QualityFinding(
            rule="not_offered",
            severity=Severity.NOTICE,
            message=ntext(
                "{count} call was not offered: it left in the menu, was a test, or came outside the hours.",
                "{count} calls were not offered: they left in the menu, were tests, or came outside the hours.",
                never,
            ),
            consequence=ntext(
                "It is neither answered nor abandoned, and is left out of every KPI.",
                "They are neither answered nor abandoned, and are left out of every KPI.",
                never,
            ),
            remedy=ntext(
                "Nothing to do; change the outcome if it waited for a person after all.",
                "Nothing to do; change the outcome of those that waited for a person after all.",
                never,
            ),
            count=never,
        )
    elif never:
        yield QualityFinding(
            rule="no_contacts",
            severity=Severity.NOTICE,
            message=ntext(
                "{count} row is no contact by its status: spam, deleted, merged, a duplicate or a test.",
                "{count} rows are no contacts by their status: spam, deleted, merged, duplicates, tests.",
                never,
            ),
            consequence=ntext("It is left out of every KPI.", "They are left out of every KPI.", never),
            remedy=ntext(
                "Nothing to do; change its status if it is a contact after all.",
                "Nothing to do; change the status of those that are contacts after all.",
                never,
            ),
            count=never,
            column=column,
        )
    if count := notes.get("closed_without_time"):
        yield QualityFinding(
            rule="closed_without_time",
            severity=Severity.WARNING,
            message=ntext(
                "{count} contact is closed by its status and has no time of a solution.",
                "{count} contacts are closed by their status and have no time of a solution.",
                count,
            ),
            consequence=ntext(
                "It is not open: it counts as solved when it was last updated, or else when it came, and is left "
                "out of resolution times.",
                "They are not open: they count as solved when they were last updated, or else when they came, "
                "and are left out of resolution times.",
                count,
            ),
            remedy=text("Export the column with the time of the solution, or check which one is mapped."),
            count=count,
            column=column,
        )
    if count := notes.get("open_with_time"):
        yield QualityFinding(
            rule="open_with_time",
            severity=Severity.WARNING,
            message=ntext(
                "{count} contact is open by its status and has the time of an earlier solution.",
                "{count} contacts are open by their status and have the time of an earlier solution.",
                count,
            ),
            consequence=ntext(
                "It counts as open again: not solved, and in the backlog.",
                "They count as open again: not solved, and in the backlog.",
                count,
            ),
            remedy=ntext(
                "Nothing to do if it was reopened; else check the columns of status and solution.",
                "Nothing to do if they were reopened; else check the columns of status and solution.",
                count,
            ),
            count=count,
            column=column,
        )
    if count := notes.get("day_alone"):
        yield QualityFinding(
            rule="day_alone",
            severity=Severity.WARNING,
            message=ntext(
                "{count} contact has a date without a time of day among times.",
                "{count} contacts have a date without a time of day among times.",
                count,
            ),
            consequence=ntext(
                "Its resolution time is whole days, 0 on the same day, and within a day means on the same day; its response "
                "time or wait is left out.",
                "Their resolution times are whole days, 0 on the same day, and within a day means on the same day; their "
                "response times and waits are left out.",
                count,
            ),
            remedy=text("Export the time of day too; a format such as 2026-03-31 14:05 shows it."),
            count=count,
        )
    for note, count in sorted(notes.items()):
        kind, _, role = note.partition(":")
        entry = mapping.find(Role(role)) if kind == "unreadable" else None
        if entry is not None:
            yield QualityFinding(
                rule="unreadable_cells",
                severity=Severity.WARNING,
                message=ntext(
                    "{count} cell of {column} could not be read.",
                    "{count} cells of {column} could not be read.",
                    count,
                    column=entry.column,
                ),
                consequence=ntext(
                    "It gives no value; the contact itself is kept.",
                    "They give no values; the contacts themselves are kept.",
                    count,
                ),
                remedy=text("Look at the column in the file; times are best written as 2026-03-31 14:05, lengths as 1:30:00."),
                count=count,
                column=entry.column,
            )
    yield from _about_clocks(mapping)
    yield from _about_zones(mapping)
    if mapping.kind in (Kind.TICKETS, Kind.CALLS) and mapping.find(Role.CONTACT_ID) is None:
        yield QualityFinding(
            rule="no_numbers",
            severity=Severity.NOTICE,
            message=text("No column holds the number of a contact."),
            consequence=text("A later export that holds the same contacts again, with another state, counts them twice."),
            remedy=text("Export the number of each contact too, or say which column it is."),
        )


def _not_from_customers(never: int, column: str) -> QualityFinding:
    """The finding that records were left out in a log that says who called or wrote first."""
    return QualityFinding(
        rule="no_contacts",
        severity=Severity.NOTICE,
        message=ntext(
            "{count} row is no contact that came from a customer: outgoing, internal, spam, merged, a duplicate or a test.",
            "{count} rows are no contacts that came from customers: outgoing, internal, spam, merged, duplicates, tests.",
            never,
        ),
        consequence=ntext("It is left out of every KPI.", "They are left out of every KPI.", never),
        remedy=text("Nothing to do; leave {column} unused if such rows are to count as well.", column=column),
        count=never,
        column=column,
    )


_BEGINNINGS = (Role.CREATED_AT, Role.EVENT_AT)
_ENDS = (Role.FIRST_RESPONSE_AT, Role.SOLVED_AT, Role.CLOSED_AT, Role.ANSWERED_AT, Role.QUEUE_LEFT_AT, Role.ENDED_AT)


def known_by_day(mapping: Mapping) -> frozenset[str]:
    """The moments of a contact of which only the day is known, since they or the arrival say no time of day."""
    bare = {entry.role for entry in mapping.columns if not entry.has_clock}
    return frozenset(role.value for role in _ENDS if role in bare or bare & set(_BEGINNINGS))


def _about_clocks(mapping: Mapping) -> Iterator[QualityFinding]:
    """The finding that dates stand without a time of day where times would be computed from them."""
    times = {entry.role: entry for entry in mapping.columns if entry.role in (*_BEGINNINGS, *_ENDS)}
    ends = [role for role in _ENDS if role in times]
    if Role.FIRST_RESPONSE_TIME in {entry.role for entry in mapping.columns}:
        ends = [role for role in ends if role is not Role.FIRST_RESPONSE_AT]
    if Role.RESOLUTION_TIME in {entry.role for entry in mapping.columns}:
        ends = [role for role in ends if role not in (Role.SOLVED_AT, Role.CLOSED_AT)]
    begins = [role for role in _BEGINNINGS if role in times]
    bare = [times[role].column for role in (*begins, *ends) if not times[role].has_clock]
    if mapping.kind is Kind.SURVEYS or not bare or not (ends or Role.EVENT_AT in times):
        return
    yield QualityFinding(
        rule="no_clock",
        severity=Severity.WARNING,
        message=ntext(
            "{columns} holds dates without a time of day.",
            "{columns} hold dates without a time of day.",
            len(bare),
            columns=listed_texts(bare),
        ),
        consequence=text(
            "Resolution times are whole days, 0 on the same day; between dates, solved within a day means solved on the same "
            "day. Response times and waits can’t be computed."
        ),
        remedy=text("Export the time of day too; a format such as 2026-03-31 14:05 shows it."),
        count=len(bare),
        sample_values=tuple(bare),
        column=bare[0],
    )


def _about_zones(mapping: Mapping) -> Iterator[QualityFinding]:
    """The finding that the file names the zone of its times, and nobody said in which one the service is."""
    zone = mapping.zone_of_days
    if mapping.report_time_zone is not None or zone is None:
        return
    yield service_zone_unknown(zone)

"""The columns of a contact that a file can fill, for tickets, answers and calls."""

from __future__ import annotations

from collections.abc import Mapping as MappingOf

from cs_planning.kpis.cells.sql_cells import (
    is_no_word,
    literal,
    long_text_of,
    quoted,
    time_between,
    words_of,
)
from cs_planning.kpis.columns.contents.limits import LIMIT_ROLES, tells_time_left
from cs_planning.kpis.columns.roles import DIMENSIONS, FLAG_ROLES, Kind, Role
from cs_planning.kpis.contacts.query.calls_and_chats import columns_of_call
from cs_planning.kpis.contacts.query.row import Row, made

LONG_TEXTS = (Role.SUBJECT, Role.TAGS, Role.REMARK)
"""Columns whose words are kept as they are, however long."""


def columns_of(row: Row) -> dict[str, str]:
    """The columns of a contact that the file can fill, as expressions over its cells and the times that were read."""
    times = row.times
    kind = row.mapping.kind
    begins = Role.RATED_AT if kind is Kind.SURVEYS else Role.CREATED_AT
    columns = {
        "kind": literal({Kind.CALLS: "call", Kind.SURVEYS: "survey"}.get(kind, "ticket")),
        "contact_id": row.id(),
        "created_at": row.at(begins),
    }
    for role in (Role.FIRST_RESPONSE_AT, Role.SOLVED_AT, Role.CLOSED_AT, Role.RATED_AT):
        if role in times and (role is not Role.FIRST_RESPONSE_AT or row.on_clocks(role)):
            moment = row.at(role)
            is_answer = role is Role.FIRST_RESPONSE_AT
            columns[role.value] = row.unless_day(moment, begins, role) if is_answer else moment
    for role in (*DIMENSIONS, Role.STATUS, *LONG_TEXTS):
        if (entry := row.mapping.find(role)) is not None:
            cell = f"moments.{quoted(entry.column)}"
            columns[role.value] = long_text_of(cell) if role in LONG_TEXTS else words_of(cell, plain=True)
    for role in (*FLAG_ROLES, *LIMIT_ROLES):
        if role in row.lookups:
            columns[role.value] = f"{row.lookups[role].value('moments')} > 0"
    for role, name in (
        (Role.CSAT, "csat_satisfied"),
        (Role.NPS, "nps_answer"),
        (Role.CES, "ces_answer"),
        (Role.QUALITY, "quality_percent"),
    ):
        if role in row.lookups:
            columns[name] = row.lookups[role].value("moments")
    if Role.COST in row.lookups:
        columns["cost"] = made(Role.COST, "read")
    if kind is Kind.CALLS:
        return columns | columns_of_call(row)
    if kind is Kind.TICKETS:
        columns |= _ticket_columns(row)
        if Role.SLA_KEPT.value in columns and "solved_at" in columns:
            # A limit of what is still open may yet be missed.
            columns[Role.SLA_KEPT.value] = (
                f"CASE WHEN {columns['solved_at']} IS NOT NULL THEN {columns[Role.SLA_KEPT.value]} END"
            )
        first = row.mapping.find(Role.FIRST_RESPONSE_SLA_KEPT)
        if first is not None and first.role.value in columns and tells_time_left(first.column):
            columns[first.role.value] = _once_answered(columns, columns[first.role.value])
    return columns


def _ticket_columns(row: Row) -> dict[str, str]:
    times = row.times
    columns: dict[str, str] = {}
    solved = [row.at(role) for role in (Role.SOLVED_AT, Role.CLOSED_AT) if role in times]
    if solved:
        columns["solved_at"] = f"coalesce({', '.join(solved)})"
    ends = [role for role in (Role.SOLVED_AT, Role.CLOSED_AT) if role in times]
    created = row.clock(Role.CREATED_AT)
    status = row.status()
    if solved and status is not None:
        columns["solved_at"] = row.closed_by_status(status, columns["solved_at"])
    measured = {
        "first_response_minutes": (
            [
                row.unless_day(
                    time_between(created, row.clock(Role.FIRST_RESPONSE_AT), 60),
                    Role.CREATED_AT,
                    Role.FIRST_RESPONSE_AT,
                )
            ]
            if row.on_clocks(Role.FIRST_RESPONSE_AT)
            else [],
            Role.FIRST_RESPONSE_TIME,
            60,
        ),
        "resolution_hours": ([row.took(ends)] if ends else [], Role.RESOLUTION_TIME, 3600),
        "first_response_business_minutes": ([], Role.FIRST_RESPONSE_BUSINESS_TIME, 60),
        "resolution_business_hours": ([], Role.RESOLUTION_BUSINESS_TIME, 3600),
        "wait_seconds": ([], Role.WAIT_TIME, 1),
        "handle_minutes": ([], Role.HANDLE_TIME, 60),
    }
    for name, (from_times, role, seconds) in measured.items():
        given = row.duration(role, seconds)
        sources = [*from_times, *([given] if given else [])]
        # Days alone say less than a length that the file gives itself.
        if role is Role.RESOLUTION_TIME and not row.on_clocks(*ends):
            sources.reverse()
        if sources:
            columns[name] = f"coalesce({', '.join(sources)})"
    if Role.FIRST_RESPONSE_AT not in times and "first_response_minutes" in columns:
        answered = f"to_seconds(60 * {columns['first_response_minutes']})"
        columns["first_response_at"] = f"{row.at(Role.CREATED_AT)} + {answered}"
    if "solved_at" not in columns and "resolution_hours" in columns:
        if status is not None:
            # The length of an earlier solution says nothing of a contact that is open again.
            columns["resolution_hours"] = f"CASE WHEN {status} IS DISTINCT FROM 'open' THEN {columns['resolution_hours']} END"
        done = f"{row.at(Role.CREATED_AT)} + to_seconds(3600 * {columns['resolution_hours']})"
        columns["solved_at"] = done if status is None else row.closed_by_status(status, done)
    if "solved_at" not in columns and status is not None:
        columns["solved"] = f"CASE {status} WHEN 'closed' THEN true WHEN 'open' THEN false END"
    columns |= _unknown_solution(row, columns)
    replies = [row.at(Role.FIRST_RESPONSE_AT)] if Role.FIRST_RESPONSE_AT in times else []
    replies += [columns["first_response_minutes"]] if "first_response_minutes" in columns else []
    if replies:
        is_answered = " OR ".join(f"{reply} IS NOT NULL" for reply in replies)
        columns["answered"] = row.known_if(is_answered, Role.FIRST_RESPONSE_AT, Role.FIRST_RESPONSE_TIME)
    return columns


def _unknown_solution(row: Row, columns: MappingOf[str, str]) -> dict[str, str]:
    """Whether nobody knows if a ticket is solved: its time can't be read and its status says nothing, or nobody knows that one.

    True for those alone, so that the column is empty in nearly every file.
    """
    status = row.status()
    if "solved_at" in columns:
        unknown = row.is_unknown(Role.SOLVED_AT, Role.CLOSED_AT, Role.RESOLUTION_TIME)
        is_left_open = f"{columns['solved_at']} IS NULL" + (f" AND {status} IS NULL" if status is not None else "")
    elif status is not None:
        cell = f"moments.{row.column(Role.STATUS)}"
        is_left_open, unknown = f"{status} IS NULL", f"coalesce(NOT {is_no_word(cell)}, false)"
    else:
        return {}
    return {"solution_unknown": f"CASE WHEN {is_left_open} THEN nullif({unknown}, false) END"}


def _once_answered(columns: MappingOf[str, str], kept: str) -> str:
    """Whether the limit of a first response was kept, as the time left says it: that of an unanswered contact still runs."""
    ended = [columns[name] for name in ("first_response_at", "solved_at") if name in columns]
    over = " OR ".join(f"{moment} IS NOT NULL" for moment in ended) or "true"
    return f"CASE WHEN NOT ({kept}) OR {over} THEN {kept} END"

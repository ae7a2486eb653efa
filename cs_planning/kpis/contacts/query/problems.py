"""Why a record can't be used, and what is odd about one that counts."""

from __future__ import annotations

from cs_planning.kpis.cells.sql_cells import (
    is_missing,
    literal,
    quoted,
    says_not_yet,
    text_of,
    time_of_day,
)
from cs_planning.kpis.columns.roles import DURATIONS, Kind, Role
from cs_planning.kpis.contacts.query import calls_and_chats
from cs_planning.kpis.contacts.query.readings import Reading
from cs_planning.kpis.contacts.query.row import LEFT, OPTIONAL_TIMES, Row, made

NEVER_A_CONTACT = "status:never"
"""The problem of a record whose status says that it is no contact: spam, merged, deleted, a duplicate, a test."""
NEVER_OFFERED = "outcome:never"
"""The problem of a call whose outcome says that nobody was to answer it: a test, one outside the hours."""
OUTGOING = "direction:outgoing"
"""The problem of a call or message that went to a customer, or stayed inside the house."""
MARKED = "no_contact:never"
"""The problem of a record that a column of marks calls spam, merged, deleted or a test."""
MERGED = "merged_into:never"
"""The problem of a record that names another one into which it was merged."""
_NOT_MERGED = ", ".join(f"'{word}'" for word in ("0", "no", "false", "いいえ", "なし"))
LEFT_IN_MENU = "created_at:menu"
"""The problem of a call that reached neither a queue nor a person."""
FAR = "far"
"""The reason why a record is left out whose date lies far before all others."""
NO_CONTACTS = (NEVER_A_CONTACT, NEVER_OFFERED, OUTGOING, MARKED, MERGED, LEFT_IN_MENU)
"""The problems of records that are left out since they are no contacts, and do not speak against the file."""
NOTE = "_note"
"""The column of the query that says what is odd about a contact that counts, such as `closed_without_time`; NULL for most."""


def problem_of(row: Row) -> str:
    """Why a record is no contact or can\'t be used, as an expression; NULL for those that count."""
    times = row.times
    tomorrow, begins = row.tomorrow, row.begins
    found, sound = [], []
    status = row.status()
    if status is not None:
        found.append(f"CASE WHEN {status} = 'never' THEN '{NEVER_A_CONTACT}' END")
        sound.append(f"{status} IS DISTINCT FROM 'never'")
    if Role.DIRECTION in row.lookups:
        way = row.lookups[Role.DIRECTION].value("moments")
        found.append(f"CASE WHEN {way} = 'outgoing' THEN '{OUTGOING}' END")
        sound.append(f"{way} IS DISTINCT FROM 'outgoing'")
    if Role.NO_CONTACT in row.lookups:
        marked = row.lookups[Role.NO_CONTACT].value("moments")
        found.append(f"CASE WHEN {marked} > 0 THEN '{MARKED}' END")
        sound.append(f"coalesce({marked}, 0) = 0")
    if (entry := row.mapping.find(Role.MERGED_INTO)) is not None:
        cell = f"coalesce(moments.{quoted(entry.column)}, '')"
        merged = f"(NOT {is_missing(cell)} AND lower(trim({cell})) NOT IN ({_NOT_MERGED}))"
        found.append(f"CASE WHEN {merged} THEN '{MERGED}' END")
        sound.append(f"NOT {merged}")
    if row.mapping.kind is Kind.CALLS and (outcome := calls_and_chats.outcome(row)) is not None:
        found.append(f"CASE WHEN {outcome} = 'not_offered' THEN '{NEVER_OFFERED}' END")
        sound.append(f"{outcome} IS DISTINCT FROM 'not_offered'")
    if row.mapping.kind is Kind.CALLS and Role.MENU_LEFT_AT in times:
        left = f"{made(begins, 'read')} IS NULL AND {made(Role.MENU_LEFT_AT, 'read')} IS NOT NULL"
        menu = f"{left} AND NOT coalesce({calls_and_chats.answered(row)}, false)"
        found.append(f"CASE WHEN {menu} THEN '{LEFT_IN_MENU}' END")
        sound.append(f"NOT ({menu})")
    if (entry := row.mapping.find(Role.CONTACT_ID)) is not None and row.mapping.kind is not Kind.EVENTS:
        cell = f"moments.{quoted(entry.column)}"
        found.append(f"CASE WHEN {text_of(cell)} IS NULL THEN 'contact_id:missing' END")
        # Printable ASCII at its beginning: true of nearly every number, and far cheaper than to trim and compare it.
        sound.append(f"{cell} BETWEEN '!' AND '~'")
    if begins in times:
        read = row.begun(begins)
        moment = row.arrival() if row.mapping.kind is Kind.EVENTS else row.at(begins)
        missing = is_missing(f"coalesce(moments.{quoted(times[begins].column)}, '')")
        first = f"TIMESTAMP {literal(row.earliest.isoformat())}" if row.earliest is not None else ""
        far = f"WHEN {moment} < {first} THEN '{begins.value}:{FAR}' " if first else ""
        not_far = f" AND {moment} >= {first}" if first else ""
        # One CASE inside another, so that only the cells that could not be read are looked at again.
        found.append(
            f"CASE WHEN {read} IS NULL THEN (CASE WHEN {missing} THEN '{begins.value}:missing' "
            f"ELSE '{begins.value}:unreadable' END) "
            f"WHEN {moment} >= {tomorrow} THEN '{begins.value}:future' {far}END"
        )
        sound.append(f"{moment} < {tomorrow}{not_far}")
    # What is plainly sound, nearly every record, is found so at once.
    return f"CASE WHEN {' AND '.join(sound)} THEN NULL ELSE coalesce({', '.join(found)}) END"


def note_of(row: Row) -> str:
    """What is odd about a contact that counts: status against times, an optional cell that could not be read."""
    times = row.times
    cases = []
    status, solved = row.status(), [made(role, "read") for role in (Role.SOLVED_AT, Role.CLOSED_AT) if role in times]
    is_moment = bool(solved)
    if not solved and row.mapping.kind is Kind.TICKETS and (took := row.duration(Role.RESOLUTION_TIME, 3600)) is not None:
        solved = [took]
    if status is not None and solved:
        done = f"coalesce({', '.join(solved)}) IS NOT NULL"
        if is_moment:
            # A date in the future stands for none.
            done = f"coalesce(coalesce({', '.join(solved)}) < {row.tomorrow}, false)"
        cases.append(f"WHEN {status} = 'closed' AND NOT {done} THEN 'closed_without_time'")
        cases.append(f"WHEN {status} = 'open' AND {done} THEN 'open_with_time'")
    ends = [role for role in (Role.FIRST_RESPONSE_AT, Role.SOLVED_AT, Role.CLOSED_AT, *LEFT) if role in times]
    is_day = row.is_day(row.begins, *ends)
    if is_day is not None and ends:
        cases.append(f"WHEN {is_day} THEN 'day_alone'")
    tomorrow = row.tomorrow
    for role in OPTIONAL_TIMES:
        if role not in times or role is row.begins:
            continue
        cell, read = f"moments.{quoted(times[role].column)}", made(role, "read")
        midnight = f" AND {time_of_day(cell)} IS DISTINCT FROM 0" if row.is_clock(times[role]) else ""
        cases.append(
            f"WHEN {cell} IS NOT NULL AND ({read} IS NULL OR {read} >= {tomorrow}) AND NOT {is_missing(cell)} "
            f"AND NOT {says_not_yet(cell)}{midnight} "
            f"THEN 'unreadable:{role.value}'"
        )
    for role in (*DURATIONS, Role.COST):
        reading = row.lookups.get(role)
        if isinstance(reading, Reading):
            cell = f"moments.{quoted(reading.column)}"
            cases.append(
                f"WHEN {cell} IS NOT NULL AND {made(role, 'read')} IS NULL AND NOT {is_missing(cell)} "
                f"AND NOT {says_not_yet(cell)} "
                f"THEN 'unreadable:{role.value}'"
            )
    return f"CASE {' '.join(cases)} END" if cases else "CAST(NULL AS VARCHAR)"

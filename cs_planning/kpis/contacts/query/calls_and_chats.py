"""What became of a call or chat, as expressions over a row: its outcome, its wait, whether and how long a person answered."""

from __future__ import annotations

from cs_planning.kpis.cells.sql_cells import is_missing, is_unknown, quoted, time_between
from cs_planning.kpis.columns.roles import PARTS_OF_HANDLING, Role
from cs_planning.kpis.contacts.query.row import LEFT, Row, made

_NOBODY = "'no_server', 'no server', 'no_agent', 'no agent', 'nobody', '0', 'なし', '担当なし'"


def columns_of_call(row: Row) -> dict[str, str]:
    """The columns that calls and chats alone have: whether it was given up or cut off, its wait, its handle time."""
    times = row.times
    columns: dict[str, str] = {}
    said, is_answered = outcome(row), answered(row)
    if said is not None:
        columns["interrupted"] = f"CASE WHEN {is_answered} THEN {said} = 'interrupted' END"
    columns["abandoned"] = f"NOT {is_answered}" if said is None else f"({said} = 'abandoned')"
    given = row.duration(Role.WAIT_TIME, 1)
    waits = [given] if given else []
    begun = row.clock(Role.CREATED_AT)
    if Role.MENU_LEFT_AT in times:
        waits.append(f"CASE WHEN {is_answered} AND {made(Role.CREATED_AT, 'read')} IS NULL THEN 0 END")
    left = [row.clock(role) for role in (Role.ANSWERED_AT, Role.QUEUE_LEFT_AT) if row.on_clocks(role)]
    is_end_known = row.on_clocks(Role.ENDED_AT)
    if is_end_known:
        left.append(f"CASE WHEN NOT {is_answered} THEN {row.clock(Role.ENDED_AT)} END")
    # The end alone is none of a wait: it needs a moment at which calls that were answered left the queue.
    if len(left) > is_end_known:
        waited = time_between(begun, f"coalesce({', '.join(left)})", 1)
        waits.append(row.unless_day(waited, Role.CREATED_AT, *LEFT))
    if waits:
        wait = f"coalesce({', '.join(waits)})"
        columns["wait_seconds"] = wait
        # A call of which nobody knows whether it was answered is none that was late.
        columns["answered_in_time"] = (
            f"CASE WHEN {is_answered} THEN {wait} <= {row.mapping.answer_within_seconds} ELSE {is_answered} END"
        )
    if row.on_clocks(Role.ANSWERED_AT):
        columns["first_response_at"] = row.at(Role.ANSWERED_AT)
    if lengths := _handling(row):
        columns["handle_minutes"] = f"CASE WHEN {is_answered} THEN coalesce({', '.join(lengths)}) END"
    return columns


def _handling(row: Row) -> list[str]:
    """What the minutes of handling follow from, the best first."""
    given = handled(row)
    lengths = [given] if given else []
    if row.on_clocks(Role.ANSWERED_AT, Role.ENDED_AT):
        took = time_between(row.clock(Role.ANSWERED_AT), row.clock(Role.ENDED_AT), 60)
        lengths.append(row.unless_day(took, Role.ANSWERED_AT, Role.ENDED_AT))
    return lengths


def outcome(row: Row) -> str | None:
    """What became of a call, as an expression; None where no column says it."""
    return row.lookups[Role.OUTCOME].value("moments") if Role.OUTCOME in row.lookups else None


def answered(row: Row) -> str:
    """Whether a person answered a call: by its outcome, its answer, the person, or the length of the service.

    NULL where that is not known: an outcome that is empty or that nobody knows, `?` in the cell that decides.  Else an
    empty cell of the answer, of the person or of the length means that nobody answered.
    """
    said, took = outcome(row), handled(row)
    agent = row.mapping.find(Role.AGENT)
    if said is not None:
        return f"({said} IN ('answered', 'interrupted'))"
    if Role.ANSWERED_AT in row.times:
        return row.known_if(f"{row.clock(Role.ANSWERED_AT)} IS NOT NULL", Role.ANSWERED_AT)
    if agent is not None:
        cell = f"lower(trim(coalesce(moments.{quoted(agent.column)}, '')))"
        # Some systems write a word for nobody where others leave the cell empty.
        return f"(CASE WHEN NOT {is_unknown(cell)} THEN NOT {is_missing(cell)} AND {cell} NOT IN ({_NOBODY}) END)"
    return row.known_if(f"coalesce({took}, 0) > 0", Role.HANDLE_TIME, *PARTS_OF_HANDLING) if took else "NULL"


def handled(row: Row) -> str | None:
    """The minutes of handling that the file gives, as a whole or else in its parts."""
    whole = row.duration(Role.HANDLE_TIME, 60)
    # A part that is missing beside the first counts as none: most calls are not held; one that nobody knows does not.
    parts = [part for role in PARTS_OF_HANDLING if (part := row.duration(role, 60))]
    summed = ""
    if parts:
        is_known = f"{parts[0]} IS NOT NULL AND NOT {row.is_unknown(*PARTS_OF_HANDLING)}"
        summed = f"CASE WHEN {is_known} THEN {' + '.join(f'coalesce({part}, 0)' for part in parts)} END"
    given = [length for length in (whole, summed) if length]
    return f"coalesce({', '.join(given)})" if given else None

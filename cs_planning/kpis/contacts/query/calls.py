"""What became of a call, as expressions over a row: its outcome, whether a person answered it, how long that took."""

from __future__ import annotations

from cs_planning.kpis.cells.sql_cells import is_missing, is_unknown, quoted
from cs_planning.kpis.columns.roles import PARTS_OF_HANDLING, Role
from cs_planning.kpis.contacts.query.row import Row

_NOBODY = "'no_server', 'no server', 'no_agent', 'no agent', 'nobody', '0', 'なし', '担当なし'"


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

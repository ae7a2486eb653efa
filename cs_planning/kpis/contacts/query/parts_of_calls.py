"""Records of calls of which several are one call, a row for each queue and person it came to → the same with the whole call.

Every record of a call is given what all of them say together, so that it does not matter which of them counts in the end.
"""

from __future__ import annotations

_OF_ALL = (
    ("created_at", "min(created_at) OVER whole"),
    ("wait_seconds", "CASE WHEN count(wait_seconds) OVER whole > 0 THEN sum(_waited) OVER whole END"),
    ("handle_minutes", "CASE WHEN NOT _lost THEN sum(handle_minutes) FILTER (_again = 1) OVER whole END"),
    ("cost", "sum(cost) FILTER (_again = 1) OVER whole"),
    ("abandoned", "_lost"),
    ("escalated", "bool_or(escalated) OVER whole"),
    ("complaint", "bool_or(complaint) OVER whole"),
    *((name, f"max({name}) OVER whole") for name in ("csat_satisfied", "nps_answer", "ces_answer", "quality_percent")),
)
_HELPERS = ("_ends", "_again", "_lost", "_before", "_waited")


def put_together(query: str, within_seconds: float) -> str:
    """A query over records of calls in which each holds what its whole call says.

    A call begins with its first part and is answered if its last one is: a menu answers, too, and what comes after it tells.
    Its wait is the time in which one part or another of it waited, its handle time that of all parts.

    Args:
        query: gives the columns of a contact table and `problem`; records with a problem are no parts.
        within_seconds: within which time an answer is in time.
    """
    ends = "created_at + to_microseconds(CAST(1e6 * coalesce(wait_seconds, 0) AS BIGINT))"
    # Of parts that ring together one is answered, so that no stands behind yes.
    last = "arg_max(abandoned, (created_at, NOT abandoned)) FILTER (abandoned IS NOT NULL) OVER whole"
    same = "PARTITION BY contact_id, problem, created_at, wait_seconds, handle_minutes"
    earlier = "PARTITION BY contact_id, problem ORDER BY created_at, _ends ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING"
    begun = f"SELECT *, {ends} AS _ends, row_number() OVER ({same}) AS _again, {last} AS _lost FROM ({query}) {_WHOLE}"
    before = f"SELECT *, max(_ends) OVER ({earlier}) AS _before FROM ({begun})"
    waited = "greatest(0, epoch(_ends) - epoch(greatest(created_at, coalesce(_before, created_at))))"
    replaced = ", ".join(f"{value} AS {name}" for name, value in _OF_ALL)
    joined = f"SELECT * REPLACE ({replaced}) FROM (SELECT *, {waited} AS _waited FROM ({before})) {_WHOLE}"
    in_time = f"CASE WHEN NOT abandoned THEN wait_seconds <= {within_seconds} ELSE NOT abandoned END"
    return f"SELECT * EXCLUDE ({', '.join(_HELPERS)}) REPLACE ({in_time} AS answered_in_time) FROM ({joined})"


_WHOLE = "WINDOW whole AS (PARTITION BY contact_id, problem)"

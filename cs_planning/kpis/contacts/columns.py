"""The one shape of contacts: tickets, conversations, calls and survey answers, whatever wrote them.

Times are naive, in the zone in which days begin for the user; lengths of time were computed on the real clock before the zone
was taken off, so that daylight saving does not change them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

CONTACT_COLUMNS: Mapping[str, str] = {
    "contact_id": "VARCHAR",
    "kind": "VARCHAR",
    "created_at": "TIMESTAMP",
    "first_response_at": "TIMESTAMP",
    "solved_at": "TIMESTAMP",
    "closed_at": "TIMESTAMP",
    "rated_at": "TIMESTAMP",
    "first_response_minutes": "DOUBLE",
    "first_response_business_minutes": "DOUBLE",
    "resolution_hours": "DOUBLE",
    "resolution_business_hours": "DOUBLE",
    "wait_seconds": "DOUBLE",
    "handle_minutes": "DOUBLE",
    "reopened": "BOOLEAN",
    "escalated": "BOOLEAN",
    "first_contact": "BOOLEAN",
    "complaint": "BOOLEAN",
    "answered": "BOOLEAN",
    "solved": "BOOLEAN",
    "solution_unknown": "BOOLEAN",
    "sla_kept": "BOOLEAN",
    "first_response_sla_kept": "BOOLEAN",
    "abandoned": "BOOLEAN",
    "interrupted": "BOOLEAN",
    "answered_in_time": "BOOLEAN",
    "channel": "VARCHAR",
    "team": "VARCHAR",
    "customer_group": "VARCHAR",
    "topic": "VARCHAR",
    "priority": "VARCHAR",
    "status": "VARCHAR",
    "csat_satisfied": "DOUBLE",
    "nps_answer": "DOUBLE",
    "ces_answer": "DOUBLE",
    "quality_percent": "DOUBLE",
    "cost": "DOUBLE",
    "subject": "VARCHAR",
    "tags": "VARCHAR",
    "remark": "VARCHAR",
}
"""The columns of a contact table with their SQL types; every one but `contact_id`, `kind` and `created_at` may be missing."""

WORD_COLUMNS = frozenset({"channel", "team", "customer_group", "topic", "priority", "status", "subject", "tags", "remark"})
"""The columns of words: of all columns the largest, and needed for a breakdown or for reading what was said alone."""

_PANDAS = {"VARCHAR": "str", "TIMESTAMP": "datetime64[us]", "DOUBLE": "float64", "BOOLEAN": "boolean"}
_TYPED = [_PANDAS[kind] for kind in CONTACT_COLUMNS.values()]


def typed_contacts(frame: pd.DataFrame) -> pd.DataFrame:
    """`frame` with exactly the columns of a contact table, in their order and types; those it lacks are empty.

    Args:
        frame: contacts, shape (n, any).
    """
    if list(frame.columns) == list(CONTACT_COLUMNS) and [str(dtype) for dtype in frame.dtypes] == _TYPED:
        return frame.reset_index(drop=True)
    columns: dict[str, Any] = {}
    for name, kind in CONTACT_COLUMNS.items():
        if name not in frame:
            columns[name] = pd.Series(index=frame.index, dtype=_PANDAS[kind])
            continue
        column: Any = frame[name]
        if kind == "VARCHAR":
            column = column.astype(object).where(column.notna(), None)
        columns[name] = column.astype(_PANDAS[kind])
    return pd.DataFrame(columns).reset_index(drop=True)

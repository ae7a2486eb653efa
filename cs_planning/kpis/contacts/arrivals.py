"""When contacts arrive: the mean day of each weekday, hour by hour, from the contact log."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import duckdb
import numpy as np
from numpy.typing import NDArray

from cs_planning.errors import StorageUnavailable
from cs_planning.kpis.cells.sql_cells import literal
from cs_planning.kpis.contacts.log import kept_contacts
from cs_planning.language import text

RECENT_DAYS = 92
_WHOLE_DAYS = 0.999


def arrivals_by_hour(
    files: Sequence[Path], channels: Sequence[str], *, recent_days: int = RECENT_DAYS
) -> NDArray[np.float64] | None:
    """Mean contacts of each weekday and hour.

    Args:
        files: of the contact log.
        channels: names of one channel; contacts without any channel count only where none has one.
        recent_days: up to the last contact.

    Returns:
        Shape (7, 24), Monday first, over the days of the span on which anything arrived; `None` without contacts, or where
        the log knows days but no time of day.

    Raises:
        StorageUnavailable: a file can't be read.
    """
    if not files:
        return None
    names = ", ".join(literal(name.lower()) for name in channels if name) or "''"
    try:
        with duckdb.connect() as connection:
            rows = connection.execute(_query(kept_contacts(connection, files), names, recent_days)).fetchall()
    except (OSError, duckdb.Error) as cause:
        raise StorageUnavailable(
            text("The contacts can't be read ({cause}).", cause=str(cause)[:200]),
            text("Check the rights of the data folder, or import the contacts again."),
        ) from cause
    found = np.zeros((7, 24))
    for weekday, hour, mean in rows:
        found[int(weekday) - 1, int(hour)] = float(mean)
    if not found.sum() or found[:, 0].sum() > _WHOLE_DAYS * found.sum():
        return None
    return found


def _query(scan: str, names: str, recent_days: int) -> str:
    return f"""
        WITH contacts AS (
            SELECT created_at AS moment, lower(channel) AS channel
            FROM {scan} WHERE created_at IS NOT NULL
        ), own AS (
            SELECT moment FROM contacts
            WHERE channel IN ({names}) OR NOT EXISTS (SELECT 1 FROM contacts WHERE channel IS NOT NULL)
        ), recent AS (
            SELECT moment, isodow(moment) AS weekday, hour(moment) AS hour_of_day FROM own
            WHERE moment > (SELECT max(moment) FROM own) - INTERVAL {int(recent_days)} DAY
        ), open_days AS (
            SELECT weekday, count(DISTINCT CAST(moment AS DATE)) AS number FROM recent GROUP BY weekday
        )
        SELECT recent.weekday, hour_of_day, count(*) / any_value(open_days.number)
        FROM recent JOIN open_days ON open_days.weekday = recent.weekday
        GROUP BY recent.weekday, hour_of_day
    """

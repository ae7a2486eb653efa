"""When contacts arrive: the mean day of each weekday, hour by hour, from the contact log."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
from numpy.typing import NDArray

from cs_planning.errors import StorageUnavailable
from cs_planning.kpis.cells.sql_cells import literal
from cs_planning.kpis.contacts.log.manifest import kept_contacts
from cs_planning.language import text

RECENT_DAYS = 92
_WHOLE_DAYS = 0.999
_MEAN_DAYS = """
    , open_days AS (
        SELECT weekday, count(DISTINCT CAST(moment AS DATE)) AS number FROM recent GROUP BY weekday
    )
    SELECT recent.weekday, hour_of_day, count(*) / any_value(open_days.number)
    FROM recent JOIN open_days ON open_days.weekday = recent.weekday
    GROUP BY recent.weekday, hour_of_day
"""
_IN_TIME = """
    SELECT hour_of_day, count(*), count(*) FILTER (WHERE NOT abandoned AND wait_seconds <= {within})
    FROM recent WHERE abandoned IS NOT NULL AND (abandoned OR wait_seconds IS NOT NULL)
    GROUP BY hour_of_day
"""


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
    found = np.zeros((7, 24))
    for weekday, hour, mean in _rows(files, channels, recent_days, _MEAN_DAYS):
        found[int(weekday) - 1, int(hour)] = float(mean)
    if not found.sum() or found[:, 0].sum() > _WHOLE_DAYS * found.sum():
        return None
    return found


def answered_by_hour(
    files: Sequence[Path], channels: Sequence[str], answer_within_seconds: float, *, recent_days: int = RECENT_DAYS
) -> tuple[NDArray[np.float64], NDArray[np.float64]] | None:
    """Contacts offered at each hour of the clock, and those of them that were answered in time.

    Args:
        files: of the contact log.
        channels: names of one channel; contacts without any channel count only where none has one.
        answer_within_seconds: the time that the service level counts.
        recent_days: up to the last contact.

    Returns:
        Two arrays of shape (24,); `None` where no contact says whether it was given up and how long it waited, or where the
        log knows no time of day.

    Raises:
        StorageUnavailable: a file can't be read.
    """
    if not files:
        return None
    offered, in_time = np.zeros(24), np.zeros(24)
    for hour, count, answered in _rows(files, channels, recent_days, _IN_TIME.format(within=float(answer_within_seconds))):
        offered[int(hour)], in_time[int(hour)] = float(count), float(answered)
    if not offered.sum() or offered[0] > _WHOLE_DAYS * offered.sum():
        return None
    return offered, in_time


def _rows(files: Sequence[Path], channels: Sequence[str], recent_days: int, asked: str) -> list[tuple[Any, ...]]:
    names = ", ".join(literal(name.lower()) for name in channels if name) or "''"
    try:
        with duckdb.connect() as connection:
            scan = kept_contacts(connection, files)
            return connection.execute(f"{_recent(scan, names, recent_days)} {asked}").fetchall()
    except (OSError, duckdb.Error) as cause:
        raise StorageUnavailable(
            text("The contacts can't be read ({cause}).", cause=str(cause)[:200]),
            text("Check the rights of the data folder, or import the contacts again."),
        ) from cause


def _recent(scan: str, names: str, recent_days: int) -> str:
    return f"""
        WITH contacts AS (
            SELECT created_at AS moment, lower(channel) AS channel, abandoned, wait_seconds
            FROM {scan} WHERE created_at IS NOT NULL
        ), own AS (
            SELECT moment, abandoned, wait_seconds FROM contacts
            WHERE channel IN ({names}) OR NOT EXISTS (SELECT 1 FROM contacts WHERE channel IS NOT NULL)
        ), recent AS (
            SELECT *, isodow(moment) AS weekday, hour(moment) AS hour_of_day FROM own
            WHERE moment > (SELECT max(moment) FROM own) - INTERVAL {int(recent_days)} DAY
        )
    """

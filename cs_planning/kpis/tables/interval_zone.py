"""Intervals of a table whose times are in another zone than the service: the day on which each begins there."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
import pandas as pd

from cs_planning.kpis.cells.moments import DateOrder, offset_minutes, read_moment
from cs_planning.kpis.columns.mapping import Mapping
from cs_planning.kpis.columns.roles import Role
from cs_planning.kpis.files.table import Table
from cs_planning.kpis.findings.imported import QualityFinding, Severity
from cs_planning.kpis.findings.zones import service_zone_unknown
from cs_planning.language import text

_CLOCK = re.compile(r"(?<!\d)(\d{1,2})(?:[:時](\d{2})?)?\s*([ap])?", re.IGNORECASE)
_HALF_A_DAY = 12


@dataclass(frozen=True)
class DaysOfService:
    """The days on which the rows of a table count.

    Attributes:
        starts: first days of the rows' periods, datetime64, shape (n,).
        findings: that they were moved, or that nobody said whereto.
    """

    starts: pd.Series
    findings: tuple[QualityFinding, ...] = ()


def days_of_service(table: Table, mapping: Mapping, starts: pd.Series, *, by_interval: bool) -> DaysOfService:
    """The days of a table's rows where the service is, if the header or the cells of its times name another zone.

    Args:
        table: the file's cells.
        mapping: what they mean; holds the zone of the file and that of the service.
        starts: the periods as written.
        by_interval: whether each row is a part of a day, so that it lies on one day of the service or another.

    Assumptions: a row counts on the day on which its interval begins; a whole day of another zone can't be moved.
    """
    zone, wanted = mapping.zone_of_intervals, mapping.report_time_zone
    if zone is None or zone == wanted or starts.isna().any():
        return DaysOfService(starts)
    if wanted is None:
        return DaysOfService(starts, (service_zone_unknown(zone),))
    if not by_interval:
        return DaysOfService(starts, (_whole_days(zone, wanted),))
    moments = pd.Series(_moments(table, mapping, starts))
    local = moments.dt.tz_localize(zone, ambiguous=np.ones(len(moments), dtype=bool), nonexistent="shift_forward")
    days = local.dt.tz_convert(wanted).dt.tz_localize(None).dt.normalize()
    return DaysOfService(days.astype(starts.dtype), (_moved(zone, wanted, days),))


def _moments(table: Table, mapping: Mapping, starts: pd.Series) -> np.ndarray:
    """When each row begins, on the clock of the file."""
    period, interval = mapping.find(Role.PERIOD), mapping.find(Role.INTERVAL)
    assert period is not None
    days = starts.to_numpy().astype("datetime64[s]")
    if interval is not None:
        seconds = table.frame[interval.column].astype("str").map(_seconds_of).to_numpy("int64")
        return np.asarray(days + seconds.astype("timedelta64[s]"))
    order = mapping.date_order if mapping.date_order is not DateOrder.YEAR_FIRST else DateOrder.DAY_FIRST
    read = [_moment_of(str(cell), order, has_offset=period.has_zone) for cell in table.frame[period.column]]
    found = np.array(read, dtype="datetime64[s]")
    return np.where(np.isnat(found), days, found)


def _moment_of(cell: str, order: DateOrder, *, has_offset: bool) -> np.datetime64:
    moment = read_moment(cell, order)
    if moment is None:
        return np.datetime64("NaT", "s")
    shift = np.timedelta64(60 * offset_minutes(cell) if has_offset else 0, "s")
    return np.datetime64(moment.replace(microsecond=0), "s") - shift


def _seconds_of(cell: str) -> int:
    """The seconds after midnight at which an interval such as `08:30-09:00`, `8:30 PM` or `20` begins; 0 where it says none."""
    match = _CLOCK.search(cell)
    if match is None:
        return 0
    hour, minute = int(match[1]), int(match[2] or 0)
    if match[3] and hour <= _HALF_A_DAY:
        hour = hour % _HALF_A_DAY + (_HALF_A_DAY if match[3].lower() == "p" else 0)
    return 3600 * hour + 60 * minute


def _moved(zone: str, wanted: str, days: pd.Series) -> QualityFinding:
    return QualityFinding(
        rule="intervals_moved",
        severity=Severity.NOTICE,
        message=text("The times of this file are in {zone}; each row counts on its day in {wanted}.", zone=zone, wanted=wanted),
        consequence=text(
            "At both ends of the file, {first} and {last}, a day may not be whole.",
            first=days.min().date(),
            last=days.max().date(),
        ),
        remedy=text("Nothing to do; export some hours more at both ends where calls come around the clock."),
    )


def _whole_days(zone: str, wanted: str) -> QualityFinding:
    return QualityFinding(
        rule="days_of_another_zone",
        severity=Severity.WARNING,
        message=text(
            "The days of this file begin at midnight in {zone}, those of the service in {wanted}.", zone=zone, wanted=wanted
        ),
        consequence=text("Whole days can’t be moved: some contacts are counted on the day before or after."),
        remedy=text("Export half hours or hours, or set the zone of the report to {wanted}.", wanted=wanted),
    )

"""The contact logs of a workspace by their names and files, and the KPI points that come of them."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path

import pandas as pd

from cs_planning.kpis.calendar.service_calendar import ServiceCalendar
from cs_planning.kpis.columns.mapping import Mapping
from cs_planning.kpis.contacts.log.manifest import Manifest
from cs_planning.kpis.contacts.points.aggregate import contact_coverage, kpis_of_cuts
from cs_planning.kpis.contacts.points.cuts import Cut
from cs_planning.kpis.contacts.points.engines import OpenContacts, open_contacts
from cs_planning.kpis.contacts.points.largest_parts import largest_parts
from cs_planning.kpis.feedback.counting import topic_points
from cs_planning.kpis.feedback.topics import Topic
from cs_planning.kpis.frequency import Frequency, Rhythm
from cs_planning.kpis.series import SeriesKey
from cs_planning.storage import ContactLog, LogPart

LOG = "contacts"
OF_CONTACTS = (Frequency.WEEK, Frequency.MONTH, Frequency.QUARTER)
_BREAKDOWNS = ("channel", "team", "customer_group", "topic", "priority")
_ALWAYS = ("channel", "team")
Scope = tuple[tuple[str, str], ...]


@lru_cache(maxsize=4096)
def mapping_of(written: str) -> Mapping:
    """A mapping as an import recorded it; many imports share one."""
    return Mapping.as_kept(written)


def log_id(scope: Scope) -> str:
    """The log of a part of the service; each part has its own."""
    if not scope:
        return LOG
    return f"{LOG}-{hashlib.sha256(repr(scope).encode()).hexdigest()[:12]}"


def manifest_of(log: ContactLog) -> Manifest:
    """The files of a log as the engine names them."""
    return manifest_of_parts(log.parts)


def manifest_of_parts(parts: Iterable[LogPart]) -> Manifest:
    """Files of contacts as the engine names them."""
    return Manifest.of((f"{part.month:%Y-%m}", part.file_name, part.rows) for part in parts)


def log_parts(manifest: Manifest) -> tuple[LogPart, ...]:
    """Files of contacts as the database names them."""
    return tuple(LogPart(date.fromisoformat(f"{part.month}-01"), part.file_name, part.rows) for part in manifest.parts)


def outside(points: pd.DataFrame, rhythm: Rhythm, lost: Manifest) -> pd.DataFrame:
    """The points of periods that hold no day of a month whose contacts can't be read: those keep the values they have."""
    if not lost.parts or points.empty:
        return points
    months = [pd.Timestamp(f"{month}-01") for month in {part.month for part in lost.parts}]
    ends = {start: pd.Timestamp(rhythm.end_of(start.date())) for start in points["period"].unique()}
    touched = {
        start
        for start, end in ends.items()
        if any(start < first + pd.offsets.MonthBegin(1) and end >= first for first in months)
    }
    return points[~points["period"].isin(touched)]


def points_of(
    contacts: Sequence[Path] | OpenContacts,
    *,
    calendar: ServiceCalendar,
    topics: Sequence[Topic] = (),
    kept_parts: Collection[str] = (),
    first_change: date | None = None,
    progress: Callable[[float], None] = lambda _share: None,
) -> dict[Frequency, pd.DataFrame]:
    """The points of a log's files, of the whole and of its most frequent parts, in every rhythm that is kept.

    Args:
        contacts: Parquet files of contacts, or contacts that are open already.
        calendar: where the years begin, and when the service is open; without hours no times in them.
        topics: of what customers write, to be counted too.
        kept_parts: that have series already, such as `topic=refund`; they are computed however few contacts they have.
        first_change: the first day whose points are wanted; all when None.
        progress: is told the share that is done, from 0 to 1.
    """
    points = {}
    with open_contacts(contacts, hours=calendar.hours, targets=calendar.targets) as source:
        coverage = contact_coverage(source)
        dimensions = [name for name in _BREAKDOWNS if name in source.table.columns]
        cuts = [
            Cut(rhythm, by, None if first_change is None else rhythm.start_of(first_change))
            for rhythm in map(calendar.rhythm, OF_CONTACTS)
            for by in ((), *((name,) for name in dimensions))
        ]
        made = kpis_of_cuts(source, cuts)
        for done, frequency in enumerate(OF_CONTACTS):
            progress(done / len(OF_CONTACTS))
            rhythm = calendar.rhythm(frequency)
            frames = [next(made)]
            frames += [largest_parts(next(made), name, with_unknown=name in _ALWAYS, kept=kept_parts)[0] for name in dimensions]
            if topics:
                frames.append(topic_points(source, topics, rhythm))
            everything = pd.concat(frames, ignore_index=True).drop_duplicates(["series", "period"])
            points[frequency] = coverage.whole(everything, rhythm)
    return points


def parts_of(names: Iterable[str], scope: Scope) -> frozenset[str]:
    """The parts of breakdowns that series are about, as `channel=email`; not those that every series of a log has."""
    keys = (SeriesKey.parse(name) for name in names)
    alone = (SeriesKey(key.kpi, tuple(part for part in key.scope if part not in scope)) for key in keys)
    return frozenset(str(key).partition("|")[2] for key in alone if len(key.scope) == 1 and key.scope[0][0] in _BREAKDOWNS)


def scoped(points: pd.DataFrame, scope: Scope) -> pd.DataFrame:
    """The points as those of a part of the service."""
    if not scope:
        return points
    names = {name: str(with_scope(SeriesKey.parse(name), scope)) for name in points["series"].unique()}
    return points.assign(series=points["series"].map(names))


def with_scope(key: SeriesKey, scope: Scope) -> SeriesKey:
    """The key in a part of the service; what it says of a dimension itself counts more."""
    present = {dimension for dimension, _value in key.scope}
    return SeriesKey(key.kpi, (*(part for part in scope if part[0] not in present), *key.scope))

"""Adding contacts to a log of a workspace: adding a month computes that month again, and no other."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

import pandas as pd

from cs_planning.kpis.calendar.service_calendar import ServiceCalendar
from cs_planning.kpis.completeness import Coverage
from cs_planning.kpis.contacts.log.kept_files import UNREADABLE, discard, readable_files
from cs_planning.kpis.contacts.log.manifest import Manifest, changed_since, merge_contacts
from cs_planning.kpis.contacts.log.undone import brought_contacts
from cs_planning.kpis.contacts.points.aggregate import RULES, contact_coverage
from cs_planning.kpis.contacts.points.engines import open_contacts
from cs_planning.kpis.feedback.topics import Topic
from cs_planning.kpis.frequency import Frequency
from cs_planning.storage import Anew, ContactLog
from cs_planning.workspace.points.contacts import (
    OF_CONTACTS,
    Scope,
    log_parts,
    manifest_of,
    outside,
    parts_of,
    points_of,
)

_BROUGHT_BACK = 0.9
"""A later export of the same month may lack a few contacts, such as spam that was deleted meanwhile."""


@dataclass(frozen=True)
class MergedContacts:
    """A contact log with new contacts in it.

    Attributes:
        log: its new list of files, with the version that it was made from.
        points: the points that the new contacts can have changed, of each rhythm; all points when `since` is None.
        since: the first day whose points were computed again.
        basis: what the points rest on once they are kept.
        lost: files of the log that are missing or damaged; it goes on naming them, so that a backup can bring them back.
        own: files with the new contacts alone, some of which the log consists of.
    """

    log: ContactLog
    points: dict[Frequency, pd.DataFrame]
    since: date | None
    basis: str
    lost: Manifest
    own: Manifest


@dataclass(frozen=True)
class KnownPoints:
    """The points of a workspace before contacts are merged into a log.

    Attributes:
        basis: what the points of the log rest on, as its last import recorded it; empty when unknown.
        own: series that files of the log have filled; they stay right even where others have more contacts now.
        skipped: series that are not kept because other files fill them.
        scope: the part of the service that the log is about.
    """

    basis: str
    own: frozenset[str] = frozenset()
    skipped: frozenset[str] = frozenset()
    scope: Scope = ()


def basis_of(log: str, version: int, skipped: Iterable[str], calendar: ServiceCalendar) -> str:
    """What the points of a log rest on: its version, the rules of computing, the calendar, the series that other files fill."""
    left_out = hashlib.sha256("\n".join(sorted(skipped)).encode()).hexdigest()[:12]
    clock = f"{calendar.year_starts_in}-{calendar.hours.fingerprint if calendar.hours else ''}"
    if calendar.targets is not None:
        clock += f"-{hashlib.sha256(calendar.targets.written.encode()).hexdigest()[:12]}"
    return f"{log}@{version}/{RULES}/{clock}/{left_out}"


def merge(
    folder: Path,
    kept: ContactLog,
    contacts: pd.DataFrame | Sequence[Path],
    *,
    known: KnownPoints,
    calendar: ServiceCalendar,
    topics: Sequence[Topic] = (),
    progress: Callable[[float], None],
) -> MergedContacts:
    """Adds contacts to a log and computes the points that they can have changed.

    A contact counts in the periods in which it was created, solved and rated; a file of the log that is the same as before
    holds the same contacts.  So every period before the first moment of a contact in a changed file keeps its values, if the
    points that are kept were made from this log by these rules, which `known.basis` says.

    Args:
        folder: of the log's files.
        kept: the log so far.
        contacts: a contact table, or Parquet files of one.
        known: the points that are kept.
        calendar: where the years begin, and when the service is open; without hours no times in them.
        topics: of what customers write, to be counted too.
        progress: is told the share that is done, from 0 to 1.

    Raises:
        StorageUnavailable: the files can't be written; nothing was changed.

    Assumptions: a file that is missing or damaged is left out; values of periods with its days stay as they are, and values
    of later periods may miss its contacts.
    """
    everything = manifest_of(kept)
    before, lost = readable_files(folder, everything)
    attempt = partial(
        _merged,
        folder,
        kept,
        contacts,
        known=known,
        calendar=calendar,
        topics=topics,
        progress=progress,
    )
    try:
        return attempt(before, lost)
    except UNREADABLE:
        before, worse = readable_files(folder, everything, every_value=True)
        if worse == lost:
            raise
        return attempt(before, worse)


def _merged(
    folder: Path,
    kept: ContactLog,
    contacts: pd.DataFrame | Sequence[Path],
    before: Manifest,
    lost: Manifest,
    *,
    known: KnownPoints,
    calendar: ServiceCalendar,
    topics: Sequence[Topic],
    progress: Callable[[float], None],
) -> MergedContacts:
    after, own = merge_contacts(folder, before, contacts), Manifest()
    try:
        # The first contacts of a log are all that is in it.
        own = brought_contacts(folder, after, contacts) if before.parts else after
        return _with_points(
            folder,
            kept,
            before,
            after,
            lost,
            own,
            known=known,
            calendar=calendar,
            topics=topics,
            progress=progress,
        )
    except BaseException:
        # Whoever leaves the page or stops the command leaves no contacts behind that no log names.
        discard(folder, Manifest(parts=(*after.parts, *own.parts)), before)
        raise


def _with_points(
    folder: Path,
    kept: ContactLog,
    before: Manifest,
    after: Manifest,
    lost: Manifest,
    own: Manifest,
    *,
    known: KnownPoints,
    calendar: ServiceCalendar,
    topics: Sequence[Topic],
    progress: Callable[[float], None],
) -> MergedContacts:
    progress(0.3)
    lost = _still_lost(lost, before, after)
    left_out = (*known.skipped, *(part.file_name for part in lost.parts))
    first_change: date | None = None
    kept_parts = parts_of(known.own, known.scope)
    with open_contacts(after.paths(folder), hours=calendar.hours, targets=calendar.targets) as opened:
        if before.parts and known.basis == basis_of(kept.id, kept.version, left_out, calendar):
            first_change = _first_change(folder, before, after, contact_coverage(opened), calendar)
        computed = partial(
            points_of,
            opened,
            calendar=calendar,
            topics=topics,
            kept_parts=kept_parts,
            progress=lambda share: progress(0.3 + 0.7 * share),
        )
        points = computed(first_change=first_change)
        if first_change is not None and _grown_parts(points, kept_parts | parts_of(known.skipped, known.scope), first_change):
            first_change, points = None, computed()
    points = {frequency: outside(frame, calendar.rhythm(frequency), lost) for frequency, frame in points.items()}
    log = ContactLog(kept.id, kept.version, log_parts(Manifest(parts=(*after.parts, *lost.parts))))
    return MergedContacts(log, points, first_change, basis_of(kept.id, kept.version + 1, left_out, calendar), lost, own)


def _still_lost(lost: Manifest, before: Manifest, after: Manifest) -> Manifest:
    """The lost files of months that were not imported again, which shows in nearly as many contacts as they had."""
    had, has = Counter[str](), Counter[str]()
    for part in (*lost.parts, *before.parts):
        had[part.month] += part.rows
    for part in after.parts:
        has[part.month] += part.rows
    return Manifest(parts=tuple(part for part in lost.parts if has[part.month] < _BROUGHT_BACK * had[part.month]))


def _grown_parts(points: dict[Frequency, pd.DataFrame], known: frozenset[str], first_change: date) -> bool:
    """Whether parts came to be among the largest that had contacts before, whose values then are not kept yet."""
    for frame in points.values():
        earlier = frame[(frame["period"] < pd.Timestamp(first_change)) & (frame["value"] > 0)]
        if parts_of(earlier["series"].unique(), ()) - known:
            return True
    return False


def _first_change(folder: Path, before: Manifest, after: Manifest, coverage: Coverage, calendar: ServiceCalendar) -> date:
    """The first day whose points can differ: of a contact in a changed file, or of a period that has become whole."""
    earlier = contact_coverage(before.paths(folder))
    changed = changed_since(folder, before, after)
    days = [coverage.last if changed is None else changed.date()]
    for rhythm in map(calendar.rhythm, OF_CONTACTS):
        starts = pd.period_range(coverage.first, coverage.last, freq=rhythm.pandas_period).start_time
        days += [
            start.date()
            for start in starts
            if coverage.is_whole(start.date(), rhythm) and not earlier.is_whole(start.date(), rhythm)
        ]
    return min(days)


def computed_anew(merged: MergedContacts, own: Collection[str], calendar: ServiceCalendar) -> Anew:
    """The series of a log whose values were all computed again, from the day on from which they were.

    Args:
        merged: the log with new contacts in it.
        own: the series that files of this log have filled.
        calendar: where the years begin.

    Assumptions: while files of the log can't be read, no value is known to be without contacts.
    """
    if merged.lost.parts:
        return Anew({}, {})
    keys = dict.fromkeys(merged.points, frozenset(own))
    since = {each: None if merged.since is None else calendar.rhythm(each).start_of(merged.since) for each in merged.points}
    return Anew(keys, since)

"""The contact logs of a workspace: their files, the opening hours and topics that their points are made with."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from cs_planning.errors import StorageUnavailable
from cs_planning.kpis.calendar.service_calendar import ServiceCalendar
from cs_planning.kpis.contacts.log.kept_files import discard, readable_files
from cs_planning.kpis.contacts.log.manifest import Manifest
from cs_planning.kpis.contacts.points.behind import contacts_behind
from cs_planning.kpis.contacts.points.engines import open_contacts
from cs_planning.kpis.feedback.counting import topic_points
from cs_planning.kpis.feedback.topics import Topic
from cs_planning.kpis.frequency import Frequency
from cs_planning.kpis.series import SeriesKey
from cs_planning.storage import Save, SeriesInfo, Store
from cs_planning.workspace.points.contacts import (
    OF_CONTACTS,
    Scope,
    log_id,
    manifest_of,
    mapping_of,
    outside,
    parts_of,
    points_of,
    scoped,
)

_TOPICS = "feedback_topics"


class ContactLogs:
    """The contacts that a workspace keeps, a log for each part of the service."""

    def __init__(self, store: Store, folder: Path) -> None:
        self._store = store
        self.folder = folder

    @property
    def calendar(self) -> ServiceCalendar:
        """Where the years begin and when the service is open, as it is kept now."""
        return self._store.settings.load_calendar()

    @property
    def topics(self) -> tuple[Topic, ...]:
        """The topics of feedback that are kept as series."""
        kept = self._store.settings.load(_TOPICS)
        return tuple(Topic.model_validate(one) for one in kept) if isinstance(kept, list) else ()

    def follow_topic(self, topic: Topic, *, save: Save) -> None:
        """Keeps how often a topic comes up as series, now and with every import to come.

        Raises:
            Conflict: something was imported or undone at the same moment; the topic is followed from the next import on.
        """
        if topic not in self.topics:
            followed: list[Any] = [one.model_dump(mode="json") for one in (*self.topics, topic)]
            self._store.settings.save(_TOPICS, followed, save=save)
        _, layers = self._store.layers.state()
        calendar = self.calendar
        for scope, names in self.sources().items():
            files, lost = self._files_of(scope, every_value=True)
            if not files:
                continue
            with open_contacts(files) as contacts:
                counted = {each: topic_points(contacts, [topic], calendar.rhythm(each)) for each in OF_CONTACTS}
            for frequency, frame in counted.items():
                points = scoped(outside(frame, calendar.rhythm(frequency), lost), scope)
                part = save.part(f"{names[-1]}-{frequency}")
                self._store.points.save(points, frequency, source=names[-1], state=(None, layers), save=part)

    def sources(self) -> Mapping[Scope, tuple[str, ...]]:
        """The part of the service that each log is about, with the files that filled it, the last one at the end."""
        found: dict[Scope, dict[str, None]] = {}
        for info in reversed(self._store.imports.list_sources()):
            mapping = mapping_of(info.mapping)
            if mapping.kind.holds_contacts:
                files = found.setdefault(mapping.scope, {})
                files.pop(info.file_name, None)
                files[info.file_name] = None
        return {scope: tuple(files) for scope, files in found.items()}

    def files(self) -> list[Path]:
        """The Parquet files of all contacts."""
        return [path for scope in self.sources() for path in self.files_of(scope)]

    def files_of(self, scope: Scope) -> list[Path]:
        """The Parquet files of one log."""
        return self._files_of(scope)[0]

    def computed(self, infos: Iterable[SeriesInfo]) -> tuple[SeriesInfo, ...]:
        """Those of some series that were computed of contacts of a log."""
        logs = [(set(scope), set(names)) for scope, names in self.sources().items()]
        return tuple(
            info for info in infos if any(info.source in names and scope <= set(info.key.scope) for scope, names in logs)
        )

    def behind(self, info: SeriesInfo, start: date) -> pd.DataFrame | None:
        """The contacts that a value of a series rests on, with the part that each has in it; see `contacts_behind`.

        Args:
            info: the series.
            start: the first day of the period.

        Returns:
            None for a series that was not computed of contacts that are kept.
        """
        for scope, names in self.sources().items():
            files = self.files_of(scope)
            if info.source in names and set(scope) <= set(info.key.scope) and files:
                own = SeriesKey(info.key.kpi, tuple(part for part in info.key.scope if part not in scope))
                calendar = self.calendar
                return contacts_behind(files, own, info.rhythm, start, hours=calendar.hours, targets=calendar.targets)
        return None

    def named(self) -> frozenset[str]:
        """The names of all files that the logs consist of, and of those that keep what each import brought."""
        present = frozenset(part.file_name for log in self._store.contact_logs.list() for part in log.parts)
        return present | self._store.layers.file_names()

    def discard(self, id: str, written: Manifest) -> None:
        """Removes those files of a log that neither it nor what an import brought consists of."""
        with suppress(StorageUnavailable):
            discard(self.folder / id, written, Manifest.of(("", name, 0) for name in self.named()))

    def _files_of(self, scope: Scope, *, every_value: bool = False) -> tuple[list[Path], Manifest]:
        """The files of one log that can be read, and those that are missing or damaged."""
        log = self._store.contact_logs.load(log_id(scope))
        good, lost = readable_files(self.folder / log.id, manifest_of(log), every_value=every_value)
        return good.paths(self.folder / log.id), lost

    def points(self, scope: Scope, skipped: Collection[str]) -> dict[Frequency, pd.DataFrame]:
        """All points of a log, but for the series that other files fill."""
        return self.points_of(scope, *self._files_of(scope, every_value=True), skipped=skipped)

    def points_of(
        self, scope: Scope, files: Sequence[Path], lost: Manifest, *, skipped: Collection[str] = ()
    ) -> dict[Frequency, pd.DataFrame]:
        """All points of the files of a log.

        Args:
            scope: the part of the service that the log is about.
            files: that can be read.
            lost: those that can't; periods with days of theirs are left out.
            skipped: series that are left out.
        """
        calendar = self.calendar
        names = self.sources().get(scope, ())
        own = (str(info.key) for info in self._store.points.list_series() if info.source in names)
        made = points_of(files, calendar=calendar, topics=self.topics, kept_parts=parts_of(own, scope)) if files else {}
        found = {each: scoped(outside(frame, calendar.rhythm(each), lost), scope) for each, frame in made.items()}
        return {each: frame[~frame["series"].isin(skipped)] for each, frame in found.items()}

"""What a file holds → what the workspace keeps of it: its points, its contacts and how it was understood, all or nothing."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from collections.abc import Mapping as MappingOf
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pandas as pd

from cs_planning.errors import Overtaken
from cs_planning.kpis.columns.mapping import Mapping
from cs_planning.kpis.contacts.log.kept_files import importing
from cs_planning.kpis.contacts.log.lost import lost_contacts
from cs_planning.kpis.contacts.log.manifest import Manifest
from cs_planning.kpis.contacts.points.aggregate import contact_days
from cs_planning.kpis.findings.imported import Imported, QualityFinding
from cs_planning.kpis.frequency import Frequency
from cs_planning.language import Text, ntext, text
from cs_planning.storage import (
    Anew,
    Brought,
    ContactLog,
    FoldedLayers,
    ImportInfo,
    PointCounts,
    RememberedMapping,
    Save,
    SeriesInfo,
    Store,
)
from cs_planning.workspace.data.taken_out import taken_out
from cs_planning.workspace.layers.folding import files_of, folded_log, folded_tables
from cs_planning.workspace.layers.records import ImportRecord, kept_import
from cs_planning.workspace.layers.same_kind import same_kind_of_file
from cs_planning.workspace.points.contacts import log_id, log_parts, manifest_of, mapping_of, scoped
from cs_planning.workspace.points.derived import DerivedPoints
from cs_planning.workspace.points.logs import ContactLogs
from cs_planning.workspace.points.merging import KnownPoints, computed_anew, merge

_POINTS_READY = 0.8


@dataclass(frozen=True)
class ImportReport:
    """What came of an import.

    Attributes:
        file_name: of the imported file.
        imported: what the file held, and what was wrong in it.
        counts: points that are new, changed and as they were.
        series: the series that it filled.
        rejected_rows: how many rows were left out, listed in `imported` or not.
    """

    file_name: str
    imported: Imported
    counts: PointCounts
    series: tuple[SeriesInfo, ...]
    rejected_rows: int = 0

    @property
    def changed_nothing(self) -> bool:
        """Whether everything was there already."""
        return not self.counts.moved

    @property
    def words(self) -> Text:
        """What came of it, in a sentence."""
        if self.changed_nothing:
            return text("{file} changed nothing: all of it was here already.", file=self.file_name)
        done = text(
            "{file} was imported: {new} values are new, {changed} changed, {same} stayed as they were.",
            file=self.file_name,
            new=self.counts.inserted,
            changed=self.counts.changed,
            same=self.counts.unchanged,
        )
        if not self.counts.removed:
            return done
        if self.imported.contacts is None and self.imported.points is not None:
            gone = ntext(
                "{count} value of its earlier reading is gone; undoing the import brings it back.",
                "{count} values of its earlier reading are gone; undoing the import brings them back.",
                self.counts.removed,
            )
            return text("{first} {second}", first=done, second=gone)
        gone = ntext(
            "{count} value is gone, since no contact supports it any more.",
            "{count} values are gone, since no contact supports them any more.",
            self.counts.removed,
        )
        return text("{first} {second}", first=done, second=gone)


@dataclass(frozen=True)
class Kept:
    """What is recorded of a file."""

    name: str
    fingerprint: str
    header: str
    mapping: Mapping
    imported: Imported
    rejected_rows: int


def unwatched(_share: float) -> None:
    """Nobody looks at the progress."""


def _is_earlier_reading(theirs: Mapping, mapping: Mapping) -> bool:
    """Whether a mapping is how an earlier version understood the columns of another one."""
    columns = [entry.column for entry in mapping.columns]
    is_earlier = theirs.rules < mapping.rules and theirs.scope == mapping.scope
    return is_earlier and [entry.column for entry in theirs.columns] == columns


def days_of(contacts: pd.DataFrame | Sequence[Path]) -> tuple[date, date] | None:
    """The days of the first and the last contact in a table or in Parquet files; None where there is none."""
    days = contact_days(contacts) if len(contacts) else pd.DatetimeIndex([])
    return (days[0].date(), days[-1].date()) if len(days) else None


class Keeping:
    """Imports that are kept."""

    def __init__(self, store: Store, logs: ContactLogs, derived: DerivedPoints) -> None:
        self._store = store
        self._logs = logs
        self._derived = derived

    def keep(
        self,
        kept: Kept,
        contacts: pd.DataFrame | Sequence[Path] | None,
        *,
        save: Save,
        progress: Callable[[float], None] = unwatched,
    ) -> ImportReport:
        """Keeps points or contacts, all or nothing; series that another kind of file filled stay as they are.

        Args:
            kept: the file.
            contacts: a contact table or Parquet files of one; None for a table of KPIs.
            save: who saves, when, and the key under which it happens once.
            progress: is told the share that is done, from 0 to 1.

        Raises:
            Conflict: another import ran at the same moment; nothing was kept.
            StorageUnavailable: the workspace can't be written; nothing was kept.
        """
        for last in (False, False, True):
            try:
                if contacts is None:
                    return self._keep_table(kept, save=save, progress=progress)
                return self._keep_contacts(kept, contacts, save=save, progress=progress)
            except Overtaken:
                if last:
                    raise
        raise AssertionError

    def _keep_table(self, kept: Kept, *, save: Save, progress: Callable[[float], None]) -> ImportReport:
        state = self._store.layers.state()
        others = {str(info.key) for info in self.of_other_files(kept.mapping)}
        points, brought = self._points_of_table(kept)
        replaced = self.replaced(kept.mapping, points)
        gone = tuple(sorted({str(info.key) for info in replaced}))
        kept = _told(kept, taken_out(replaced))
        brought = replace(brought, removed=gone)
        anew = Anew(dict.fromkeys(Frequency, frozenset(gone)), dict.fromkeys(Frequency)) if gone else None
        folded = folded_tables(self._store, self._logs)
        return self._record(
            kept,
            points,
            others,
            brought=brought,
            folded=folded,
            anew=anew,
            state=state,
            save=save,
            progress=progress,
        )

    def _points_of_table(self, kept: Kept) -> tuple[dict[Frequency, pd.DataFrame], Brought]:
        """The points of a table with those of longer periods, and what the table gives by itself."""
        imported, kpis = kept.imported, tuple(kept.imported.kpis.values())
        if imported.points is None or imported.rhythm is None:
            return {}, Brought(kpis=kpis)
        own = scoped(imported.points, kept.mapping.scope)
        points = self._derived.with_longer_periods(own, imported.rhythm, imported.kpis)
        return points, Brought({imported.rhythm.frequency: own}, kpis=kpis)

    def _keep_contacts(
        self,
        kept: Kept,
        contacts: pd.DataFrame | Sequence[Path],
        *,
        save: Save,
        progress: Callable[[float], None],
    ) -> ImportReport:
        """Adds contacts to their log; the files of it that are needed no more are removed, whatever came of the import."""
        name = log_id(kept.mapping.scope)
        folder = self._logs.folder / name
        with importing(self._logs.folder, self._logs.named):
            _, layers = self._store.layers.state()
            known = self._store.contact_logs.load(name)
            others = {str(info.key) for info in self.of_other_files(kept.mapping)}
            own = frozenset(self._of_contacts(kept.mapping))
            misread = self.misread(kept.mapping, days_of(contacts))
            gone = frozenset(str(info.key) for info in misread)
            merged = merge(
                folder,
                known,
                contacts,
                known=KnownPoints(self._basis(name), own, frozenset(others), kept.mapping.scope),
                calendar=self._logs.calendar,
                topics=self._logs.topics,
                progress=lambda share: progress(_POINTS_READY * share),
            )
            kept = _told(kept, (*lost_contacts(merged.lost), *taken_out(misread)))
            points = {frequency: scoped(frame, kept.mapping.scope) for frequency, frame in merged.points.items()}
            brought = Brought(kpis=tuple(kept.imported.kpis.values()), files=log_parts(merged.own), removed=tuple(sorted(gone)))
            anew = replace(computed_anew(merged, own, self._logs.calendar), taken_out=gone)
            written = Manifest(parts=(*manifest_of(known).parts, *manifest_of(merged.log).parts, *merged.own.parts))
            try:
                folded = folded_log(self._store, self._logs, name)
                written = Manifest(parts=(*written.parts, *files_of(self._store, name, folded).parts))
                return self._record(
                    kept,
                    points,
                    others,
                    log=merged.log,
                    brought=brought,
                    folded=folded,
                    anew=anew,
                    # Other imports may have changed which series are theirs; points that changed otherwise matter to none.
                    state=(None, layers),
                    basis=merged.basis,
                    save=save,
                    progress=progress,
                )
            finally:
                self._logs.discard(name, written)

    def _record(
        self,
        kept: Kept,
        points: dict[Frequency, pd.DataFrame],
        others: Collection[str],
        *,
        log: ContactLog | None = None,
        brought: Brought,
        folded: FoldedLayers | None = None,
        anew: Anew | None = None,
        state: tuple[int | None, int],
        basis: str = "",
        save: Save,
        progress: Callable[[float], None],
    ) -> ImportReport:
        imported, mapping = kept.imported, kept.mapping
        points = {frequency: frame[~frame["series"].isin(others)] for frequency, frame in points.items()}
        progress(_POINTS_READY)
        record = ImportRecord.of(imported.findings, imported.rows_read, imported.rejected, basis)
        info = ImportInfo(
            file_name=kept.name,
            fingerprint=kept.fingerprint,
            kind=mapping.kind.value,
            accepted=imported.accepted_rows,
            rejected=kept.rejected_rows,
            mapping=mapping.model_dump_json(),
            summary=record.model_dump_json(),
        )
        result = self._store.imports.record(
            info,
            points,
            kpis=tuple(imported.kpis.values()),
            remember=RememberedMapping(kept.header, mapping.kind.value, mapping.model_dump_json()),
            log=log,
            brought=brought,
            folded=folded,
            anew=anew,
            state=state,
            currency=imported.currency,
            save=save,
        )
        progress(1.0)
        filled = {(series, frequency) for frequency, frame in points.items() for series in frame["series"].unique()}
        series = tuple(info for info in self._store.points.list_series() if (str(info.key), info.frequency) in filled)
        return ImportReport(kept.name, imported, result.total, series, kept.rejected_rows)

    def _basis(self, log: str) -> str:
        """What the kept points of a log rest on, as its last import recorded it; empty when none did."""
        for one in self._store.imports.list_sources():
            mapping = mapping_of(one.mapping)
            if mapping.kind.holds_contacts and log_id(mapping.scope) == log:
                record = kept_import(self._store.imports.load(one.id)).record
                if record is not None and record.basis.startswith(f"{log}@"):
                    return record.basis
        return ""

    def _of_contacts(self, mapping: Mapping) -> list[str]:
        """The series that files of the same log as this one have filled."""
        return [
            str(info.key) for info, theirs in self._filled() if theirs.kind.holds_contacts and theirs.scope == mapping.scope
        ]

    def of_other_files(self, mapping: Mapping) -> list[SeriesInfo]:
        """The series that were filled from another kind of file than one with this mapping; earlier readings of it are none."""
        return [
            info
            for info, file in self._filled()
            if not same_kind_of_file(mapping, file) and not _is_earlier_reading(file, mapping)
        ]

    def misread(self, mapping: Mapping, days: tuple[date, date] | None) -> tuple[SeriesInfo, ...]:
        """The series that an earlier version took out of a file of contacts as if it were a table of figures.

        Only those of which every period lies within the days of the contacts: what the file does not hold stays.

        Args:
            mapping: how the file is understood now.
            days: of its first and its last contact; None where it holds none.
        """
        if not mapping.kind.holds_contacts or days is None:
            return ()
        of_file = [
            info for info, theirs in self._filled() if not theirs.kind.holds_contacts and _is_earlier_reading(theirs, mapping)
        ]
        stay = {str(info.key) for info in of_file if info.first < info.rhythm.start_of(days[0]) or info.last > days[1]}
        return tuple(info for info in of_file if str(info.key) not in stay)

    def replaced(self, mapping: Mapping, points: MappingOf[Frequency, pd.DataFrame]) -> tuple[SeriesInfo, ...]:
        """The series that an earlier version made of the columns of a table, and that its reading by today's rules has not.

        Only those of which every period comes again in the file: what it does not hold stays.

        Args:
            mapping: how the table is understood now.
            points: what it gives, by frequency, with the longer periods made of them.
        """
        if mapping.kind.holds_contacts:
            return ()
        of_file = [
            info for info, theirs in self._filled() if not theirs.kind.holds_contacts and _is_earlier_reading(theirs, mapping)
        ]
        given = {str(series) for frame in points.values() for series in frame["series"].unique()}
        gone = [info for info in of_file if str(info.key) not in given]
        stay = {str(info.key) for info in gone if not self._comes_again(info, points)}
        return tuple(info for info in gone if str(info.key) not in stay)

    def _comes_again(self, info: SeriesInfo, points: MappingOf[Frequency, pd.DataFrame]) -> bool:
        kept = self._store.points.load_frame(info.frequency, [str(info.key)])
        return info.frequency in points and bool(kept["period"].isin(points[info.frequency]["period"]).all())

    def _filled(self) -> list[tuple[SeriesInfo, Mapping]]:
        """The series that a file filled, with how that was understood."""
        sources = {info.file_name: mapping_of(info.mapping) for info in reversed(self._store.imports.list_sources())}
        return [(info, sources[info.source]) for info in self._store.points.list_series() if info.source in sources]


def _told(kept: Kept, findings: Sequence[QualityFinding]) -> Kept:
    """The file with more findings."""
    return replace(kept, imported=replace(kept.imported, findings=(*kept.imported.findings, *findings)))

"""The use cases of data: read a file, understand it, keep its KPI series."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Callable, Collection, Sequence
from collections.abc import Mapping as MappingOf
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from pathlib import Path, PurePath
from typing import Any

import pandas as pd

from cs_planning.errors import ImportProblems
from cs_planning.kpis.aggregate import contact_kpis
from cs_planning.kpis.catalogue import CATALOGUE, Kpi
from cs_planning.kpis.completeness import Coverage
from cs_planning.kpis.contact_files import LARGE_BYTES, read_contacts, suits
from cs_planning.kpis.contact_log import prune
from cs_planning.kpis.convert import convert
from cs_planning.kpis.costs import cost_per_contact
from cs_planning.kpis.feedback.counting import topic_points
from cs_planning.kpis.feedback.topics import Topic
from cs_planning.kpis.frequency import Frequency
from cs_planning.kpis.imported import Imported, QualityFinding
from cs_planning.kpis.mapping import Mapping, Role
from cs_planning.kpis.opening_hours import OpeningHours
from cs_planning.kpis.quality import series_findings
from cs_planning.kpis.reading import read_sample, read_table
from cs_planning.kpis.recognise import Recognition, header_fingerprint, recognise
from cs_planning.kpis.series import KpiSeries, SeriesKey, split_series, to_longer_periods
from cs_planning.kpis.table import Table
from cs_planning.language import text
from cs_planning.storage import ContactLog, ImportInfo, PointCounts, RememberedMapping, SeriesInfo, Store
from cs_planning.workspace.contact_points import OF_CONTACTS, Scope, log_id, manifest_of, merge, points_of
from cs_planning.workspace.import_records import ImportRecord, KeptImport, by_weight, kept_import

OPENING_HOURS = "opening_hours"
"""The key of the workspace setting that holds when the service is open."""
_TOPICS = "feedback_topics"
_COST_AND_CONTACTS = "service_cost ÷ contact_volume"
_LONGER = (Frequency.WEEK, Frequency.MONTH, Frequency.QUARTER, Frequency.YEAR)
_SOURCE = "source"
_SHARED_COLUMNS = 0.5
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


@dataclass(frozen=True)
class _Kept:
    """What is recorded of a file."""

    name: str
    fingerprint: str
    header: str
    mapping: Mapping
    imported: Imported
    rejected_rows: int


def _unwatched(_share: float) -> None:
    """Nobody looks at the progress."""


class KpiData:
    """Imports and KPI series of a workspace."""

    def __init__(self, store: Store, contact_folder: Path) -> None:
        self._store = store
        self._contacts = contact_folder

    @property
    def hours(self) -> OpeningHours | None:
        """When the service is open, None when nobody said it."""
        kept = self._store.load_setting(OPENING_HOURS)
        return None if kept is None else OpeningHours.model_validate(kept)

    @property
    def topics(self) -> tuple[Topic, ...]:
        """The topics of feedback that are kept as series."""
        kept = self._store.load_setting(_TOPICS)
        return tuple(Topic.model_validate(one) for one in kept) if isinstance(kept, list) else ()

    def follow_topic(self, topic: Topic, *, author: str, key: str, now: datetime) -> None:
        """Keeps how often a topic comes up as series, now and with every import to come."""
        if topic not in self.topics:
            followed: list[Any] = [one.model_dump(mode="json") for one in (*self.topics, topic)]
            self._store.save_setting(_TOPICS, followed, author=author, idempotency_key=key, now=now)
        for source, scope in self._logs():
            for frequency in OF_CONTACTS:
                points = _scoped(topic_points(self._files_of(scope), [topic], frequency), scope)
                name = hashlib.sha256(f"{key}{source}{frequency}".encode()).hexdigest()[:32]
                self._store.save_points(points, frequency, source=source, author=author, idempotency_key=name, now=now)

    def contact_files(self) -> list[Path]:
        """The Parquet files of all contacts that are kept."""
        return [path for _source, scope in self._logs() for path in self._files_of(scope)]

    def _logs(self) -> list[tuple[str, Scope]]:
        """The scope of each contact log, with the file that filled it last."""
        found: dict[Scope, str] = {}
        for info in reversed(self.imports()):
            mapping = Mapping.model_validate_json(info.mapping)
            if mapping.kind.holds_contacts:
                found[mapping.scope] = info.file_name
        return [(source, scope) for scope, source in found.items()]

    def _files_of(self, scope: Scope) -> list[Path]:
        log = self._store.load_contact_log(log_id(scope))
        return manifest_of(log).paths(self._contacts / log.id)

    def read(self, name: str, content: bytes, *, sheet: str | None = None) -> Table:
        """The table in a file.

        Raises:
            ImportProblems: it can't be read; all of its problems.
        """
        return read_table(name, content, sheet=sheet)

    def recognise(self, table: Table) -> Recognition:
        """What a table is and what its columns mean; a mapping that was corrected for the same header counts more."""
        remembered = self._store.remembered_mapping(header_fingerprint(table))
        return recognise(table, None if remembered is None else Mapping.model_validate_json(remembered.mapping))

    def convert(self, table: Table, mapping: Mapping, today: date) -> Imported:
        """The KPI points or contacts in a table, and everything that is wrong with it.

        Raises:
            ImportProblems: something forbids the import; all of it.
        """
        return convert(table, self._in_our_zone(mapping), today=today)

    def _in_our_zone(self, mapping: Mapping) -> Mapping:
        """The mapping with days that begin where the service is, for files that say their time zone."""
        hours = self.hours
        if hours is None or hours.time_zone is None or mapping.report_time_zone is not None:
            return mapping
        return mapping.model_copy(update={"report_time_zone": hours.time_zone})

    def preview(self, imported: Imported) -> tuple[KpiSeries, ...]:
        """The KPIs that a file gives by itself, tables in their own rhythm, contacts by month."""
        if imported.contacts is not None:
            points, frequency = contact_kpis(imported.contacts, Frequency.MONTH, hours=self.hours), Frequency.MONTH
        elif imported.points is not None and imported.frequency is not None:
            points, frequency = imported.points, imported.frequency
        else:
            return ()
        return tuple(series for series in split_series(points, frequency, imported.kpis).values() if len(series))

    def save(
        self,
        table: Table,
        mapping: Mapping,
        imported: Imported,
        *,
        author: str,
        key: str,
        now: datetime,
        progress: Callable[[float], None] = _unwatched,
    ) -> ImportReport:
        """Keeps what a table holds, all or nothing; points and contacts that are there already are updated.

        A series that another kind of file filled is left as it is: `taken` names those, `suggested_scope` keeps both.
        `progress` is told the share that is done, from 0 to 1.

        Raises:
            Conflict: another import ran at the same moment; nothing was kept.
            StorageUnavailable: the workspace can't be written; nothing was kept.
        """
        rejected = len(imported.rejected)
        kept = _Kept(table.name, _fingerprint(table), header_fingerprint(table), mapping, imported, rejected)
        return self._keep(kept, imported.contacts, author=author, key=key, now=now, progress=progress)

    def _keep(
        self,
        kept: _Kept,
        contacts: pd.DataFrame | Sequence[Path] | None,
        *,
        author: str,
        key: str,
        now: datetime,
        progress: Callable[[float], None] = _unwatched,
    ) -> ImportReport:
        imported, mapping = kept.imported, kept.mapping
        log: ContactLog | None = None
        points: dict[Frequency, pd.DataFrame] = {}
        basis = ""
        others = {str(info.key) for info in self._of_other_files(mapping)}
        if contacts is not None:
            known = self._store.load_contact_log(log_id(mapping.scope))
            merged = merge(
                self._contacts / known.id,
                known,
                contacts,
                known_basis=self._basis(known.id),
                skipped=others,
                hours=self.hours,
                topics=self.topics,
                progress=lambda share: progress(_POINTS_READY * share),
            )
            log, basis = merged.log, merged.basis
            points = {frequency: _scoped(frame, mapping.scope) for frequency, frame in merged.points.items()}
        elif imported.points is not None and imported.frequency is not None:
            own = _scoped(imported.points, mapping.scope)
            points = self._with_longer_periods(own, imported.frequency, imported.kpis)
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
        result = self._store.record_import(
            info,
            points,
            kpis=tuple(imported.kpis.values()),
            remember=RememberedMapping(kept.header, mapping.kind.value, mapping.model_dump_json()),
            log=log,
            author=author,
            idempotency_key=key,
            now=now,
        )
        self._keep_cost_per_contact(author=author, key=key, now=now)
        if log is not None:
            prune(self._contacts / log.id, manifest_of(log))
        filled = {(series, frequency) for frequency, frame in points.items() for series in frame["series"].unique()}
        series = tuple(info for info in self.series_list() if (str(info.key), info.frequency) in filled)
        return ImportReport(kept.name, imported, result.total, series, kept.rejected_rows)

    def _keep_cost_per_contact(self, *, author: str, key: str, now: datetime) -> None:
        """Cost ÷ contacts where costs and contacts came from files of their own; a file that holds it itself stays as it is."""
        infos = self.series_list()
        if not any(info.key.kpi == "service_cost" for info in infos):
            return
        imported = {info.file_name for info in self.imports()}
        taken = {str(info.key) for info in infos if info.key.kpi == "cost_per_contact" and info.source in imported}
        for frequency in dict.fromkeys(info.frequency for info in infos if info.key.kpi == "service_cost"):
            names = [str(info.key) for info in infos if info.key.kpi in ("service_cost", "contact_volume")]
            made = cost_per_contact(self._store.load_frame(frequency, names))
            made = made[~made["series"].isin(taken)]
            if len(made):
                name = hashlib.sha256(f"{key}-cost-{frequency}".encode()).hexdigest()[:32]
                self._store.save_points(
                    made, frequency, source=_COST_AND_CONTACTS, author=author, idempotency_key=name, now=now
                )

    def _basis(self, log: str) -> str:
        """What the kept points of a log rest on, as its last import recorded it; empty when none did."""
        records = (one.record.basis for one in self.kept_imports() if one.record is not None)
        return next((basis for basis in records if basis.startswith(f"{log}@")), "")

    def import_path(self, path: Path, *, author: str, key: str, now: datetime) -> ImportReport:
        """Imports a file on this machine as it was recognised; a large log of contacts is never held in memory.

        Raises:
            ImportProblems: the file can't be read or understood; nothing was kept.
            StorageUnavailable: the workspace can't be written; nothing was kept.
        """
        try:
            is_large = path.stat().st_size > LARGE_BYTES
            content = b"" if is_large else path.read_bytes()
        except OSError as error:
            raise ImportProblems(
                text("{file} can't be read ({reason}).", file=str(path), reason=error.strerror or str(error)),
                text("Check the name and the rights of the file."),
            ) from None
        if not is_large:
            return self.import_file(path.name, content, author=author, key=key, now=now)
        sample = read_sample(path)
        mapping = self.recognise(sample).mapping
        if sample.complete or not suits(path, mapping):
            return self.import_file(path.name, path.read_bytes(), author=author, key=key, now=now)
        self._contacts.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix="import-", dir=self._contacts) as folder:
            read = read_contacts(path, sample, self._in_our_zone(mapping), Path(folder), today=now.date())
            imported = Imported(mapping.kind, read.rows_read, read.accepted_rows, read.rejected, read.findings)
            mapping = mapping.model_copy(update={"scope": self.suggested_scope(sample, mapping, imported)})
            header = header_fingerprint(sample)
            kept = _Kept(path.name, _fingerprint_of_file(path), header, mapping, imported, read.rejected_rows)
            return self._keep(kept, read.paths, author=author, key=key, now=now)

    def import_file(self, name: str, content: bytes, *, author: str, key: str, now: datetime) -> ImportReport:
        """Reads, recognises, converts and keeps a file as it was recognised.

        Raises:
            ImportProblems: the file can't be read or understood; nothing was kept.
        """
        table = self.read(name, content)
        mapping = self.recognise(table).mapping
        imported = self.convert(table, mapping, now.date())
        scope = self.suggested_scope(table, mapping, imported)
        return self.save(table, mapping.model_copy(update={"scope": scope}), imported, author=author, key=key, now=now)

    def compute_again(self, *, author: str, key: str, now: datetime, progress: Callable[[float], None] = _unwatched) -> int:
        """Computes every kept point again that can be: of contacts from their log, of tables from their shortest periods.

        Returns: how many points are new or changed.

        Raises:
            StorageUnavailable: the workspace can't be read or written; what was computed so far is kept.
        """
        infos = self.series_list()
        sources = {info.file_name: Mapping.model_validate_json(info.mapping) for info in reversed(self.imports())}
        of_contacts = {name: mapping.scope for name, mapping in sources.items() if mapping.kind.holds_contacts}
        work: list[tuple[str, Callable[[], dict[Frequency, pd.DataFrame]]]] = []
        for scope in dict.fromkeys(of_contacts.values()):
            names = [name for name, of in of_contacts.items() if of == scope]
            taken = {str(info.key) for info in infos if info.source not in names}
            work.append((names[-1], partial(self._of_log, scope, taken)))
        tables = dict.fromkeys(info.source for info in infos if info.source not in of_contacts)
        work += [(source, partial(self._of_tables, [info for info in infos if info.source == source])) for source in tables]
        moved = 0
        for done, (source, compute) in enumerate(work):
            progress(done / len(work))
            for frequency, frame in compute().items():
                name = hashlib.sha256(f"{key}{source}{frequency}".encode()).hexdigest()[:32]
                counts = self._store.save_points(frame, frequency, source=source, author=author, idempotency_key=name, now=now)
                moved += counts.moved
        return moved

    def _of_log(self, scope: Scope, skipped: Collection[str]) -> dict[Frequency, pd.DataFrame]:
        """The points of a contact log, all of them."""
        made = points_of(self._files_of(scope), hours=self.hours, topics=self.topics)
        found = {frequency: _scoped(frame, scope) for frequency, frame in made.items()}
        return {frequency: frame[~frame["series"].isin(skipped)] for frequency, frame in found.items()}

    def _of_tables(self, infos: Sequence[SeriesInfo]) -> dict[Frequency, pd.DataFrame]:
        """The longer periods of series that came as tables."""
        frames: dict[Frequency, list[pd.DataFrame]] = {}
        for frequency, group in _shortest(infos).items():
            points = self._store.load_frame(frequency, [str(info.key) for info in group])
            made = self._with_longer_periods(points, frequency, {info.kpi.id: info.kpi for info in group})
            for longer, frame in made.items():
                if longer is not frequency:
                    frames.setdefault(longer, []).append(frame)
        return {frequency: pd.concat(parts, ignore_index=True) for frequency, parts in frames.items()}

    def taken(self, table: Table, mapping: Mapping, imported: Imported) -> tuple[SeriesInfo, ...]:
        """The series that this file would write to although files of another kind filled them."""
        if imported.points is not None:
            written = set(_scoped(imported.points, mapping.scope)["series"])
        else:
            without = set() if mapping.find(Role.COST) else {"service_cost", "cost_per_contact"}
            written = {str(_with_scope(SeriesKey(kpi), mapping.scope)) for kpi in CATALOGUE if kpi not in without}
        found = {info.key: info for info in self._of_other_files(mapping) if str(info.key) in written}
        return tuple(found.values())

    def suggested_scope(self, table: Table, mapping: Mapping, imported: Imported) -> tuple[tuple[str, str], ...]:
        """The scope of the mapping; where series of another kind of file stand in the way, one that keeps both."""
        if mapping.scope or not self.taken(table, mapping, imported):
            return mapping.scope
        return ((_SOURCE, PurePath(table.name).stem),)

    def series_list(self) -> tuple[SeriesInfo, ...]:
        """Every series that is kept."""
        return self._store.list_series()

    def series(self, key: SeriesKey | str, frequency: Frequency) -> KpiSeries:
        """One series.

        Raises:
            NotFound: it was never imported.
        """
        return self._store.load_series(key, frequency)

    def frame(self, frequency: Frequency, keys: Sequence[str] | None = None) -> pd.DataFrame:
        """The series frame of all series in a rhythm, or of some."""
        return self._store.load_frame(frequency, keys)

    def version(self) -> int:
        """A number that changes whenever a point does."""
        return self._store.data_version()

    def imports(self) -> tuple[ImportInfo, ...]:
        """The imports so far, the newest first."""
        return self._store.list_imports()

    def kept_imports(self) -> tuple[KeptImport, ...]:
        """The imports so far with their findings and the rows that they left out, the newest first."""
        return tuple(kept_import(info) for info in self.imports())

    def stored_findings(self, today: date) -> tuple[QualityFinding, ...]:
        """What is suspicious in the series that are kept, each in its shortest rhythm, the gravest first."""
        groups: dict[tuple[Frequency, str], list[SeriesInfo]] = {}
        for frequency, infos in _shortest(self.series_list()).items():
            for info in infos:
                groups.setdefault((frequency, info.source), []).append(info)
        findings: list[QualityFinding] = []
        for (frequency, _source), infos in groups.items():
            points = self._store.load_frame(frequency, [str(info.key) for info in infos])
            if len(points):
                findings += series_findings(points, frequency, {info.kpi.id: info.kpi for info in infos}, today)
        return by_weight(findings)

    def _of_other_files(self, mapping: Mapping) -> list[SeriesInfo]:
        """The series that were filled from another kind of file than this one."""
        sources = {info.file_name: Mapping.model_validate_json(info.mapping) for info in reversed(self.imports())}
        return [
            info
            for info in self.series_list()
            if info.source in sources and not _same_kind_of_file(mapping, sources[info.source])
        ]

    def _with_longer_periods(
        self, points: pd.DataFrame, frequency: Frequency, kpis: MappingOf[str, Kpi]
    ) -> dict[Frequency, pd.DataFrame]:
        known = self._store.load_frame(frequency, points["series"].unique().tolist())
        everything = pd.concat([known, points]).drop_duplicates(["series", "period"], keep="last")
        everything = everything.sort_values(["series", "period"]).reset_index(drop=True)
        frames: dict[Frequency, list[pd.DataFrame]] = {}
        for series in split_series(everything, frequency, kpis).values():
            if not len(series):
                continue
            coverage = Coverage.of(series.periods) if frequency is Frequency.DAY else Coverage.from_periods(series)
            for longer in _LONGER:
                made = to_longer_periods(series, longer) if frequency.is_finer_than(longer) else None
                if made is not None:
                    frames.setdefault(longer, []).append(coverage.whole(made.frame, longer))
        return {frequency: points} | {longer: pd.concat(made, ignore_index=True) for longer, made in frames.items()}


def _shortest(infos: Sequence[SeriesInfo]) -> dict[Frequency, list[SeriesInfo]]:
    """Each series in its shortest rhythm."""
    shortest: dict[SeriesKey, SeriesInfo] = {}
    for info in infos:
        known = shortest.get(info.key)
        if known is None or info.frequency.is_finer_than(known.frequency):
            shortest[info.key] = info
    groups: dict[Frequency, list[SeriesInfo]] = {}
    for info in shortest.values():
        groups.setdefault(info.frequency, []).append(info)
    return groups


def _scoped(points: pd.DataFrame, scope: Scope) -> pd.DataFrame:
    if not scope:
        return points
    names = {name: str(_with_scope(SeriesKey.parse(name), scope)) for name in points["series"].unique()}
    return points.assign(series=points["series"].map(names))


def _with_scope(key: SeriesKey, scope: Scope) -> SeriesKey:
    present = {dimension for dimension, _value in key.scope}
    return SeriesKey(key.kpi, (*(part for part in scope if part[0] not in present), *key.scope))


def _same_kind_of_file(one: Mapping, other: Mapping) -> bool:
    """Whether a file continues the series of another: logs of contacts are put together, tables must share most columns."""
    if one.scope != other.scope or one.kind.holds_contacts != other.kind.holds_contacts:
        return False
    if one.kind.holds_contacts:
        return True
    ours, theirs = ({column.column.lower() for column in mapping.columns} for mapping in (one, other))
    return one.kind is other.kind and len(ours & theirs) >= _SHARED_COLUMNS * len(ours | theirs)


def _fingerprint(table: Table) -> str:
    digest = hashlib.sha256("\x1f".join(table.columns).encode())
    digest.update(pd.util.hash_pandas_object(table.frame, index=False).to_numpy().tobytes())
    return digest.hexdigest()


def _fingerprint_of_file(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()

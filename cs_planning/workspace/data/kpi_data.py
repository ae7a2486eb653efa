"""The use cases of data: read a file, understand it, keep its KPI series."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path, PurePath

import pandas as pd

from cs_planning.errors import ImportProblems
from cs_planning.kpis.calendar.service_calendar import ServiceCalendar
from cs_planning.kpis.catalogue import Unit
from cs_planning.kpis.columns.mapping import Mapping
from cs_planning.kpis.columns.roles import Kind
from cs_planning.kpis.completeness import Coverage
from cs_planning.kpis.contacts.conversion.from_file import LARGE_BYTES, read_contacts, suits
from cs_planning.kpis.contacts.log.kept_files import ASIDE, importing
from cs_planning.kpis.contacts.points.aggregate import contact_days, contact_kpis
from cs_planning.kpis.currency import Currency
from cs_planning.kpis.files.reading import read_sample, read_table
from cs_planning.kpis.files.table import Table
from cs_planning.kpis.findings.imported import Imported, QualityFinding
from cs_planning.kpis.frequency import Frequency
from cs_planning.kpis.imports.answers import Answers, FileQuestion
from cs_planning.kpis.imports.convert import convert, in_zone, targets_said
from cs_planning.kpis.imports.offers import worth_asking
from cs_planning.kpis.imports.questions import answered, open_questions, understood
from cs_planning.kpis.imports.recognise import Recognition, doubts_about, header_fingerprint, recognise, recognise_as
from cs_planning.kpis.imports.sheets import series_of
from cs_planning.kpis.series import KpiSeries, SeriesKey
from cs_planning.language import text
from cs_planning.storage import (
    ImportInfo,
    Save,
    SeriesInfo,
    Store,
)
from cs_planning.workspace.data.keeping import ImportReport, Keeping, Kept, days_of, unwatched
from cs_planning.workspace.data.kept_series import contacts_behind, files_by_earlier_rules, stored_findings
from cs_planning.workspace.data.old_data import old_import
from cs_planning.workspace.layers.records import KeptImport, kept_import
from cs_planning.workspace.layers.undoing import ImportUndo
from cs_planning.workspace.points.contacts import (
    Scope,
    mapping_of,
    scoped,
    with_scope,
)
from cs_planning.workspace.points.derived import DerivedPoints, shortest
from cs_planning.workspace.points.logs import ContactLogs

_SOURCE = "source"
_READ = 0.4


class KpiData:
    """Imports and KPI series of a workspace.

    Attributes:
        logs: the contacts that are kept.
        derived: the points that rest on others.
        undo: taking an import back as a whole.
    """

    def __init__(self, store: Store, contact_folder: Path) -> None:
        self._store = store
        self._contacts = contact_folder
        self.logs = ContactLogs(store, contact_folder)
        self.derived = DerivedPoints(store, self.logs)
        self.undo = ImportUndo(store, self.logs)
        self._keeping = Keeping(store, self.logs, self.derived)

    @property
    def calendar(self) -> ServiceCalendar:
        """Where the years of the workspace begin and when its service is open, as it is kept now."""
        return self._store.settings.load_calendar()

    @property
    def currency(self) -> Currency:
        """In which amounts of the workspace are counted, as it is kept now; amounts that are kept hold it fast."""
        kept = self._store.settings.load_currency()
        has_amounts = not kept.is_chosen and any(info.kpi.unit is Unit.MONEY for info in self.series_list())
        return kept.model_copy(update={"is_chosen": True}) if has_amounts else kept

    def read(self, name: str, content: bytes, *, sheet: str | None = None) -> Table:
        """The table in a file.

        Raises:
            ImportProblems: it can't be read; all of its problems.
        """
        return read_table(name, content, sheet=sheet)

    def recognise(self, table: Table) -> Recognition:
        """What a table is and what its columns mean; a mapping that was corrected for the same header counts more."""
        return recognise(table, self.remembered(table))

    def asked(self, table: Table, found: Recognition, answers: Answers) -> tuple[Recognition, tuple[FileQuestion, ...]]:
        """What a table is by the answers of a person, and the questions that are open: those that it waits for come first.

        Raises:
            ImportProblems: an answer names a column that is not there.
        """
        said = answered(table, found, answers)
        return said, (*open_questions(table, said), *worth_asking(table, said, answers))

    def as_kind(self, table: Table, kind: Kind, found: Recognition) -> Mapping:
        """How the columns of a table are read if somebody says of which kind it is."""
        return recognise_as(table, (kind,), found).mapping

    def remembered(self, table: Table) -> Mapping | None:
        """The mapping that was confirmed for a file with the same header; None where there was none."""
        kept = self._store.imports.remembered_mapping(header_fingerprint(table))
        return None if kept is None else mapping_of(kept.mapping)

    def convert(self, table: Table, mapping: Mapping, today: date) -> Imported:
        """The KPI points or contacts in a table, and everything that is wrong with it.

        Raises:
            ImportProblems: something forbids the import; all of it.
        """
        read = convert(table, mapping, calendar=self.calendar, today=today, currency=self.currency)
        return self._with_age(read, today)

    def _with_age(self, read: Imported, today: date) -> Imported:
        kept = self.series_list() if read.contacts is None and read.points is not None else self.series_of_contacts()
        return replace(read, findings=(*old_import(read, kept, today), *read.findings))

    def preview(self, imported: Imported) -> tuple[KpiSeries, ...]:
        """The KPIs that a file gives by itself, tables in their own rhythm, contacts by month."""
        return series_of(imported, self.calendar)

    def save(
        self,
        table: Table,
        mapping: Mapping,
        imported: Imported,
        *,
        save: Save,
        progress: Callable[[float], None] = unwatched,
    ) -> ImportReport:
        """Keeps what a table holds, all or nothing; points and contacts that are there already are updated.

        A series that another kind of file filled is left as it is: `taken` names those, `suggested_scope` keeps both.
        `progress` is told the share that is done, from 0 to 1.

        Raises:
            Conflict: another import ran at the same moment; nothing was kept.
            StorageUnavailable: the workspace can't be written; nothing was kept.
        """
        rejected = len(imported.rejected)
        kept = Kept(table.name, _fingerprint(table), header_fingerprint(table), mapping, imported, rejected)
        return self._keeping.keep(kept, imported.contacts, save=save, progress=progress)

    def import_path(
        self, path: Path, *, save: Save, answers: Answers | None = None, progress: Callable[[float], None] = unwatched
    ) -> ImportReport:
        """Imports a file on this machine as it was recognised; a large log of contacts is never held in memory.

        `answers` are what a person said about it, and `progress` is told the share that is done, from 0 to 1.

        Raises:
            Undecided: something has to be asked before the file is read; nothing was kept.
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
            return self.import_file(path.name, content, save=save, answers=answers, progress=progress)
        sample = read_sample(path)
        mapping = understood(sample, self.recognise(sample), answers).mapping
        if sample.complete or not suits(path, mapping):
            return self.import_file(path.name, path.read_bytes(), save=save, answers=answers, progress=progress)
        with (
            importing(self._contacts, self.logs.named),
            tempfile.TemporaryDirectory(prefix=ASIDE, dir=self._contacts) as folder,
        ):
            read = read_contacts(
                path,
                sample,
                in_zone(mapping, self.calendar),
                Path(folder),
                today=save.now.date(),
                hours=self.calendar.hours,
                country=self.calendar.country,
                currency=self.currency,
                progress=lambda share: progress(_READ * share),
            )
            findings = (*read.findings, *targets_said(mapping, self.calendar))
            imported = Imported(
                mapping.kind,
                read.rows_read,
                read.accepted_rows,
                read.rejected,
                findings,
                kpis=read.kpis,
                currency=read.currency,
                last_day=contact_days(read.paths)[-1].date(),
            )
            imported = self._with_age(imported, save.now.date())
            mapping = mapping.model_copy(update={"scope": self._free_scope(sample.name, mapping, imported, read.paths)})
            header = header_fingerprint(sample)
            kept = Kept(path.name, _fingerprint_of_file(path), header, mapping, imported, read.rejected_rows)
            return self._keeping.keep(
                kept,
                read.paths,
                save=save,
                progress=lambda share: progress(_READ + (1 - _READ) * share),
            )

    def import_file(
        self,
        name: str,
        content: bytes,
        *,
        save: Save,
        answers: Answers | None = None,
        progress: Callable[[float], None] = unwatched,
    ) -> ImportReport:
        """Reads, recognises, converts and keeps a file as it was recognised.

        `answers` are what a person said about it, and `progress` is told the share that is done, from 0 to 1.

        Raises:
            Undecided: something has to be asked before the file is read; nothing was kept.
            ImportProblems: the file can't be read or understood; nothing was kept.
        """
        table = self.read(name, content)
        progress(_READ / 2)
        recognised = understood(table, self.recognise(table), answers)
        mapping = recognised.mapping
        imported = self.convert(table, mapping, save.now.date())
        imported = replace(imported, findings=(*doubts_about(recognised), *imported.findings))
        progress(_READ)
        scope = self._free_scope(name, mapping, imported, imported.contacts)
        return self.save(
            table,
            mapping.model_copy(update={"scope": scope}),
            imported,
            save=save,
            progress=lambda share: progress(_READ + (1 - _READ) * share),
        )

    def taken(self, mapping: Mapping, keys: Iterable[SeriesKey]) -> tuple[SeriesInfo, ...]:
        """The series that a file would write to although files of another kind filled them.

        Args:
            mapping: what its columns mean.
            keys: the series that it gives by itself, as `preview` names them.
        """
        written = {with_scope(key, mapping.scope) for key in keys}
        return tuple({info.key: info for info in self._keeping.of_other_files(mapping) if info.key in written}.values())

    def replaced(self, mapping: Mapping, imported: Imported) -> tuple[SeriesInfo, ...]:
        """The series that an import takes out, since an earlier version read its columns otherwise; undoing brings them back.

        Args:
            mapping: how the file is understood now.
            imported: what it holds.
        """
        if imported.contacts is not None:
            return self._keeping.misread(mapping, days_of(imported.contacts))
        if imported.points is None or imported.rhythm is None:
            return ()
        own = scoped(imported.points, mapping.scope)
        return self._keeping.replaced(mapping, self.derived.with_longer_periods(own, imported.rhythm, imported.kpis))

    def first_day_within_a_month(self, imported: Imported) -> date | None:
        """The first day of the contacts in a file whose first month is not whole, so that it is not kept as a month."""
        if imported.contacts is None or imported.contacts.empty:
            return None
        coverage, months = Coverage.of(imported.contacts["created_at"]), self.calendar.rhythm(Frequency.MONTH)
        start = months.start_of(coverage.first)
        return coverage.first if coverage.first - timedelta(days=coverage.pause_days) > start else None

    def suggested_scope(self, name: str, mapping: Mapping, taken: Collection[SeriesInfo]) -> Scope:
        """The scope of the mapping; where series of another kind of file stand in the way, one that keeps both.

        Args:
            name: of the file.
            mapping: what its columns mean.
            taken: the series that stand in the way.
        """
        return ((_SOURCE, PurePath(name).stem),) if taken and not mapping.scope else mapping.scope

    def _free_scope(
        self, name: str, mapping: Mapping, imported: Imported, contacts: pd.DataFrame | Sequence[Path] | None
    ) -> Scope:
        """The suggested scope of a file that nobody was asked about."""
        if mapping.scope or not self._keeping.of_other_files(mapping):
            return mapping.scope
        calendar, years = self.calendar, self.calendar.rhythm(Frequency.YEAR)
        points = (
            imported.points
            if contacts is None
            else contact_kpis(contacts, years, hours=calendar.hours, targets=calendar.targets)
        )
        keys = [] if points is None else [SeriesKey.parse(str(series)) for series in points["series"].unique()]
        return self.suggested_scope(name, mapping, self.taken(mapping, keys))

    def series_list(self) -> tuple[SeriesInfo, ...]:
        """Every series that is kept."""
        return self._store.points.list_series()

    def delete_series(self, keys: Sequence[str], *, save: Save) -> int:
        """Takes series out in all their rhythms, and returns how many values that were.

        Args:
            keys: of the series; those that are computed of contacts come back with the next import of contacts.
            save: who does it, when, and the key under which it happens once.
        """
        return sum(self._store.points.delete_series(key, save=save.part(key)) for key in keys)

    def series(self, key: SeriesKey | str, frequency: Frequency) -> KpiSeries:
        """One series.

        Raises:
            NotFound: it was never imported.
        """
        return self._store.points.load_series(key, frequency)

    def all_series(self, infos: Sequence[SeriesInfo]) -> dict[SeriesKey, KpiSeries]:
        """Many series, each in the rhythm of its description, by key; those of a rhythm are read together."""
        found: dict[SeriesKey, KpiSeries] = {}
        for frequency in {info.frequency for info in infos}:
            keys = [info.key for info in infos if info.frequency is frequency]
            found |= {one.key: one for one in self._store.points.load_all_series(keys, frequency)}
        return found

    def series_of_contacts(self) -> tuple[SeriesInfo, ...]:
        """Every series with contacts behind its values."""
        return self.logs.computed(self.series_list())

    def contacts_behind(self, key: str, frequency: Frequency, day: date) -> pd.DataFrame:
        """The contacts that a value of a series rests on, with the moment that counts and the part that each has in it.

        Args:
            key: of the series.
            frequency: the length of its periods.
            day: any day of the period.

        Raises:
            NotFound: there is no such series, it was not computed of contacts, or its period holds none.
        """
        info = next((one for one in self.series_list() if str(one.key) == key and one.frequency is frequency), None)
        if info is None:
            self.series(key, frequency)
            raise AssertionError
        return contacts_behind(self.logs, info, day)

    def frame(self, frequency: Frequency, keys: Sequence[str] | None = None) -> pd.DataFrame:
        """The series frame of all series in a rhythm, or of some."""
        return self._store.points.load_frame(frequency, keys)

    def version(self) -> int:
        """A number that changes whenever a point does."""
        return self._store.changes.data_version()

    def imports(self) -> tuple[ImportInfo, ...]:
        """The imports so far, the newest first."""
        return self._store.imports.list()

    def read_by_earlier_rules(self) -> tuple[str, ...]:
        """The files whose columns were last understood by the rules of an earlier version, the newest first.

        What today's rules read otherwise is only known from the file itself: `recognise` tells it.
        """
        return files_by_earlier_rules(self._store.imports.list_sources())

    def series_by_earlier_rules(self) -> tuple[SeriesInfo, ...]:
        """The series that came from those files last, each in its shortest rhythm: what their other reading can make wrong."""
        files = set(self.read_by_earlier_rules())
        found = (info for infos in shortest(self.series_list()).values() for info in infos if info.source in files)
        return tuple(sorted(found, key=lambda info: info.key))

    def kept_imports(self) -> tuple[KeptImport, ...]:
        """The imports so far with their findings and the rows that they left out, the newest first."""
        return tuple(kept_import(info) for info in self.imports())

    def stored_findings(self, today: date) -> tuple[QualityFinding, ...]:
        """What is suspicious in the kept series, each in its shortest rhythm: how old they are, then the gravest first."""
        return stored_findings(self._store, self.series_list(), today, self.calendar)


def _fingerprint(table: Table) -> str:
    digest = hashlib.sha256("\x1f".join(table.columns).encode())
    digest.update(pd.util.hash_pandas_object(table.frame, index=False).to_numpy().tobytes())
    return digest.hexdigest()


def _fingerprint_of_file(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()

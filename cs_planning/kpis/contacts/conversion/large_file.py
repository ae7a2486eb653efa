"""One large file on its way to contacts: read, asked what its records are, and told with what was found."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from collections.abc import Mapping as MappingOf
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import duckdb
import pandas as pd

from cs_planning.errors import Problem
from cs_planning.kpis.calendar.opening_hours import OpeningHours
from cs_planning.kpis.catalogue import Kpi
from cs_planning.kpis.columns.mapping import Mapping
from cs_planning.kpis.columns.roles import Kind, Role
from cs_planning.kpis.contacts.conversion.first_questions import before, earliest_of, marks, new_words, noted
from cs_planning.kpis.contacts.conversion.from_table import reason_texts, twin_problem
from cs_planning.kpis.contacts.conversion.parts import (
    LAST,
    PART,
    UNUSABLE,
    find_repeated,
    keep_parts,
)
from cs_planning.kpis.contacts.conversion.records import NEVER, RawRecords, listed_columns, remove
from cs_planning.kpis.contacts.conversion.source import MOST_LISTED, broken_lines, cells_of, damaged, put_in_order, rows_beside
from cs_planning.kpis.contacts.findings.costs import Costs
from cs_planning.kpis.contacts.findings.far_dates import far_dates
from cs_planning.kpis.contacts.findings.notes import known_by_day, note_findings
from cs_planning.kpis.contacts.findings.quality import duplicate_ids, log_findings
from cs_planning.kpis.contacts.log.manifest import Manifest
from cs_planning.kpis.contacts.points.engines import OpenContacts
from cs_planning.kpis.contacts.query.contact_query import contact_query
from cs_planning.kpis.contacts.query.lookups import empty_cells_told, register_lookups
from cs_planning.kpis.contacts.query.meanings import Lookup, Meanings
from cs_planning.kpis.contacts.query.problems import NOTE
from cs_planning.kpis.contacts.query.readings import Reading
from cs_planning.kpis.files.table import Table, refuse
from cs_planning.kpis.findings.columns import column_findings
from cs_planning.kpis.findings.imported import QualityFinding, rejected_frame
from cs_planning.kpis.findings.unused import unused_columns

_USUAL_CELLS = ("", "true", "false", "yes", "no", *map(str, range(11)))


@dataclass(frozen=True)
class ContactFile:
    """A log of contacts as Parquet files.

    Attributes:
        folder: where they are.
        manifest: the files by month.
        rows_read: records of the file.
        accepted_rows: records that became contacts.
        rejected: up to 100,000 rejected records: row, column, value, reason.
        rejected_rows: how many were rejected in all.
        findings: what is suspicious.
        kpis: of its costs, in their currency, by id.
        currency: that its costs are in (ISO 4217), where the file names one.
    """

    folder: Path
    manifest: Manifest
    rows_read: int
    accepted_rows: int
    rejected: pd.DataFrame
    rejected_rows: int
    findings: tuple[QualityFinding, ...] = ()
    kpis: MappingOf[str, Kpi] = field(default_factory=dict)
    currency: str | None = None

    @property
    def paths(self) -> list[Path]:
        """The Parquet files."""
        return self.manifest.paths(self.folder)


@dataclass(frozen=True)
class Counts:
    """What the records of a file are.

    Attributes:
        read: how many there are.
        total: those that are contacts, repeated ones among them.
        repeated: those that are an earlier state of a contact.
        never: those that are no contacts.
        problems: why records are left out.
        broken: the lines that are no records.
        notes: what is odd about contacts, with how many.
    """

    read: int
    total: int
    repeated: int
    never: int
    problems: list[Problem]
    broken: list[Problem]
    notes: dict[str, int]


@dataclass
class LargeFile:
    """One file on its way to contacts.

    Attributes:
        connection: the engine that reads it.
        path, source: the file, and where it is in UTF-8.
        sample: its first records.
        mapping: what its columns mean.
        folder: where the contacts go.
        today: the last day that can have happened.
        columns: of a contact, those that are wanted.
        costs: the currency of its costs.
        progress: is told the share that is done.
        made: is given every file that was made.
        findings: what was found while it was read.
        about_columns: what is odd about its columns.
        is_told: whether all is known of it, so that what fails from then on is none of its faults.
    """

    connection: duckdb.DuckDBPyConnection
    path: Path
    source: Path
    sample: Table
    mapping: Mapping
    folder: Path
    today: date
    columns: Sequence[str]
    costs: Costs
    progress: Callable[[float], None]
    made: list[Path]
    findings: list[QualityFinding] = field(default_factory=list)
    about_columns: tuple[QualityFinding, ...] = ()
    is_told: bool = False

    def read(self, raw: RawRecords) -> None:
        """Reads the file into `raw`; again where its later rows hold words that its first ones do not."""
        self.raw = raw
        lookups, findings = self._registered()
        self.connection.execute(f"CREATE VIEW cells AS SELECT * FROM {cells_of(self.source, self.sample)}")
        self._write(lookups, meanwhile=self._look_at_columns)
        if later := new_words(raw, lookups):
            lookups, findings = self._registered(later)
            self._write(lookups)
        lookups, empty = empty_cells_told(lookups, lambda lookup: marks(raw, lookup, self.columns))
        findings = [*findings, *empty, *self.costs.findings]
        earliest = earliest_of(raw)
        if earliest is not None:
            first, count = before(raw, earliest)
            findings = [*findings, far_dates(count, first, _begins(self.mapping))]
        if empty or earliest is not None:
            self._write(lookups, earliest)
        self.findings = findings
        self.listed = listed_columns(self.mapping, lookups, self.today, self.columns)
        self.query = contact_query(self.mapping, lookups, self.today, earliest)

    def _registered(
        self, later: MappingOf[str, list[str]] | None = None
    ) -> tuple[dict[Role, Lookup | Reading], list[QualityFinding]]:
        return register_lookups(self.connection, self.mapping, _sampled(self.sample, later), _USUAL_CELLS)

    def _write(self, lookups: Meanings, earliest: date | None = None, meanwhile: Callable[[], None] = lambda: None) -> None:
        self.raw.write(self.mapping, lookups, self.today, self.columns, self.progress, earliest, meanwhile)

    def _look_at_columns(self) -> None:
        """What the first records alone say of the columns, while the engine reads all of them."""
        self.about_columns = (*column_findings(self.sample, self.mapping), *unused_columns(self.sample, self.mapping))

    def counted(self) -> Counts:
        """What the records are; of a contact that is there more than once the table `repeated` is made.

        Raises:
            ImportProblems: most records can't be used.
        """
        raw, has_id = self.raw, self.mapping.find(Role.CONTACT_ID) is not None
        broken = broken_lines(self.connection)
        usable = f"FILTER ({PART} <> {UNUSABLE})"
        found = self.connection.execute(
            "SELECT 0, 0, 0, 0"
            if raw.is_empty()
            else f"SELECT count(*), count(*) {usable}, count(DISTINCT hash(contact_id)) {usable}, "
            f"count(*) FILTER ({NOTE} = '{NEVER}') FROM {raw.scan}"
        ).fetchone()
        assert found is not None
        read, total, distinct, never = map(int, found)
        unusable = read - total - never
        self.is_repeated = distinct < total and unusable <= total
        is_any_left_out = bool(unusable or never or self.is_repeated)
        if is_any_left_out:
            put_in_order(self.connection, self.source, self.sample)
        if self.is_repeated:
            find_repeated(self.connection, raw.scan, self.listed, raw.by_month, self.query if has_id else None)
        notes = noted(raw, self.is_repeated) if total else {}
        row_of = rows_beside(self.sample.header_row, broken)
        problems = (
            _left_out(self.connection, self.sample, self.mapping, self.query, self.is_repeated, row_of)
            if is_any_left_out
            else []
        )
        self.connection.execute("SET preserve_insertion_order = false")
        if total == 0 or unusable > total:
            raise refuse(self.path.name, [*problems[:100], *broken[:100]] or [damaged("")])
        repeated = total - distinct if self.is_repeated and has_id else 0
        return Counts(read, total, repeated, never, problems, broken, notes)

    def contacts_in_view(self) -> str:
        """A view of the contacts, each once."""
        columns, view = self.listed, "contacts_of_file"
        query = f"SELECT {columns} FROM {self.raw.scan} WHERE {PART} <> {UNUSABLE}"
        if self.is_repeated:
            query += f" AND contact_id NOT IN (SELECT shared_id FROM repeated) UNION ALL SELECT {columns} FROM repeated"
        self.connection.execute(f"CREATE TEMP VIEW {view} AS {query}")
        return view

    def kept_files(self, hours: OpeningHours | None, country: str) -> ContactFile:
        """The contacts as files of a log."""
        counts, made = self.counted(), self.made
        parts = list(keep_parts(self.connection, self.raw.scan, self.folder, self.listed, made, is_repeated=self.is_repeated))
        remove([path for path in made if path.name not in {part.file_name for part in parts}])
        paths = [self.folder / part.file_name for part in parts]
        return self.file(counts, Manifest(parts=tuple(parts)), sum(part.rows for part in parts), paths, hours, country)

    def file(
        self,
        counts: Counts,
        manifest: Manifest,
        accepted: int,
        contacts: Sequence[Path] | OpenContacts,
        hours: OpeningHours | None,
        country: str,
    ) -> ContactFile:
        """What is told of the file beside its contacts."""
        self.progress(1.0)
        mapping, read = self.mapping, counts.read + len(counts.broken)
        told = ContactFile(
            folder=self.folder,
            manifest=manifest,
            rows_read=read,
            accepted_rows=accepted,
            rejected=rejected_frame([*counts.broken, *counts.problems]),
            rejected_rows=read - accepted,
            findings=(
                *self.findings,
                *([duplicate_ids(counts.total - accepted, ())] if counts.total > accepted else []),
                *note_findings(mapping, counts.notes, counts.never),
                *self.about_columns,
                *log_findings(contacts, today=self.today, of_days=known_by_day(mapping), hours=hours, country=country),
            ),
            kpis=self.costs.kpis,
            currency=self.costs.named,
        )
        self.is_told = True
        return told


def _begins(mapping: Mapping) -> str:
    entry = mapping.find(Role.RATED_AT if mapping.kind is Kind.SURVEYS else Role.CREATED_AT)
    assert entry is not None
    return entry.column


def _left_out(
    connection: duckdb.DuckDBPyConnection,
    sample: Table,
    mapping: Mapping,
    query: str,
    is_repeated: bool,
    row_of: Callable[[int], int],
) -> list[Problem]:
    """The records with a problem, and earlier states of contacts, with their row."""
    found = connection.execute(
        f"SELECT _record, problem, _cells FROM ({query}) WHERE problem IS NOT NULL ORDER BY _record LIMIT {MOST_LISTED}"
    ).fetchall()
    problems = []
    for record, problem, values in found:
        role, _, reason = str(problem).partition(":")
        entry = mapping.find(Role(role))
        assert entry is not None
        value = str(values[sample.columns.index(entry.column)] or "")[:80]
        message, remedy = reason_texts(reason, entry.column, value)
        row = row_of(int(record))
        problems.append(Problem(message=message, remedy=remedy, row=row, column=entry.column, value=value))
    if is_repeated and mapping.find(Role.CONTACT_ID) is not None:
        twins = connection.execute(
            f"SELECT _record, contact_id, first_value(_record) OVER same FROM ({query}) "
            "WHERE problem IS NULL AND contact_id IN (SELECT shared_id FROM repeated) "
            f"WINDOW same AS (PARTITION BY contact_id ORDER BY {LAST}) QUALIFY row_number() OVER same > 1 LIMIT {MOST_LISTED}"
        ).fetchall()
        problems += [
            twin_problem(str(contact), row_of(int(record)), row_of(int(last))) for record, contact, last in sorted(twins)
        ]
    return problems


def _sampled(sample: Table, later: MappingOf[str, list[str]] | None = None) -> Callable[[str], list[str]]:
    def different(column: str) -> list[str]:
        return [*map(str, sample.frame[column].unique().tolist()), *(later or {}).get(column, ())]

    return different

"""Logs of contacts of any size, straight from a CSV or TSV file to Parquet files by month: never as a whole in memory."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from collections.abc import Mapping as MappingOf
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

import duckdb
import pandas as pd

from cs_planning.errors import ImportProblems, Problem
from cs_planning.kpis.calendar.opening_hours import OpeningHours
from cs_planning.kpis.catalogue import Kpi
from cs_planning.kpis.cells.sql_cells import literal
from cs_planning.kpis.columns.guesses.examination import complete
from cs_planning.kpis.columns.mapping import Mapping
from cs_planning.kpis.columns.roles import Kind, Role
from cs_planning.kpis.contacts.columns import CONTACT_COLUMNS
from cs_planning.kpis.contacts.conversion.from_table import reason_texts, twin_problem
from cs_planning.kpis.contacts.conversion.parts import (
    LAST,
    PART,
    UNUSABLE,
    find_repeated,
    keep_parts,
    scan_of,
)
from cs_planning.kpis.contacts.conversion.raw_files import (
    NEVER,
    before,
    earliest_of,
    listed_columns,
    marks,
    new_words,
    noted,
    raw_files,
)
from cs_planning.kpis.contacts.conversion.source import MOST_LISTED, as_utf8, broken_lines, cells_of, damaged, put_in_order
from cs_planning.kpis.contacts.findings.costs import costs_of
from cs_planning.kpis.contacts.findings.far_dates import far_dates
from cs_planning.kpis.contacts.findings.notes import known_by_day, note_findings
from cs_planning.kpis.contacts.findings.quality import duplicate_ids, log_findings
from cs_planning.kpis.contacts.log.manifest import Manifest, not_stored
from cs_planning.kpis.contacts.query.contact_query import contact_query
from cs_planning.kpis.contacts.query.lookups import empty_cells_told, register_lookups
from cs_planning.kpis.contacts.query.meanings import Meanings
from cs_planning.kpis.contacts.query.problems import NOTE
from cs_planning.kpis.contacts.watched import first_line
from cs_planning.kpis.currency import UNSAID, Currency
from cs_planning.kpis.files.decoding import binary_place
from cs_planning.kpis.files.table import Table, refuse
from cs_planning.kpis.findings.columns import column_findings
from cs_planning.kpis.findings.imported import QualityFinding, rejected_frame
from cs_planning.kpis.findings.unused import unused_columns

LARGE_BYTES = 32 * 1024**2
"""From which size on a log of contacts is read in this way."""


_MEMORY_LIMIT = "1GB"


_THREADS = 2


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


def suits(path: Path, mapping: Mapping) -> bool:
    """Whether a file is read in this way: large, and one record for each contact."""
    return path.stat().st_size > LARGE_BYTES and mapping.kind.holds_contacts and mapping.kind is not Kind.EVENTS


def read_contacts(
    path: Path,
    sample: Table,
    mapping: Mapping,
    folder: Path,
    *,
    today: date,
    hours: OpeningHours | None = None,
    country: str = "",
    currency: Currency = UNSAID,
    by_month: bool = True,
    columns: Sequence[str] = tuple(CONTACT_COLUMNS),
    progress: Callable[[float], None] = lambda _share: None,
) -> ContactFile:
    """The contacts of a file, written to `folder` as Parquet files.

    Args:
        path: a CSV or TSV file of any size.
        sample: its first records, from `reading.read_sample`.
        mapping: what its columns mean, as the user confirmed it.
        folder: where the files go; made when it is not there.
        today: the last day that can have happened.
        hours: when the service is open, where that is known, to find a clock of another zone by.
        country: whose public holidays are no missing days, where the opening hours name none.
        currency: in which amounts are counted; one that nobody chose gives way to what the file names.
        by_month: whether the files are cut by month, as a log that is kept needs it.
        columns: of a contact, those that are wanted; those are written that the file can fill.
        progress: is told the share that is done, from 0 to 1.

    Raises:
        ImportProblems: amounts are in another currency, most records can't be used, or the file is damaged.
        StorageUnavailable: the disk is full or can't be written; nothing is left behind.

    Assumptions: of several records with one id the one that was updated last counts, or else the last in the file.
    """
    mapping.require_complete(path.name)
    mapping = complete(sample, mapping)
    costs = costs_of(sample, mapping, currency)
    if costs.problems:
        raise refuse(path.name, costs.problems)
    folder.mkdir(parents=True, exist_ok=True)
    made: list[Path] = []
    source, is_temporary = as_utf8(path, sample, folder)
    try:
        with duckdb.connect() as connection:
            connection.execute(f"SET threads = {_THREADS}")
            connection.execute(f"SET memory_limit = '{_MEMORY_LIMIT}'")
            connection.execute(f"SET temp_directory = {literal(str(folder / 'spill'))}")
            connection.execute("SET preserve_insertion_order = false")
            lookups, findings = register_lookups(connection, mapping, _sampled(sample), _USUAL_CELLS)
            connection.execute(f"CREATE VIEW cells AS SELECT * FROM {cells_of(source, sample)}")
            raw = raw_files(connection, mapping, lookups, folder, made, today, by_month, columns, progress)
            if later := new_words(connection, raw, lookups):
                _remove([raw])
                lookups, findings = register_lookups(connection, mapping, _sampled(sample, later), _USUAL_CELLS)
                raw = raw_files(connection, mapping, lookups, folder, made, today, by_month, columns, progress)
            lookups, empty = empty_cells_told(lookups, lambda lookup: marks(connection, raw, lookup, columns))
            findings = [*findings, *empty, *costs.findings]
            earliest = earliest_of(connection, raw)
            if earliest is not None:
                first, count = before(connection, raw, earliest)
                findings = [*findings, far_dates(count, first, _begins(mapping))]
            if empty or earliest is not None:
                _remove([raw])
                raw = raw_files(
                    connection, mapping, lookups, folder, made, today, by_month, columns, progress, earliest=earliest
                )
            query = contact_query(mapping, lookups, today, earliest)
            read = _written(
                connection,
                path,
                source,
                sample,
                mapping,
                lookups,
                findings,
                raw,
                made,
                today,
                by_month,
                columns,
                progress,
                query,
                hours,
                country,
            )
            return replace(read, kpis=costs.kpis, currency=costs.named)
    except duckdb.IOException as cause:
        _remove(made)
        raise not_stored(cause) from cause
    except duckdb.Error as cause:
        _remove(made)
        raise refuse(path.name, [binary_place(source) or damaged(first_line(cause))]) from cause
    except ImportProblems:
        _remove(made)
        raise
    finally:
        if is_temporary:
            source.unlink(missing_ok=True)


def _written(
    connection: duckdb.DuckDBPyConnection,
    path: Path,
    source: Path,
    sample: Table,
    mapping: Mapping,
    lookups: Meanings,
    findings: list[QualityFinding],
    raw: Path,
    made: list[Path],
    today: date,
    by_month: bool,
    columns: Sequence[str],
    progress: Callable[[float], None],
    query: str,
    hours: OpeningHours | None,
    country: str,
) -> ContactFile:
    folder = raw.parent
    listed = listed_columns(mapping, lookups, today, columns)
    broken = broken_lines(connection)
    scan = scan_of(raw)
    usable = f"FILTER ({PART} <> {UNUSABLE})"
    found = connection.execute(
        f"SELECT count(*), count(*) {usable}, count(DISTINCT hash(contact_id)) {usable}, "
        f"count(*) FILTER ({NOTE} = '{NEVER}') FROM {scan}"
        if any(raw.rglob("*.parquet"))
        else "SELECT 0, 0, 0, 0"
    ).fetchone()
    assert found is not None
    read, total, distinct, never = map(int, found)
    unusable = read - total - never
    is_repeated = distinct < total and unusable <= total
    if unusable or never or is_repeated:
        put_in_order(connection, source, sample)
    if is_repeated:
        states = query if mapping.find(Role.CONTACT_ID) is not None else None
        find_repeated(connection, scan, listed, by_month, states)
    notes = noted(connection, scan, is_repeated) if total else {}
    problems = _left_out(connection, sample, mapping, query, is_repeated) if unusable or never or is_repeated else []
    connection.execute("SET preserve_insertion_order = false")
    if total == 0 or unusable > total:
        raise refuse(path.name, [*problems[:100], *broken[:100]] or [damaged("")])
    parts = list(keep_parts(connection, scan, folder, listed, made, is_repeated=is_repeated))
    _remove([made_path for made_path in made if made_path.name not in {part.file_name for part in parts}])
    progress(1.0)
    accepted = sum(part.rows for part in parts)
    return ContactFile(
        folder=folder,
        manifest=Manifest(parts=tuple(parts)),
        rows_read=read + len(broken),
        accepted_rows=accepted,
        rejected=rejected_frame([*broken, *problems]),
        rejected_rows=read + len(broken) - accepted,
        findings=(
            *findings,
            *([duplicate_ids(total - accepted, ())] if total > accepted else []),
            *note_findings(mapping, notes, never),
            *column_findings(sample, mapping),
            *unused_columns(sample, mapping),
            *log_findings(
                [folder / part.file_name for part in parts],
                today=today,
                of_days=known_by_day(mapping),
                hours=hours,
                country=country,
            ),
        ),
    )


def _begins(mapping: Mapping) -> str:
    entry = mapping.find(Role.RATED_AT if mapping.kind is Kind.SURVEYS else Role.CREATED_AT)
    assert entry is not None
    return entry.column


def _left_out(
    connection: duckdb.DuckDBPyConnection, sample: Table, mapping: Mapping, query: str, is_repeated: bool
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
        row = sample.header_row + int(record)
        problems.append(Problem(message=message, remedy=remedy, row=row, column=entry.column, value=value))
    if is_repeated and mapping.find(Role.CONTACT_ID) is not None:
        twins = connection.execute(
            f"SELECT _record, contact_id, first_value(_record) OVER same FROM ({query}) "
            "WHERE problem IS NULL AND contact_id IN (SELECT shared_id FROM repeated) "
            f"WINDOW same AS (PARTITION BY contact_id ORDER BY {LAST}) QUALIFY row_number() OVER same > 1 LIMIT {MOST_LISTED}"
        ).fetchall()
        problems += [
            twin_problem(str(contact), sample.header_row + int(record), sample.header_row + int(last))
            for record, contact, last in sorted(twins)
        ]
    return problems


def _sampled(sample: Table, later: MappingOf[str, list[str]] | None = None) -> Callable[[str], list[str]]:
    def different(column: str) -> list[str]:
        return [*map(str, sample.frame[column].unique().tolist()), *(later or {}).get(column, ())]

    return different


def _remove(paths: list[Path]) -> None:
    for path in paths:
        if path.is_dir():
            for inner in sorted(path.rglob("*"), reverse=True):
                inner.rmdir() if inner.is_dir() else inner.unlink()
            path.rmdir()
        else:
            path.unlink(missing_ok=True)

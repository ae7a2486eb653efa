"""Logs of contacts of any size, straight from a CSV or TSV file to Parquet files by month: never as a whole in memory."""

from __future__ import annotations

import codecs
from collections.abc import Callable, Iterator
from collections.abc import Mapping as MappingOf
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb
import pandas as pd

from cs_planning.errors import ImportProblems, Problem, StorageUnavailable
from cs_planning.kpis.contact_log import Manifest, Part, new_name
from cs_planning.kpis.contact_quality import duplicate_ids, log_findings
from cs_planning.kpis.contact_query import Lookup, contact_query
from cs_planning.kpis.contact_tables import reason_texts, register_lookups
from cs_planning.kpis.contacts import CONTACT_COLUMNS
from cs_planning.kpis.examination import complete
from cs_planning.kpis.imported import QualityFinding, rejected_frame
from cs_planning.kpis.mapping import Kind, Mapping, Role
from cs_planning.kpis.quality import column_findings
from cs_planning.kpis.sql_cells import literal, quoted
from cs_planning.kpis.table import Table, refuse
from cs_planning.language import text

LARGE_BYTES = 32 * 1024**2
"""From which size on a log of contacts is read in this way."""
_MEMORY_LIMIT = "1GB"
_THREADS = 2
_LISTED = 100_000
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
    """

    folder: Path
    manifest: Manifest
    rows_read: int
    accepted_rows: int
    rejected: pd.DataFrame
    rejected_rows: int
    findings: tuple[QualityFinding, ...] = ()

    @property
    def paths(self) -> list[Path]:
        """The Parquet files."""
        return self.manifest.paths(self.folder)


def suits(path: Path, mapping: Mapping) -> bool:
    """Whether a file is read in this way: large, and one record for each contact."""
    return path.stat().st_size > LARGE_BYTES and mapping.kind.holds_contacts and mapping.kind is not Kind.EVENTS


def read_contacts(
    path: Path, sample: Table, mapping: Mapping, folder: Path, *, today: date, by_month: bool = True
) -> ContactFile:
    """The contacts of a file, written to `folder` as Parquet files.

    Args:
        path: a CSV or TSV file of any size.
        sample: its first records, from `reading.read_sample`.
        mapping: what its columns mean, as the user confirmed it.
        folder: where the files go; made when it is not there.
        today: the last day that can have happened.
        by_month: whether the files are cut by month, as a log that is kept needs it.

    Raises:
        ImportProblems: most records can't be used, or the file is damaged.
        StorageUnavailable: the disk is full or can't be written; nothing is left behind.

    Assumptions: of several records with one id the one that got furthest is the last.
    """
    mapping.require_complete(path.name)
    mapping = complete(sample, mapping)
    folder.mkdir(parents=True, exist_ok=True)
    made: list[Path] = []
    source, is_temporary = _as_utf8(path, sample, folder)
    try:
        with duckdb.connect() as connection:
            connection.execute(f"SET threads = {_THREADS}")
            connection.execute(f"SET memory_limit = '{_MEMORY_LIMIT}'")
            connection.execute(f"SET temp_directory = {literal(str(folder / 'spill'))}")
            connection.execute("SET preserve_insertion_order = false")
            lookups, findings = register_lookups(connection, mapping, _sampled(sample))
            connection.execute(f"CREATE VIEW cells AS SELECT * FROM {_scan(source, sample)}")
            return _written(connection, path, source, sample, mapping, lookups, findings, folder, made, today, by_month)
    except duckdb.IOException as cause:
        _remove(made)
        raise StorageUnavailable(
            text("The contacts can't be stored ({cause}).", cause=str(cause)[:200]),
            text("Make room on the disk or check the rights of the data folder, and import again; nothing was changed."),
        ) from cause
    except duckdb.Error as cause:
        _remove(made)
        raise refuse(path.name, [_damaged(str(cause))]) from cause
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
    lookups: MappingOf[Role, Lookup],
    findings: list[QualityFinding],
    folder: Path,
    made: list[Path],
    today: date,
    by_month: bool,
) -> ContactFile:
    columns = ", ".join(CONTACT_COLUMNS)
    query = contact_query(mapping, lookups, today)
    raw = folder / f"raw-{new_name('all')}"
    made.append(raw)
    connection.execute(
        f"COPY (SELECT {columns}, problem FROM ({query})) TO {literal(str(raw))} (FORMAT parquet, PER_THREAD_OUTPUT true)"
    )
    scan = f"read_parquet({literal(str(raw / '*.parquet'))})"
    found = connection.execute(
        f"SELECT count(*) FILTER (problem IS NULL), count(problem), "
        f"count(DISTINCT hash(contact_id)) FILTER (problem IS NULL) FROM {scan}"
    ).fetchone()
    assert found is not None
    total, unusable, distinct = map(int, found)
    broken = _broken(connection)
    problems = _unusable(connection, source, sample, mapping, query) if unusable else []
    if total == 0 or unusable > total:
        raise refuse(path.name, [*problems[:100], *broken[:100]] or [_damaged("")])
    if unusable or distinct < total:
        clean = folder / new_name("clean")
        made.append(clean)
        connection.execute(f"COPY ({_kept(scan, columns, distinct < total)}) TO {literal(str(clean))} (FORMAT parquet)")
        scan = f"read_parquet({literal(str(clean))})"
    parts = list(_months(connection, scan, folder, columns, made)) if by_month else _as_they_are(connection, scan, folder, made)
    _remove([made_path for made_path in made if made_path.name not in {part.file_name for part in parts}])
    accepted = sum(part.rows for part in parts)
    return ContactFile(
        folder=folder,
        manifest=Manifest(parts=tuple(parts)),
        rows_read=total + unusable + len(broken),
        accepted_rows=accepted,
        rejected=rejected_frame([*broken, *problems]),
        rejected_rows=unusable + len(broken) + total - accepted,
        findings=(
            *findings,
            *([duplicate_ids(total - accepted, ())] if total > accepted else []),
            *column_findings(sample, mapping),
            *log_findings([folder / part.file_name for part in parts]),
        ),
    )


def _kept(scan: str, columns: str, is_repeated: bool) -> str:
    """The usable contacts; of a repeated id the record that got furthest."""
    query = f"SELECT {columns} FROM {scan} WHERE problem IS NULL"
    if is_repeated:
        query += (
            " QUALIFY row_number() OVER (PARTITION BY contact_id ORDER BY closed_at DESC NULLS LAST, "
            "solved_at DESC NULLS LAST, first_response_at DESC NULLS LAST, created_at) = 1"
        )
    return query


def _as_they_are(connection: duckdb.DuckDBPyConnection, scan: str, folder: Path, made: list[Path]) -> list[Part]:
    """The files behind `scan` under names of the log."""
    files = connection.execute(f"SELECT filename, count(*) FROM {scan[:-1]}, filename = true) GROUP BY 1 ORDER BY 1").fetchall()
    parts = []
    for file, rows in files:
        name = new_name("all")
        Path(str(file)).rename(folder / name)
        made.append(folder / name)
        parts.append(Part(month="all", file_name=name, rows=int(rows)))
    return parts


def _months(connection: duckdb.DuckDBPyConnection, scan: str, folder: Path, columns: str, made: list[Path]) -> Iterator[Part]:
    """One file for each month; a filter for each, which is several times faster than one partitioned writing."""
    months = connection.execute(
        f"SELECT date_trunc('month', created_at), count(*) FROM {scan} GROUP BY 1 ORDER BY 1"
    ).fetchall()
    for month, rows in months:
        name = new_name(f"{month:%Y-%m}")
        made.append(folder / name)
        start = f"TIMESTAMP {literal(f'{month:%Y-%m-%d}')}"
        connection.execute(
            f"COPY (SELECT {columns} FROM {scan} WHERE created_at >= {start} AND created_at < {start} + INTERVAL 1 MONTH) "
            f"TO {literal(str(folder / name))} (FORMAT parquet)"
        )
        yield Part(month=f"{month:%Y-%m}", file_name=name, rows=int(rows))


def _scan(source: Path, sample: Table) -> str:
    """The file as a relation of raw cells under the names of the sample; lines that don't fit are kept apart."""
    names = ", ".join(f"{literal(column)}: 'VARCHAR'" for column in sample.columns)
    delimiter = sample.delimiter or ","
    return (
        f"read_csv({literal(str(source))}, auto_detect = false, header = true, skip = {sample.header_row - 1}, "
        f"delim = {literal(delimiter)}, quote = '\"', escape = '\"', columns = {{{names}}}, store_rejects = true, "
        f"rejects_limit = {_LISTED}, max_line_size = 4000000)"
    )


def _broken(connection: duckdb.DuckDBPyConnection) -> list[Problem]:
    """Lines that DuckDB could not cut into the columns of the header."""
    lines = connection.execute(
        f"SELECT line, any_value(csv_line) FROM reject_errors GROUP BY line ORDER BY line LIMIT {_LISTED}"
    ).fetchall()
    return [
        Problem(
            message=text("Row {row} does not fit the header.", row=int(line)),
            remedy=text("Give the row as many cells as the header has, and close its quotation marks."),
            row=int(line),
            value=None if content is None else str(content)[:120],
        )
        for line, content in lines
    ]


def _unusable(
    connection: duckdb.DuckDBPyConnection, source: Path, sample: Table, mapping: Mapping, query: str
) -> list[Problem]:
    """The records with a problem, with their row: a second reading, only when there are any."""
    connection.execute("SET preserve_insertion_order = true")
    connection.execute(
        f"CREATE OR REPLACE VIEW cells AS SELECT *, row_number() OVER () AS _record FROM {_scan(source, sample)}"
    )
    names = ", ".join(quoted(column) for column in sample.columns)
    found = connection.execute(
        f"SELECT _record, problem, {names} FROM ({query}) WHERE problem IS NOT NULL LIMIT {_LISTED}"
    ).df()
    problems = []
    for record in found.sort_values("_record").itertuples(index=False, name=None):
        role, _, reason = str(record[1]).partition(":")
        entry = mapping.find(Role(role))
        assert entry is not None
        value = str(record[2 + sample.columns.index(entry.column)] or "")[:80]
        message, remedy = reason_texts(reason, entry.column, value)
        row = sample.header_row + int(record[0])
        problems.append(Problem(message=message, remedy=remedy, row=row, column=entry.column, value=value))
    return problems


def _sampled(sample: Table) -> Callable[[str], list[str]]:
    def different(column: str) -> list[str]:
        cells = [str(cell) for cell in sample.frame[column].unique()]
        return list(dict.fromkeys([*cells, *_USUAL_CELLS]))

    return different


def _as_utf8(path: Path, sample: Table, folder: Path) -> tuple[Path, bool]:
    """The file, or a copy of it in UTF-8 where it is in another encoding."""
    if sample.encoding in (None, "utf-8", "utf-8-sig"):
        return path, False
    copy = folder / f"utf8-{new_name('all')}.csv"
    with path.open("r", encoding=sample.encoding, errors="replace", newline="") as source, copy.open("wb") as target:
        while chunk := source.read(8 * 1024**2):
            target.write(codecs.encode(chunk, "utf-8"))
    return copy, True


def _damaged(cause: str) -> Problem:
    return Problem(
        message=text("The file is damaged ({cause}).", cause=cause[:160]),
        remedy=text("Export it again, or open it in a text editor near that place."),
    )


def _remove(paths: list[Path]) -> None:
    for path in paths:
        if path.is_dir():
            for inner in sorted(path.rglob("*"), reverse=True):
                inner.rmdir() if inner.is_dir() else inner.unlink()
            path.rmdir()
        else:
            path.unlink(missing_ok=True)

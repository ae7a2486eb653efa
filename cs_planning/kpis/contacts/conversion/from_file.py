"""Logs of contacts of any size, straight from a CSV or TSV file to Parquet files by month: never as a whole in memory."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import duckdb
import ibis

from cs_planning.errors import ImportProblems
from cs_planning.kpis.calendar.opening_hours import OpeningHours
from cs_planning.kpis.calendar.sla_targets import SlaTargets
from cs_planning.kpis.cells.sql_cells import literal
from cs_planning.kpis.columns.guesses.examination import complete
from cs_planning.kpis.columns.mapping import Mapping
from cs_planning.kpis.columns.roles import Kind
from cs_planning.kpis.contacts.columns import CONTACT_COLUMNS
from cs_planning.kpis.contacts.conversion.large_file import ContactFile, LargeFile
from cs_planning.kpis.contacts.conversion.records import (
    RawFiles,
    RawTable,
    remove,
)
from cs_planning.kpis.contacts.conversion.source import as_utf8, damaged
from cs_planning.kpis.contacts.findings.costs import costs_of
from cs_planning.kpis.contacts.log.manifest import Manifest, not_stored
from cs_planning.kpis.contacts.points.engines import OpenContacts, open_contacts
from cs_planning.kpis.contacts.watched import first_line
from cs_planning.kpis.currency import UNSAID, Currency
from cs_planning.kpis.files.decoding import binary_place
from cs_planning.kpis.files.reading import SAMPLE_BYTES
from cs_planning.kpis.files.table import Table, refuse

LARGE_BYTES = 32 * 1024**2
"""From which size on a log of contacts is read in this way."""


_MEMORY_LIMIT = "1GB"


_THREADS = 2


_MOST_IN_A_TABLE = 4_000_000
"""More records leave too little of the memory to their questions, which are answered from files then."""


def suits(path: Path, mapping: Mapping) -> bool:
    """Whether a file is read in this way: large, and one record for each contact."""
    return path.stat().st_size > LARGE_BYTES and mapping.kind.holds_contacts and mapping.kind is not Kind.EVENTS


def fits_in_a_table(path: Path, sample: Table) -> bool:
    """Whether the contacts of a file can stay with the engine that reads them, by the length of its first records."""
    return path.stat().st_size / SAMPLE_BYTES * max(1, len(sample)) <= _MOST_IN_A_TABLE


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
    with _opened(path, sample, mapping, folder, today, columns, currency, progress) as job:
        job.read(RawFiles(job.connection, folder, job.made, by_month=by_month))
        return job.kept_files(hours, country)


@contextmanager
def open_log(
    path: Path,
    sample: Table,
    mapping: Mapping,
    folder: Path,
    *,
    today: date,
    hours: OpeningHours | None = None,
    country: str = "",
    targets: SlaTargets | None = None,
    currency: Currency = UNSAID,
    columns: Sequence[str] = tuple(CONTACT_COLUMNS),
    progress: Callable[[float], None] = lambda _share: None,
) -> Iterator[tuple[ContactFile, OpenContacts]]:
    """The contacts of a file for the length of a `with` block, in the engine that read them: nothing is kept.

    The arguments are those of `read_contacts`; `folder` holds what the memory does not.

    Args:
        targets: within which time contacts are to be answered and solved, as `open_contacts` takes them.
    """
    with _opened(path, sample, mapping, folder, today, columns, currency, progress) as job:
        job.read(RawTable(job.connection))
        counts = job.counted()
        view = job.contacts_in_view()
        backend = ibis.duckdb.from_connection(job.connection)
        with open_contacts(backend.table(view), backend, hours, targets) as opened:
            yield job.file(counts, Manifest(), counts.total - counts.repeated, opened, hours, country), opened


@contextmanager
def _opened(
    path: Path,
    sample: Table,
    mapping: Mapping,
    folder: Path,
    today: date,
    columns: Sequence[str],
    currency: Currency,
    progress: Callable[[float], None],
) -> Iterator[LargeFile]:
    """A file on its way to contacts; what it made is removed where that fails."""
    mapping.require_complete(path.name)
    mapping = complete(sample, mapping)
    costs = costs_of(sample, mapping, currency)
    if costs.problems:
        raise refuse(path.name, costs.problems)
    folder.mkdir(parents=True, exist_ok=True)
    made: list[Path] = []
    job: LargeFile | None = None
    source, is_temporary = as_utf8(path, sample, folder)
    try:
        with duckdb.connect() as connection:
            connection.execute(f"SET threads = {_THREADS}")
            connection.execute(f"SET memory_limit = '{_MEMORY_LIMIT}'")
            connection.execute(f"SET temp_directory = {literal(str(folder / 'spill'))}")
            connection.execute("SET preserve_insertion_order = false")
            job = LargeFile(connection, path, source, sample, mapping, folder, today, columns, costs, progress, made)
            yield job
    except duckdb.IOException as cause:
        remove(made)
        raise not_stored(cause) from cause
    except duckdb.Error as cause:
        remove(made)
        if job is not None and job.is_told:
            raise
        raise refuse(path.name, [binary_place(source) or damaged(first_line(cause))]) from cause
    except ImportProblems:
        remove(made)
        raise
    finally:
        if is_temporary:
            source.unlink(missing_ok=True)

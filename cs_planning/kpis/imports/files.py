"""Files on a disk → their contacts, open for queries, and their KPI tables; large logs are never held in memory."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pandas as pd

from cs_planning.errors import ImportProblems
from cs_planning.kpis.calendar.service_calendar import ServiceCalendar
from cs_planning.kpis.contacts.columns import CONTACT_COLUMNS, typed_contacts
from cs_planning.kpis.contacts.conversion.from_file import LARGE_BYTES, fits_in_a_table, open_log, read_contacts, suits
from cs_planning.kpis.contacts.conversion.large_file import ContactFile
from cs_planning.kpis.contacts.findings.quality import duplicate_ids
from cs_planning.kpis.contacts.log.manifest import each_once
from cs_planning.kpis.contacts.points.engines import DUCKDB, OpenContacts, connected, load_ahead, open_contacts
from cs_planning.kpis.currency import UNSAID, Currency
from cs_planning.kpis.files.reading import read_sample, read_table
from cs_planning.kpis.files.table import Table, combine
from cs_planning.kpis.findings.imported import Imported
from cs_planning.kpis.frequency import Frequency
from cs_planning.kpis.imports.answers import Answers
from cs_planning.kpis.imports.convert import convert, in_zone, targets_said
from cs_planning.kpis.imports.file_summary import FileSummary, file_summary, summary_of
from cs_planning.kpis.imports.longer_periods import not_made
from cs_planning.kpis.imports.questions import understood
from cs_planning.kpis.imports.recognise import Recognition, recognise
from cs_planning.language import text

Progress = Callable[[float], None]
_READ = 0.5


def unwatched(_share: float) -> None:
    """Nobody looks at the progress."""


@dataclass(frozen=True)
class OpenFiles:
    """What files hold.

    Attributes:
        contacts: of all of them together, each once; None where no file holds contacts.
        tables: the KPI tables among them.
        summaries: what each file turned out to be, those with the same header as one, large ones each by itself.
    """

    contacts: OpenContacts | None
    tables: tuple[Imported, ...]
    summaries: tuple[FileSummary, ...]


@contextmanager
def open_files(
    paths: Sequence[Path],
    *,
    calendar: ServiceCalendar,
    today: date,
    engine: str = DUCKDB,
    period: Frequency | None = None,
    currency: Currency = UNSAID,
    columns: Sequence[str] = tuple(CONTACT_COLUMNS),
    answers: Answers | None = None,
    progress: Progress = unwatched,
) -> Iterator[OpenFiles]:
    """What files hold, for the length of a `with` block; of a contact that is in several the last state counts.

    Args:
        paths: the files.
        calendar: where the years begin, and when the service is open, for times in opening hours; none of these without.
        today: the last day that can have happened.
        engine: where the contacts are computed; at any but DuckDB in the process the files are read into memory.
        period: the length of the periods that are wanted, so that it is said which series can't have them; any when None.
        currency: in which amounts are counted; where nobody chose one, the first file that names one does.
        columns: of contacts, those that are needed.
        answers: what a person said about the files, of all of them alike.
        progress: is told the share that is done, from 0 to 1.

    Raises:
        Undecided: something has to be asked before a file is read.
        ImportProblems: a file can't be read.
        EngineUnavailable: the engine can't be reached.
    """
    with tempfile.TemporaryDirectory(prefix="cs-planning-") as name:
        folder = Path(name)
        large = _large_logs(paths, answers) if engine == DUCKDB else {}
        begun = len(large) / max(1, len(paths))
        if large:
            load_ahead()
        if len(large) == len(paths) == 1 and fits_in_a_table(paths[0], large[paths[0]][0]):
            sample, found = large[paths[0]]
            with open_log(
                paths[0],
                sample,
                in_zone(found.mapping, calendar),
                folder,
                today=today,
                hours=calendar.hours,
                country=calendar.country,
                targets=calendar.targets,
                currency=currency,
                columns=columns,
                progress=progress,
            ) as (log, opened):
                summary = _summary(sample, found, log).with_findings(targets_said(found.mapping, calendar))
                yield OpenFiles(opened, (), (summary,))
            return
        contacts: pd.DataFrame | Sequence[Path] | None
        files: list[Path] = []
        summaries: list[FileSummary] = []
        for number, (path, (sample, found)) in enumerate(large.items()):
            log = read_contacts(
                path,
                sample,
                in_zone(found.mapping, calendar),
                folder,
                today=today,
                hours=calendar.hours,
                country=calendar.country,
                currency=currency,
                by_month=False,
                columns=columns,
                progress=_part_of(progress, number / len(paths), 1 / len(paths)),
            )
            if log.currency is not None:
                currency = Currency(code=log.currency, is_chosen=True)
            files += log.paths
            summaries.append(_summary(sample, found, log).with_findings(targets_said(found.mapping, calendar)))
        others = [path for path in paths if path not in large]
        read, summed = _read_others(others, calendar, today, period, currency, answers, _part_of(progress, begun, 1.0 - begun))
        summaries += summed
        tables = tuple(one for one in read if one.contacts is None)
        frames = [one.contacts for one in read if one.contacts is not None]
        small: pd.DataFrame | None = None
        if frames:
            small = typed_contacts(pd.concat(frames, ignore_index=True)).drop_duplicates(["kind", "contact_id"], keep="last")
        contacts = files if files else small
        if files and (len(large) > 1 or small is not None):
            contacts, again = each_once(files, small, folder)
            if again:
                summaries[-1] = summaries[-1].with_findings([duplicate_ids(again, ())])
        progress(1.0)
        if contacts is None:
            yield OpenFiles(None, tables, tuple(summaries))
            return
        with connected(engine) as connection, open_contacts(contacts, connection, calendar.hours, calendar.targets) as opened:
            yield OpenFiles(opened, tables, tuple(summaries))


def _part_of(progress: Progress, begun: float, share: float) -> Progress:
    """The progress of a part of the work, which begins at `begun` and is so large a share of it."""
    return lambda done: progress(min(1.0, begun + share * done))


def _read_others(
    paths: Sequence[Path],
    calendar: ServiceCalendar,
    today: date,
    period: Frequency | None,
    currency: Currency,
    answers: Answers | None,
    progress: Progress,
) -> tuple[list[Imported], list[FileSummary]]:
    """What the files hold that are read into memory, those with the same header as one."""
    tables = tables_of(paths, _part_of(progress, 0.0, _READ))
    imports, summaries = [], []
    for number, table in enumerate(tables, start=1):
        found = understood(table, recognise(table), answers)
        imports.append(convert(table, found.mapping, calendar=calendar, today=today, currency=currency))
        if imports[-1].currency is not None:
            currency = Currency(code=imports[-1].currency, is_chosen=True)
        summary = summary_of(table, found, imports[-1])
        if period is not None and imports[-1].points is not None:
            summary = summary.with_findings(not_made(imports[-1], period))
        summaries.append(summary)
        progress(_READ + (1.0 - _READ) * number / len(tables))
    return imports, summaries


def _large_logs(paths: Sequence[Path], answers: Answers | None) -> dict[Path, tuple[Table, Recognition]]:
    """The large logs of contacts among the files, with their first records."""
    logs = {}
    for path in paths:
        if path.is_file() and path.stat().st_size > LARGE_BYTES:
            sample = read_sample(path)
            found = understood(sample, recognise(sample), answers)
            if not sample.complete and suits(path, found.mapping):
                logs[path] = sample, found
    return logs


def _summary(sample: Table, found: Recognition, log: ContactFile) -> FileSummary:
    return file_summary(sample, found, log.rows_read, log.accepted_rows, log.rejected_rows, log.rejected, log.findings)


def tables_of(paths: Sequence[Path], progress: Progress = unwatched) -> list[Table]:
    """The tables in files, those with the same columns as one.

    Args:
        paths: the files.
        progress: is told the share that is read, from 0 to 1.

    Raises:
        ImportProblems: a file can't be read.
    """
    groups: dict[tuple[str, ...], list[Table]] = {}
    for number, path in enumerate(paths):
        progress(number / len(paths))
        try:
            table = read_table(path.name, path.read_bytes())
        except OSError as cause:
            raise ImportProblems(
                text("{file} can't be read ({cause}).", file=str(path), cause=cause.strerror or str(cause)),
                text("Check the name and the rights of the file."),
            ) from cause
        groups.setdefault(table.columns, []).append(table)
    return [combine(tables) for tables in groups.values()]

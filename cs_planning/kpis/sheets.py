"""Files on a disk → one series frame, for the command line and for programs: nothing is kept."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pandas as pd
from pydantic import BaseModel, ConfigDict

from cs_planning.errors import ImportProblems
from cs_planning.kpis.aggregate import contact_kpis
from cs_planning.kpis.contact_files import LARGE_BYTES, read_contacts, suits
from cs_planning.kpis.contacts import CONTACT_COLUMNS, WORD_COLUMNS, typed_contacts
from cs_planning.kpis.convert import convert
from cs_planning.kpis.costs import cost_per_contact
from cs_planning.kpis.engines import DUCKDB, connected, open_contacts, table_at
from cs_planning.kpis.frequency import Frequency
from cs_planning.kpis.imported import Imported, QualityFinding
from cs_planning.kpis.mapping import Mapping
from cs_planning.kpis.opening_hours import OpeningHours
from cs_planning.kpis.reading import combine, read_sample, read_table
from cs_planning.kpis.recognise import Recognition, recognise
from cs_planning.kpis.series import check_frame, split_series, to_longer_periods
from cs_planning.kpis.table import Table
from cs_planning.language import text

_LISTED = 1_000


class RejectedRow(BaseModel):
    """A record that was not used."""

    model_config = ConfigDict(frozen=True)

    row: int | None
    column: str | None
    value: str | None
    reason: str


class FindingLine(BaseModel):
    """A finding in the words of the reader's language."""

    model_config = ConfigDict(frozen=True)

    rule: str
    severity: str
    count: int
    message: str
    consequence: str
    remedy: str
    sample_rows: tuple[int, ...]
    sample_values: tuple[str, ...]


class FileSummary(BaseModel):
    """What one file, or several of the same kind, turned out to be.

    `rejected` lists the first records that were not used; `rows_rejected` counts all.
    """

    model_config = ConfigDict(frozen=True)

    files: tuple[str, ...]
    recognised_as: str
    helpdesk: str | None
    confidence: float
    alternatives: tuple[str, ...]
    columns: dict[str, str]
    rows_read: int
    rows_accepted: int
    rows_rejected: int
    rejected: tuple[RejectedRow, ...]
    findings: tuple[FindingLine, ...]


class KpisSummary(BaseModel):
    """What came of computing KPIs from files."""

    model_config = ConfigDict(frozen=True)

    period: str
    series: int
    points: int
    files: tuple[FileSummary, ...]

    def words(self) -> str:
        """The summary as text for a terminal."""
        lines = []
        for file in self.files:
            lines.append(
                str(
                    text(
                        "{files}: {kind}, {percent} % sure; {read} rows read, {accepted} used, {rejected} rejected.",
                        files=", ".join(file.files),
                        kind=file.helpdesk or file.recognised_as,
                        percent=round(100 * file.confidence),
                        read=file.rows_read,
                        accepted=file.rows_accepted,
                        rejected=file.rows_rejected,
                    )
                )
            )
            lines += [f"  {finding.message} {finding.consequence}" for finding in file.findings]
        lines.append(str(text("{series} series with {points} values.", series=self.series, points=self.points)))
        return "\n".join(lines)


def kpis_from_files(
    paths: Sequence[Path],
    period: Frequency,
    by: Sequence[str] = (),
    engine: str = "duckdb",
    *,
    today: date,
    hours: OpeningHours | None = None,
) -> tuple[pd.DataFrame, KpisSummary]:
    """The KPIs of files, the whole and broken down, without keeping anything.

    Files with the same header are put together; points of KPI tables are made into longer periods where counts allow it.

    Args:
        paths: the files.
        period: the length of the periods.
        by: dimensions to break down by, each on its own.
        engine: `duckdb`, or the URL of an engine that ibis knows (`postgres://…`).
        today: the last day that can have happened.
        hours: when the service is open, for times in opening hours; none of these when None.

    Returns:
        A series frame and what the files turned out to be.

    Raises:
        ImportProblems: a file can't be read.
    """
    frames: list[pd.DataFrame] = []
    summaries: list[FileSummary] = []
    contacts: list[pd.DataFrame] = []
    if len(paths) == 1 and engine == DUCKDB and paths[0].is_file() and paths[0].stat().st_size > LARGE_BYTES:
        large = _large_file(paths[0], period, by, today, hours)
        if large is not None:
            return large
    for table in tables_of(paths):
        found = recognise(table)
        imported = convert(table, found.mapping, today=today)
        summaries.append(summary_of(table, found, imported))
        if imported.contacts is not None:
            contacts.append(imported.contacts)
        else:
            frames.append(points_in(imported, period))
    if contacts:
        frames.append(_contact_frame(contacts, period, by, engine, hours))
    frame = check_frame(pd.concat(frames, ignore_index=True).drop_duplicates(["series", "period"], keep="last"))
    costs = cost_per_contact(frame)
    if len(costs):
        frame = check_frame(pd.concat([costs, frame]).drop_duplicates(["series", "period"], keep="last"))
    return frame, KpisSummary(period=period.value, series=frame["series"].nunique(), points=len(frame), files=tuple(summaries))


def kpis_from_table(
    table: str, engine: str, period: Frequency, by: Sequence[str] = (), *, hours: OpeningHours | None = None
) -> tuple[pd.DataFrame, KpisSummary]:
    """The KPIs of contacts that are in a database already: they are computed there, and only the results travel.

    Args:
        table: a table or view with the columns of a contact table, or some of them; `schema.table` where it needs a schema.
        engine: its URL.
        period: the length of the periods.
        by: dimensions to break down by, each on its own.
        hours: when the service is open, for times in opening hours; none of these when None.

    Raises:
        EngineUnavailable: the engine can't be reached, or the table is not there.
    """
    with connected(engine) as connection, open_contacts(table_at(connection, table), connection, hours) as contacts:
        parts = [contact_kpis(contacts, period, part) for part in ([], *([dimension] for dimension in by))]
    frame = check_frame(pd.concat(parts, ignore_index=True))
    return frame, KpisSummary(period=period.value, series=frame["series"].nunique(), points=len(frame), files=())


def _large_file(
    path: Path, period: Frequency, by: Sequence[str], today: date, hours: OpeningHours | None
) -> tuple[pd.DataFrame, KpisSummary] | None:
    """The KPIs of one large log of contacts, without holding it in memory; None for other files."""
    sample = read_sample(path)
    found = recognise(sample)
    if sample.complete or not suits(path, found.mapping):
        return None
    with tempfile.TemporaryDirectory(prefix="cs-planning-") as folder:
        columns = [name for name in CONTACT_COLUMNS if name not in WORD_COLUMNS or name in by]
        log = read_contacts(path, sample, found.mapping, Path(folder), today=today, by_month=False, columns=columns)
        with open_contacts(log.paths, hours=hours) as contacts:
            parts = [contact_kpis(contacts, period, part) for part in ([], *([dimension] for dimension in by))]
    frame = check_frame(pd.concat(parts, ignore_index=True))
    summary = _file_summary(sample, found, log.rows_read, log.accepted_rows, log.rejected_rows, log.rejected, log.findings)
    return frame, KpisSummary(period=period.value, series=frame["series"].nunique(), points=len(frame), files=(summary,))


def points_in(imported: Imported, period: Frequency) -> pd.DataFrame:
    """The points of a KPI table in longer periods; series that can't be made longer are left out."""
    assert imported.points is not None
    assert imported.frequency is not None
    made = [
        longer.frame
        for series in split_series(imported.points, imported.frequency, imported.kpis).values()
        if (longer := to_longer_periods(series, period)) is not None
    ]
    return pd.concat(made, ignore_index=True) if made else imported.points.iloc[:0]


def summary_of(table: Table, found: Recognition, imported: Imported) -> FileSummary:
    """What a table turned out to be, for the command line."""
    rows = (imported.rows_read, imported.accepted_rows, imported.rejected_rows)
    return _file_summary(table, found, *rows, imported.rejected, imported.findings)


def _file_summary(
    table: Table,
    found: Recognition,
    rows_read: int,
    accepted_rows: int,
    rejected_rows: int,
    rejected: pd.DataFrame,
    findings: Sequence[QualityFinding],
) -> FileSummary:
    return FileSummary(
        files=(table.name,),
        recognised_as=found.kind.value,
        helpdesk=found.helpdesk,
        confidence=found.confidence,
        alternatives=tuple(other.helpdesk or other.mapping.kind.value for other in found.alternatives),
        columns=_roles(found.mapping),
        rows_read=rows_read,
        rows_accepted=accepted_rows,
        rows_rejected=rejected_rows,
        rejected=tuple(
            RejectedRow(row=_whole(row.row), column=_word(row.column), value=_word(row.value), reason=str(row.reason))
            for row in rejected.head(_LISTED).itertuples()
        ),
        findings=tuple(map(_line, findings)),
    )


def tables_of(paths: Sequence[Path]) -> list[Table]:
    """The tables in files, those with the same columns as one.

    Raises:
        ImportProblems: a file can't be read.
    """
    groups: dict[tuple[str, ...], list[Table]] = {}
    for path in paths:
        try:
            table = read_table(path.name, path.read_bytes())
        except OSError as cause:
            raise ImportProblems(
                text("{file} can't be read ({cause}).", file=str(path), cause=cause.strerror or str(cause)),
                text("Check the name and the rights of the file."),
            ) from cause
        groups.setdefault(table.columns, []).append(table)
    return [combine(tables) for tables in groups.values()]


def _contact_frame(
    contacts: list[pd.DataFrame], period: Frequency, by: Sequence[str], engine: str, hours: OpeningHours | None
) -> pd.DataFrame:
    everything = typed_contacts(pd.concat(contacts, ignore_index=True)).drop_duplicates(["kind", "contact_id"], keep="last")
    with connected(engine) as connection, open_contacts(everything, connection, hours) as opened:
        frames = [contact_kpis(opened, period, part) for part in ([], *([dimension] for dimension in by))]
    return pd.concat(frames, ignore_index=True)


def _roles(mapping: Mapping) -> dict[str, str]:
    return {entry.column: entry.kpi or entry.role.value for entry in mapping.columns if entry.role.value != "ignore"}


def _line(finding: QualityFinding) -> FindingLine:
    return FindingLine(
        rule=finding.rule,
        severity=finding.severity.value,
        count=finding.count,
        message=str(finding.message),
        consequence=str(finding.consequence),
        remedy=str(finding.remedy),
        sample_rows=finding.sample_rows,
        sample_values=finding.sample_values,
    )


def _whole(value: object) -> int | None:
    return None if value is None or pd.isna(value) else int(str(value).split(".")[0])  # type: ignore[call-overload]


def _word(value: object) -> str | None:
    return value if isinstance(value, str) else None

"""What files turned out to be, in words and as JSON, for the command line."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
from pydantic import BaseModel, ConfigDict

from cs_planning.kpis.columns.mapping import Mapping
from cs_planning.kpis.files.table import Table
from cs_planning.kpis.findings.imported import Imported, QualityFinding
from cs_planning.kpis.frequency import Frequency
from cs_planning.kpis.imports.recognise import Recognition, doubts_about
from cs_planning.language import Percent, listed, text

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

    @classmethod
    def of(cls, finding: QualityFinding) -> FindingLine:
        """The words of a finding in the language in force."""
        return cls(
            rule=finding.rule,
            severity=finding.severity.value,
            count=finding.count,
            message=str(finding.message),
            consequence=str(finding.consequence),
            remedy=str(finding.remedy),
            sample_rows=finding.sample_rows,
            sample_values=finding.sample_values,
        )


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

    def with_findings(self, findings: Sequence[QualityFinding]) -> FileSummary:
        """The same with more findings."""
        return self.model_copy(update={"findings": (*self.findings, *map(FindingLine.of, findings))})


class PartsSummary(BaseModel):
    """How many parts of a breakdown were kept, the largest ones."""

    model_config = ConfigDict(frozen=True)

    dimension: str
    kept: int
    found: int


class KpisSummary(BaseModel):
    """What came of computing KPIs from files."""

    model_config = ConfigDict(frozen=True)

    period: str
    series: int
    points: int
    files: tuple[FileSummary, ...]
    parts: tuple[PartsSummary, ...] = ()

    @classmethod
    def of(
        cls, frame: pd.DataFrame, period: Frequency, files: Sequence[FileSummary], parts: Sequence[PartsSummary] = ()
    ) -> KpisSummary:
        """The summary of a series frame."""
        counts = frame["series"].nunique(), len(frame)
        return cls(period=period.value, series=counts[0], points=counts[1], files=tuple(files), parts=tuple(parts))

    def words(self) -> str:
        """The summary as text for a terminal."""
        lines = []
        for file in self.files:
            lines.append(
                str(
                    text(
                        "{files}: {kind}, {share} sure; {read} rows read, {accepted} used, {rejected} rejected.",
                        files=listed(file.files),
                        kind=file.helpdesk or file.recognised_as,
                        share=Percent(share=file.confidence),
                        read=file.rows_read,
                        accepted=file.rows_accepted,
                        rejected=file.rows_rejected,
                    )
                )
            )
            lines += [f"  {one.message} {one.consequence} {one.remedy}" for one in file.findings]
        lines += [
            str(
                text(
                    "{dimension}: the {kept} largest of {found} parts; --all-parts gives every one.",
                    dimension=part.dimension,
                    kept=part.kept,
                    found=part.found,
                )
            )
            for part in self.parts
            if part.kept < part.found
        ]
        lines.append(str(text("{series} series with {points} values.", series=self.series, points=self.points)))
        return "\n".join(lines)


def summary_of(table: Table, found: Recognition, imported: Imported) -> FileSummary:
    """What a table turned out to be, for the command line."""
    rows = (imported.rows_read, imported.accepted_rows, imported.rejected_rows)
    return file_summary(table, found, *rows, imported.rejected, imported.findings)


def file_summary(
    table: Table,
    found: Recognition,
    rows_read: int,
    accepted_rows: int,
    rejected_rows: int,
    rejected: pd.DataFrame,
    findings: Sequence[QualityFinding],
) -> FileSummary:
    """What a table turned out to be, of any size.

    Args:
        table: itself, or its first rows.
        found: what it was recognised as.
        rows_read, accepted_rows, rejected_rows: of the whole file.
        rejected: rejected records: row, column, value, reason.
        findings: what is suspicious.
    """
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
        findings=tuple(map(FindingLine.of, (*doubts_about(found), *findings))),
    )


def _roles(mapping: Mapping) -> dict[str, str]:
    return {entry.column: entry.kpi or entry.role.value for entry in mapping.columns if entry.role.value != "ignore"}


def _whole(value: object) -> int | None:
    return None if value is None or pd.isna(value) else int(str(value).split(".")[0])  # type: ignore[call-overload]


def _word(value: object) -> str | None:
    return value if isinstance(value, str) else None

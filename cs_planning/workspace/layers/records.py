"""What is kept of an import beside its points: every finding, and every row that was left out with its reason."""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
from pydantic import BaseModel, ConfigDict, ValidationError

from cs_planning.kpis.findings.imported import REJECTED_COLUMNS, QualityFinding, Severity
from cs_planning.storage import ImportInfo

MOST_ROWS = 100_000
"""The most rows left out that are kept with an import; all of them are counted."""


class ImportRecord(BaseModel):
    """What an import wants to show again.

    Attributes:
        findings: what was suspicious in the file.
        rows_read: records of the file.
        packed_rows: the rows left out, compressed; see `rejected`.
        basis: what the KPIs of a contact log rested on after this import, so that the next one can add to them.
        kept_apart: whether what it brought was kept by itself, as it was not before imports could be undone.
    """

    model_config = ConfigDict(frozen=True)

    findings: tuple[QualityFinding, ...] = ()
    rows_read: int = 0
    packed_rows: str = ""
    basis: str = ""
    kept_apart: bool = False

    @classmethod
    def of(cls, findings: Sequence[QualityFinding], rows_read: int, rejected: pd.DataFrame, basis: str = "") -> ImportRecord:
        """The record of an import; `rejected` has the columns row, column, value and reason."""
        return cls(findings=tuple(findings), rows_read=rows_read, packed_rows=_packed(rejected), basis=basis, kept_apart=True)

    def rejected(self) -> pd.DataFrame:
        """The rows left out: row, column, value, reason."""
        rows = json.loads(zlib.decompress(base64.b85decode(self.packed_rows))) if self.packed_rows else []
        frame = pd.DataFrame(rows, columns=list(REJECTED_COLUMNS))
        return frame.astype({"row": "Int64"})


@dataclass(frozen=True)
class KeptImport:
    """An import as it was recorded.

    Attributes:
        info: the file, who imported it and when.
        record: its findings and the rows left out; None for an import that was recorded without them.
    """

    info: ImportInfo
    record: ImportRecord | None

    @property
    def findings(self) -> tuple[QualityFinding, ...]:
        """The findings, those that may change figures first."""
        return () if self.record is None else by_weight(self.record.findings)


def kept_import(info: ImportInfo) -> KeptImport:
    """An import with what is written in its summary."""
    try:
        return KeptImport(info, ImportRecord.model_validate_json(info.summary))
    except ValidationError:
        return KeptImport(info, None)


def by_weight(findings: Sequence[QualityFinding]) -> tuple[QualityFinding, ...]:
    """Findings that may change figures first, those that concern more before those that concern less."""
    return tuple(sorted(findings, key=lambda one: (one.severity is not Severity.WARNING, -one.count, one.rule)))


def _packed(rejected: pd.DataFrame) -> str:
    if not len(rejected):
        return ""
    listed = rejected[list(REJECTED_COLUMNS)].head(MOST_ROWS).astype(object)
    rows = listed.where(listed.notna(), None).to_numpy().tolist()
    return base64.b85encode(zlib.compress(json.dumps(rows, ensure_ascii=False, default=str).encode())).decode()

"""What comes out of a file: points of KPI series or contacts, what was rejected, and what is suspicious."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

import pandas as pd
from pydantic import BaseModel, ConfigDict

from cs_planning.errors import Problem
from cs_planning.kpis.catalogue import Kpi
from cs_planning.kpis.columns.roles import Kind
from cs_planning.kpis.frequency import Rhythm
from cs_planning.language import Text

REJECTED_COLUMNS = ("row", "column", "value", "reason")


class Severity(StrEnum):
    """How much a finding matters: `NOTICE` explains, `WARNING` may change figures."""

    NOTICE = "notice"
    WARNING = "warning"


class QualityFinding(BaseModel):
    """Something wrong or suspicious in data that were nevertheless imported.

    Attributes:
        rule: a stable name of the rule, such as `missing_periods`.
        message: what was found.
        consequence: what it does to the figures.
        remedy: what the user can do.
        count: how many rows, periods or cells are concerned.
        sample_rows: rows of the user's spreadsheet to look at, the first few.
        sample_values: cells, periods or names to look at, the first few.
        column: the column or series concerned.
    """

    model_config = ConfigDict(frozen=True)

    rule: str
    severity: Severity
    message: Text
    consequence: Text
    remedy: Text
    count: int = 1
    sample_rows: tuple[int, ...] = ()
    sample_values: tuple[str, ...] = ()
    column: str | None = None


@dataclass(frozen=True)
class Imported:
    """The contents of a file after its mapping was applied.

    Exactly one of `points` and `contacts` is there.  Accepted and rejected rows are all rows that were read.

    Attributes:
        kind: what the rows were.
        rows_read: records of the file, without its header and blank lines.
        accepted_rows: records that were used.
        rejected: one row for each rejected record: row, column, value, reason.
        findings: what is suspicious in the accepted ones.
        points: a series frame.
        rhythm: of the points.
        kpis: the description of every KPI in `points`, by id.
        contacts: a contact table, see `contacts`.
        currency: that its amounts are in (ISO 4217), where the file names one.
        first_day, last_day: the span of time that the data cover.
    """

    kind: Kind
    rows_read: int
    accepted_rows: int
    rejected: pd.DataFrame
    findings: tuple[QualityFinding, ...] = ()
    points: pd.DataFrame | None = None
    rhythm: Rhythm | None = None
    kpis: Mapping[str, Kpi] = field(default_factory=dict)
    contacts: pd.DataFrame | None = None
    currency: str | None = None
    first_day: date | None = None
    last_day: date | None = None

    @property
    def rejected_rows(self) -> int:
        """How many records were not used."""
        return len(self.rejected)


def rejected_frame(problems: Iterable[Problem]) -> pd.DataFrame:
    """Problems of single records as a table of rejected rows; the first problem of a record counts."""
    records: dict[object, tuple[int | None, str | None, str | None, str]] = {}
    for place, problem in enumerate(problems):
        key: object = problem.row if problem.row is not None else ("unknown", place)
        records.setdefault(key, (problem.row, problem.column, problem.value, f"{problem.message} {problem.remedy}"))
    return pd.DataFrame(list(records.values()), columns=list(REJECTED_COLUMNS))

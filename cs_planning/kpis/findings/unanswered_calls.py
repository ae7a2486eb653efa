"""A log of calls in which nothing says which of them a person answered."""

from __future__ import annotations

from collections.abc import Iterator

from cs_planning.kpis.columns.mapping import Mapping as ColumnRoles
from cs_planning.kpis.columns.roles import WHO_ANSWERED, Kind
from cs_planning.kpis.findings.imported import QualityFinding, Severity
from cs_planning.language import text


def who_answered(mapping: ColumnRoles) -> Iterator[QualityFinding]:
    """The finding that no column tells answered calls from lost ones; nothing where one does."""
    if mapping.kind is not Kind.CALLS or any(mapping.find(role) is not None for role in WHO_ANSWERED):
        return
    yield QualityFinding(
        rule="answered_not_known",
        severity=Severity.WARNING,
        message=text("No column says which calls were answered."),
        consequence=text("The mean wait, the service level, the answer rate and abandonment can't be worked out."),
        remedy=text(
            "Say which column holds the outcome, the time of the answer, the person or the time talked (on the command line: "
            "--column COLUMN=outcome), or export one of them."
        ),
    )

"""What is said of call-centre statistics: parts above the whole, counts that nobody knows, a whole that was made."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from cs_planning.kpis.columns.roles import Role
from cs_planning.kpis.findings.imported import QualityFinding, Severity
from cs_planning.language import ntext, text

_SAMPLE = 5


def exceeding_parts(rows: np.ndarray) -> tuple[QualityFinding, ...]:
    """The finding that in some rows the parts are more than the whole; none without such rows."""
    if not len(rows):
        return ()
    return (
        QualityFinding(
            rule="more_than_offered",
            severity=Severity.WARNING,
            message=ntext(
                "In {count} period the contacts answered and abandoned together exceed those offered, or those "
                "answered in time exceed those answered.",
                "In {count} periods the contacts answered and abandoned together exceed those offered, or those "
                "answered in time exceed those answered.",
                len(rows),
            ),
            consequence=text("Their shares can't be computed and are left out."),
            remedy=text("Check whether contacts of the day before are counted, or which columns are mapped."),
            count=len(rows),
            sample_rows=tuple(int(row) for row in rows[:_SAMPLE]),
        ),
    )


def unknown_counts(unknown: Mapping[Role, np.ndarray]) -> Iterator[QualityFinding]:
    """The finding that counts are not known."""
    count = sum(int(there.sum()) for there in unknown.values())
    if count:
        yield QualityFinding(
            rule="counts_not_known",
            severity=Severity.WARNING,
            message=ntext(
                "{count} count of contacts is “?” or another mark of what nobody knows.",
                "{count} counts of contacts are “?” or another mark of what nobody knows.",
                count,
            ),
            consequence=ntext(
                "Its row is left out of the share that is made of it; sums of volumes are without it.",
                "Their rows are left out of the shares that are made of them; sums of volumes are without them.",
                count,
            ),
            remedy=text("Write the count, 0 or nothing where there was none."),
            count=count,
        )


def offered_made(count: int) -> QualityFinding:
    """The finding that the contacts offered were made of the others."""
    return QualityFinding(
        rule="offered_made",
        severity=Severity.NOTICE,
        message=text("No column says how many contacts were offered; it was made of those answered and abandoned."),
        consequence=text("Contacts that ended otherwise, such as those passed on to another queue, are missing in it."),
        remedy=text("Add the column of contacts offered to the export if there is one."),
        count=count,
    )

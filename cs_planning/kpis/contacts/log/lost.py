"""What is said of contacts that were kept and can't be read any more."""

from __future__ import annotations

from datetime import date

from cs_planning.kpis.contacts.log.manifest import Manifest
from cs_planning.kpis.findings.imported import QualityFinding, Severity
from cs_planning.language import Period, ntext, text


def lost_contacts(lost: Manifest) -> tuple[QualityFinding, ...]:
    """The warning that files of a contact log are missing or damaged; none when nothing was lost.

    Args:
        lost: the files of the log that can't be read.
    """
    if not lost.parts:
        return ()
    months = sorted({part.month for part in lost.parts})
    first, last = (Period(day=date.fromisoformat(f"{month}-01"), length="month") for month in (months[0], months[-1]))
    return (
        QualityFinding(
            rule="lost_contacts",
            severity=Severity.WARNING,
            message=ntext(
                "{count} contact of earlier imports, created from {first} to {last}, can't be read any more: its "
                "file is missing or damaged.",
                "{count} contacts of earlier imports, created from {first} to {last}, can't be read any more: "
                "their files are missing or damaged.",
                lost.rows,
                first=first,
                last=last,
            ),
            consequence=text(
                "Values of periods with days in these months stay as they were. What happened to these contacts later, such as "
                "being solved, is missing in the values of later periods."
            ),
            remedy=text(
                "Import the export of these months again; or put {file} back from a backup of the data folder, then import "
                "again.",
                file=lost.parts[0].file_name,
            ),
            count=lost.rows,
            sample_values=tuple(months),
        ),
    )

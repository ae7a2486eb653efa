"""What is said of a file that names the zone of its times while nobody said by which clock the service lives."""

from __future__ import annotations

from cs_planning.kpis.findings.imported import QualityFinding, Severity
from cs_planning.language import text


def service_zone_unknown(zone: str) -> QualityFinding:
    """The finding that the file names the zone of its times, and nobody said in which one the service is.

    Args:
        zone: the IANA name of the file's.
    """
    return QualityFinding(
        rule="zone_of_the_file",
        severity=Severity.NOTICE,
        message=text("The times of this file are in {zone}; the time zone of the service is not set.", zone=zone),
        consequence=text(
            "Days begin at midnight in {zone}; if the service lives by another clock, some contacts fall on the day before or "
            "after.",
            zone=zone,
        ),
        remedy=text(
            "Say the time zone of the service, on the Import page, in the settings or with --zone: the file is read in it then."
        ),
    )

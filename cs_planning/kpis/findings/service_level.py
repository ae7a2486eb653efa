"""What is said of the service level of a file: how it is counted."""

from __future__ import annotations

from cs_planning.kpis.findings.imported import QualityFinding, Severity
from cs_planning.kpis.service_level import LevelBase
from cs_planning.language import Duration, text


def level_finding(base: LevelBase, threshold_seconds: float | None, count: int) -> QualityFinding:
    """The notice that says how the service level of a file is counted.

    Args:
        base: the contacts that it is a share of.
        threshold_seconds: the agreed time, None when the file does not say it.
        count: how many values there are.
    """
    counted = (
        text(
            "The service level is the share answered within {time} of {contacts}.",
            time=Duration(seconds=threshold_seconds),
            contacts=base.label,
        )
        if threshold_seconds is not None
        else text(
            "The service level is the share answered in the time that the file counts, of {contacts}.", contacts=base.label
        )
    )
    return QualityFinding(
        rule="service_level_rule",
        severity=Severity.NOTICE,
        message=counted,
        consequence=text("Other systems divide by the answered contacts, or leave short waits out; their figures differ."),
        remedy=text("Compare it only with figures that are counted in the same way."),
        count=count,
    )

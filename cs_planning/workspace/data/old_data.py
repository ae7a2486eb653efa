"""Series that are kept, or about to be → how old their data are, where that is too old for a probability."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from cs_planning.kpis.findings.ended import old_data as finding
from cs_planning.kpis.findings.imported import Imported, QualityFinding
from cs_planning.kpis.frequency import MONTHS
from cs_planning.kpis.freshness import Freshness, freshness_since
from cs_planning.storage import SeriesInfo


def old_data(series: Iterable[SeriesInfo], today: date) -> tuple[QualityFinding, ...]:
    """A finding for each file whose newest values are too old, the oldest first.

    Args:
        series: those that are kept, each in its shortest rhythm.
        today: the day on which it is asked.
    """
    newest: dict[str, Freshness] = {}
    for info in series:
        found = freshness_since(info.last, info.rhythm, today)
        if info.source not in newest or found.said_until > newest[info.source].said_until:
            newest[info.source] = found
    old = sorted((found.data_until, source) for source, found in newest.items() if found.is_stale)
    return tuple(finding(newest[source], until, source) for until, source in old)


def old_import(imported: Imported, kept: Iterable[SeriesInfo], today: date) -> tuple[QualityFinding, ...]:
    """A finding where the values of a file are too old for a probability, and nothing newer of their kind is kept.

    Args:
        imported: what the file holds; that of contacts is as old as its last day.
        kept: the series that are kept already.
        today: the day on which it is asked.
    """
    if imported.last_day is None:
        return ()
    rhythm = imported.rhythm or MONTHS
    found = freshness_since(rhythm.start_of(imported.last_day), rhythm, today)
    goes_on = any(
        not freshness_since(info.last, info.rhythm, today).is_stale
        for info in kept
        if imported.rhythm is None or info.kpi.id in imported.kpis
    )
    return (finding(found, imported.last_day),) if found.is_stale and not goes_on else ()

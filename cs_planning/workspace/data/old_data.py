"""Series that are kept → how old their data are, where that is too old for a probability."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from cs_planning.forecasting.answers.belief import Freshness, freshness_since
from cs_planning.kpis.findings.imported import QualityFinding, Severity
from cs_planning.language import ntext, text
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
    return tuple(_finding(source, newest[source]) for _until, source in old)


def _finding(source: str, found: Freshness) -> QualityFinding:
    return QualityFinding(
        rule="old_data",
        severity=Severity.WARNING,
        message=ntext(
            "The data of {source} end on {until}, {count} day ago.",
            "The data of {source} end on {until}, {count} days ago.",
            (found.today - found.data_until).days,
            source=source,
            until=found.data_until,
        ),
        consequence=text("No probability is said on them any more: it was until {day}.", day=found.said_until),
        remedy=text("Import newer data, or plan as of the end of the data."),
        sample_values=(source,),
    )

"""Data that ended long ago, as a whole or beside others that go on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

import pandas as pd

from cs_planning.kpis.catalogue import Kpi, kpi_named
from cs_planning.kpis.findings.imported import QualityFinding, Severity
from cs_planning.kpis.frequency import Rhythm
from cs_planning.kpis.freshness import Freshness, freshness_since
from cs_planning.kpis.series import SeriesKey
from cs_planning.language import Text, listed_texts, ntext, text

_SAMPLE = 5
RULE = "old_data"
"""The rule by which data are too old for a number."""


def old_data(found: Freshness, until: date, source: str | None = None) -> QualityFinding:
    """The finding that data are too old for a number.

    Args:
        found: how old they are.
        until: their last day.
        source: the file that gave them, where several are told of.
    """
    days = (found.today - until).days
    message = (
        ntext("The data end on {until}, {count} day ago.", "The data end on {until}, {count} days ago.", days, until=until)
        if source is None
        else ntext(
            "The data of {source} end on {until}, {count} day ago.",
            "The data of {source} end on {until}, {count} days ago.",
            days,
            source=source,
            until=until,
        )
    )
    return QualityFinding(
        rule=RULE,
        severity=Severity.WARNING,
        message=message,
        consequence=text("No probability is said on them any more: it was until {day}.", day=found.said_until),
        remedy=text("Import newer data, or plan as of the end of the data."),
        sample_values=() if source is None else (source,),
    )


def ended_findings(points: pd.DataFrame, rhythm: Rhythm, kpis: Mapping[str, Kpi]) -> Iterator[QualityFinding]:
    """The finding that some series end long before the others; nothing where they end together, however long ago.

    Args:
        points: a series frame with at least one value.
        rhythm: of its periods.
        kpis: descriptions of the KPIs in it.
    """
    last_of = points.dropna(subset=["value"]).groupby("series")["period"].max()
    newest = last_of.max().date()
    # As the newest series would have it that is told on the day after its end: what is behind by more will be told of then.
    ended = {
        str(series): last.date()
        for series, last in last_of.items()
        if freshness_since(last.date(), rhythm, rhythm.end_of(newest)).is_stale
    }
    if ended:
        first_to_last = sorted(ended, key=lambda series: (ended[series], series))
        named = [(_named(series, kpis), rhythm.end_of(ended[series])) for series in first_to_last]
        yield ended_series(named, rhythm.end_of(newest), tuple(first_to_last))


def ended_series(ended: Sequence[tuple[Text, date]], newest: date, keys: Sequence[str]) -> QualityFinding:
    """The finding that some of the series of a file ended long before the others.

    Args:
        ended: their names with their last days, the first to end first; at least one.
        newest: the last day of the others.
        keys: what they are called in a file of series, in the same order.
    """
    return QualityFinding(
        rule="ended_series",
        severity=Severity.WARNING,
        message=ntext(
            "{series} ends on {until}, others go on until {newest}.",
            "{count} series end on {until} or later, others go on until {newest}: {series}.",
            len(ended),
            series=listed_texts([name for name, _ in ended[:_SAMPLE]]),
            until=ended[0][1],
            newest=newest,
        ),
        consequence=text("A goal on what has ended gets no probability any more."),
        remedy=text("If it is still measured, look for the missing values; else there is nothing to do."),
        count=len(ended),
        sample_values=tuple(keys[:_SAMPLE]),
    )


def _named(series: str, kpis: Mapping[str, Kpi]) -> Text:
    key = SeriesKey.parse(series)
    return key.named(kpis.get(key.kpi) or kpi_named(key.kpi))

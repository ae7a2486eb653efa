"""What is suspicious in a log of contacts as a whole, found by the engine: gaps, impossible order, mis-mapped times."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import pandas as pd

from cs_planning.kpis.aggregate import contact_kpis
from cs_planning.kpis.catalogue import CATALOGUE
from cs_planning.kpis.engines import contact_relation, duckdb_backend
from cs_planning.kpis.frequency import Frequency
from cs_planning.kpis.imported import QualityFinding, Severity
from cs_planning.kpis.quality import series_findings, unfinished_period
from cs_planning.language import Text, text

_SAMPLE = 5
_ENOUGH, _NEARLY_ALL = 20, 0.95
_DENSE = 0.9
_OF_SERIES = frozenset({"unit_change", "drop_to_zero", "trailing_zeros"})
_LATER = {
    "first_response_at": text("first answered"),
    "solved_at": text("solved"),
    "closed_at": text("closed"),
}


def log_findings(contacts: pd.DataFrame | Sequence[Path]) -> tuple[QualityFinding, ...]:
    """What is suspicious in a log of any size: contacts solved before they came, days without any, times that are the same.

    Args:
        contacts: a contact table, or the Parquet files of one.
    """
    backend = duckdb_backend()
    try:
        table = contact_relation(backend, contacts)
        counts = {"rows": table.count(), "last": table.created_at.max()}
        for later in _LATER:
            counts[f"wrong_{later}"] = (table[later] < table.created_at).ifelse(1, 0).sum()
            counts[f"same_{later}"] = (table[later] == table.created_at).ifelse(1, 0).sum()
            counts[f"there_{later}"] = table[later].count()
        found = backend.to_pyarrow(table.aggregate(**counts)).to_pylist()[0]
        findings: list[QualityFinding] = []
        for later, done in _LATER.items():
            wrong, same, there = (int(found[f"{kind}_{later}"] or 0) for kind in ("wrong", "same", "there"))
            if wrong:
                samples = table.filter(table[later] < table.created_at).select("contact_id").limit(_SAMPLE)
                ids = tuple(map(str, backend.to_pyarrow(samples)["contact_id"].to_pylist()))
                findings.append(_impossible_order(wrong, done, later, ids))
            if there >= _ENOUGH and same >= _NEARLY_ALL * there:
                findings.append(_same_times(same, done, later))
        day = table.created_at.truncate("D").cast("date")
        days = backend.to_pyarrow(table.group_by(day=day).aggregate(contacts=table.count())).to_pandas()
    finally:
        backend.disconnect()
    findings += _missing_days(pd.DatetimeIndex(pd.to_datetime(days["day"])).sort_values())
    last: date = found["last"].date()
    if Frequency.MONTH.end_of(last) != last:
        findings.append(unfinished_period(Frequency.MONTH.write(last)))
    return tuple(findings)


def weekly_findings(contacts: pd.DataFrame, today: date) -> tuple[QualityFinding, ...]:
    """What is suspicious in the weekly KPIs of a log: a change of unit that stays, a volume that drops to zero.

    Args:
        contacts: a contact table.
        today: the day that decides whether the last week is over.
    """
    points = contact_kpis(contacts, Frequency.WEEK)
    found = series_findings(points, Frequency.WEEK, CATALOGUE, today) if len(points) else ()
    return tuple(finding for finding in found if finding.rule in _OF_SERIES)


def duplicate_ids(count: int, samples: Sequence[str], rows: Sequence[int] = (), column: str | None = None) -> QualityFinding:
    """The finding that records share a number of a contact."""
    return QualityFinding(
        rule="duplicate_ids",
        severity=Severity.WARNING,
        message=text("{count} rows have the number of a contact that is there already.", count=count),
        consequence=text("The last state of each contact counts, the others are left out."),
        remedy=text("Nothing to do if the file holds several states of a contact; else check which column is its number."),
        count=count,
        sample_rows=tuple(rows[:_SAMPLE]),
        sample_values=tuple(samples[:_SAMPLE]),
        column=column,
    )


def _impossible_order(count: int, done: Text, column: str, ids: tuple[str, ...]) -> QualityFinding:
    return QualityFinding(
        rule="impossible_order",
        severity=Severity.WARNING,
        message=text("{count} contacts were {done} before they were created.", count=count, done=done),
        consequence=text("Their times are left out."),
        remedy=text("Check the columns that are mapped, the order of day and month and the time zones."),
        count=count,
        sample_values=ids,
        column=column,
    )


def _same_times(count: int, done: Text, column: str) -> QualityFinding:
    return QualityFinding(
        rule="equal_columns",
        severity=Severity.WARNING,
        message=text("{count} contacts were {done} in the very moment in which they were created.", count=count, done=done),
        consequence=text("Their times are 0; one column was probably mapped to the wrong moment."),
        remedy=text("Check the mapping of both columns."),
        count=count,
        column=column,
    )


def _missing_days(days: pd.DatetimeIndex) -> Iterator[QualityFinding]:
    """Days without a contact, on weekdays that usually have some; nothing in logs that are sparse anyway."""
    if len(days) < _ENOUGH:
        return
    expected = pd.date_range(days[0], days[-1])
    usual = {
        weekday
        for weekday in range(7)
        if (days.dayofweek == weekday).sum() >= 0.5 * max(1, (expected.dayofweek == weekday).sum())
    }
    expected = expected[[weekday in usual for weekday in expected.dayofweek]]
    missing = expected.difference(days)
    if len(missing) and len(days) >= _DENSE * len(expected):
        yield QualityFinding(
            rule="missing_days",
            severity=Severity.WARNING,
            message=text(
                "On {count} days between {first} and {last} there is no contact at all.",
                count=len(missing),
                first=days[0].date(),
                last=days[-1].date(),
            ),
            consequence=text("If they are missing in the export, volumes of their weeks and months are too low."),
            remedy=text("Export these days too; leave it so if the service was closed."),
            count=len(missing),
            sample_values=tuple(day.date().isoformat() for day in missing[:_SAMPLE]),
        )

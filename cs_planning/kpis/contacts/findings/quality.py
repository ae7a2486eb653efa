"""What is suspicious in a log of contacts as a whole, found by the engine: gaps, impossible order, mis-mapped times."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date
from pathlib import Path

import pandas as pd

from cs_planning.kpis.calendar.opening_hours import OpeningHours
from cs_planning.kpis.calendar.service_calendar import ServiceCalendar
from cs_planning.kpis.catalogue import CATALOGUE
from cs_planning.kpis.completeness import Coverage
from cs_planning.kpis.contacts.findings.ended_values import ended_values
from cs_planning.kpis.contacts.findings.not_known import unknown_findings
from cs_planning.kpis.contacts.findings.zones import zone_findings
from cs_planning.kpis.contacts.points.aggregate import contact_days, contact_kpis
from cs_planning.kpis.contacts.points.engines import OpenContacts, open_contacts
from cs_planning.kpis.findings.imported import QualityFinding, Severity
from cs_planning.kpis.findings.quality import course_findings, unfinished_period
from cs_planning.kpis.frequency import DAYS, MONTHS, WEEKS
from cs_planning.language import Text, ntext, text

_SAMPLE = 5
_ENOUGH, _NEARLY_ALL = 20, 0.95
_DENSE = 0.9
_LATER = {
    "first_response_at": text("first answered"),
    "solved_at": text("solved"),
    "closed_at": text("closed"),
}


def log_findings(
    contacts: pd.DataFrame | Sequence[Path] | OpenContacts,
    *,
    today: date,
    of_days: Collection[str] = (),
    hours: OpeningHours | None = None,
    country: str = "",
) -> tuple[QualityFinding, ...]:
    """What is suspicious in a log of any size: contacts solved before they came, days without any, times that are the same.

    Args:
        contacts: a contact table, the Parquet files of one, or contacts that are open already.
        today: the day that decides whether a month is over.
        hours: when the service is open, where that is known.
        country: whose public holidays are closed days, where the opening hours name none.
        of_days: the moments of which only the day is known, which may well be that of the creation.
    """
    with open_contacts(contacts) as source:
        days = contact_days(source)
        findings = [
            *_wrong_times(source, of_days),
            *unknown_findings(source),
            *_missing_days(days, ServiceCalendar(hours=hours, country=country)),
            *(zone_findings(source, hours) if hours is not None else ()),
        ]
        last = days[-1].date()
        findings += ended_values(source, last)
    # By the rule that decides whether the month has values: a log whose last day is a Friday covers the weekend after it.
    if not Coverage.of(days).is_whole(MONTHS.start_of(last), MONTHS) or MONTHS.end_of(last) >= today:
        findings.append(unfinished_period(last, MONTHS, today))
    return tuple(findings)


def weekly_findings(contacts: pd.DataFrame | OpenContacts) -> tuple[QualityFinding, ...]:
    """What is suspicious in the weekly KPIs of a log, by every rule about the course of a series.

    Args:
        contacts: a contact table, or contacts that are open already.
    """
    points = contact_kpis(contacts, WEEKS)
    return course_findings(points, WEEKS, CATALOGUE) if len(points) else ()


def duplicate_ids(count: int, samples: Sequence[str], rows: Sequence[int] = (), column: str | None = None) -> QualityFinding:
    """The finding that records share a number of a contact."""
    return QualityFinding(
        rule="duplicate_ids",
        severity=Severity.WARNING,
        message=ntext(
            "{count} row has the number of a contact that is there already.",
            "{count} rows have the number of a contact that is there already.",
            count,
        ),
        consequence=ntext(
            "The contact counts once, with its last state.",
            "Each contact counts once, with its last state.",
            count,
        ),
        remedy=text("Nothing to do if the file holds several states of a contact; else check which column is its number."),
        count=count,
        sample_rows=tuple(rows[:_SAMPLE]),
        sample_values=tuple(samples[:_SAMPLE]),
        column=column,
    )


def _wrong_times(contacts: OpenContacts, of_days: Collection[str]) -> Iterator[QualityFinding]:
    """Moments before the creation of their contacts, and those that nearly all equal it."""
    table = contacts.table
    later = {name: done for name, done in _LATER.items() if name in table.columns}
    counts = {}
    for name in later:
        counts[f"wrong_{name}"] = (table[name] < table.created_at).ifelse(1, 0).sum()
        counts[f"same_{name}"] = (table[name] == table.created_at).ifelse(1, 0).sum()
        counts[f"there_{name}"] = table[name].count()
    found = contacts.run(table.aggregate(**counts)).fillna(0).iloc[0]
    for name, done in later.items():
        wrong, same, there = (int(found[f"{kind}_{name}"]) for kind in ("wrong", "same", "there"))
        if wrong:
            samples = table.filter(table[name] < table.created_at).select("contact_id").limit(_SAMPLE)
            yield _about_times(
                "impossible_order",
                wrong,
                name,
                ntext(
                    "{count} contact was {done} before it was created.",
                    "{count} contacts were {done} before they were created.",
                    wrong,
                    done=done,
                ),
                ntext("Its time is left out.", "Their times are left out.", wrong),
                text("Check the columns that are mapped, the order of day and month and the time zones."),
                tuple(contacts.run(samples)["contact_id"]),
            )
        if name not in of_days and there >= _ENOUGH and same >= _NEARLY_ALL * there:
            yield _about_times(
                "equal_columns",
                same,
                name,
                ntext(
                    "{count} contact was {done} in the very moment in which it was created.",
                    "{count} contacts were {done} in the very moment in which they were created.",
                    same,
                    done=done,
                ),
                text("Their times are 0; one column was probably mapped to the wrong moment."),
                text("Check the mapping of both columns."),
            )


def _about_times(
    rule: str, count: int, column: str, message: Text, consequence: Text, remedy: Text, ids: tuple[str, ...] = ()
) -> QualityFinding:
    return QualityFinding(
        rule=rule,
        severity=Severity.WARNING,
        message=message,
        consequence=consequence,
        remedy=remedy,
        count=count,
        sample_values=ids,
        column=column,
    )


def _missing_days(days: pd.DatetimeIndex, calendar: ServiceCalendar) -> Iterator[QualityFinding]:
    """Days without a contact on weekdays that usually have some and are no holidays; nothing in logs that are sparse."""
    if len(days) < _ENOUGH:
        return
    expected = pd.date_range(days[0], days[-1])
    usual = {
        weekday
        for weekday in range(7)
        if (days.day_of_week == weekday).sum() >= 0.5 * max(1, (expected.day_of_week == weekday).sum())
    }
    expected = expected[[weekday in usual for weekday in expected.day_of_week]]
    closed = calendar.closed_days(days[0].date(), days[-1].date())
    expected = expected.difference(pd.DatetimeIndex(sorted(closed - {day.date() for day in days})))
    missing = expected.difference(days)
    if len(missing) and len(days) >= _DENSE * len(expected):
        yield QualityFinding(
            rule="missing_days",
            severity=Severity.WARNING,
            message=ntext(
                "On {count} day between {first} and {last} there is no contact at all.",
                "On {count} days between {first} and {last} there is no contact at all.",
                len(missing),
                first=days[0].date(),
                last=days[-1].date(),
            ),
            consequence=ntext(
                "If it is missing in the export, the volumes of its week and month are too low.",
                "If they are missing in the export, volumes of their weeks and months are too low.",
                len(missing),
            ),
            remedy=ntext(
                "Export this day too; leave it so if the service was closed.",
                "Export these days too; leave it so if the service was closed.",
                len(missing),
            ),
            count=len(missing),
            sample_values=tuple(DAYS.write(day.date()) for day in missing[:_SAMPLE]),
        )

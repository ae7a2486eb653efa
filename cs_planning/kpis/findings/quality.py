"""What is suspicious in series of KPIs: each finding with its consequence and remedy."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

import numpy as np
import pandas as pd

from cs_planning.kpis.calendar.service_calendar import CALENDAR_YEAR, ServiceCalendar
from cs_planning.kpis.catalogue import Aggregation, Kpi, Unit, kpi_named
from cs_planning.kpis.findings.imported import QualityFinding, Severity
from cs_planning.kpis.frequency import Frequency, Rhythm
from cs_planning.kpis.period_names import named_period
from cs_planning.kpis.quantity import quantity
from cs_planning.kpis.series import SeriesKey
from cs_planning.language import Text, listed_texts, ntext, text

_SAMPLE = 5
_OF_THE_CHANGE = 0.5
_ENOUGH = 6


def series_findings(
    points: pd.DataFrame, rhythm: Rhythm, kpis: Mapping[str, Kpi], today: date, calendar: ServiceCalendar = CALENDAR_YEAR
) -> tuple[QualityFinding, ...]:
    """What is suspicious in series: gaps, an unfinished last period, values that stand still, drop to zero or change scale.

    Args:
        points: a series frame.
        rhythm: of its periods.
        kpis: descriptions of the KPIs in it.
        today: the day that decides whether the last period is over.
        calendar: whose public holidays and closed days are no missing days.
    """
    findings = [*_missing_periods(points, rhythm, calendar), *_unfinished(points, rhythm, today)]
    for series, kpi, rows in _long_enough(points, kpis):
        findings += _constant(series, _named(series, kpis), rows["value"].dropna(), kpi)
        findings += _course(series, _named(series, kpis), rows, kpi, rhythm)
    findings += _equal_series(points, kpis)
    return tuple(_one_for_all_parts(findings))


def course_findings(points: pd.DataFrame, rhythm: Rhythm, kpis: Mapping[str, Kpi]) -> tuple[QualityFinding, ...]:
    """What is suspicious in the course of series alone, which the weeks of a log of contacts show as well.

    Args:
        points: a series frame.
        rhythm: of its periods.
        kpis: descriptions of the KPIs in it.
    """
    findings = [
        finding
        for series, kpi, rows in _long_enough(points, kpis)
        for finding in _course(series, _named(series, kpis), rows, kpi, rhythm)
    ]
    return tuple(_one_for_all_parts(findings))


def _long_enough(points: pd.DataFrame, kpis: Mapping[str, Kpi]) -> Iterator[tuple[str, Kpi | None, pd.DataFrame]]:
    """The series that have enough values to tell something, each with its KPI and its rows."""
    for series, rows in points.groupby("series", sort=True):
        if rows["value"].count() >= _ENOUGH:
            yield str(series), kpis.get(str(series).split("|")[0]), rows


def _course(series: str, name: Text, rows: pd.DataFrame, kpi: Kpi | None, rhythm: Rhythm) -> Iterator[QualityFinding]:
    """Every rule about how the values of one series follow each other; a new one stands here."""
    yield from _zeros(series, name, rows, kpi, rhythm)
    yield from _scale_change(series, name, rows, kpi, rhythm)


def _one_for_all_parts(findings: list[QualityFinding]) -> Iterator[QualityFinding]:
    """The findings with those that say the same of several parts of one KPI put together, counts added."""
    groups: dict[tuple[str, str], list[QualityFinding]] = {}
    for finding in findings:
        kpi = SeriesKey.parse(finding.column).kpi if finding.column else ""
        groups.setdefault((finding.rule, kpi), []).append(finding)
    for (_, kpi), same in groups.items():
        first = next((one for one in same if one.column == kpi), same[0])
        if len(same) == 1 or not kpi:
            yield from same
            continue
        yield first.model_copy(
            update={
                "message": ntext(
                    "{finding} So it is with {count} other part.",
                    "{finding} So it is with {count} other parts.",
                    len(same) - 1,
                    finding=first.message,
                ),
                "count": sum(one.count for one in same),
                "sample_values": tuple(dict.fromkeys(value for one in same for value in one.sample_values))[:_SAMPLE],
            }
        )


def _unit_of(key: SeriesKey, kpis: Mapping[str, Kpi]) -> Unit:
    return (kpis.get(key.kpi) or kpi_named(key.kpi)).unit


def _named(series: str, kpis: Mapping[str, Kpi]) -> Text:
    """A series by the name of its KPI and its part of the service."""
    key = SeriesKey.parse(series)
    kpi = kpis.get(key.kpi) or kpi_named(key.kpi)
    return key.named(kpi)


def without_counts(points: pd.DataFrame, kpis: Mapping[str, Kpi], frequency: Frequency) -> tuple[QualityFinding, ...]:
    """Ratios and means whose counts are not in the data, so that longer periods can't be made from them."""
    if frequency is Frequency.YEAR:
        return ()
    lacking = [
        str(series)
        for series, rows in points.groupby("series", sort=True)
        if (kpi := kpis.get(str(series).split("|")[0])) is not None
        and kpi.aggregation is Aggregation.WEIGHTED_MEAN
        and rows["sample_size"].isna().any()
    ]
    if not lacking:
        return ()
    return (
        QualityFinding(
            rule="counts_missing",
            severity=Severity.NOTICE,
            message=text(
                "For {series} it is not known how many contacts or answers each value rests on.",
                series=listed_texts([_named(name, kpis) for name in lacking[:_SAMPLE]]),
            ),
            consequence=text(
                "Its noise is not known, and longer periods can't be made from it: an average of averages is not shown."
            ),
            remedy=text("Add a column with the number of contacts or answers and map it as sample size."),
            count=len(lacking),
            sample_values=tuple(lacking[:_SAMPLE]),
        ),
    )


def _missing_periods(points: pd.DataFrame, rhythm: Rhythm, calendar: ServiceCalendar) -> Iterator[QualityFinding]:
    present = points["period"].drop_duplicates().sort_values()
    if len(present) < 3:
        return
    expected = pd.period_range(present.iloc[0], present.iloc[-1], freq=rhythm.pandas_period).start_time
    missing = expected.difference(pd.DatetimeIndex(present))
    if rhythm.frequency is Frequency.DAY and len(missing):
        weekdays = set(present.dt.day_of_week)
        missing = missing[[day in weekdays for day in missing.day_of_week]]
        closed = calendar.closed_days(present.iloc[0].date(), present.iloc[-1].date())
        missing = missing.difference(pd.DatetimeIndex(sorted(closed)))
    if len(missing):
        yield QualityFinding(
            rule="missing_periods",
            severity=Severity.WARNING,
            message=ntext(
                "{count} period is missing between {first} and {last}.",
                "{count} periods are missing between {first} and {last}.",
                len(missing),
                first=present.iloc[0].date(),
                last=present.iloc[-1].date(),
            ),
            consequence=text("Totals of longer periods are too low, and forecasts bridge the gaps."),
            remedy=ntext(
                "Export this period too, or leave it so if the service was closed.",
                "Export these periods too, or leave it so if the service was closed.",
                len(missing),
            ),
            count=len(missing),
            sample_values=tuple(rhythm.write(day.date()) for day in missing[:_SAMPLE]),
        )


def _unfinished(points: pd.DataFrame, rhythm: Rhythm, today: date) -> Iterator[QualityFinding]:
    last = points["period"].max().date()
    if rhythm.end_of(last) >= today:
        yield unfinished_period(last, rhythm, today)


def unfinished_period(day: date, rhythm: Rhythm, today: date) -> QualityFinding:
    """The finding that a period at an end of the data is not covered as a whole."""
    remedy = text("Import the file again when the period is over.")
    if rhythm.end_of(day) < today:
        remedy = text("If contacts of it are missing, export the whole period and import it; else there is nothing to do.")
    return QualityFinding(
        rule="unfinished_period",
        severity=Severity.WARNING,
        message=text("The period {period} is not complete.", period=named_period(day, rhythm)),
        consequence=text("Its counts are too low, and late answers are missing; a forecast leaves it out."),
        remedy=remedy,
        sample_values=(rhythm.write(day),),
    )


def _constant(series: str, name: Text, values: pd.Series, kpi: Kpi | None) -> Iterator[QualityFinding]:
    if values.nunique() == 1:
        value = float(values.iloc[0])
        yield QualityFinding(
            rule="constant",
            severity=Severity.WARNING,
            message=text(
                "{series} has the same value, {value}, in every period.",
                series=name,
                value=value if kpi is None else quantity(value, kpi),
            ),
            consequence=text("There is nothing to forecast, and a goal on it can't be judged."),
            remedy=text("Check that the right column is mapped."),
            count=len(values),
            column=series,
        )


def _zeros(series: str, name: Text, rows: pd.DataFrame, kpi: Kpi | None, rhythm: Rhythm) -> Iterator[QualityFinding]:
    """Zeros at the end and between other values; a share of few answers can be 0 by chance and is left alone."""
    values = rows["value"].to_numpy(float)
    zeros = values == 0
    if kpi is not None and kpi.aggregation in (Aggregation.WEIGHTED_MEAN, Aggregation.NONE):
        zeros &= ~(rows["sample_size"].to_numpy(float) < kpi.minimum_sample)
    trailing = int(np.argmin(zeros[::-1])) if not zeros.all() else 0
    usual = np.median(values[~zeros]) if (~zeros).any() else 0.0
    if trailing >= 2 and zeros[:-trailing].mean() < 0.1:
        yield QualityFinding(
            rule="trailing_zeros",
            severity=Severity.WARNING,
            message=ntext("{series} ends with {count} zero.", "{series} ends with {count} zeros.", trailing, series=name),
            consequence=ntext(
                "It looks like a collapse of the KPI and pulls the forecast to zero.",
                "They look like a collapse of the KPI and pull the forecast to zero.",
                trailing,
            ),
            remedy=ntext(
                "If the period is not recorded yet, leave it empty or out of the file.",
                "If the periods are not recorded yet, leave them empty or out of the file.",
                trailing,
            ),
            count=trailing,
            sample_values=tuple(rhythm.write(day.date()) for day in rows["period"].iloc[-trailing:][:_SAMPLE]),
            column=series,
        )
    inner = zeros.copy()
    # What begins at zero has not fallen, and an empty desk is no missing period.
    inner[: int(np.argmin(zeros)) if not zeros.all() else 0] = False
    if trailing:
        inner[-trailing:] = False
    is_stock = kpi is not None and kpi.aggregation is Aggregation.LAST
    if not is_stock and inner.any() and inner.mean() < 0.1 and usual > 10:
        yield QualityFinding(
            rule="drop_to_zero",
            severity=Severity.WARNING,
            message=ntext(
                "{series} falls to zero in {count} period.",
                "{series} falls to zero in {count} periods.",
                int(inner.sum()),
                series=name,
            ),
            consequence=text("A day that was not recorded looks like a day without contacts."),
            remedy=ntext(
                "Leave out the period in which nothing was recorded.",
                "Leave out the periods in which nothing was recorded.",
                int(inner.sum()),
            ),
            count=int(inner.sum()),
            sample_values=tuple(rhythm.write(day.date()) for day in rows["period"][inner][:_SAMPLE]),
            column=series,
        )


def _scale_change(series: str, name: Text, rows: pd.DataFrame, kpi: Kpi | None, rhythm: Rhythm) -> Iterator[QualityFinding]:
    """A jump by a factor that a change of unit makes (60, 100, 1000, …), which stays."""
    values = rows["value"].to_numpy(float)
    values, periods = values[values > 0], rows["period"].to_numpy()[values > 0]
    if len(values) < 2 * _ENOUGH or (kpi is not None and kpi.unit is Unit.COUNT and np.median(values) < 50):
        return
    logs = np.log(values)
    lowest_after = np.minimum.accumulate(logs[::-1])[::-1]
    highest_after = np.maximum.accumulate(logs[::-1])[::-1]
    lowest_before, highest_before = np.minimum.accumulate(logs), np.maximum.accumulate(logs)
    separate = (lowest_after[1:] > highest_before[:-1]) | (highest_after[1:] < lowest_before[:-1])
    cuts = [cut for cut in np.flatnonzero(separate) + 1 if _ENOUGH // 2 <= cut <= len(values) - _ENOUGH // 2]
    if not cuts:
        return
    gaps = [max(lowest_after[cut] - highest_before[cut - 1], lowest_before[cut - 1] - highest_after[cut]) for cut in cuts]
    gap, place = max(zip(gaps, cuts, strict=True))
    factor = np.exp(abs(float(np.median(logs[place:]) - np.median(logs[:place]))))
    # A unit changes from one period to the next; what grows little by little leaves no gap between before and after.
    is_jump = gap > _OF_THE_CHANGE * np.log(factor)
    if is_jump and any(0.6 < factor / known < 1.67 for known in (24.0, 60.0, 100.0, 1000.0, 3600.0)):
        yield QualityFinding(
            rule="unit_change",
            severity=Severity.WARNING,
            message=text(
                "{series} changes by a factor of {factor} in {period} and stays there, as if its unit had changed.",
                series=name,
                factor=float(factor),
                period=named_period(pd.Timestamp(periods[place]).date(), rhythm),
            ),
            consequence=text("Values before and after it can't be compared, and the forecast is wrong."),
            remedy=text("Convert one part into the unit of the other, and import again."),
            count=len(values) - int(place),
            sample_values=(rhythm.write(pd.Timestamp(periods[place]).date()),),
            column=series,
        )


def _equal_series(points: pd.DataFrame, kpis: Mapping[str, Kpi]) -> Iterator[QualityFinding]:
    wide = (
        points.pivot_table(index="period", columns="series", values="value")
        if points["series"].nunique() < 60
        else pd.DataFrame()
    )
    values = wide.to_numpy(float)
    keys = [SeriesKey.parse(str(name)) for name in wide.columns]
    units = [_unit_of(key, kpis) for key in keys]
    for place, first in enumerate(wide.columns):
        for other in range(place + 1, len(keys)):
            one, two = keys[place], keys[other]
            if one.kpi == two.kpi or one.scope != two.scope or units[place] is not units[other]:
                continue
            second = wide.columns[other]
            both = values[:, [place, other]]
            both = both[~np.isnan(both).any(axis=1)]
            if len(both) >= _ENOUGH and len(np.unique(both[:, 0])) > 2 and (both[:, 0] == both[:, 1]).all():
                yield QualityFinding(
                    rule="equal_columns",
                    severity=Severity.WARNING,
                    message=text(
                        "{first} and {second} are equal in every period.",
                        first=_named(str(first), kpis),
                        second=_named(str(second), kpis),
                    ),
                    consequence=text("One of them is probably a column that was mapped to the wrong KPI."),
                    remedy=text("Check the mapping of both columns."),
                    count=len(both),
                    column=str(second),
                )

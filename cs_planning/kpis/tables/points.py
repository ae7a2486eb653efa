"""Values of KPI tables → one checked series frame: one rhythm, no repeated and no future period, values that can be."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import pandas as pd

from cs_planning.errors import Problem
from cs_planning.kpis.calendar.service_calendar import ServiceCalendar
from cs_planning.kpis.catalogue import CATALOGUE, Kpi, Unit
from cs_planning.kpis.cells.numbers import WrittenUnit
from cs_planning.kpis.columns.mapping import ColumnMapping, Mapping
from cs_planning.kpis.columns.names.headers import header_key
from cs_planning.kpis.columns.roles import Role
from cs_planning.kpis.files.table import MAX_PROBLEMS, Table, refuse
from cs_planning.kpis.findings.ended import ended_findings
from cs_planning.kpis.findings.imported import Imported, QualityFinding, Severity, rejected_frame
from cs_planning.kpis.findings.quality import series_findings, without_counts
from cs_planning.kpis.findings.units import clock_findings, time_findings
from cs_planning.kpis.frequency import Frequency, Rhythm, infer_frequency
from cs_planning.kpis.period_names import named_period
from cs_planning.kpis.series import SeriesKey, check_frame
from cs_planning.language import listed, text

DENOMINATORS = {
    "abandonment_rate": "contact_volume",
    "service_level": "contact_volume",
    "completion_rate": "contact_volume",
    "cost_per_contact": "contact_volume",
    "asa_mean": "handled_volume",
    "aht_mean": "handled_volume",
    "reopen_rate": "solved_volume",
    "fcr": "solved_volume",
    "resolution_time_mean": "solved_volume",
}
"""The count that a ratio or mean rests on, used as its sample size when both stand in one table."""


@dataclass(frozen=True)
class Cells:
    """The values of one series before they are checked together.

    Attributes:
        key: the series.
        kpi: its description.
        column: the column they come from.
        rows: rows in the user's spreadsheet, shape (n,).
        starts: periods as written, datetime64, shape (n,).
        values: in the KPI's unit, NaN where empty, shape (n,).
        samples: sample sizes, NaN where unknown, shape (n,).
        measure: the unit that its cells or its header say.
        judged: the unit in which they were read where nobody names it.
    """

    key: SeriesKey
    kpi: Kpi
    column: str
    rows: np.ndarray
    starts: pd.Series
    values: np.ndarray
    samples: np.ndarray
    measure: WrittenUnit | None = None
    judged: WrittenUnit | None = None


_TIMES = frozenset({Unit.SECONDS, Unit.MINUTES, Unit.HOURS})
_HALF_A_WEEK = pd.Timedelta(days=3)
_LAST_DAY = re.compile(r"\b(?:end|ends|ending|ended|to|until|through|last day|closing)\b|まで|終|末")


def _from_monday(series: Sequence[Cells], period: ColumnMapping | None) -> tuple[list[Cells], list[QualityFinding]]:
    """The series with weeks of other first days in the week from Monday that holds most of their days, and what is said of it.

    Assumptions: the dates are the first days of the weeks, unless the header of the periods says that they are the last.
    """
    days = pd.DatetimeIndex(pd.concat([cells.starts.dropna() for cells in series]))
    if not len(days) or len(set(days.day_of_week)) > 1 or days.day_of_week[0] == 0:
        return list(series), []
    is_last = period is not None and _LAST_DAY.search(header_key(period.column)) is not None
    middle = -_HALF_A_WEEK if is_last else _HALF_A_WEEK
    moved = [replace(cells, starts=pd.Series(pd.DatetimeIndex(cells.starts) + middle)) for cells in series]
    if is_last:
        return moved, []
    finding = QualityFinding(
        rule="weeks_not_from_monday",
        severity=Severity.NOTICE,
        message=text("The weeks of this file begin on {day} and the like; here they begin on Mondays.", day=days.min().date()),
        consequence=text("Each counts as the week from Monday that holds most of its days."),
        remedy=text("Nothing to do; if the dates are the last days of weeks, call the column “Week ending”."),
        column=period.column if period is not None else None,
    )
    return moved, [finding]


def imported_points(
    table: Table,
    mapping: Mapping,
    series: Sequence[Cells],
    explicit: Frequency | None,
    calendar: ServiceCalendar,
    today: date,
    problems: list[Problem],
    findings: Sequence[QualityFinding] = (),
) -> Imported:
    """Series checked together: one rhythm, no repeated and no future period, values that can be.

    Args:
        table: the file's cells.
        mapping: what they mean.
        series: the values of each series.
        explicit: the rhythm that the writing of the periods shows.
        calendar: where the years begin.
        today: the last day that can have happened.
        problems: what was found before; blocks the import.
        findings: what was found before; does not.

    Raises:
        ImportProblems: `problems` and everything that is found here.
    """
    starts = [cells.starts.dropna() for cells in series]
    written = explicit or infer_frequency(pd.concat([*starts]) if starts else pd.Series(dtype="datetime64[s]"))
    rhythm = calendar.rhythm(written)
    findings = list(findings)
    if explicit is None and written is Frequency.WEEK:
        series, moved = _from_monday(series, mapping.find(Role.PERIOD))
        findings += moved
    twins: set[int] = set()
    frames = []
    repeats: list[Problem] = []
    for cells in series:
        frame = pd.DataFrame(
            {
                "series": str(cells.key),
                "period": pd.DatetimeIndex(cells.starts).to_period(rhythm.pandas_period).start_time,
                "value": cells.values,
                "sample_size": cells.samples,
                "row": cells.rows,
            }
        )
        problems += _future(frame, cells, rhythm, today)
        problems += _impossible(cells)
        frame = frame.dropna(subset=["period"])
        again = list(_repeated(frame, cells, rhythm, twins))
        repeats += [_no_periods(frame, cells, rhythm)] if again and _mostly_repeats(frame) else again
        frames.append(frame)
    problems += repeats[:1] if any(problem.row is None for problem in repeats) else repeats
    if problems:
        raise refuse(table.name, problems[:MAX_PROBLEMS])
    points = pd.concat(frames, ignore_index=True) if frames else pd.DataFrame()
    points = points.dropna(subset=["value"]) if len(points) else points
    if points.empty:
        raise refuse(
            table.name,
            [
                Problem(
                    message=text("No column holds a value of a KPI."),
                    remedy=text("Say which columns are KPIs (on the command line: --column COLUMN=kpi)."),
                )
            ],
        )
    points = check_frame(points[~points["row"].isin(twins)])
    kpis = {cells.kpi.id: cells.kpi for cells in series}
    rejected = rejected_frame(
        Problem(message=text("The row repeats another one."), remedy=text("Nothing to do."), row=row) for row in sorted(twins)
    )
    last_start = points["period"].max().date()
    return Imported(
        kind=mapping.kind,
        rows_read=len(table) + len(table.broken),
        accepted_rows=len(table) - len(twins),
        rejected=rejected,
        findings=(
            *findings,
            *_about_units(table, series, mapping),
            *series_findings(points, rhythm, kpis, today, calendar),
            *ended_findings(points, rhythm, kpis),
            *without_counts(points, kpis, written),
        ),
        points=points,
        rhythm=rhythm,
        kpis=kpis,
        first_day=points["period"].min().date(),
        last_day=min(rhythm.end_of(last_start), today),
    )


def _about_units(table: Table, series: Sequence[Cells], mapping: Mapping) -> Iterator[QualityFinding]:
    """What is to be said of the units of times, once for each column and KPI."""
    judged = {entry.column: entry.measure for entry in mapping.columns if entry.measure_judged}
    together: dict[tuple[str, str], list[Cells]] = {}
    for cells in series:
        together.setdefault((cells.column, cells.kpi.id), []).append(cells)
    for (column, kpi), parts in together.items():
        values = np.concatenate([cells.values for cells in parts])
        said = next((cells.judged for cells in parts if cells.judged is not None), judged.get(column))
        yield from time_findings(column, kpi, values, said)
        if kpi in CATALOGUE and CATALOGUE[kpi].unit in _TIMES and column in table.columns:
            yield from clock_findings(column, table.frame[column], kpi=kpi)


def with_denominator(cells: Cells, series: Sequence[Cells]) -> Cells:
    """The cells with the count that they rest on as sample size, where it is in the same table and none was given."""
    wanted = DENOMINATORS.get(cells.kpi.id)
    if wanted is None or np.isfinite(cells.samples).any():
        return cells
    for other in series:
        if other.key == SeriesKey(wanted, cells.key.scope):
            return replace(cells, samples=other.values)
    return cells


def _future(frame: pd.DataFrame, cells: Cells, rhythm: Rhythm, today: date) -> Iterator[Problem]:
    late = frame[(frame["period"] > pd.Timestamp(today)) & frame["value"].notna()]
    for row, period in zip(late["row"].head(MAX_PROBLEMS), late["period"].head(MAX_PROBLEMS), strict=True):
        yield Problem(
            message=text(
                "Row {row}: the period {period} lies in the future.",
                row=int(row),
                period=named_period(period.date(), rhythm),
            ),
            remedy=text("Check the order of day and month, or take out plans and forecasts: only what happened is imported."),
            row=int(row),
            column=cells.column,
            value=rhythm.write(period.date()),
        )


def _impossible(cells: Cells) -> Iterator[Problem]:
    kpi = cells.kpi
    if kpi.id not in CATALOGUE:
        return
    low, high = -np.inf if kpi.lower is None else kpi.lower, np.inf if kpi.upper is None else kpi.upper
    wrong = np.flatnonzero((cells.values < low - 1e-9) | (cells.values > high + 1e-9))
    for place in wrong[:MAX_PROBLEMS]:
        yield Problem(
            message=text(
                "Row {row}, column {column}: {value} is outside of what {kpi} can be.",
                row=int(cells.rows[place]),
                column=cells.column,
                value=float(cells.values[place]),
                kpi=kpi.name,
            ),
            remedy=text("Correct the value, check the column's unit, or map the column to another KPI."),
            row=int(cells.rows[place]),
            column=cells.column,
            value=f"{cells.values[place]:.6g}",
        )


def _mostly_repeats(frame: pd.DataFrame) -> bool:
    """Whether most rows only repeat a period: then they are no periods."""
    return bool(frame.duplicated("period").sum() > len(frame) / 2)


def _no_periods(frame: pd.DataFrame, cells: Cells, rhythm: Rhythm) -> Problem:
    rows = frame[frame.duplicated("period", keep=False)]
    return Problem(
        message=text(
            "{count} of {rows} rows repeat a period, such as {period}: this is no table with one row for each period.",
            count=int(frame.duplicated("period").sum()),
            rows=len(frame),
            period=named_period(rows["period"].iloc[0].date(), rhythm),
        ),
        remedy=text(
            "Choose another kind on the Import page, such as calls or tickets with a row for each, or map the column that "
            "tells the rows apart."
        ),
        column=cells.column,
    )


def _repeated(frame: pd.DataFrame, cells: Cells, rhythm: Rhythm, twins: set[int]) -> Iterator[Problem]:
    """Problems of periods that appear twice with different values; rows that only repeat another one go to `twins`."""
    for period, group in frame[frame.duplicated("period", keep=False)].groupby("period"):
        rows = [int(row) for row in group["row"]]
        if len(set(rows)) > 1 and group["value"].nunique(dropna=False) == 1 and group["sample_size"].nunique(dropna=False) == 1:
            twins.update(rows[1:])
            continue
        yield Problem(
            message=text(
                "The period {period} appears more than once (rows {rows}).",
                period=named_period(pd.Timestamp(str(period)).date(), rhythm),
                rows=listed(rows[:5]),
            ),
            remedy=text("Keep one row for each period, or map the column that tells the rows apart."),
            row=rows[-1],
            column=cells.column,
            value=rhythm.write(pd.Timestamp(str(period)).date()),
        )

"""Reads the two tables of an assessment sheet, forgiving in form and exact about what was wrong."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from cs_planning.errors import InvalidSeries
from cs_planning.goals.goal import Direction, Measure
from cs_planning.kpis.calendar.service_calendar import ServiceCalendar
from cs_planning.kpis.catalogue import Kpi, kpi_named
from cs_planning.kpis.frequency import Frequency, Rhythm, infer_frequency
from cs_planning.kpis.series import COLUMNS, KpiSeries, SeriesKey
from cs_planning.language import text

GOAL_COLUMNS = ("goal_id", "series", "direction", "measure", "target", "deadline")


@dataclass(frozen=True)
class SheetGoal:
    """One row of a goal table; `problem` says what is wrong with it, where something is."""

    row: int
    goal_id: str
    series: str
    direction: Direction = Direction.AT_LEAST
    measure: Measure = Measure.LEVEL
    target: float = float("nan")
    deadline: date = date.min
    written: Frequency | None = None
    problem: str = ""

    def last_day(self, rhythm: Rhythm) -> date:
        """A day in the last period that counts: the end of a deadline written as a longer period than those of the series."""
        if self.written is not None and rhythm.frequency.is_finer_than(self.written):
            return rhythm.of(self.written).end_of(self.deadline)
        return self.deadline


@dataclass(frozen=True)
class Sheet:
    """A history table, sorted by series, its periods read.

    Attributes:
        frame: a series frame, with `lower` and `upper` where they were given, `written` (the frequency that the writing
            of a period shows).
        rows: where each series lies in it.
        calendar: where the years begin.
    """

    frame: pd.DataFrame
    rows: Mapping[str, np.ndarray]
    calendar: ServiceCalendar

    def only(self, name: str) -> Sheet:
        """The rows of one series alone, to be sent to another process."""
        rows = self.rows.get(name, np.empty(0, int))
        return Sheet(
            self.frame.iloc[rows].reset_index(drop=True), {name: np.arange(len(rows))} if len(rows) else {}, self.calendar
        )

    def series(self, name: str) -> KpiSeries | None:
        """The series of that name, its values that can't be used left out; `None` when there is none.

        Raises:
            InvalidSeries: none of its periods can be read.
        """
        if name not in self.rows:
            return None
        rows = self.frame.iloc[self.rows[name]]
        dated = rows[rows["period"].notna()]
        if dated.empty:
            raise InvalidSeries(
                text("No period of series {name} can be read.", name=name),
                text("Write it as 2026-03-09, 2026-W11, 2026-03, 2026-Q1 or 2026."),
            )
        written = dated["written"].dropna()
        frequency = Frequency(written.mode().iloc[0]) if len(written) == len(dated) else infer_frequency(dated["period"])
        key = SeriesKey.parse(name)
        kpi = _bounded(kpi_named(key.kpi), dated)
        rhythm = self.calendar.rhythm(frequency)
        starts = _starts(rhythm, dated["period"])
        usable = dated.assign(period=starts)[np.isfinite(dated["value"].to_numpy(float))]
        if usable["period"].duplicated().any():
            usable = usable.groupby("period", as_index=False).agg({"value": "mean", "sample_size": "mean"})
        frame = usable.sort_values("period", kind="stable").reset_index(drop=True)
        return KpiSeries(key, kpi, rhythm, frame.assign(series=name)[list(COLUMNS)])

    def problem(self, name: str) -> str:
        """What was wrong with rows of that series, in one sentence; empty when nothing was."""
        if name not in self.rows:
            return ""
        rows = self.frame.iloc[self.rows[name]]
        parts = []
        unread = int(rows["period"].isna().sum())
        if unread:
            parts.append(f"{unread} rows whose period can't be read were left out.")
        empty = int((~np.isfinite(rows["value"].to_numpy(float))).sum())
        if empty:
            parts.append(f"{empty} rows without a finite value were left out.")
        repeated = int(rows["period"].dropna().duplicated().sum())
        if repeated:
            parts.append(f"{repeated} repeated periods were averaged.")
        return " ".join(parts)


def read_sheet(history: pd.DataFrame, calendar: ServiceCalendar) -> Sheet:
    """The history table of an assessment sheet.

    Raises:
        InvalidSeries: a column is missing.
    """
    history = history.rename(columns=_plain)
    _check_columns(history, COLUMNS[:3], "history")
    written = history["period"].astype(str)
    readings = {period: _read(period, calendar) for period in written.unique()}
    frame = pd.DataFrame(
        {
            "series": history["series"].astype(str).str.strip(),
            "period": pd.to_datetime(written.map({period: reading[0] for period, reading in readings.items()})),
            "written": written.map({period: reading[1] for period, reading in readings.items()}),
            "value": pd.to_numeric(history["value"], errors="coerce").astype(float),
        }
    )
    for name in ("sample_size", "lower", "upper"):
        frame[name] = pd.to_numeric(history[name], errors="coerce").astype(float) if name in history else np.nan
    frame = frame.reset_index(drop=True)
    return Sheet(
        frame, {str(name): np.asarray(rows) for name, rows in frame.groupby("series", sort=False).indices.items()}, calendar
    )


def read_goals(goals: pd.DataFrame, calendar: ServiceCalendar) -> list[SheetGoal]:
    """The goal table of an assessment sheet, each row with its problem where it has one.

    Raises:
        InvalidSeries: a column is missing.
    """
    goals = goals.rename(columns=_plain)
    _check_columns(goals, GOAL_COLUMNS, "goals")
    columns = [goals[name].tolist() for name in GOAL_COLUMNS]
    return [_goal(row, calendar, *values) for row, values in enumerate(zip(*columns, strict=True))]


def _goal(
    row: int,
    calendar: ServiceCalendar,
    goal_id: object,
    series: object,
    direction: object,
    measure: object,
    target: object,
    deadline: object,
) -> SheetGoal:
    plain = SheetGoal(row, str(goal_id), str(series))
    problems = []
    try:
        aim = Direction(str(direction).strip().lower())
    except ValueError:
        aim = plain.direction
        problems.append(f"direction is '{direction}', expected at_least or at_most.")
    try:
        kind = Measure(str(measure).strip().lower())
    except ValueError:
        kind = plain.measure
        problems.append(f"measure is '{measure}', expected level, average, total or every.")
    try:
        value = float(str(target))
    except ValueError:
        value = float("nan")
    if not np.isfinite(value):
        problems.append(f"target is '{target}', expected a finite number.")
    day, frequency = _read(str(deadline), calendar)
    if day is None:
        problems.append(f"deadline is '{deadline}', expected a date or period such as 2026-03-09 or 2026-Q1.")
    return SheetGoal(row, plain.goal_id, plain.series, aim, kind, value, day or date.min, frequency, " ".join(problems))


def _read(written: str, calendar: ServiceCalendar) -> tuple[date | None, Frequency | None]:
    try:
        return calendar.read_period(written)
    except InvalidSeries:
        return None, None


def _starts(rhythm: Rhythm, periods: pd.Series) -> pd.Series:
    if rhythm.frequency is Frequency.DAY:
        return periods
    return pd.Series(pd.DatetimeIndex(periods).to_period(rhythm.pandas_period).start_time, index=periods.index)


def _bounded(kpi: Kpi, rows: pd.DataFrame) -> Kpi:
    """The KPI with the valid range that its rows give, the widest where they differ."""
    lower, upper = (rows[name].replace([np.inf, -np.inf], np.nan) for name in ("lower", "upper"))
    bounds = {name: float(value) for name, value in (("lower", lower.min()), ("upper", upper.max())) if np.isfinite(value)}
    bounded = kpi.model_copy(update=bounds) if bounds else kpi
    if bounded.lower is not None and bounded.upper is not None and bounded.lower >= bounded.upper:
        raise InvalidSeries(
            text(
                "The valid range of {kpi} goes from {lower} to {upper}.",
                kpi=kpi.name,
                lower=float(bounded.lower),
                upper=float(bounded.upper),
            ),
            text("The column lower has to be below the column upper."),
        )
    return bounded


def _plain(name: object) -> str:
    return str(name).strip().lower()


def _check_columns(frame: pd.DataFrame, needed: tuple[str, ...], table: str) -> None:
    missing = [name for name in needed if name not in frame.columns]
    if missing:
        raise InvalidSeries(
            text(
                "The table of {table} lacks the columns {missing} (found: {found}).",
                table=table,
                missing=", ".join(missing),
                found=", ".join(map(str, frame.columns)),
            ),
            text("Rename or add them."),
        )

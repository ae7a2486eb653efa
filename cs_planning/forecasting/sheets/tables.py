"""Reads the two tables of an assessment sheet, forgiving in form and exact about what was wrong."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import pandas as pd

from cs_planning.errors import InvalidSeries
from cs_planning.forecasting.sheets.given_periods import GivenPeriods
from cs_planning.forecasting.sheets.windows import NO_TIME, WrittenSpan, read_span
from cs_planning.goals.goal import Direction, Measure
from cs_planning.kpis.calendar.service_calendar import ServiceCalendar
from cs_planning.kpis.catalogue import Kpi
from cs_planning.kpis.described import Described, described_by
from cs_planning.kpis.frequency import Frequency, Rhythm, infer_frequency
from cs_planning.kpis.series import COLUMNS, KpiSeries, SeriesKey
from cs_planning.language import listed_texts, text

GOAL_COLUMNS = ("goal_id", "series", "direction", "measure", "target", "deadline")
"""What a goal table needs; a column `start` may say where the time of a total, an average or "every" begins."""


@dataclass(frozen=True)
class SheetGoal:
    """One row of a goal table; `problem` says what is wrong with it, where something is."""

    row: int
    goal_id: str
    series: str
    direction: Direction = Direction.AT_LEAST
    measure: Measure = Measure.LEVEL
    target: float = float("nan")
    start: WrittenSpan | None = None
    deadline: WrittenSpan = NO_TIME
    problem: str = ""

    def in_periods(self, given: GivenPeriods) -> SheetGoal:
        """The goal with its days told in periods that begin on days of their own."""
        start = None if self.start is None else given.span_of(self.start)
        return replace(self, start=start, deadline=given.span_of(self.deadline))


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
        own = {name: np.arange(len(rows))} if len(rows) else {}
        return Sheet(self.frame.iloc[rows].reset_index(drop=True), own, self.calendar)

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
        kpi = self.described(name).kpi
        starts = self._starts(name, frequency, dated["period"])
        usable = dated.assign(period=starts)[np.isfinite(dated["value"].to_numpy(float))]
        if usable["period"].duplicated().any():
            usable = usable.groupby("period", as_index=False).agg({"value": "mean", "sample_size": "mean"})
        frame = usable.sort_values("period", kind="stable").reset_index(drop=True)
        return KpiSeries(key, kpi, self.calendar.rhythm(frequency), frame.assign(series=name)[list(COLUMNS)])

    def described(self, name: str) -> Described:
        """What is known of the KPI of a series: from the catalogue, the columns `unit`, `lower`, `upper`, or its values.

        Raises:
            InvalidSeries: the unit is not known, or the range is none.
        """
        rows = self.frame.iloc[self.rows[name]]
        units = rows["unit"].dropna().unique()
        values = rows["value"].to_numpy(float)
        found = described_by(SeriesKey.parse(name).kpi, values, unit=str(units[0]) if len(units) else None)
        return replace(found, kpi=_bounded(found.kpi, rows))

    def given_periods(self, name: str, frequency: Frequency) -> GivenPeriods | None:
        """The months of a series that begin on days of their own; `None` where they are those of the calendar."""
        days = self.frame.iloc[self.rows[name]]["period"].dropna()
        if frequency is not Frequency.MONTH:
            return None
        return GivenPeriods.among(sorted({day.date() for day in days}))

    def _starts(self, name: str, frequency: Frequency, periods: pd.Series) -> pd.Series:
        given = self.given_periods(name, frequency)
        if given is None:
            return _starts(self.calendar.rhythm(frequency), periods)
        return pd.to_datetime(periods.map(lambda day: given.month_of(day.date())))

    def last_written(self, name: str, frequency: Frequency, today: date | None) -> date | None:
        """The first day of the last period that a row stands for, whatever its value; none that begins after `today`."""
        periods = self.frame.iloc[self.rows[name]]["period"].dropna()
        rhythm = self.calendar.rhythm(frequency)
        periods = self._starts(name, frequency, periods)
        if today is not None:
            periods = periods[periods < pd.Timestamp(rhythm.start_of(today))]
        return None if periods.empty else rhythm.start_of(periods.max().date())

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
    units = history["unit"].astype(object) if "unit" in history else pd.Series(np.nan, history.index, dtype=object)
    frame["unit"] = units.where(units.astype(str).str.strip() != "", np.nan)
    frame = frame.reset_index(drop=True)
    rows = {str(name): np.asarray(places) for name, places in frame.groupby("series", sort=False).indices.items()}
    return Sheet(frame, rows, calendar)


def read_goals(goals: pd.DataFrame, today: date | None = None, fiscal_start_month: int | None = None) -> list[SheetGoal]:
    """The goal table of an assessment sheet, each row with its problem where it has one.

    Args:
        goals: the columns `GOAL_COLUMNS` and, where wanted, `start`.
        today: for a deadline that names no year.
        fiscal_start_month: 1…12, see `read_span`.

    Raises:
        InvalidSeries: a column is missing.
    """
    goals = goals.rename(columns=_plain)
    _check_columns(goals, GOAL_COLUMNS, "goals")
    begins = goals["start"].tolist() if "start" in goals else [""] * len(goals)
    columns = [goals[name].tolist() for name in GOAL_COLUMNS]
    return [
        _goal(row, values, _Spans(begin, values[-1], today, fiscal_start_month))
        for row, (begin, *values) in enumerate(zip(begins, *columns, strict=True))
    ]


@dataclass(frozen=True)
class _Spans:
    """The start and the deadline of a row, read."""

    start: object
    deadline: object
    today: date | None
    fiscal_start_month: int | None

    def read(self, problems: list[str]) -> tuple[WrittenSpan | None, WrittenSpan | None]:
        begin = None
        if not _is_empty(self.start):
            begin = self._span(self.start)
            if begin is None:
                problems.append(f"start is '{self.start}', expected a date or period such as 2026-04-01 or 2026-Q2.")
        end = self._span(self.deadline)
        if end is None:
            problems.append(f"deadline is '{self.deadline}', expected a date or period such as 2026-03-09 or 2026-Q1.")
        elif begin is not None and begin.first > end.last:
            problems.append(f"start is '{self.start}', after the deadline '{self.deadline}'.")
        return begin, end

    def _span(self, written: object) -> WrittenSpan | None:
        if isinstance(written, float) and written.is_integer():
            written = int(written)  # a column of years with an empty cell
        return read_span(str(written), self.today, self.fiscal_start_month)


def _is_empty(cell: object) -> bool:
    return cell is None or (isinstance(cell, float) and np.isnan(cell)) or not str(cell).strip()


def _goal(row: int, values: list[object], spans: _Spans) -> SheetGoal:
    goal_id, series, direction, measure, target, _deadline = values
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
    begin, end = spans.read(problems)
    return SheetGoal(row, plain.goal_id, plain.series, aim, kind, value, begin, end or plain.deadline, " ".join(problems))


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
                missing=listed_texts(list(missing)),
                found=listed_texts([str(name) for name in frame.columns]),
            ),
            text("Rename or add them."),
        )

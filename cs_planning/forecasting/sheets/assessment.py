"""Many series and their goals at once: tables in, a table out, one bad row never stopping the others."""

from __future__ import annotations

import multiprocessing
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from dataclasses import asdict, dataclass, replace
from datetime import date
from itertools import islice
from typing import Any

import numpy as np
import pandas as pd

from cs_planning.errors import CannotForecast, InvalidSeries, PlanningError
from cs_planning.forecasting.answers.achievability import assess
from cs_planning.forecasting.answers.backtest import record
from cs_planning.forecasting.evidence.history import FARTHEST_HORIZON, FEWEST_POINTS
from cs_planning.forecasting.forecast import Question
from cs_planning.forecasting.models.paths import forecast
from cs_planning.forecasting.sheets.tables import Sheet, SheetGoal, read_goals, read_sheet
from cs_planning.forecasting.sheets.windows import Window
from cs_planning.goals.goal import Measure
from cs_planning.kpis.calendar.service_calendar import ServiceCalendar
from cs_planning.kpis.frequency import Frequency
from cs_planning.kpis.series import KpiSeries

RESULT_COLUMNS = (
    "goal_id",
    "series",
    "probability",
    "expected",
    "low80",
    "high80",
    "low95",
    "high95",
    "status",
    "from",
    "to",
    "observed",
    "message",
)
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class _Row:
    goal_id: str
    series: str
    probability: float = float("nan")
    expected: float = float("nan")
    low80: float = float("nan")
    high80: float = float("nan")
    low95: float = float("nan")
    high95: float = float("nan")
    status: str = "ok"
    first: str = ""
    last: str = ""
    observed: int | None = None
    message: str = ""

    def cells(self) -> dict[str, object]:
        """The row by the names of its columns."""
        written = asdict(self)
        return written | {"from": written.pop("first"), "to": written.pop("last")}


@dataclass(frozen=True)
class _Task:
    name: str
    sheet: Sheet
    goals: tuple[SheetGoal, ...]
    seed: int
    today: date | None


@dataclass(frozen=True)
class _Asked:
    """A goal with the periods that count."""

    goal: SheetGoal
    window: Window

    @property
    def last(self) -> date:
        """A day in the last period that counts."""
        return self.goal.deadline.last

    def row(self, series: KpiSeries, **fields: Any) -> _Row:
        """The row of the goal with its periods."""
        write, window = series.rhythm.write, self.window
        return _Row(
            self.goal.goal_id,
            self.goal.series,
            first=write(window.first),
            last=write(window.last),
            observed=window.observed,
            **fields,
        )


def assess_sheet(
    history: pd.DataFrame,
    goals: pd.DataFrame,
    *,
    calendar: ServiceCalendar,
    jobs: int = 1,
    seed: int = 0,
    today: date | None = None,
    progress: Progress | None = None,
) -> pd.DataFrame:
    """The probability of every goal.

    Args:
        history: columns `series`, `period`, `value` and optionally `sample_size`, `unit`, `lower`, `upper`; a period is a date
            or written `2026-03-09`, `2026-W11`, `2026-03`, `2026-Q1`, `2026`; the frequency is inferred for each series.  Of a
            KPI outside the catalogue, `unit` (`count`, `percent`, `minutes`, `money`…) and the valid range may be given; what
            is not given is taken from its name and values, and said.
        goals: columns `goal_id`, `series`, `direction`, `measure`, `target`, `deadline` and optionally `start`.  A total, an
            average and "every" span the periods from `start` to the deadline; without it a deadline written as a longer period
            than those of the series (`2026-Q2`, `2027`, `2027年度上期`) is the time that counts, and otherwise it begins after
            the last period of the history, its value usable or not.  Periods that are observed count with their values.
        calendar: whose public holidays daily series know, and the month in which quarters, halves and years begin; one that
            does not say it takes April for a Japanese `上期` or `年度` of a deadline and January for everything else.
        jobs: how many processes share the work; the result is the same for any number.
        seed: of the random numbers.
        today: a history that ends with the period of this day ends with one that is not over; it is left out, and the measure
            begins with it.  `None` takes every period for finished, as does a history that goes beyond this day.
        progress: called with the number of series done and of all series.

    Returns:
        one row a goal in the order of `goals`, with the columns `RESULT_COLUMNS`; intervals are of the measured quantity.
        `from` and `to` are the first and the last period that count, `observed` how many of them the history knows.
        `status` is `ok`, `too_short`, `unknown_series`, `deadline_not_after_history`, `too_far` or `invalid`; `message` says
        why, or what to know.

    Raises:
        InvalidSeries: a needed column is missing in one of the tables.
    """
    sheet = read_sheet(history, calendar)
    wanted = read_goals(goals, today, calendar.fiscal_start_month)
    by_series: dict[str, list[SheetGoal]] = {}
    for goal in wanted:
        by_series.setdefault(goal.series, []).append(goal)
    rows: dict[int, _Row] = {}
    total = len(by_series)
    tasks = (_Task(name, sheet.only(name), tuple(own), seed, today) for name, own in by_series.items())
    for done, answered in enumerate(_answers(tasks, jobs), start=1):
        rows.update(answered)
        if progress is not None:
            progress(done, total)
    result = pd.DataFrame([rows[goal.row].cells() for goal in wanted], columns=list(RESULT_COLUMNS))
    return result.astype({"observed": "Int64"})


def _answers(tasks: Iterable[_Task], jobs: int) -> Iterator[dict[int, _Row]]:
    if jobs <= 1:
        yield from map(_answer, tasks)
        return
    # A fork of a process that runs several threads can lock up.
    method = "fork" if threading.active_count() == 1 and "fork" in multiprocessing.get_all_start_methods() else "spawn"
    batches = _batches(iter(tasks), 16)
    with ProcessPoolExecutor(jobs, mp_context=multiprocessing.get_context(method)) as pool:
        running: set[Future[list[dict[int, _Row]]]] = {pool.submit(_answer_all, batch) for batch in islice(batches, 2 * jobs)}
        while running:
            finished, running = wait(running, return_when=FIRST_COMPLETED)
            running |= {pool.submit(_answer_all, batch) for batch in islice(batches, len(finished))}
            for future in finished:
                yield from future.result()


def _batches(tasks: Iterator[_Task], size: int) -> Iterator[list[_Task]]:
    while batch := list(islice(tasks, size)):
        yield batch


def _answer_all(tasks: list[_Task]) -> list[dict[int, _Row]]:
    return [_answer(task) for task in tasks]


def _answer(task: _Task) -> dict[int, _Row]:
    rows = {
        goal.row: _Row(goal.goal_id, task.name, status="invalid", message=goal.problem) for goal in task.goals if goal.problem
    }
    good = [goal for goal in task.goals if not goal.problem]
    try:
        series = task.sheet.series(task.name)
        if series is None:
            message = f"Series '{task.name}' is not in the history."
            return rows | {goal.row: _Row(goal.goal_id, task.name, status="unknown_series", message=message) for goal in good}
        given = task.sheet.given_periods(task.name, series.frequency)
        if given is not None:
            good = [goal.in_periods(given) for goal in good]
            task = replace(task, today=None if task.today is None else given.month_of(task.today))
        place = task.sheet.calendar.country if given is None else ""
        rows |= _assessed(task, *_finished(series, task.today), good, place)
    except PlanningError as error:
        rows |= {goal.row: _Row(goal.goal_id, task.name, status="invalid", message=str(error)) for goal in good}
    except (ArithmeticError, ValueError, np.linalg.LinAlgError) as error:
        message = f"Series '{task.name}' could not be forecast: {error}"
        rows |= {goal.row: _Row(goal.goal_id, task.name, status="invalid", message=message) for goal in good}
    return rows


def _finished(series: KpiSeries, today: date | None) -> tuple[KpiSeries, str]:
    """The series without a last period that is not over on the day, and what has to be said about that."""
    rhythm = series.rhythm
    if today is None or not len(series) or series.last_period != rhythm.start_of(today):
        return series, ""
    finished = KpiSeries(series.key, series.kpi, rhythm, series.frame.iloc[:-1])
    message = f"{rhythm.write(today)} is not over on {today.isoformat()}; its value so far was left out."
    return finished, message


def _assessed(task: _Task, series: KpiSeries, unfinished: str, goals: list[SheetGoal], place: str) -> dict[int, _Row]:
    rows = {}
    if len(series) < FEWEST_POINTS:
        message = f"Usable points: {len(series)}; a probability needs {FEWEST_POINTS}. {task.sheet.problem(task.name)}".strip()
        return {goal.row: _Row(goal.goal_id, task.name, status="too_short", message=message) for goal in goals}
    after = task.sheet.last_written(task.name, series.frequency, task.today)
    is_open = series.frequency is Frequency.DAY
    ahead: list[_Asked] = []
    for goal in goals:
        window = Window.of(series, goal.measure, goal.start, goal.deadline, after=after, is_open=is_open)
        one = _Asked(goal, window)
        if series.rhythm.count_between(series.last_period, window.last) < 1:
            end = series.rhythm.write(series.last_period)
            message = f"Deadline {one.last.isoformat()} is not after the history, which ends with {end}."
            rows[goal.row] = one.row(series, status="deadline_not_after_history", message=message)
        else:
            ahead.append(one)
    while ahead:
        try:
            future = forecast(series, max(one.last for one in ahead), seed=task.seed, place=place)
            break
        except CannotForecast as error:
            farthest = max(one.last for one in ahead)
            far = series.rhythm.count_between(series.last_period, farthest) > FARTHEST_HORIZON
            status = "too_far" if far else "too_short"
            rows |= {one.goal.row: one.row(series, status=status, message=str(error)) for one in ahead if one.last == farthest}
            ahead = [one for one in ahead if one.last < farthest]
    for one in ahead:
        goal = one.goal
        try:
            found = assess(future, Question(goal.measure, goal.direction, one.last, one.window.first), goal.target)
        except (PlanningError, ArithmeticError, ValueError) as error:
            rows[goal.row] = one.row(series, status="invalid", message=str(error))
            continue
        notes = [
            str(found.reason or ""),
            _periods_said(one, series),
            unfinished,
            str(task.sheet.described(task.name).words or ""),
            task.sheet.problem(task.name),
            *(str(note.message) for note in future.notes),
        ]
        rows[goal.row] = one.row(
            series,
            probability=found.probability,
            expected=found.expected,
            low80=found.low80,
            high80=found.high80,
            low95=found.low95,
            high95=found.high95,
            message=" ".join(note for note in notes if note),
        )
    return rows


def _periods_said(one: _Asked, series: KpiSeries) -> str:
    """Which periods count, where that was not said by the goal or some of them are known; empty for a level."""
    window, measure = one.window, one.goal.measure
    if measure is Measure.LEVEL:
        return ""
    write = series.rhythm.write
    parts = []
    if not window.is_named:
        parts.append(
            f"The goal does not say where it begins: {write(window.first)} to {write(window.last)} count; "
            "a start or a deadline such as 2026-Q2 makes it another time."
        )
    if window.observed:
        inside = (series.periods >= pd.Timestamp(window.first)) & (series.periods <= pd.Timestamp(window.last))
        known = series.values[inside]
        value = float(known.sum() if measure is Measure.TOTAL else known.mean())
        counted = series.rhythm.count_between(window.first, window.last) + 1
        words = {Measure.TOTAL: "in total", Measure.AVERAGE: "on average"}.get(measure, "on average, each counting by itself")
        parts.append(f"{window.observed} of {counted} periods are observed, {value:.10g} {words}.")
    if window.missing:
        treated = "are drawn between their neighbours" if measure is Measure.TOTAL else "do not count"
        parts.append(f"{window.missing} periods before the end of the history have no value; they {treated}.")
    return " ".join(parts)


def backtest_sheet(
    history: pd.DataFrame, *, calendar: ServiceCalendar, horizon: int | None = None, seed: int = 0
) -> pd.DataFrame:
    """The record of every series of a history table.

    Args:
        history: as for `assess_sheet`.
        calendar: as for `assess_sheet`.
        horizon: periods ahead; `None` takes a quarter of a year where the periods are shorter, and one period otherwise.
        seed: of the random numbers.

    Returns:
        columns `series`, `horizon`, `forecasts`, `brier`, `brier_random_walk`, `skill`, `coverage80`, `coverage95`, `message`.
    """
    sheet = read_sheet(history, calendar)
    rows = []
    for name in sheet.rows:
        try:
            series = sheet.series(name)
        except InvalidSeries as error:
            rows.append({"series": name, "forecasts": 0, "message": str(error)})
            continue
        if series is None:
            continue
        ahead = horizon or max(1, series.frequency.periods_per_year // 4)
        try:
            found = record(series, ahead, seed=seed, place=calendar.country)
        except (ArithmeticError, ValueError) as error:
            rows.append({"series": name, "horizon": ahead, "forecasts": 0, "message": f"No record: {error}"})
            continue
        rows.append(
            {
                "series": name,
                "horizon": ahead,
                "forecasts": found.forecasts,
                "brier": found.brier,
                "brier_random_walk": found.brier_random_walk,
                "skill": found.skill,
                "coverage80": found.coverage80,
                "coverage95": found.coverage95,
                "message": str(found.words()),
            }
        )
    columns = ["series", "horizon", "forecasts", "brier", "brier_random_walk", "skill", "coverage80", "coverage95", "message"]
    return pd.DataFrame(rows, columns=columns)

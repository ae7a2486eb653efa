"""A list of goals that a team already has, checked as a whole."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pandas as pd

from cs_planning.errors import CannotForecast, ImportProblems
from cs_planning.forecasting.answers.achievability import assess
from cs_planning.forecasting.forecast import Forecast, Question
from cs_planning.forecasting.models.paths import forecast
from cs_planning.goals.goal import Goal
from cs_planning.goals.sheet import check_sheet
from cs_planning.kpis.calendar.service_calendar import ServiceCalendar
from cs_planning.kpis.currency import UNSAID, Currency
from cs_planning.kpis.files.small_tables import read_whole
from cs_planning.kpis.frequency import Frequency
from cs_planning.kpis.series import KpiSeries
from cs_planning.language import text
from cs_planning.storage import SeriesInfo, Store

LONGEST_LIST = 2_000


def check_list(
    goals: pd.DataFrame,
    history: pd.DataFrame | None,
    calendar: ServiceCalendar,
    today: date,
    currency: Currency = UNSAID,
) -> pd.DataFrame:
    """The findings on every goal of a list; where there is a history, targets are judged by their probability.

    Args:
        goals: one row a goal, at least the column `text`.
        history: `series`, `period`, `value` and, where known, `sample_size`.
        calendar: where the years begin, for "Q3"; one that does not say it takes April for a Japanese text, else January.
        today: the day of the check.
        currency: in which the history counts amounts; a sentence keeps the one that it is written in.

    Returns: `goal_id`, `letter`, `verdict`, `rule`, `message`, `suggestion`.

    Raises:
        ImportProblems: there is no column `text`, or the history is no series table.
    """
    return check_sheet(goals, history, today=today, calendar=calendar, probability_of=probability_on(today), currency=currency)


def probability_on(today: date) -> Callable[[Goal, KpiSeries], float | None]:
    """Asks the forecast for the probability of a goal on a series; goals on one series and deadline share a fit.

    Args:
        today: the day of the forecasts.

    Returns: a probability 0…1, or `None` where there is no honest number.
    """
    made: dict[tuple[str, date], Forecast | None] = {}

    def probability(goal: Goal, series: KpiSeries) -> float | None:
        question = Question.of(goal, series.rhythm)
        if question is None or goal.primary is None:
            return None
        place = (f"{series.key} {series.frequency}", question.last)
        try:
            if place not in made:
                made[place] = None
                made[place] = forecast(series, question.last, today=today)
            paths = made[place]
            if paths is None:
                return None
            return assess(paths, question, goal.primary).probability
        except CannotForecast:
            return None

    return probability


def read_list(name: str, content: bytes) -> pd.DataFrame:
    """A goal list from a file, all cells as text.

    Args:
        name: of the file.
        content: its bytes: CSV in any usual form, or a workbook.

    Raises:
        ImportProblems: it can't be read, or a row does not fit its header.
    """
    return read_whole(name, content)


class GoalLists:
    """Goal lists checked against what the workspace has imported."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def check(self, goals: pd.DataFrame, today: date) -> pd.DataFrame:
        """The findings on a list, with the KPIs of this workspace as its history; see `check_list`.

        Raises:
            ImportProblems: the list can't be checked, or is too long to be waited for.
        """
        if len(goals) > LONGEST_LIST:
            raise ImportProblems(
                text(
                    "The list has {count} goals; at most {most} are checked on the screen.", count=len(goals), most=LONGEST_LIST
                ),
                text("Split it into several files, or use the command line."),
            )
        settings = self._store.settings
        return check_list(goals, self._history(), settings.load_calendar(), today, settings.load_currency())

    def _history(self) -> pd.DataFrame | None:
        chosen: dict[str, SeriesInfo] = {}
        for info in self._store.points.list_series():
            if info.frequency is Frequency.MONTH or str(info.key) not in chosen:
                chosen[str(info.key)] = info
        frames = []
        for written, info in chosen.items():
            frame = self._store.points.load_series(info.key, info.frequency).frame.assign(series=written)
            frame["period"] = [info.rhythm.write(start.date()) for start in frame["period"]]
            frames.append(frame)
        return pd.concat(frames, ignore_index=True) if frames else None

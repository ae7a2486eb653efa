"""What of a series a forecast may rest on, and what has to be said about it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import date

import numpy as np
import pandas as pd

from cs_planning.errors import CannotForecast
from cs_planning.forecasting.evidence.open_days import OpenDays, open_days
from cs_planning.forecasting.forecast import Note
from cs_planning.kpis.frequency import Frequency, Rhythm
from cs_planning.kpis.period_names import period_words
from cs_planning.kpis.series import KpiSeries
from cs_planning.language import ntext, text

FEWEST_POINTS = 8
"""Below this no honest probability exists."""
FARTHEST_HORIZON = 1500
"""Periods ahead beyond which nothing is forecast."""
_MOST_POINTS = {Frequency.DAY: 182, Frequency.WEEK: 156, Frequency.MONTH: 120, Frequency.QUARTER: 80, Frequency.YEAR: 60}


@dataclass(frozen=True)
class History:
    """The usable points of a series.

    Attributes:
        series: the series without what was left out.
        steps: the time of each point in periods, whole numbers ending with 0, shape (n,).
        notes: what was left out and why.
        opened: on which days of a daily KPI there are values.
    """

    series: KpiSeries
    steps: np.ndarray
    notes: tuple[Note, ...]
    opened: OpenDays = field(default_factory=OpenDays)

    @property
    def values(self) -> np.ndarray:
        """The values in the KPI's unit, shape (n,)."""
        return self.series.values

    def only(self, stays: np.ndarray) -> History:
        """The points where `stays`, shape (n,), is true."""
        return replace(self, series=_with_frame(self.series, self.series.frame[stays]), steps=self.steps[stays])

    def recent(self) -> History:
        """The points that the members look at; older ones say little and cost time."""
        most = _MOST_POINTS[self.series.frequency]
        if len(self.steps) <= most:
            return self
        return self.only(np.arange(len(self.steps)) >= len(self.steps) - most)


def read_history(series: KpiSeries, today: date | None, holidays: Collection[date] = ()) -> History:
    """The points of `series` that count, with notes on those that don't.

    Args:
        series: at least eight usable points.
        today: a last period that is not over on this day is left out; `None` takes every period for finished.
        holidays: public holidays, to tell closed days from missing ones.

    Raises:
        CannotForecast: fewer than eight usable points remain.
    """
    notes: list[Note] = []
    frame = series.frame
    frame = _finite(series, frame, notes)
    frame = _valid(series, frame, notes)
    if today is not None:
        frame = _finished(series.rhythm, frame, today, notes)
    if len(frame) < FEWEST_POINTS:
        raise _too_short(series, len(frame), notes)
    used = _with_frame(series, frame)
    steps = _steps(series.frequency, used.periods)
    opened = open_days(used, holidays)
    _note_gaps(series.rhythm, used, steps, opened, notes)
    if len(frame) < 2 * series.frequency.periods_per_year and series.frequency in {Frequency.MONTH, Frequency.QUARTER}:
        notes.append(
            Note(
                "short",
                ntext(
                    "The history of {count} period is shorter than two years: a season can hardly be told from chance.",
                    "The history of {count} periods is shorter than two years: a season can hardly be told from chance.",
                    len(frame),
                ),
            )
        )
    return History(used, steps, tuple(notes), opened)


def _too_short(series: KpiSeries, count: int, notes: list[Note]) -> CannotForecast:
    hint = text("Import a longer history, or look at the KPI in shorter periods.")
    for note in reversed(notes):
        hint = text("{first} {second}", first=note.message, second=hint)
    return CannotForecast(
        ntext(
            "{series} has {count} usable point; a probability needs {needed}.",
            "{series} has {count} usable points; a probability needs {needed}.",
            count,
            series=series.name,
            needed=FEWEST_POINTS,
        ),
        hint,
    )


def _with_frame(series: KpiSeries, frame: pd.DataFrame) -> KpiSeries:
    return KpiSeries(series.key, series.kpi, series.rhythm, frame.reset_index(drop=True))


def _finite(series: KpiSeries, frame: pd.DataFrame, notes: list[Note]) -> pd.DataFrame:
    usable = np.isfinite(frame["value"].to_numpy(float))
    if not usable.all():
        notes.append(
            Note(
                "missing",
                ntext(
                    "{count} value that is not a number was left out.",
                    "{count} values that are not numbers were left out.",
                    int((~usable).sum()),
                ),
            )
        )
        frame = frame[usable]
    starts = frame["period"]
    if not starts.is_monotonic_increasing or starts.duplicated().any():
        frame = frame.drop_duplicates("period", keep="last").sort_values("period", kind="stable")
    return frame


def _valid(series: KpiSeries, frame: pd.DataFrame, notes: list[Note]) -> pd.DataFrame:
    value = frame["value"].to_numpy(float)
    lower = -np.inf if series.kpi.lower is None else series.kpi.lower
    upper = np.inf if series.kpi.upper is None else series.kpi.upper
    inside = (value >= lower) & (value <= upper)
    if inside.all():
        return frame
    notes.append(
        Note(
            "invalid",
            ntext(
                "{count} value outside the valid range of {kpi} was left out, first in {period}.",
                "{count} values outside the valid range of {kpi} were left out, first in {period}.",
                int((~inside).sum()),
                kpi=series.kpi.name,
                period=period_words(frame["period"].iloc[int(np.argmin(inside))].date(), series.rhythm),
            ),
            frame["period"].iloc[int(np.argmin(inside))].date(),
        )
    )
    return frame[inside]


def _finished(rhythm: Rhythm, frame: pd.DataFrame, today: date, notes: list[Note]) -> pd.DataFrame:
    running = pd.Timestamp(rhythm.start_of(today))
    unfinished = frame["period"] >= running
    if not unfinished.any():
        return frame
    first = frame.loc[unfinished, "period"].iloc[0].date()
    notes.append(
        Note(
            "unfinished",
            text(
                "{period} is not over on {today}; its value so far was left out.",
                period=period_words(first, rhythm),
                today=today,
            ),
            first,
        )
    )
    return frame[~unfinished]


def _steps(frequency: Frequency, periods: pd.DatetimeIndex) -> np.ndarray:
    match frequency:
        case Frequency.DAY:
            count = (periods - periods[-1]).days.to_numpy()
        case Frequency.WEEK:
            count = np.round((periods - periods[-1]).days.to_numpy() / 7)
        case _:
            months = (periods.year * 12 + periods.month).to_numpy()
            count = np.round((months - months[-1]) / {"month": 1, "quarter": 3, "year": 12}[frequency.value])
    return np.asarray(count, int)


def _note_gaps(rhythm: Rhythm, series: KpiSeries, steps: np.ndarray, opened: OpenDays, notes: list[Note]) -> None:
    if not opened.always:
        _note_closed_days(series, opened, notes)
        return
    absent = int(1 - steps[0] - len(steps))
    if absent > 0:
        widest = int(np.argmax(np.diff(steps)))
        notes.append(_gap(rhythm, absent, rhythm.next_after(series.periods[widest].date())))


def _note_closed_days(series: KpiSeries, opened: OpenDays, notes: list[Note]) -> None:
    """What is missing among the open days of a daily KPI, and on which days it is taken for closed."""
    days = series.periods
    expected = pd.date_range(days[0], days[-1])
    expected = expected[opened.among(expected)]
    absent = expected[~expected.isin(days)]
    if len(absent):
        place = days.searchsorted(absent)
        first = absent[int(np.argmax(days[place] - days[place - 1]))]
        notes.append(_gap(series.rhythm, len(absent), first.date()))
    notes.append(
        Note("closed", text("Days on which the desk is usually closed have no values, so that none is forecast there."))
    )


def _gap(rhythm: Rhythm, absent: int, first: date) -> Note:
    return Note(
        "gap",
        ntext(
            "{count} period is missing in the history, first in the widest gap {period}; it is treated as unknown.",
            "{count} periods are missing in the history, the widest gap from {period}; they are treated as unknown.",
            absent,
            period=period_words(first, rhythm),
        ),
        first,
    )

"""The time from a history to a deadline: which periods are forecast, and what the calendar says about them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np
import pandas as pd

from cs_planning.errors import CannotForecast
from cs_planning.forecasting.evidence.history import FARTHEST_HORIZON, History, read_history
from cs_planning.forecasting.evidence.nowcast import Nowcast
from cs_planning.forecasting.evidence.working_days import follows_working_days, working_days
from cs_planning.forecasting.forecast import Forecast, Note
from cs_planning.kpis.calendar.public_holidays import public_holidays
from cs_planning.kpis.frequency import Frequency
from cs_planning.kpis.period_names import period_words
from cs_planning.kpis.series import KpiSeries
from cs_planning.language import ntext, text

_YEARS_OF_HOLIDAYS = 7
_OLD = {Frequency.DAY: 14, Frequency.WEEK: 4, Frequency.MONTH: 2, Frequency.QUARTER: 2, Frequency.YEAR: 2}
"""How many finished periods may lack a value before it is said."""


@dataclass(frozen=True)
class Ahead:
    """A history and the periods that follow it.

    Attributes:
        history: the usable points.
        horizon: how many periods follow up to the deadline, open or closed.
        holidays: public holidays of the history and of these periods; only for daily values and volumes.
    """

    history: History
    horizon: int
    holidays: Mapping[date, str]

    @classmethod
    def of(cls, series: KpiSeries, last: date, *, today: date | None, place: str = "") -> Ahead:
        """The time up to the period of `last`.

        Raises:
            CannotForecast: too few usable points, `last` not after them, or too far ahead.
        """
        holidays: Mapping[date, str] = {}
        if place and len(series) and follows_working_days(series):
            rhythm = series.rhythm
            end = min(rhythm.end_of(max(last, series.last_period)), rhythm.next_after(series.last_period, FARTHEST_HORIZON))
            holidays = public_holidays(place, series.periods.min().date(), end)
        elif place and series.frequency is Frequency.DAY and len(series):
            end = max(series.periods.max().date(), min(last, series.periods.max().date() + timedelta(FARTHEST_HORIZON)))
            holidays = public_holidays(place, end - timedelta(days=366 * _YEARS_OF_HOLIDAYS), end)
        history = read_history(series, today, holidays)
        horizon = series.rhythm.count_between(history.series.last_period, last)
        _check(history, last, horizon)
        counted = _working_days(history, last, holidays)
        history = replace(history, notes=(*history.notes, *_distance(history, horizon, today), *counted))
        found = cls(history, horizon, holidays)
        if not history.opened.among(found.starts).any():
            _check(history, last, 0)
        return found

    @property
    def starts(self) -> pd.DatetimeIndex:
        """The first days of all periods up to the deadline, shape (horizon,)."""
        frequency, end = self.history.series.frequency, self.history.series.last_period
        return pd.DatetimeIndex([frequency.next_after(end, count) for count in range(1, self.horizon + 1)])

    def made(self, paths: np.ndarray, notes: Sequence[Note], running: Nowcast | None = None) -> Forecast:
        """The forecast of paths of all these periods, shape (draws, horizon), closed days left out."""
        starts, used = self.starts, self.history.series
        until = None
        if not self.history.opened.always:
            opened = self.history.opened.among(starts)
            until = starts[-1].date()
            starts, paths = starts[opened], paths[:, opened]
        if running is not None:
            notes = [running.note, *(note for note in notes if note.kind != "unfinished")]
        paths.flags.writeable = False
        return Forecast(used, starts, paths, tuple(notes), until, 0 if running is None else running.known)


def with_next(history: History, value: float) -> History:
    """A history with one more period at its end."""
    series = history.series
    row = pd.DataFrame(
        {
            "series": [str(series.key)],
            "period": [pd.Timestamp(series.frequency.next_after(series.last_period))],
            "value": [value],
            "sample_size": [float("nan")],
        }
    )
    frame = pd.concat([series.frame, row.astype(series.frame.dtypes.to_dict())], ignore_index=True)
    longer = KpiSeries(series.key, series.kpi, series.rhythm, frame)
    return replace(history, series=longer, steps=np.append(history.steps - 1, 0))


def _distance(history: History, horizon: int, today: date | None) -> list[Note]:
    """What has to be said when the newest value is old, or the deadline farther away than the history reaches back."""
    rhythm, end = history.series.rhythm, history.series.last_period
    notes = []
    missing = 0 if today is None else rhythm.count_between(end, today) - 1
    if missing >= _OLD[rhythm.frequency]:
        message = ntext(
            "The newest value is that of {period}; the {count} period that is over since is forecast as well.",
            "The newest value is that of {period}; the {count} periods that are over since are forecast as well.",
            missing,
            period=period_words(end, rhythm),
        )
        notes.append(Note("old", message))
    if horizon > 1 - int(history.steps[0]):
        message = text(
            "The deadline lies {ahead} periods ahead, farther than the {back} periods of the history reach back.",
            ahead=horizon,
            back=1 - int(history.steps[0]),
        )
        notes.append(Note("far", message))
    return notes


def _working_days(history: History, last: date, holidays: Mapping[date, str]) -> list[Note]:
    """That volumes are compared by working days, with those of the last period."""
    series = history.series
    if not holidays or not follows_working_days(series):
        return []
    first = series.rhythm.start_of(last)
    message = ntext(
        "Volumes are compared by working days, Monday to Friday without public holidays: {period} has {count}.",
        "Volumes are compared by working days, Monday to Friday without public holidays: {period} has {count}.",
        working_days(first, series.rhythm.next_after(first), holidays),
        period=period_words(first, series.rhythm),
    )
    return [Note("working_days", message, first)]


def _check(history: History, last: date, horizon: int) -> None:
    rhythm = history.series.rhythm
    if horizon < 1:
        raise CannotForecast(
            text(
                "The data of {series} already reach to {end}: for {last} there is nothing left to foresee.",
                last=period_words(last, rhythm),
                series=history.series.name,
                end=period_words(history.series.last_period, rhythm),
            ),
            text("Choose a later deadline."),
        )
    if horizon > FARTHEST_HORIZON:
        raise CannotForecast(
            text(
                "{last} lies {count} periods after the history of {series}.",
                last=period_words(last, rhythm),
                count=horizon,
                series=history.series.name,
            ),
            text("Import newer data, choose an earlier deadline, or use longer periods."),
        )

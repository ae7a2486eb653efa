"""The period that is not over, completed: the days that are known, and simulated ones for the rest."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np
import pandas as pd

from cs_planning.errors import CannotForecast
from cs_planning.forecasting.evidence.events import Event, EventKind
from cs_planning.forecasting.evidence.history import History
from cs_planning.forecasting.forecast import Forecast, Note
from cs_planning.kpis.catalogue import Aggregation
from cs_planning.kpis.frequency import Frequency
from cs_planning.kpis.period_names import period_words
from cs_planning.kpis.series import KpiSeries
from cs_planning.language import ntext

_WEEKS = 8


@dataclass(frozen=True)
class Nowcast:
    """The value that a running period will have.

    Attributes:
        start: the first day of the period.
        draws: equally likely values of the whole period, in the KPI's unit, shape (draws,).
        known: how many of its days are known.
        note: says so.
    """

    start: date
    draws: np.ndarray
    known: int
    note: Note


def nowcast(
    history: History,
    days: KpiSeries | None,
    method: Callable[..., Forecast],
    *,
    draws: int,
    seed: int,
    today: date | None,
    events: tuple[Event, ...] = (),
    place: str = "",
) -> Nowcast | None:
    """The period after a history, from its days: what is known of it, and simulated days up to its end.

    Args:
        history: the finished periods, weeks or longer.
        days: the same KPI by day; `None` when it is not known.
        method: makes the simulated days: `forecast` or another of its kind.
        draws: how many values.
        seed: of the random numbers.
        today: days from this one on are not over; `None` takes every day for finished.
        events: marked periods; a period that is to be ignored is not completed.
        place: whose public holidays count.

    Returns:
        `None` where no day of the period is known, all are, the KPI can't be made from days (a median), or the days lack the
        sample sizes that weigh them.

    Assumptions: a day to come weighs as much as one of the last eight with the same name, drawn at random and independent of
        its value.
    """
    rhythm, kpi = history.series.rhythm, history.series.kpi
    if days is None or days.frequency is not Frequency.DAY or not Frequency.DAY.is_finer_than(rhythm.frequency):
        return None
    if kpi.aggregation is Aggregation.NONE:
        return None
    start = rhythm.next_after(history.series.last_period)
    end = rhythm.end_of(start)
    frame = days.frame[np.isfinite(days.frame["value"].to_numpy(float))]
    if today is not None:
        frame = frame[frame["period"] < pd.Timestamp(today)]
    known = frame[(frame["period"] >= pd.Timestamp(start)) & (frame["period"] <= pd.Timestamp(end))]
    if known.empty or known["period"].iloc[-1].date() >= end or _is_ignored(start, end, events):
        return None
    weighs = kpi.aggregation is Aggregation.WEIGHTED_MEAN
    if weighs and not _has_weights(frame.tail(7 * _WEEKS), known):
        return None
    usable = replace(days, frame=frame.reset_index(drop=True))
    try:
        rest = method(usable, end, seed=seed, draws=draws, today=today, events=events, place=place)
    except CannotForecast:
        return None
    rng = np.random.default_rng([seed, 3, start.toordinal()])
    values = _whole(kpi.aggregation, known, rest, frame, rng)
    last = known["period"].iloc[-1].date()
    note = Note(
        "nowcast",
        ntext(
            "{period} is not over: it is known up to {day}, and its last day is simulated.",
            "{period} is not over: it is known up to {day}, and its last {count} days are simulated.",
            (end - last).days,
            period=period_words(start, rhythm),
            day=last,
        ),
        start,
    )
    return Nowcast(start, values, (last - start).days + 1, note)


def _whole(
    aggregation: Aggregation, known: pd.DataFrame, rest: Forecast, frame: pd.DataFrame, rng: np.random.Generator
) -> np.ndarray:
    value = known["value"].to_numpy(float)
    match aggregation:
        case Aggregation.SUM:
            return np.asarray(value.sum() + rest.paths.sum(axis=1))
        case Aggregation.LAST:
            return np.array(rest.paths[:, -1])
        case _:
            weight = known["sample_size"].to_numpy(float)
            coming = _coming_weights(frame, rest.periods, len(rest.paths), rng)
            total = (value * weight).sum() + (rest.paths * coming).sum(axis=1)
            return np.asarray(total / (weight.sum() + coming.sum(axis=1)))


def _has_weights(recent: pd.DataFrame, known: pd.DataFrame) -> bool:
    sizes = np.concatenate([recent["sample_size"].to_numpy(float), known["sample_size"].to_numpy(float)])
    return bool(np.isfinite(sizes).all() and known["sample_size"].sum() > 0)


def _coming_weights(frame: pd.DataFrame, days: pd.DatetimeIndex, draws: int, rng: np.random.Generator) -> np.ndarray:
    """Sample sizes of days to come, drawn from recent days of the same name, shape (draws, len(days))."""
    recent = frame[frame["period"] > frame["period"].iloc[-1] - timedelta(weeks=_WEEKS)]
    sizes, names = recent["sample_size"].to_numpy(float), recent["period"].dt.day_of_week.to_numpy()
    drawn = np.empty((draws, len(days)))
    for place, name in enumerate(days.day_of_week):
        same = sizes[names == name]
        drawn[:, place] = rng.choice(same if len(same) else sizes, draws)
    return drawn


def _is_ignored(start: date, end: date, events: tuple[Event, ...]) -> bool:
    return any(
        event.kind is EventKind.IGNORE and event.first <= end and (event.last or event.first) >= start for event in events
    )

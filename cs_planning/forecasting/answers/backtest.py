"""The record: how forecasts made in the past of a series would have done."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

import numpy as np
from scipy.special import ndtr

from cs_planning.errors import CannotForecast
from cs_planning.forecasting.answers.track_record import Record, ReliabilityBin
from cs_planning.forecasting.evidence.events import Event, EventKind
from cs_planning.forecasting.evidence.history import FEWEST_POINTS, read_history
from cs_planning.forecasting.forecast import Forecast
from cs_planning.forecasting.models.paths import forecast
from cs_planning.kpis.frequency import Frequency
from cs_planning.kpis.series import KpiSeries
from cs_planning.language import ntext

OFFSETS = (-1.0, -0.5, 0.0, 0.5, 1.0)
"""Standard targets: the last value moved by so many standard deviations of the change over the horizon."""
OWN_METHOD: Callable[..., Forecast] = partial(forecast, remarks=False)
"""The forecast as it is made today, without the search for remarks that change no number."""
_MOST_ORIGINS = 24
_MOST_ORIGINS_IN_A_YEAR = 12
_ONE_YEAR = {Frequency.DAY: 365, Frequency.WEEK: 52}


def record(
    series: KpiSeries,
    horizon: int,
    *,
    seed: int = 0,
    events: Sequence[Event] = (),
    place: str = "",
    method: Callable[..., Forecast] = OWN_METHOD,
) -> Record:
    """Forecasts the series from points of its own past, as if the rest were not known, and scores the probabilities.

    Args:
        series: the history.
        horizon: periods ahead.
        seed: of the random numbers.
        events: marked periods; each past forecast knows those that had begun, and outcomes in ignored periods do not count.
        place: country whose public holidays daily values and volumes know.
        method: the forecast, or `second_opinion` to compare with.

    Method: the points are the last 24 that can be judged; of days and weeks 12 spread over the last year that can be judged,
        since forecasts from one day and the next are nearly the same forecast.

    Assumptions: each origin has at least eight points before it; targets are the last value moved by −1, −½, 0, ½ and 1
        standard deviation of the change over the horizon.
    """
    try:
        usable = read_history(series, None).series
    except CannotForecast as error:
        return Record(horizon, 0, reason=error.message)
    periods, values, rhythm = usable.periods, usable.values, usable.rhythm
    rows = []
    origins = [
        (end, int(found[0]))
        for end in range(FEWEST_POINTS, len(values))
        for due in [rhythm.next_after(periods[end - 1].date(), horizon)]
        if len(found := np.flatnonzero(periods == np.datetime64(due))) and not _is_ignored(due, series, events)
    ]
    for end, due in _tried(origins, rhythm.frequency):
        past = KpiSeries(usable.key, usable.kpi, rhythm, usable.frame.iloc[:end])
        known = [event for event in events if event.first <= rhythm.end_of(past.last_period)]
        try:
            made = method(past, periods[due].date(), seed=seed, draws=500, events=known, place=place)
        except CannotForecast:
            continue
        if made.periods[-1] == periods[due]:
            rows.append(_scored(values[:end], float(values[due]), made.paths[:, -1], horizon))
    if not rows:
        return Record(
            horizon,
            0,
            reason=ntext(
                "No record yet: forecasts {count} period ahead need a longer history.",
                "No record yet: forecasts {count} periods ahead need a longer history.",
                horizon,
            ),
        )
    ours, walk, met = (np.array([row[index] for row in rows]) for index in range(3))
    inside80, inside95 = (np.array([row[index] for row in rows], float) for index in (3, 4))
    return Record(
        horizon,
        len(rows),
        float(np.mean((ours - met) ** 2)),
        float(np.mean((walk - met) ** 2)),
        float(inside80.mean()),
        float(inside95.mean()),
        _reliability(ours.ravel(), met.ravel()),
        gain_error=standard_error(np.mean((walk - met) ** 2 - (ours - met) ** 2, axis=1), horizon),
    )


def standard_error(gains: np.ndarray, horizon: int) -> float:
    """The standard error of a mean over neighbouring origins, whose outcomes overlap `horizon` periods long.

    Args:
        gains: one number an origin, in the order of time, shape (n,).
        horizon: periods ahead.

    Source: W. K. Newey, K. D. West, *Econometrica* 55 (1987): covariances weighted down with their distance.
    """
    count = len(gains)
    if count < 2:
        return 0.0
    off = gains - gains.mean()
    plain = float(off @ off) / count
    shared = sum(2 * (1 - lag / horizon) * float(off[lag:] @ off[:-lag]) / count for lag in range(1, min(horizon, count)))
    return float(np.sqrt(max(plain + shared, plain) / (count - 1)))


def _tried(origins: list[tuple[int, int]], frequency: Frequency) -> list[tuple[int, int]]:
    if frequency not in _ONE_YEAR:
        return origins[-_MOST_ORIGINS:]
    year = origins[-_ONE_YEAR[frequency] :]
    spread = np.linspace(0, len(year) - 1, min(_MOST_ORIGINS_IN_A_YEAR, len(year))).round().astype(int)
    return [year[index] for index in spread]


def _is_ignored(day: date, series: KpiSeries, events: Sequence[Event]) -> bool:
    start_of = series.rhythm.start_of
    return any(
        start_of(event.first) <= day <= start_of(event.last or event.first)
        for event in events
        if event.kind is EventKind.IGNORE
    )


def _scored(
    past: np.ndarray, outcome: float, draws: np.ndarray, horizon: int
) -> tuple[np.ndarray, np.ndarray, np.ndarray, bool, bool]:
    change = past[horizon:] - past[:-horizon] if len(past) > horizon + 1 else np.diff(past)
    spread = float(np.std(change)) or float(np.std(past)) or 1.0
    targets = past[-1] + np.array(OFFSETS) * spread
    walk = (float(np.std(np.diff(past))) or spread) * np.sqrt(horizon)
    low95, low80, high80, high95 = np.quantile(draws, [0.025, 0.1, 0.9, 0.975])
    ours = (np.count_nonzero(draws[:, None] >= targets, axis=0) + 0.5) / (len(draws) + 1)
    return (
        ours,
        ndtr((past[-1] - targets) / walk),
        (outcome >= targets).astype(float),
        bool(low80 <= outcome <= high80),
        bool(low95 <= outcome <= high95),
    )


def _reliability(predicted: np.ndarray, met: np.ndarray) -> tuple[ReliabilityBin, ...]:
    group = np.minimum((predicted * 5).astype(int), 4)
    return tuple(
        ReliabilityBin(float(predicted[group == index].mean()), float(met[group == index].mean()), int((group == index).sum()))
        for index in range(5)
        if (group == index).any()
    )

"""What "nothing changes" would mean: a random walk from the last value, with the steps that the KPI has made so far."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from datetime import date

import numpy as np

from cs_planning.forecasting.evidence.ahead import Ahead
from cs_planning.forecasting.evidence.events import Event
from cs_planning.forecasting.evidence.nowcast import nowcast
from cs_planning.forecasting.evidence.scales import candidate_scales
from cs_planning.forecasting.forecast import Forecast
from cs_planning.kpis.frequency import Frequency
from cs_planning.kpis.series import KpiSeries


def no_change(
    series: KpiSeries,
    last: date,
    *,
    seed: int = 0,
    draws: int = 2000,
    today: date | None = None,
    events: Sequence[Event] = (),
    place: str = "",
    days: KpiSeries | None = None,
) -> Forecast:
    """Futures in which the KPI goes on from where it is, up or down by its usual steps, without trend or season.

    Args:
        series: the history, at least eight usable points.
        last: a day in the last period, after the history.
        seed: of the random numbers; the series' name is mixed into it.
        draws: how many paths.
        today: a last period that is not over on this day is left out.
        events: unknown to this method, but a running period that is to be ignored is not completed.
        place: country whose public holidays tell closed days from missing ones.
        days: the same KPI by day, to complete the period that is not over.

    Raises:
        CannotForecast: too few usable points, or `last` not after them or too far ahead.

    Assumptions: steps are normal on the scale of the KPI; daily values go on from the last day of the same name.
    """
    ahead = Ahead.of(series, last, today=today, place=place)
    running = nowcast(ahead.history, days, no_change, draws=draws, seed=seed, today=today, events=tuple(events), place=place)
    history = ahead.history.recent()
    rng = np.random.default_rng([seed, 1, zlib.crc32(str(series.key).encode())])
    scale = candidate_scales(history.values, series.kpi.lower, series.kpi.upper)[0]
    numbers = scale.forward(history.values)
    season = 7 if series.frequency is Frequency.DAY else 1
    step, latest = _step_and_latest(history.steps, numbers, season)
    if running is not None:
        walked = np.cumsum(step * rng.standard_normal((draws, ahead.horizon - 1)), axis=1)
        rest = scale.back(scale.forward(running.draws)[:, None] + walked)
        return ahead.made(np.concatenate([running.draws[:, None], rest], axis=1), (), running)
    cycles = np.arange(ahead.horizon) // season
    walked = np.cumsum(step * rng.standard_normal((draws, int(cycles[-1]) + 1)), axis=1)
    paths = scale.back(latest[np.arange(1, ahead.horizon + 1) % season][None, :] + walked[:, cycles])
    return ahead.made(paths, ())


def _step_and_latest(steps: np.ndarray, numbers: np.ndarray, season: int) -> tuple[float, np.ndarray]:
    """The usual move from one season to the next, and the latest number of each place, that of step 0 first."""
    latest = np.full(season, numbers[-1])
    squares = []
    for place in range(season):
        own = np.flatnonzero(steps % season == place)
        if len(own):
            latest[place] = numbers[own[-1]]
        # A gap of k seasons holds k steps, so its square counts by k.
        squares.append(np.diff(numbers[own]) ** 2 / np.maximum(np.diff(steps[own]) / season, 1.0))
    moves = np.concatenate(squares)
    return (float(np.sqrt(np.mean(moves))) if len(moves) else float(np.std(numbers))), latest

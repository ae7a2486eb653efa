"""What "nothing changes" would mean: a random walk from the last value, with the steps that the KPI has made so far."""

from __future__ import annotations

import zlib
from datetime import date

import numpy as np
import pandas as pd

from cs_planning.errors import CannotForecast
from cs_planning.forecasting.forecast import Forecast
from cs_planning.forecasting.history import FARTHEST_HORIZON, read_history
from cs_planning.forecasting.scales import candidate_scales
from cs_planning.kpis.frequency import Frequency
from cs_planning.kpis.series import KpiSeries
from cs_planning.language import text


def no_change(series: KpiSeries, last: date, *, seed: int = 0, draws: int = 2000, today: date | None = None) -> Forecast:
    """Futures in which the KPI goes on from where it is, up or down by its usual steps, without trend or season.

    Args:
        series: the history, at least eight usable points.
        last: a day in the last period, after the history.
        seed: of the random numbers; the series' name is mixed into it.
        draws: how many paths.
        today: a last period that is not over on this day is left out.

    Raises:
        CannotForecast: too few usable points, or `last` not after them or too far ahead.

    Assumptions: steps are normal on the scale of the KPI; daily values go on from the same day of the last week.
    """
    history = read_history(series, today).recent()
    frequency, kpi = series.frequency, series.kpi
    horizon = frequency.count_between(history.series.last_period, last)
    if not 1 <= horizon <= FARTHEST_HORIZON:
        raise CannotForecast(
            text("{last} is not in the time that can be forecast.", last=frequency.write(last)),
            text("Choose a deadline after the history and not too far ahead."),
        )
    rng = np.random.default_rng([seed, 1, zlib.crc32(str(series.key).encode())])
    scale = candidate_scales(history.values, kpi.lower, kpi.upper)[0]
    numbers = scale.forward(history.values)
    season = 7 if frequency is Frequency.DAY else 1
    moves = numbers[season:] - numbers[:-season]
    gaps = np.maximum((history.steps[season:] - history.steps[:-season]) / season, 1.0)
    step = float(np.sqrt(np.mean(moves**2 / gaps)))
    cycles = np.arange(horizon) // season
    walked = np.cumsum(step * rng.standard_normal((draws, int(cycles[-1]) + 1)), axis=1)
    paths = scale.back(numbers[len(numbers) - season + np.arange(horizon) % season][None, :] + walked[:, cycles])
    paths.flags.writeable = False
    starts = [frequency.next_after(history.series.last_period, count) for count in range(1, horizon + 1)]
    return Forecast(read_history(series, today).series, pd.DatetimeIndex(starts), paths)

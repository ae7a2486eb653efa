"""What a KPI did after something was done, beside what had been forecast without it; no proof that it was the cause."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import pandas as pd

from cs_planning.errors import CannotForecast
from cs_planning.forecasting.evidence.events import Event
from cs_planning.forecasting.forecast import Forecast
from cs_planning.forecasting.models.paths import forecast
from cs_planning.goals.drafts.reach import complete_before
from cs_planning.kpis.series import KpiSeries
from cs_planning.language import text

_LOW, _HIGH = 0.1, 0.9


@dataclass(frozen=True)
class Aftermath:
    """What was measured since, and what might have been.

    Attributes:
        forecast: as it would have been made on the day, from what was known then.
        measured: what came, columns `period` and `value`, from the period on in which it was done.
        whole_periods: how many whole periods are over since; these are compared.
        mean: of these, in the KPI's unit.
        low, high: between which their mean lay in 80 of 100 futures.
        below: the share of futures whose mean lay below what was measured, 0…1.
    """

    forecast: Forecast
    measured: pd.DataFrame
    whole_periods: int
    mean: float
    low: float
    high: float
    below: float

    @property
    def side(self) -> int:
        """+1 where the mean lies above what was to be expected, −1 below, 0 within."""
        return int(self.mean > self.high) - int(self.mean < self.low)


def aftermath_of(
    series: KpiSeries, day: date, today: date, *, events: Sequence[Event] = (), place: str = "", seed: int = 0
) -> Aftermath:
    """What a KPI did after `day`.

    Args:
        series: the KPI up to now.
        day: on which something was done; the period that it lies in belongs to neither side.
        today: periods that are not over on this day don't count.
        events: marked on the series, known by now; they have an effect of their own.
        place: whose public holidays count.
        seed: of the random numbers.

    Raises:
        CannotForecast: no whole period is over since, or what was known on the day is too little for a forecast.

    Not valid as: a proof. Whatever else happened at the same time lies in the same difference.
    """
    before, known = complete_before(series, day), complete_before(series, today)
    first = series.rhythm.next_after(series.rhythm.start_of(day - timedelta(days=1)))
    since = known.frame[known.frame["period"] >= pd.Timestamp(first)]
    if since.empty:
        raise CannotForecast(
            text("No whole period is over since {day}.", day=day), text("Look again once newer figures are imported.")
        )
    last = series.rhythm.end_of(known.last_period)
    made = forecast(before, last, seed=seed, today=day, events=events, place=place)
    chosen = np.isin(made.periods.to_numpy(), since["period"].to_numpy())
    compared = since[np.isin(since["period"].to_numpy(), made.periods.to_numpy()[chosen])]
    if compared.empty:
        raise CannotForecast(
            text("No whole period is over since {day}.", day=day), text("Look again once newer figures are imported.")
        )
    means = made.paths[:, chosen].mean(axis=1)
    mean = float(compared["value"].mean())
    low, high = np.quantile(means, [_LOW, _HIGH])
    later = known.frame[known.frame["period"] > pd.Timestamp(before.last_period)]
    return Aftermath(
        forecast=made,
        measured=later[["period", "value"]].reset_index(drop=True),
        whole_periods=len(compared),
        mean=mean,
        low=float(low),
        high=float(high),
        below=float((means < mean).mean()),
    )

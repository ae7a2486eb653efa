"""A month that is not over is not a month: which long periods the data really cover."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import pandas as pd

from cs_planning.kpis.frequency import Rhythm
from cs_planning.kpis.series import KpiSeries

_RECENT_DAYS = 60


@dataclass(frozen=True)
class Coverage:
    """The days that a set of data covers.

    Attributes:
        first, last: first and last day with data.
        pause_days: the longest pause that is usual in these data (weekends, holidays), in days without data.
    """

    first: date
    last: date
    pause_days: int

    @classmethod
    def of(cls, days: pd.Series | pd.DatetimeIndex) -> Coverage:
        """What `days` (any order, repeats allowed, at least one) cover."""
        distinct = pd.DatetimeIndex(pd.to_datetime(days)).normalize().unique().sort_values()
        recent = distinct[-_RECENT_DAYS:]
        gaps = np.diff(recent.to_numpy()).astype("timedelta64[D]").astype(int) - 1
        return cls(distinct[0].date(), distinct[-1].date(), int(gaps.max(initial=0)))

    @classmethod
    def from_periods(cls, series: KpiSeries) -> Coverage:
        """What a series of weeks or longer covers: every day from its first to its last period."""
        return cls(series.periods[0].date(), series.rhythm.end_of(series.last_period), 0)

    def is_whole(self, start: date, rhythm: Rhythm) -> bool:
        """Whether the period that starts on `start` is covered from its first to its last day, usual pauses aside."""
        end = rhythm.end_of(start)
        pause = timedelta(days=self.pause_days)
        return self.first - pause <= start and end <= self.last + pause

    def whole(self, frame: pd.DataFrame, rhythm: Rhythm) -> pd.DataFrame:
        """The rows of a series frame whose periods are covered."""
        periods = frame["period"].drop_duplicates()
        kept = [period for period in periods if self.is_whole(period.date(), rhythm)]
        return frame[frame["period"].isin(kept)].reset_index(drop=True)

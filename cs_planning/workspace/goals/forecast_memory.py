"""Forecasts and records by what they are made of: nothing is computed twice of the same values, whatever was imported since."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Generic, TypeVar

import numpy as np

from cs_planning.forecasting.answers.track_record import Record
from cs_planning.forecasting.forecast import Forecast
from cs_planning.kpis.series import KpiSeries

_MOST_FORECASTS = 600
_MOST_RECORDS = 5000
_Made = TypeVar("_Made")


@dataclass(frozen=True)
class _Asked(Generic[_Made]):
    """What is asked for, told apart by what it is made of alone."""

    made_of: tuple[object, ...]
    make: Callable[[], _Made] = field(compare=False)


class ForecastMemory:
    """What was computed in this process, for one workspace or several that hold the same values, as the sample teams do.

    A new version of the data changes few series as a rule; those that it left alone keep their forecasts.
    """

    def __init__(self) -> None:
        self._forecasts = lru_cache(maxsize=_MOST_FORECASTS)(_make_forecast)
        self._records = lru_cache(maxsize=_MOST_RECORDS)(_make_record)

    def forecast(self, made_of: tuple[object, ...], make: Callable[[], Forecast]) -> Forecast:
        """The forecast that was made of the same, or a new one.

        Args:
            made_of: all that decides it, hashable: series by `contents_of`, days, events, place.
            make: computes it; what it raises is not kept.
        """
        return self._forecasts(_Asked(made_of, make))

    def record(self, made_of: tuple[object, ...], make: Callable[[], Record]) -> Record:
        """The record that was made of the same, or a new one; as `forecast`."""
        return self._records(_Asked(made_of, make))


def _make_forecast(asked: _Asked[Forecast]) -> Forecast:
    return asked.make()


def _make_record(asked: _Asked[Record]) -> Record:
    return asked.make()


def contents_of(series: KpiSeries | None) -> tuple[object, ...]:
    """What a series holds, short and hashable: its key, its KPI, its rhythm, and a digest of its periods, values and sizes."""
    if series is None:
        return ()
    digest = hashlib.sha256()
    for column in (series.periods.to_numpy("datetime64[D]").astype(np.int64), series.values, series.sample_sizes):
        digest.update(np.ascontiguousarray(column).tobytes())
    return (series.key, series.kpi.model_dump_json(), series.rhythm, digest.hexdigest())

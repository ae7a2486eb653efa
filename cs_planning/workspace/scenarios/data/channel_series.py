"""Which imported series speak of a channel, and what they say month by month."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property

import numpy as np
import pandas as pd

from cs_planning.automation.answers.reality import Measurement
from cs_planning.errors import NotFound
from cs_planning.kpis.catalogue import Aggregation, Unit
from cs_planning.kpis.completeness import Coverage
from cs_planning.kpis.frequency import MONTHS, Frequency
from cs_planning.kpis.series import KpiSeries, SeriesKey
from cs_planning.storage import SeriesInfo, Store

IN_BASE_UNIT = {Unit.SECONDS: 1.0, Unit.MINUTES: 60.0, Unit.HOURS: 3600.0, Unit.PERCENT: 0.01}
"""Factors to seconds and to shares of 0 to 1."""
_RHYTHMS = (Frequency.DAY, Frequency.WEEK, Frequency.MONTH)
_MIDDLE_OF_WEEK = timedelta(days=3)


@dataclass(frozen=True)
class ChannelSeries:
    """The series of one channel in any spelling of its name; those without a channel where none of the KPI has one.

    It looks once which series there are: make a new one for each answer.

    Attributes:
        store: with the series.
        names: of the channel; none means the whole team.
        on_calls: a telephone; figures of calls that stand without a channel, as reports of a telephone system give them, are
            its own where no telephone is named.
    """

    store: Store
    names: Sequence[str] = ()
    on_calls: bool = False

    def of(self, kpi: str) -> tuple[KpiSeries, ...]:
        """The series of a KPI in days, weeks and months, the shortest periods first."""
        return tuple(series for _info, series in self._loaded(self._chosen(kpi)))

    def over(self, kpi: str) -> tuple[KpiSeries, ...]:
        """The same without a last period that was not over when it was imported: its counts are those of a part of it."""
        return tuple(_over(series, info.updated_at.date()) for info, series in self._loaded(self._chosen(kpi)))

    def _chosen(self, kpi: str) -> Sequence[SeriesInfo]:
        wanted = {name.lower() for name in self.names if name}
        infos = self._infos
        named = any(_channel_of(info.key) in wanted for info in infos)
        of_calls = any(info.key.kpi == "asa_mean" and _is_whole(info.key) for info in infos)
        calls = self.on_calls and not named and of_calls
        own = [info for info in infos if info.key.kpi == kpi]
        scoped = [info for info in own if info.key.scope]
        chosen = [info for info in scoped if _channel_of(info.key) in wanted]
        if not chosen and (calls or (not scoped and (self.on_calls or not of_calls))):
            chosen = self._of_calls(own) if of_calls else [info for info in own if not info.key.scope]
        return chosen

    def of_team(self, kpi: str) -> tuple[KpiSeries, ...]:
        """The series of a KPI of everything together; of the channel where nobody gives another."""
        own = [info for info in self._infos if info.key.kpi == kpi]
        whole = [info for info in own if {dimension for dimension, _value in info.key.scope} <= {"source"}]
        return tuple(series for _info, series in self._loaded(whole)) if whole else self.of(kpi)

    def _of_calls(self, own: Sequence[SeriesInfo]) -> list[SeriesInfo]:
        """Of series without a channel those of the file that holds waits of calls, kept beside another file or not."""
        sources = {info.key.scope for info in self._infos if info.key.kpi == "asa_mean" and _is_whole(info.key)}
        return [info for info in own if info.key.scope in sources]

    @cached_property
    def _infos(self) -> tuple[SeriesInfo, ...]:
        return self.store.points.list_series()

    def _loaded(self, infos: Sequence[SeriesInfo]) -> list[tuple[SeriesInfo, KpiSeries]]:
        found = []
        for rhythm in _RHYTHMS:
            for info in infos:
                if info.frequency is rhythm:
                    try:
                        found.append((info, self.store.points.load_series(info.key, rhythm)))
                    except NotFound:
                        continue
                    break
        return found


def monthly(series: Sequence[KpiSeries], today: date) -> dict[date, Measurement]:
    """What series of one KPI say month by month, in base units; of several rhythms the first one that knows a month.

    Args:
        series: of days, weeks or months.
        today: the month that holds it is not over.

    Assumptions: a week belongs to the month of its Thursday; a mean whose numbers of contacts are not known is a plain mean.
    """
    found: dict[date, Measurement] = {}
    for one in series:
        for month, measured in _by_month(one, today).items():
            found.setdefault(month, measured)
    return found


def _by_month(series: KpiSeries, today: date) -> dict[date, Measurement]:
    frame = series.frame.dropna(subset=["value"])
    if frame.empty:
        return {}
    periods = pd.DatetimeIndex(frame["period"])
    weekly = series.frequency is Frequency.WEEK
    if weekly and series.kpi.aggregation is Aggregation.SUM:
        return {}  # weeks do not add up to a month
    coverage = Coverage.of(periods) if series.frequency is Frequency.DAY else Coverage.from_periods(series)
    days = periods + _MIDDLE_OF_WEEK if weekly else periods
    factor = IN_BASE_UNIT.get(series.kpi.unit, 1.0)
    found = {}
    for start, rows in frame.groupby(days.to_period("M").start_time):
        month = pd.Timestamp(str(start)).date()
        values, counts = rows["value"].to_numpy(float), rows["sample_size"].to_numpy(float)
        known = bool(np.isfinite(counts).all() and counts.sum() > 0)
        if series.kpi.aggregation is Aggregation.SUM:
            value = float(values.sum())
        else:
            value = float(np.average(values, weights=counts if known else None))
        over = MONTHS.end_of(month) < today
        covered = coverage.last >= MONTHS.end_of(month) - timedelta(days=6 if weekly else coverage.pause_days)
        found[month] = Measurement(factor * value, float(counts.sum()) if known else None, over and bool(covered))
    return found


def _over(series: KpiSeries, imported: date) -> KpiSeries:
    if series.frequency is Frequency.DAY or not len(series) or series.rhythm.end_of(series.last_period) <= imported:
        return series
    return replace(series, frame=series.frame.iloc[:-1])


def _is_whole(key: SeriesKey) -> bool:
    """Whether a series is of everything in its file, not cut by anything."""
    return {dimension for dimension, _value in key.scope} <= {"source"}


def _channel_of(key: SeriesKey) -> str | None:
    """The channel of a series that is cut by channel alone, whichever source it comes from."""
    parts = {dimension: value for dimension, value in key.scope if dimension != "source"}
    return parts["channel"].lower() if set(parts) == {"channel"} else None

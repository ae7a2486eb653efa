"""What to measure oneself against: the own best first, then service standards, then what others say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from pydantic import BaseModel, ConfigDict, Field

from cs_planning.goals.drafts.first_draft import baseline_of, suggested_direction, types_for
from cs_planning.goals.drafts.reach import complete_before, trusted_values
from cs_planning.goals.goal import GOAL_CLASSES, Direction, Goal, LongText, Measure, ShortText
from cs_planning.goals.naming import described
from cs_planning.goals.objectives.conflicts import kpi_family
from cs_planning.goals.objectives.linking import objectives_served_by
from cs_planning.goals.sentence import sentence_of
from cs_planning.kpis.catalogue import Better, Kpi
from cs_planning.kpis.frequency import MONTHS, Frequency, Rhythm
from cs_planning.kpis.period_names import period_words
from cs_planning.kpis.quantity import quantity
from cs_planning.kpis.series import KpiSeries, SeriesKey, to_longer_periods
from cs_planning.language import Text, text

_OLD_DAYS = 2 * 366
_RECENT_PERIODS = 3
_CHANNEL = "channel"


@dataclass(frozen=True)
class BestPeriod:
    """The best quarter (or longer period) that a series has had.

    Attributes:
        value: in the KPI's unit.
        period: its first day.
        rhythm: of the periods compared.
        current: the last complete period, in the same rhythm.
    """

    value: float
    period: date
    rhythm: Rhythm
    current: float

    @property
    def words(self) -> Text:
        """The period as people name it."""
        return period_words(self.period, self.rhythm)


@dataclass(frozen=True)
class BestChannel:
    """How the channels compare on one KPI over their last periods, the best first."""

    kpi: str
    ranking: tuple[tuple[str, float], ...]

    @property
    def best(self) -> str:
        """The channel that does best."""
        return self.ranking[0][0]


class ExternalBenchmark(BaseModel):
    """A value from outside, entered by the user; it is shown with its source and date and never taken for truth."""

    model_config = ConfigDict(frozen=True)

    id: str = ""
    kpi: str
    value: float = Field(allow_inf_nan=False)
    source: ShortText = Field(min_length=1)
    on: date
    note: LongText = ""

    def is_old(self, today: date) -> bool:
        """Whether it was published more than two years ago."""
        return (today - self.on).days > _OLD_DAYS


@dataclass(frozen=True)
class BenchmarkComparison:
    """The own value beside an external one.

    Attributes:
        ahead: whether the own value is at least as good; `None` without an own value or a better direction.
        words: with source and date.
    """

    benchmark: ExternalBenchmark
    own: float | None
    ahead: bool | None
    words: Text


class Standard(BaseModel):
    """A service standard: the longest a customer may wait, the most minutes an issue may take.

    Attributes:
        series: the written series key that it binds.
        limit: in the KPI's unit.
        promise: how it is promised to customers.
    """

    model_config = ConfigDict(frozen=True)

    id: str = ""
    series: str
    limit: float = Field(allow_inf_nan=False)
    promise: ShortText = ""

    @property
    def direction(self) -> Direction:
        """On which side of the limit the KPI has to stay."""
        return suggested_direction(described(SeriesKey.parse(self.series).kpi))


def has_better_side(kpi: Kpi) -> bool:
    """Whether more, or less, of a KPI is better: one that explains others or is best inside a band can't be ranked."""
    return kpi.better in {Better.HIGHER, Better.LOWER}


def best_period(series: KpiSeries, today: date) -> BestPeriod | None:
    """The best quarter of a series, or its best year when it is read by the year.

    Args:
        series: of any rhythm; one that can't be brought into quarters is compared period by period.
        today: periods that are not over don't count.

    Returns: `None` below two complete periods, and for a KPI that has no better direction.
    """
    if not has_better_side(series.kpi):
        return None
    longer = series
    if series.frequency.is_finer_than(Frequency.QUARTER):
        longer = to_longer_periods(series, Frequency.QUARTER) or series
        if longer.frequency is Frequency.QUARTER:
            longer = _whole(series, longer)
    known = complete_before(longer, today)
    if len(known) < 2:
        return None
    sign = suggested_direction(series.kpi).sign
    values, starts = trusted_values(known)
    index = int(np.argmax(sign * values))
    return BestPeriod(float(values[index]), starts[index].astype("datetime64[D]").item(), known.rhythm, float(known.values[-1]))


def _whole(series: KpiSeries, longer: KpiSeries) -> KpiSeries:
    counts = series.periods.to_series().groupby(series.periods.to_period(longer.rhythm.pandas_period).start_time).size()
    most = counts.max()
    whole = [counts.get(start, 0) >= 0.9 * most for start in longer.periods]
    return KpiSeries(longer.key, longer.kpi, longer.rhythm, longer.frame[whole].reset_index(drop=True))


def best_channels(series: Sequence[KpiSeries], today: date) -> tuple[BestChannel, ...]:
    """For every KPI with a better direction that two channels or more have: how they compare over three complete periods."""
    by_kpi: dict[str, list[tuple[str, float]]] = {}
    for one in series:
        scope = dict(one.key.scope)
        known = complete_before(one, today)
        if set(scope) == {_CHANNEL} and len(known) and has_better_side(one.kpi):
            by_kpi.setdefault(one.kpi.id, []).append((scope[_CHANNEL], _recent_mean(known)))
    result = []
    for kpi, values in sorted(by_kpi.items()):
        if len(values) >= 2:
            sign = suggested_direction(described(kpi)).sign
            result.append(BestChannel(kpi, tuple(sorted(values, key=lambda one: (-sign * one[1], one[0])))))
    return tuple(result)


def _recent_mean(known: KpiSeries) -> float:
    values, sizes = known.values[-_RECENT_PERIODS:], known.sample_sizes[-_RECENT_PERIODS:]
    if np.isnan(sizes).any() or sizes.sum() <= 0:
        return float(values.mean())
    return float(np.average(values, weights=sizes))


def compare(benchmark: ExternalBenchmark, series: KpiSeries | None, today: date) -> BenchmarkComparison:
    """The own value beside an external one, in words that say where that comes from and how old it is."""
    kpi = series.kpi if series is not None else described(benchmark.kpi)
    baseline = baseline_of(series, today)
    own = baseline.value if baseline is not None else None
    outside = quantity(benchmark.value, kpi)
    if own is None:
        words = text(
            "{value} according to {source} ({on}); no own value to compare.",
            value=outside,
            source=benchmark.source,
            on=benchmark.on,
        )
    elif benchmark.is_old(today):
        words = text(
            "{own} here, {value} according to {source} ({on}, more than two years old).",
            own=quantity(own, kpi),
            value=outside,
            source=benchmark.source,
            on=benchmark.on,
        )
    else:
        words = text(
            "{own} here, {value} according to {source} ({on}).",
            own=quantity(own, kpi),
            value=outside,
            source=benchmark.source,
            on=benchmark.on,
        )
    ahead = None if own is None or not has_better_side(kpi) else suggested_direction(kpi).meets(own, benchmark.value)
    return BenchmarkComparison(benchmark, own, ahead, words)


def goal_from_standard(standard: Standard, series: KpiSeries | None, today: date) -> Goal:
    """A standard as a control goal: kept in every period for a year."""
    kpi = series.kpi if series is not None else described(SeriesKey.parse(standard.series).kpi)
    year = Frequency.MONTH.next_after(today.replace(day=1), 12)
    fields: Mapping[str, object] = {
        "series": standard.series,
        "frequency": series.frequency if series is not None else Frequency.MONTH,
        "measure": Measure.EVERY,
        "direction": suggested_direction(kpi),
        "baseline": baseline_of(series, today),
        "primary": standard.limit,
        "start": today,
        "deadline": MONTHS.end_of(Frequency.MONTH.next_after(year, -1)),
        "why": standard.promise,
        "objective": next(iter(objectives_served_by(kpi_family(kpi.id))), None),
    }
    goal = GOAL_CLASSES[types_for(kpi)[0]].model_validate(fields)
    return goal.model_copy(update={"title": str(sentence_of(goal, series))[:300]})

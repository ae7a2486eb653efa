"""Families of KPIs that have their unit, bounds and way to longer periods in common: shares, counts and times."""

from __future__ import annotations

from collections.abc import Mapping

from cs_planning.kpis.kpi import Aggregation, Better, Kpi, Unit
from cs_planning.language import Text


def share_kpi(id: str, name: Text, better: Better, formula: Text, sample: Text, minimum: int = 30) -> Kpi:
    """A share of all, in percent from 0 to 100."""
    return Kpi(
        id=id,
        name=name,
        unit=Unit.PERCENT,
        better=better,
        aggregation=Aggregation.WEIGHTED_MEAN,
        formula=formula,
        lower=0,
        upper=100,
        minimum_sample=minimum,
        sample=sample,
    )


def count_kpi(id: str, name: Text, better: Better, formula: Text, aggregation: Aggregation = Aggregation.SUM) -> Kpi:
    """How many there are."""
    return Kpi(id=id, name=name, unit=Unit.COUNT, better=better, aggregation=aggregation, formula=formula, lower=0)


_PLAUSIBLE = {
    "asa": (1.0, 1800.0),
    "aht": (0.5, 60.0),
    "frt": (0.05, 14 * 24 * 60.0),
    "frt_business": (0.05, 14 * 24 * 60.0),
    "resolution_time": (0.02, 90 * 24.0),
    "resolution_time_business": (0.02, 90 * 24.0),
}
"""What the usual value of a time can be, in its unit: beyond it another unit is meant, or something else."""


def time_kpis(stem: str, unit: Unit, names: Mapping[str, Text], formula: Text, sample: Text) -> list[Kpi]:
    """The mean, median and percentiles of a time, by the ends of their ids; only means can be put together."""
    return [
        Kpi(
            id=f"{stem}_{statistic}",
            name=name,
            unit=unit,
            better=Better.LOWER,
            aggregation=Aggregation.WEIGHTED_MEAN if statistic == "mean" else Aggregation.NONE,
            formula=formula,
            lower=0,
            plausible=_PLAUSIBLE.get(stem),
            minimum_sample=20,
            sample=sample,
        )
        for statistic, name in names.items()
    ]

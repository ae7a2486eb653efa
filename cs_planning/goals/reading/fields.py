"""From a read sentence to the fields of a goal."""

from __future__ import annotations

from datetime import date

from cs_planning.goals.drafts.first_draft import baseline_of, types_for
from cs_planning.goals.goal import GOAL_CLASSES, Baseline, Direction, Goal, GoalType, Measure
from cs_planning.goals.naming import described
from cs_planning.goals.objectives.conflicts import kpi_family
from cs_planning.goals.objectives.linking import objectives_served_by
from cs_planning.goals.reading.goal_reading import GoalReading
from cs_planning.goals.reading.quantities import SECONDS
from cs_planning.kpis.catalogue import Unit
from cs_planning.kpis.series import KpiSeries


def converted(value: float | None, unit: Unit | None, wanted: Unit) -> float | None:
    """`value` in the unit `wanted`; times are converted, a mark on a scale and a count are no percentage.

    Args:
        value: a number or nothing.
        unit: of the number; a bare number is taken to be in `wanted` already.
        wanted: the KPI's unit.
    """
    if unit in {Unit.SCALE, Unit.COUNT} and wanted is Unit.PERCENT:
        return None
    if value is None or unit is None or unit not in SECONDS or wanted not in SECONDS:
        return value
    return value * SECONDS[unit] / SECONDS[wanted]


def goal_from_reading(
    reading: GoalReading, series: KpiSeries | None, today: date, *, title: str = "", type: GoalType | None = None
) -> Goal:
    """A draft with everything that the sentence says, in the unit of the KPI.

    Args:
        reading: a read sentence.
        series: the series that it means, where it is there; it gives the baseline when the sentence doesn't.
        today: the day of drafting, and of the beginning where the sentence speaks of no whole period ("in Q3").
        title: the sentence as it was written.
        type: of the goal; the most usual one of the KPI when it is not given.
    """
    kpi = series.kpi if series is not None else described(reading.kpi) if reading.kpi else None
    baseline = baseline_of(series, today)
    fields: dict[str, object] = {
        "title": title[:300],
        "series": str(series.key) if series is not None else reading.kpi,
        "direction": reading.direction or Direction.AT_LEAST,
        "measure": reading.measure,
        "start": reading.first or today,
        "deadline": reading.deadline,
        "how": reading.method,
        "why": reading.purpose,
        "objective": next(iter(objectives_served_by(kpi_family(reading.kpi))), None),
    }
    if series is not None:
        fields["frequency"] = series.frequency
    if kpi is not None:
        written = converted(reading.baseline, reading.unit, kpi.unit)
        start = written if written is not None else baseline.value if baseline is not None else None
        if written is not None and baseline is None:
            baseline = Baseline(value=written, period=today)
        fields["primary"] = _target(reading, start, kpi.unit)
    fields["baseline"] = baseline
    suited = type or (types_for(kpi)[0] if kpi is not None else GoalType.OPERATIONAL)
    goal = GOAL_CLASSES[suited].model_validate(fields)
    return goal if goal.primary is not None else goal.model_copy(update={"measure": Measure.LEVEL})


def _target(reading: GoalReading, start: float | None, unit: Unit) -> float | None:
    if reading.target is not None:
        return converted(reading.target, reading.unit, unit)
    if reading.change is None or start is None:
        return None
    sign = (reading.direction or Direction.AT_LEAST).sign
    if reading.relative:
        return start * (1 + sign * reading.change / 100)
    return start + sign * (converted(reading.change, reading.unit, unit) or 0.0)

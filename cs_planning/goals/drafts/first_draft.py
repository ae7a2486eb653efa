"""A sensible first draft of a goal, taken from the history of its KPI."""

from __future__ import annotations

import math
from collections.abc import Iterable
from datetime import date, timedelta

import numpy as np

from cs_planning.goals.drafts.reach import complete_before, trusted_values
from cs_planning.goals.drafts.times import quarters_from
from cs_planning.goals.goal import GOAL_CLASSES, Baseline, Cadence, Direction, Goal, GoalType, Measure, Measuring, Milestone
from cs_planning.goals.naming import usual_direction
from cs_planning.goals.objectives.conflicts import kpi_family
from cs_planning.goals.objectives.linking import objectives_served_by
from cs_planning.goals.sentence import sentence_of
from cs_planning.kpis.catalogue import CATALOGUE, Aggregation, Better, Kpi, Unit
from cs_planning.kpis.frequency import Rhythm
from cs_planning.kpis.quantity import PERCENT_DIGITS
from cs_planning.kpis.series import KpiSeries, SeriesKey

_SHORTEST_DAYS = 45
_LOOK_BACK = 3
_FIRST_FIGURES = 3
_QUARTERS_TO_MEASURE = 9
_SMALLEST_STEP = 0.03
_TYPES: dict[GoalType, frozenset[str]] = {
    GoalType.SATISFACTION: frozenset(
        {
            "csat",
            "csat_score",
            "nps",
            "promoters",
            "passives",
            "detractors",
            "ces",
            "complaints",
            "churn_rate",
            "retention_rate",
            "repeat_purchase_rate",
            "lifetime_value",
            "employee_satisfaction",
            "staff_turnover",
        }
    ),
    GoalType.FINANCIAL: frozenset(
        {
            "cost_per_contact",
            "service_cost",
            "churn_rate",
            "retention_rate",
            "market_share",
            "relative_market_share",
            "aht",
            "contact_volume",
        }
    ),
    GoalType.TRAINING: frozenset(
        {"quality_score", "fcr", "escalation_rate", "aht", "reopen_rate", "employee_satisfaction", "csat"}
    ),
    GoalType.OPERATIONAL: frozenset(
        {
            "frt",
            "asa",
            "service_level",
            "resolution_time",
            "fcr",
            "completion_rate",
            "resolution_rate",
            "resolution_sla",
            "first_response_sla",
            "solved_within_day",
            "abandonment_rate",
            "abandoned_volume",
            "containment_rate",
            "contacts_spared",
            "self_service_visits",
            "interruption_rate",
            "aht",
            "contact_volume",
            "handled_volume",
            "solved_volume",
            "backlog",
            "reopen_rate",
            "escalation_rate",
            "occupancy",
            "quality_score",
        }
    ),
}


def baseline_of(series: KpiSeries | None, today: date | None = None) -> Baseline | None:
    """Where the KPI stands: its last period that is over, or one of the two before when that one rests on too few answers.

    Args:
        series: the KPI, or nothing.
        today: a period that is not over on this day doesn't count; without it every period counts.

    Returns: with the sample size, so that the screen can say how much it rests on; `None` without any complete period.
    """
    if series is None:
        return None
    known = complete_before(series, today) if today is not None else series
    if len(known) == 0:
        return None
    rows = known.frame.iloc[::-1].head(_LOOK_BACK)
    sizes = rows["sample_size"].to_numpy(float)
    enough = np.flatnonzero(np.isnan(sizes) | (sizes >= known.kpi.minimum_sample))
    chosen = rows.iloc[int(enough[0]) if len(enough) else 0]
    size = float(chosen["sample_size"])
    return Baseline(
        value=float(chosen["value"]), period=chosen["period"].date(), sample_size=None if math.isnan(size) else size
    )


def suggested_direction(kpi: Kpi) -> Direction:
    """The side of the target on which `kpi` should be: at most for waits, costs and volumes, at least for the rest."""
    return usual_direction(kpi)


USUAL_KPIS: dict[GoalType, tuple[str, ...]] = {
    GoalType.OPERATIONAL: ("frt", "service_level", "resolution_time", "asa", "fcr", "abandonment_rate", "escalation_rate"),
    GoalType.SATISFACTION: ("csat", "nps", "ces", "complaints", "retention_rate", "churn_rate"),
    GoalType.TRAINING: ("quality_score", "fcr", "escalation_rate", "aht"),
    GoalType.FINANCIAL: ("cost_per_contact", "service_cost", "aht"),
}
"""The KPI families that goals of a type are most often about, the most usual first."""


def types_for(kpi: Kpi) -> tuple[GoalType, ...]:
    """The goal types that `kpi` suits, the most usual first; all of them for a KPI that is not in the catalogue."""
    family = kpi_family(kpi.id)
    suited = tuple(kind for kind in GoalType if family in _TYPES[kind])
    if kpi.unit is Unit.MONEY and GoalType.FINANCIAL not in suited:
        suited = (GoalType.FINANCIAL, *suited)
    return suited or tuple(GoalType)


def unmeasured_kpis(type: GoalType, recorded: Iterable[Kpi]) -> list[str]:
    """The usual KPIs of a type that nobody records in any form, as series of the whole operation, the most usual first."""
    known = {kpi_family(kpi.id) for kpi in recorded}
    missing = [family for family in USUAL_KPIS[type] if family not in known]
    return [next(str(SeriesKey(kpi=kpi)) for kpi in CATALOGUE if kpi_family(kpi) == family) for family in missing]


def draft_for(series: KpiSeries, type: GoalType, today: date) -> Goal:
    """A first draft: from the last value by about one usual swing of the KPI until the end of a quarter that is long enough.

    The stretch target is twice as far, the floor is where the KPI stands.  It is a starting point for the target slider; how
    likely the target is, the forecast says.

    Args:
        series: with at least one value; without, the draft has no target.
        type: of the goal.
        today: the day of drafting.
    """
    kpi = series.kpi
    direction = suggested_direction(kpi)
    quarter = next(one for one in quarters_from(today, 2, series.rhythm) if (one.last - today).days >= _SHORTEST_DAYS)
    baseline = baseline_of(series, today)
    fields: dict[str, object] = {
        "series": str(series.key),
        "frequency": series.frequency,
        "direction": direction,
        "baseline": baseline,
        "start": today,
        "deadline": quarter.last,
        "objective": next(iter(objectives_served_by(kpi_family(kpi.id))), None),
        "cadence": Cadence.MONTHLY,
        "measure": _measure_for(kpi),
    }
    if baseline is not None:
        fields |= _targets(series, baseline, direction, today, quarter.last)
    goal = GOAL_CLASSES[type].model_validate(fields)
    return goal.model_copy(update={"title": str(sentence_of(goal, series))[:300]})


def draft_to_measure(kpi: Kpi, type: GoalType, today: date, rhythm: Rhythm) -> Goal:
    """A first draft on a KPI that nobody measures yet: measured from the next period on, by the end of a quarter.

    Args:
        kpi: of the catalogue.
        type: of the goal.
        today: the day of drafting.
        rhythm: in which it will be measured.

    Assumptions: three whole periods are measured before the target is due, so that it rests on more than one figure.
    """
    begins = rhythm.start_of(rhythm.next_after(rhythm.start_of(today), 1))
    enough = rhythm.end_of(rhythm.next_after(begins, _FIRST_FIGURES - 1))
    quarters = quarters_from(today, _QUARTERS_TO_MEASURE, rhythm)
    deadline = next((one.last for one in quarters if one.last >= enough), quarters[-1].last)
    return GOAL_CLASSES[type].model_validate(
        {
            "series": str(SeriesKey(kpi=kpi.id)),
            "frequency": rhythm.frequency,
            "direction": suggested_direction(kpi),
            "start": today,
            "deadline": deadline,
            "measuring": Measuring(begins=begins, answers=kpi.minimum_sample or None),
        }
    )


def with_targets(goal: Goal, series: KpiSeries, floor: float, primary: float, stretch: float) -> Goal:
    """A draft with other targets, rounded to what the way from its baseline deserves; milestones and title follow.

    Args:
        goal: with a baseline and targets; each of its milestones stays at its share of the way.
        series: its KPI.
        floor: in the KPI's unit, nearer than `primary`; the draft's own stays where it is the nearer one.
        primary: in the KPI's unit, beyond the baseline.
        stretch: in the KPI's unit, beyond `primary`.
    """
    if goal.baseline is None or goal.primary is None or goal.baseline.value in {primary, goal.primary}:
        return goal
    begin, before = goal.baseline.value, goal.primary - goal.baseline.value
    digits = _digits(abs(primary - goal.baseline.value))
    if series.kpi.unit is Unit.PERCENT:
        digits = min(digits, PERCENT_DIGITS)
    lowest = min((floor, goal.baseline.value), key=lambda value: goal.direction.sign * value)
    safe, nearer, farther = round(lowest, digits), round(primary, digits), round(stretch, digits)
    fields = {
        "floor": safe,
        "primary": nearer,
        "stretch": farther,
        "milestones": tuple(
            one.model_copy(update={"value": round(begin + (one.value - begin) / before * (nearer - begin), digits + 1)})
            for one in goal.milestones
        ),
    }
    changed = goal.model_copy(update=fields)
    return changed.model_copy(update={"title": str(sentence_of(changed, series))[:300]})


def _halfway(baseline: Baseline, primary: float, start: date, deadline: date, digits: int) -> Milestone:
    return Milestone(
        due=start + timedelta(days=(deadline - start).days // 2), value=round((baseline.value + primary) / 2, digits + 1)
    )


def _measure_for(kpi: Kpi) -> Measure:
    if kpi.better is Better.BAND:
        return Measure.EVERY
    return Measure.AVERAGE if kpi.aggregation is Aggregation.SUM else Measure.LEVEL


def _targets(series: KpiSeries, baseline: Baseline, direction: Direction, today: date, deadline: date) -> dict[str, object]:
    kpi, sign = series.kpi, direction.sign
    step = _usual_swing(complete_before(series, today), baseline.value)
    room = _room(kpi, direction, baseline.value)
    if room <= 0:
        return {"primary": baseline.value, "measure": Measure.EVERY}
    near, far = min(step, room / 2), min(2 * step, room)
    digits = _digits(near)
    primary = round(baseline.value + sign * near, digits)
    stretch = round(baseline.value + sign * far, digits)
    milestone = _halfway(baseline, primary, today, deadline, digits)
    return {"floor": baseline.value, "primary": primary, "stretch": stretch, "milestones": (milestone,)}


def _usual_swing(series: KpiSeries, value: float) -> float:
    recent = trusted_values(series)[0][-2 * series.frequency.periods_per_year :]
    spread = float(np.median(np.abs(recent - np.median(recent)))) * 1.4826
    return max(spread, _SMALLEST_STEP * abs(value), 10**-6)


def _room(kpi: Kpi, direction: Direction, value: float) -> float:
    limit = kpi.upper if direction is Direction.AT_LEAST else kpi.lower
    return math.inf if limit is None else direction.sign * (limit - value)


def _digits(step: float) -> int:
    return max(0, 1 - math.floor(math.log10(step)))

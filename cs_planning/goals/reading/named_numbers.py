"""Which of the numbers of a goal sentence are its target, its baseline and its change, and which way it goes."""

from __future__ import annotations

import re
from dataclasses import replace

from cs_planning.goals.goal import Direction
from cs_planning.goals.naming import described, usual_direction
from cs_planning.goals.reading.clauses import position, said
from cs_planning.goals.reading.goal_reading import GoalReading
from cs_planning.goals.reading.quantities import SECONDS, NumberRole, Quantity, all_of_them
from cs_planning.kpis.catalogue import Better, Kpi, Unit

_HIGHEST_MARK = 5.0


def with_numbers(reading: GoalReading, rest: str, quantities: tuple[Quantity, ...]) -> GoalReading:
    """The reading with target, baseline, change and direction, as far as its KPI lets the numbers mean them.

    Args:
        reading: what is known of the sentence so far, its KPI included.
        rest: the sentence without deadline, purpose and condition.
        quantities: its numbers with their units.
    """
    kpi = described(reading.kpi) if reading.kpi else None
    share = kpi is not None and kpi.unit is Unit.PERCENT
    if share:
        threshold = next((one for one in quantities if one.unit in SECONDS), None)
        if threshold is not None and threshold.unit is not None:
            reading = replace(reading, threshold_seconds=threshold.value * SECONDS[threshold.unit])
        quantities = tuple(one for one in quantities if one.unit not in SECONDS)
        if (
            not any(one.unit is Unit.PERCENT for one in quantities)
            and all_of_them(rest)
            and not reading.vague_share
            and (threshold or kpi.id == "trained_share" if kpi else False)
        ):
            return replace(reading, target=100.0, unit=Unit.PERCENT, direction=_direction(reading, kpi, rest, None))
    fitting = [one for one in quantities if _fits(one, kpi)]
    base = next((one for one in fitting if one.part is NumberRole.FROM), None)
    change = next((one for one in fitting if one.part is NumberRole.CHANGE), None)
    target = next(
        (one for part in (NumberRole.TO, NumberRole.WITHIN, NumberRole.PLAIN) for one in fitting if one.part is part), None
    )
    if target is not None and change is None and target.part is NumberRole.PLAIN and _is_a_change(target, kpi, rest):
        change, target = replace(target, part=NumberRole.CHANGE, relative=target.unit is Unit.PERCENT), None
    if change is not None and target is not None and target.part is NumberRole.PLAIN:
        target = None
    said = target or change
    unit = next((one.unit for one in (target, base, change) if one is not None and one.unit is not None), None)
    if unit is Unit.POINTS and reading.kpi == "csat" and target is not None and target.value <= _HIGHEST_MARK:
        unit = Unit.SCALE
    if change is not None and change.relative and target is None:
        unit = base.unit if base is not None else Unit.PERCENT
    return replace(
        reading,
        target=target.value if target else None,
        baseline=_in_unit(base, unit),
        change=change.value if change else None,
        relative=change.relative if change else False,
        unit=unit,
        currency=next((one.currency for one in (target, base, change) if one is not None and one.currency), None),
        direction=_direction(reading, kpi, rest, said, base),
    )


def _in_unit(quantity: Quantity | None, unit: Unit | None) -> float | None:
    if quantity is None:
        return None
    if quantity.unit in SECONDS and unit in SECONDS and quantity.unit is not None and unit is not None:
        return quantity.value * SECONDS[quantity.unit] / SECONDS[unit]
    return quantity.value


def _fits(quantity: Quantity, kpi: Kpi | None) -> bool:
    if kpi is None or quantity.unit is None or quantity.relative:
        return True
    if quantity.unit in SECONDS:
        return kpi.unit in SECONDS or kpi.unit is Unit.NUMBER or kpi.id in {"training_sessions", "service_cost"}
    if quantity.unit is Unit.PERCENT:
        return True
    if quantity.unit is Unit.POINTS:
        return kpi.unit in {Unit.PERCENT, Unit.POINTS, Unit.SCALE, Unit.NUMBER}
    if quantity.unit is Unit.MONEY:
        return kpi.unit is Unit.MONEY
    if quantity.unit is Unit.COUNT:
        return kpi.unit in {Unit.COUNT, Unit.NUMBER} or kpi.id in {"error_rate", "survey_response_rate", "escalation_rate"}
    return kpi.unit in {Unit.SCALE, Unit.PERCENT, Unit.POINTS} or kpi.id == "csat"


def _is_a_change(quantity: Quantity, kpi: Kpi | None, rest: str) -> bool:
    if quantity.unit is not Unit.PERCENT or kpi is None or kpi.unit is Unit.PERCENT:
        return False
    return bool(said("down", rest) or said("up", rest))


def _direction(
    reading: GoalReading, kpi: Kpi | None, rest: str, said: Quantity | None, base: Quantity | None = None
) -> Direction | None:
    if kpi is not None and kpi.unit is Unit.PERCENT and reading.threshold_seconds is not None and base is None:
        return usual_direction(kpi)
    if said is not None and base is not None and said.part is not NumberRole.CHANGE and said.value != base.value:
        value = _in_unit(base, said.unit) or 0.0
        named = _named_direction(rest)
        if kpi is not None and named is usual_direction(kpi) and not _IMPROVING.search(rest):
            return named
        return Direction.AT_LEAST if said.value > value else Direction.AT_MOST
    if said is not None and said.direction is not None and said.part is not NumberRole.WITHIN:
        return Direction.AT_LEAST if kpi is not None and kpi.id == "containment_rate" else said.direction
    up, down = position("up", rest), position("down", rest)
    usual = usual_direction(kpi) if kpi is not None and kpi.better is not Better.CONTEXT else None
    if (reading.asked.keeps or reading.asked.every) and usual:
        return usual
    improving = _IMPROVING.search(rest)
    if improving and usual and (up < 0 or improving.start() <= up) and (down < 0 or usual is Direction.AT_MOST):
        return usual
    if up >= 0 and (down < 0 or up < down):
        return Direction.AT_LEAST
    if down >= 0:
        return Direction.AT_MOST
    return usual if said is not None or kpi is not None else None


_IMPROVING = re.compile(r"\b(?:improv|enhanc|optimi|reach|achiev|boost)|改善|向上|最適|達成")


def _named_direction(rest: str) -> Direction | None:
    up, down = position("up", rest) >= 0, position("down", rest) >= 0
    if up is down:
        return None
    return Direction.AT_LEAST if up else Direction.AT_MOST

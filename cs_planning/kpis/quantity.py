"""Values of a KPI as words, with their unit, in the reader's language."""

from __future__ import annotations

from cs_planning.kpis.catalogue import Kpi, Unit
from cs_planning.language import Money, Text, text

PERCENT_DIGITS = 1
"""Digits after the point of a percentage."""
_SAID_IN_HOURS = 7200


def quantity(value: float, kpi: Kpi) -> Text:
    """`value` with the unit of `kpi`: "42 min", "87.5 %", "$4.20"."""
    match kpi.unit:
        case Unit.PERCENT:
            return text("{value} %", value=round(float(value), PERCENT_DIGITS))
        case Unit.SECONDS:
            return text("{value} s", value=float(value))
        case Unit.MINUTES:
            return text("{value} min", value=float(value))
        case Unit.HOURS:
            return text("{value} h", value=float(value))
        case Unit.POINTS:
            return text("{value} points", value=float(value))
        case Unit.MONEY:
            return text("{value}", value=Money(amount=float(value), currency=kpi.currency))
        case _:
            return text("{value}", value=float(value))


def duration(seconds: float) -> Text:
    """A time in the unit that people would say it in: seconds, or hours from two hours on."""
    if abs(seconds) < _SAID_IN_HOURS:
        return text("{value} s", value=float(seconds))
    return text("{value} h", value=round(seconds / 3600, 1))


def difference(value: float, kpi: Kpi) -> Text:
    """A difference between two values of `kpi`: of percentages it is percentage points."""
    if kpi.unit is Unit.PERCENT:
        return text("{value} percentage points", value=round(float(value), PERCENT_DIGITS))
    return quantity(value, kpi)


def unit_label(kpi: Kpi) -> Text:
    """The unit of `kpi` alone, for an axis or a column head."""
    return {
        Unit.COUNT: text("count"),
        Unit.PERCENT: text("%"),
        Unit.SECONDS: text("seconds"),
        Unit.MINUTES: text("minutes"),
        Unit.HOURS: text("hours"),
        Unit.POINTS: text("points"),
        Unit.SCALE: text("scale 1–7"),
        Unit.MONEY: text("{currency}", currency=kpi.currency),
        Unit.NUMBER: text("value"),
    }[kpi.unit]

"""Values of a KPI as words, with their unit, in the reader's language."""

from __future__ import annotations

from cs_planning.kpis.catalogue import Kpi, Unit
from cs_planning.language import Duration, Money, Percent, Points, Text, text

PERCENT_DIGITS = 1
"""Digits after the point of a percentage."""
_SECONDS = {Unit.SECONDS: 1, Unit.MINUTES: 60, Unit.HOURS: 3600}


def quantity(value: float, kpi: Kpi) -> Text:
    """`value` with the unit of `kpi`: "42 min", "87.5 %", "$4.20"."""
    value = float(value)
    match kpi.unit:
        case Unit.PERCENT:
            return text("{value}", value=Percent(share=value / 100, digits=PERCENT_DIGITS))
        case Unit.SECONDS | Unit.MINUTES | Unit.HOURS:
            return duration(value * _SECONDS[kpi.unit])
        case Unit.POINTS:
            return text("{value} points", value=value)
        case Unit.MONEY:
            return text("{value}", value=Money(amount=value, currency=kpi.currency))
        case _:
            return text("{value}", value=value)


def duration(seconds: float) -> Text:
    """A time as people say it."""
    return text("{value}", value=Duration(seconds=float(seconds)))


def difference(value: float, kpi: Kpi) -> Text:
    """A difference between two values of `kpi`: of percentages it is percentage points."""
    if kpi.unit is Unit.PERCENT:
        return text("{value}", value=Points(points=float(value), digits=PERCENT_DIGITS))
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
        Unit.MONEY: text("yen") if kpi.currency == "JPY" else text("{currency}", currency=kpi.currency),
        Unit.NUMBER: text("value"),
    }[kpi.unit]

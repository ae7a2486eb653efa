"""Columns of times whose header names no unit → the unit in which their values are what such a time can be."""

from __future__ import annotations

from collections.abc import Mapping as MappingOf

import numpy as np

from cs_planning.kpis.catalogue import CATALOGUE, Unit
from cs_planning.kpis.cells.numbers import SECONDS_IN, WrittenUnit
from cs_planning.kpis.columns.roles import PARTS_OF_HANDLING, Role

_KPIS: MappingOf[Role, str] = {
    Role.FIRST_RESPONSE_TIME: "frt_mean",
    Role.FIRST_RESPONSE_BUSINESS_TIME: "frt_business_mean",
    Role.RESOLUTION_TIME: "resolution_time_mean",
    Role.RESOLUTION_BUSINESS_TIME: "resolution_time_business_mean",
    Role.WAIT_TIME: "asa_mean",
    Role.ASA: "asa_mean",
    Role.HANDLE_TIME: "aht_mean",
    Role.TALK_TIME: "aht_mean",
    Role.HOLD_TIME: "aht_mean",
    Role.AFTER_WORK_TIME: "aht_mean",
}
_WITHOUT_LOWEST = frozenset({Role.WAIT_TIME, Role.HOLD_TIME, Role.AFTER_WORK_TIME})
_MEASURES = {Unit.SECONDS: WrittenUnit.SECONDS, Unit.MINUTES: WrittenUnit.MINUTES, Unit.HOURS: WrittenUnit.HOURS}
_LADDER = (WrittenUnit.SECONDS, WrittenUnit.MINUTES, WrittenUnit.HOURS, WrittenUnit.DAYS)


def kpi_of_time(role: Role, kpi: str | None) -> str | None:
    """The KPI that a column of times gives, None for columns of anything else.

    Args:
        role: what the column is.
        kpi: whose values it holds, for columns of values of a KPI.
    """
    found = _KPIS.get(role) or (kpi if role in (Role.KPI, Role.VALUE, Role.PERIOD_COLUMN) else None)
    return found if found is not None and found in CATALOGUE and CATALOGUE[found].plausible is not None else None


def usual_measure(kpi: str) -> WrittenUnit:
    """The unit in which times of a KPI are meant where nothing speaks against it: that of the KPI."""
    return _MEASURES[CATALOGUE[kpi].unit]


def is_plausible(value: float, measure: WrittenUnit, kpi: str, role: Role = Role.KPI) -> bool:
    """Whether the usual value of a column can be one of the KPI.

    Args:
        value: the median of its values above zero.
        measure: their unit.
        kpi: whose values they are.
        role: what the column is; a wait of single contacts can be as short as it likes.
    """
    low, high = CATALOGUE[kpi].plausible or (0.0, np.inf)
    in_unit = value * SECONDS_IN[measure] / SECONDS_IN[usual_measure(kpi)]
    return bool((role in _WITHOUT_LOWEST or in_unit >= low) and in_unit <= high)


def judged_measure(values: np.ndarray, kpi: str, role: Role = Role.KPI) -> WrittenUnit:
    """The unit of times that nobody named: that of the KPI, or the nearest one in which they are plausible.

    Args:
        values: as written, without unit; shape (n,).
        kpi: whose values they are.
        role: what the column is.
    """
    usual = usual_measure(kpi)
    middle = usual_value(values)
    if middle is None or is_plausible(middle, usual, kpi, role):
        return usual
    place = _LADDER.index(usual)
    others = sorted((measure for measure in _LADDER if measure is not usual), key=lambda one: abs(_LADDER.index(one) - place))
    return next((measure for measure in others if is_plausible(middle, measure, kpi, role)), usual)


def usual_value(values: np.ndarray) -> float | None:
    """The median of the values above zero; None without any."""
    there = values[np.isfinite(values) & (values > 0)]
    return float(np.median(there)) if len(there) else None


def parts_follow(role: Role) -> bool:
    """Whether a column without a unit takes that of the talk time beside it."""
    return role in PARTS_OF_HANDLING and role is not Role.TALK_TIME

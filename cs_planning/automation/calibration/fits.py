"""By the model and measured, side by side: what is left over, and whether it lies within the stated tolerance."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from pydantic import BaseModel, ConfigDict

from cs_planning.automation.special_functions import Floats
from cs_planning.automation.team.measured import MeasuredPart
from cs_planning.language import Duration, Percent, Points, Text, text

LEVEL_TOLERANCE, ABANDONMENT_TOLERANCE, WAIT_TOLERANCE = 0.03, 0.02, 0.10
"""How far a calibrated model may be off: points of service level and abandonment (0.03 is three), share of the wait."""
WAIT_TOLERANCE_SECONDS = 2.0
"""A wait may be off by so much where a share of it would be less."""
PART_TOLERANCE = 0.05
"""How far the service level of a part of the day may be off, in points."""
PARTS_OF_DAY = ((0, 6), (6, 10), (10, 14), (14, 18), (18, 24))
"""From which hour to which."""
_LEAST_SHARE, _FEWEST_CONTACTS = 0.03, 100.0
_POINTS = 100.0
_ROUNDING = 1e-9


class Fit(BaseModel):
    """A value by the model beside the measured one."""

    model_config = ConfigDict(frozen=True)

    predicted: float
    observed: float

    @property
    def left_over(self) -> float:
        """By the model less measured."""
        return self.predicted - self.observed


class GroupFit(BaseModel):
    """Service level of the intervals of similar load."""

    model_config = ConfigDict(frozen=True)

    load_from: float
    load_to: float
    contacts: float
    service_level: Fit


class PartFit(BaseModel):
    """Service level of a part of the day; hours of the clock, the end not included."""

    model_config = ConfigDict(frozen=True)

    from_hour: int
    to_hour: int
    contacts: float
    service_level: Fit


def measured_parts(offered: Floats, in_time: Floats) -> tuple[MeasuredPart, ...]:
    """The parts of the day in which enough contacts were offered to say anything.

    Args:
        offered: contacts by hour of the clock, shape (24,).
        in_time: of them, answered in time.
    """
    found = []
    for first, end in PARTS_OF_DAY:
        contacts = float(offered[first:end].sum())
        if contacts >= max(_FEWEST_CONTACTS, _LEAST_SHARE * float(offered.sum())):
            level = float(np.clip(in_time[first:end].sum() / contacts, 0, 1))
            found.append(MeasuredPart(from_hour=first, to_hour=end, contacts=contacts, service_level=level))
    return tuple(found)


def part_fits(parts: Sequence[MeasuredPart], clock: Floats, weights: Floats, level: Floats) -> tuple[PartFit, ...]:
    """Each measured part beside the model; parts in which the model knows no contacts are left out.

    Args:
        parts: as measured.
        clock: hour of the clock at which each interval of the model begins, any shape; above 24 is the next day.
        weights: contacts of the intervals, the same shape.
        level: service level of the intervals by the model, the same shape.
    """
    found = []
    for part in parts:
        inside = (clock % 24 >= part.from_hour) & (clock % 24 < part.to_hour)
        total = float(weights[inside].sum())
        if total > 0:
            predicted = float((weights * level)[inside].sum() / total)
            fit = Fit(predicted=predicted, observed=part.service_level)
            found.append(PartFit(from_hour=part.from_hour, to_hour=part.to_hour, contacts=part.contacts, service_level=fit))
    return tuple(found)


def outside_tolerance(level: Fit, abandonment: Fit, wait: Fit, parts: Sequence[PartFit]) -> tuple[Text, ...]:
    """Where the model is further from what was measured than a calibrated one may be; empty within the tolerance.

    Args:
        level, abandonment: shares of 0…1.
        wait: in seconds.
        parts: of the day.
    """
    found: list[Text] = []
    if abs(level.left_over) > LEVEL_TOLERANCE + _ROUNDING:
        found.append(
            text(
                "service level {predicted} where {observed} was measured (tolerance {points})",
                predicted=Percent(share=level.predicted, digits=1),
                observed=Percent(share=level.observed, digits=1),
                points=Points(points=_POINTS * LEVEL_TOLERANCE, digits=0),
            )
        )
    if abs(abandonment.left_over) > ABANDONMENT_TOLERANCE + _ROUNDING:
        found.append(
            text(
                "abandonment {predicted} where {observed} was measured (tolerance {points})",
                predicted=Percent(share=abandonment.predicted, digits=1),
                observed=Percent(share=abandonment.observed, digits=1),
                points=Points(points=_POINTS * ABANDONMENT_TOLERANCE, digits=0),
            )
        )
    if abs(wait.left_over) > max(WAIT_TOLERANCE * wait.observed, WAIT_TOLERANCE_SECONDS) + _ROUNDING:
        found.append(
            text(
                "mean wait {predicted} where {observed} was measured (tolerance {percent})",
                predicted=Duration(seconds=wait.predicted),
                observed=Duration(seconds=wait.observed),
                percent=Percent(share=WAIT_TOLERANCE),
            )
        )
    for part in parts:
        fit = part.service_level
        if abs(fit.left_over) > PART_TOLERANCE + _ROUNDING:
            found.append(
                text(
                    "from {first}:00 to {end}:00 service level {predicted} where {observed} was measured (tolerance {points})",
                    first=str(part.from_hour),
                    end=str(part.to_hour),
                    predicted=Percent(share=fit.predicted, digits=1),
                    observed=Percent(share=fit.observed, digits=1),
                    points=Points(points=_POINTS * PART_TOLERANCE, digits=0),
                )
            )
    return tuple(found)

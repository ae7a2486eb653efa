"""What a calibration found: what was fitted, what it leaves unexplained, and the reasons against relying on it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from pydantic import BaseModel, ConfigDict

from cs_planning.automation.calibration.fits import Fit, GroupFit, PartFit, outside_tolerance
from cs_planning.automation.queues.measured_patience import Patience
from cs_planning.automation.special_functions import Floats
from cs_planning.errors import InvalidOperation
from cs_planning.language import Duration, Percent, Points, Text, text

LEVEL_LIMIT, ABANDONMENT_LIMIT, WAIT_LIMIT = 0.08, 0.05, 0.35
GROUP_LIMIT = 0.15
_LEAST_AVAILABLE, _MOST_AVAILABLE = 0.45, 1.3


@dataclass(frozen=True)
class HourPredictions:
    """What the model says of each hour, arrays of shape (hours,)."""

    level: Floats
    abandonment: Floats
    wait: Floats


class Correction(BaseModel):
    """What is left unexplained, as a shift that later predictions carry along.

    Attributes:
        service_level_shift, abandonment_shift: added to the log odds.
        wait_factor: multiplies the wait.
    """

    model_config = ConfigDict(frozen=True)

    service_level_shift: float = 0.0
    abandonment_shift: float = 0.0
    wait_factor: float = 1.0

    def applied(self, predicted: HourPredictions) -> HourPredictions:
        """Predictions with the shift."""
        return HourPredictions(
            shifted(predicted.level, self.service_level_shift),
            shifted(predicted.abandonment, self.abandonment_shift),
            predicted.wait * self.wait_factor,
        )


class Calibration(BaseModel):
    """A fitted model and what it leaves unexplained.

    Attributes:
        availability: share of the agents present who really take contacts.
        patience_seconds: mean patience.
        patience: its whole shape, where single waits were looked at; None is exponential.
        service_level, abandonment_rate, mean_wait_seconds: fitted beside measured.
        groups: residual by load.
        parts: residual by part of the day, where it was measured.
        correction: the rest that the two numbers do not explain; a validation carries it along, a what-if does not.
        reasons: why the model does not describe the team; empty when levers may be tried.
    """

    model_config = ConfigDict(frozen=True)

    availability: float
    patience_seconds: float
    patience: Patience | None = None
    service_level: Fit
    abandonment_rate: Fit
    mean_wait_seconds: Fit
    groups: tuple[GroupFit, ...] = ()
    parts: tuple[PartFit, ...] = ()
    correction: Correction = Correction()
    reasons: tuple[Text, ...] = ()

    @property
    def usable(self) -> bool:
        """Whether levers may be tried on it."""
        return not self.reasons

    @property
    def outside(self) -> tuple[Text, ...]:
        """Where it is further from what was measured than a calibrated model may be (`calibration.fits`)."""
        return outside_tolerance(self.service_level, self.abandonment_rate, self.mean_wait_seconds, self.parts)

    @property
    def within_tolerance(self) -> bool:
        """Whether it may be called calibrated, not only used for differences."""
        return self.usable and not self.outside

    def checked(self) -> Calibration:
        """Itself.

        Raises:
            InvalidOperation: the model does not describe the team; says why.
        """
        if self.reasons:
            raise InvalidOperation(
                text("The queueing model does not describe this team: {reason}", reason=self.reasons[0]),
                text("Check agents, handle time and opening hours, or calibrate on another time; levers wait until then."),
            )
        return self


@dataclass(frozen=True)
class Totals:
    """Service level, abandonment rate and mean wait in seconds of everybody, of all contacts together."""

    level: float
    abandonment: float
    wait: float


def judged(
    availability: float,
    patience: float,
    at: Totals,
    observed: Totals,
    groups: tuple[GroupFit, ...],
    notes: tuple[Text, ...],
    parts: tuple[PartFit, ...],
) -> Calibration:
    """A calibration with the reasons against its use.

    Args:
        availability: share of the agents given that explains the waits.
        patience: mean, in seconds.
        at: what the model says with them.
        observed: what was measured.
        groups, parts: the same by load and by part of the day.
        notes: reasons that are known already.
    """
    reasons = list(notes)
    if abs(at.level - observed.level) > LEVEL_LIMIT:
        reasons.append(
            text(
                "its service level is {predicted} where {observed} was measured.",
                predicted=Percent(share=at.level, digits=1),
                observed=Percent(share=observed.level, digits=1),
            )
        )
    if abs(at.abandonment - observed.abandonment) > ABANDONMENT_LIMIT:
        reasons.append(
            text(
                "its abandonment rate is {predicted} where {observed} was measured.",
                predicted=Percent(share=at.abandonment, digits=1),
                observed=Percent(share=observed.abandonment, digits=1),
            )
        )
    if observed.wait > 5 and abs(at.wait / observed.wait - 1) > WAIT_LIMIT:
        reasons.append(
            text(
                "its mean wait is {predicted} where {observed} was measured.",
                predicted=Duration(seconds=at.wait),
                observed=Duration(seconds=observed.wait),
            )
        )
    if groups:
        errors = [abs(g.service_level.predicted - g.service_level.observed) for g in groups]
        weights = [g.contacts for g in groups]
        mean = float(np.average(errors, weights=weights))
        if mean > GROUP_LIMIT:
            reasons.append(text("by load, its service level is off by {error} on average.", error=Points(points=100 * mean)))
    if availability < _LEAST_AVAILABLE:
        reasons.append(
            text(
                "only {share} of the agents given could explain the waits; check the number of agents.",
                share=Percent(share=availability),
            )
        )
    if availability > _MOST_AVAILABLE:
        reasons.append(
            text(
                "it would take {share} of the agents given, or more, to explain the waits; check the number of agents.",
                share=Percent(share=availability),
            )
        )
    return Calibration(
        availability=availability,
        patience_seconds=patience,
        service_level=Fit(predicted=at.level, observed=observed.level),
        abandonment_rate=Fit(predicted=at.abandonment, observed=observed.abandonment),
        mean_wait_seconds=Fit(predicted=at.wait, observed=observed.wait),
        groups=groups,
        parts=parts,
        reasons=tuple(reasons),
    )


def shifted(shares: Floats, shift: float) -> Floats:
    """Shares with a shift of their log odds."""
    odds = np.exp(shift)
    return np.asarray(shares * odds / (1 - shares + shares * odds))

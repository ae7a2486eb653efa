"""Which uncertain quantity moves a result most."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from cs_planning.automation.answers.sensitivity import sobol_effects
from cs_planning.automation.levers.registry import LEVERS
from cs_planning.automation.levers.uncertainty import COLUMNS, Draws, is_uncertain
from cs_planning.automation.ranges import Range
from cs_planning.automation.scenarios.outcome import OutcomeDraws
from cs_planning.automation.scenarios.scenario import Scenario, outcome_draws
from cs_planning.automation.special_functions import Floats
from cs_planning.automation.team.operation import Operation
from cs_planning.language import Text, text


class Result(StrEnum):
    """A result whose sensitivity can be asked for."""

    MEAN_WAIT_SECONDS = "mean_wait_seconds"
    SERVICE_LEVEL = "service_level"
    ABANDONMENT_RATE = "abandonment_rate"
    OCCUPANCY = "occupancy"
    COST_PER_MONTH = "cost_per_month"
    COST_PER_CONTACT = "cost_per_contact"
    COST_PER_RESOLVED = "cost_per_resolved"

    def of(self, draws: OutcomeDraws) -> Floats:
        """Its values, shape (n,)."""
        return np.asarray(getattr(draws, self.value))

    def place(self, operation: Operation) -> int | None:
        """The channel that it is looked at on: cost on all, the others on the leading one where waits can't be averaged."""
        return None if self.value.startswith("cost") else operation.leading_channel


QUANTITIES: Mapping[str, Text] = {
    "volume": text("Volume of contacts"),
    "handle_time": text("Handle time"),
    "patience": text("Patience"),
    "absence": text("Absence"),
    "wage": text("Cost of an hour"),
    "noise": text("Chance within the period"),
    "one_off_cost": text("Cost at the start"),
    "upkeep_share": text("Upkeep"),
    "monthly_cost": text("Licence a month"),
    **{f"{lever.model_fields['kind'].default}.{name}": words for lever in LEVERS for name, words in lever.uncertain.items()},
}
"""Every uncertain quantity in words."""


@dataclass(frozen=True)
class TornadoBar:
    """What a result becomes when one quantity is at its 10th and 90th percentile and all others in their middle."""

    key: str
    name: Text
    low: float
    high: float
    middle: float

    @property
    def width(self) -> float:
        """How far it moves the result."""
        return abs(self.high - self.low)


@dataclass(frozen=True)
class TotalEffect:
    """Share of a result's variance that a quantity takes part in, alone and with its interactions.

    Attributes:
        key, name: of the quantity.
        first: alone.
        total: with its interactions.
        confidence: half the width of the 95 % interval of `total`.
    """

    key: str
    name: Text
    first: float
    total: float
    confidence: float


def tornado(operation: Operation, scenario: Scenario, result: Result = Result.MEAN_WAIT_SECONDS) -> tuple[TornadoBar, ...]:
    """One quantity at a time, the widest first; fast.

    Args:
        operation: the team as it is.
        scenario: levers with their ranges.
        result: what is looked at.
    """
    keys = uncertain_quantities(operation, scenario)
    shares = np.full((2 * len(keys) + 1, len(COLUMNS)), 0.5)
    for number, key in enumerate(keys):
        place = COLUMNS.index(key)
        shares[2 * number + 1, place], shares[2 * number + 2, place] = 0.1, 0.9
    values = result.of(outcome_draws(operation, scenario, Draws(shares), channel=result.place(operation)))
    bars = [
        TornadoBar(key, QUANTITIES[key], float(values[2 * n + 1]), float(values[2 * n + 2]), float(values[0]))
        for n, key in enumerate(keys)
    ]
    return tuple(sorted(bars, key=lambda bar: -bar.width))


def total_effects(
    operation: Operation, scenario: Scenario, result: Result = Result.SERVICE_LEVEL, *, draws: int = 512, seed: int = 0
) -> tuple[TotalEffect, ...]:
    """All quantities together, the largest total effect first; takes (quantities + 2) × `draws` outcomes.

    Args:
        operation: the team as it is.
        scenario: levers with their ranges.
        result: what is looked at.
        draws: base points, a power of two.
        seed: of the points.
    """
    keys = uncertain_quantities(operation, scenario)
    places = [COLUMNS.index(key) for key in keys]

    def values(shares: Floats) -> Floats:
        everything = np.full((len(shares), len(COLUMNS)), 0.5)
        everything[:, places] = shares
        return result.of(outcome_draws(operation, scenario, Draws(everything), channel=result.place(operation)))

    found = sobol_effects(values, len(keys), draws=draws, seed=seed)
    effects = [
        TotalEffect(key, QUANTITIES[key], float(found.first[n]), float(found.total[n]), float(found.total_confidence[n]))
        for n, key in enumerate(keys)
    ]
    return tuple(sorted(effects, key=lambda effect: -effect.total))


def uncertain_quantities(operation: Operation, scenario: Scenario) -> tuple[str, ...]:
    """The keys of everything that is not a plain number in the operation and the scenario (chance within the period apart)."""
    doubt = operation.doubt
    unknown_patience = any(channel.patience_seconds is None for channel in operation.channels)
    keys = [
        key
        for key, uncertain in (
            ("volume", doubt.volume_cv > 0),
            ("handle_time", doubt.handle_time_cv > 0),
            ("patience", doubt.patience_cv > 0 or unknown_patience),
            ("absence", is_uncertain(doubt.absence)),
            ("wage", is_uncertain(doubt.wage)),
        )
        if uncertain
    ]
    for lever in scenario.levers:
        for name in type(lever).model_fields:
            value = getattr(lever, name)
            key = name if name in QUANTITIES else f"{lever.kind}.{name}"
            if key in QUANTITIES and isinstance(value, Range) and is_uncertain(value) and key not in keys:
                keys.append(key)
    return tuple(keys)

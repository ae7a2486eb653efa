"""How wide ranges are: what was fixed on several collections, each left out in turn, and is the same for every series."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class WidthRule:
    """What widths and tails follow from.

    Attributes:
        degrees_of_freedom: of the t distribution whose tails the paths have.
        few: a history of n points is widened by the square of this ÷ n.
        prior_errors: with how many errors of the usual size the past errors of a series are averaged.
        understated: what the square of a past error is multiplied by, since members, breaks and the size of a step are
            looked up in the whole history.
    """

    degrees_of_freedom: float
    few: float
    prior_errors: float
    understated: float

    def width_of(self, count: int) -> float:
        """What every width is multiplied by in a history of `count` points."""
        return 1.0 + (self.few / count) ** 2


RULE = WidthRule(degrees_of_freedom=6.0, few=5.0, prior_errors=3.0, understated=1.15)

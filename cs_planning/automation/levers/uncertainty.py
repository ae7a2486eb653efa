"""Draws of everything that is not known: one set of quasi-random points shared by all scenarios."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np
from scipy import special
from scipy.stats import qmc

from cs_planning.automation.levers.registry import LEVERS, SHARED_FIELDS
from cs_planning.automation.ranges import Range, Spread, central, drawn
from cs_planning.automation.special_functions import Floats

_COMMON = ("volume", "handle_time", "patience", "absence", "wage", "noise", "one_off_cost", "upkeep_share", "monthly_cost")
COLUMNS: tuple[str, ...] = (
    *_COMMON,
    *(
        f"{lever.model_fields['kind'].default}.{field}"
        for lever in LEVERS
        for field in lever.model_fields
        if field not in SHARED_FIELDS
    ),
)
"""Every uncertain quantity has its own column of random numbers, whatever the scenario."""

_PLACES = {key: place for place, key in enumerate(COLUMNS)}


@dataclass(frozen=True, eq=False)
class Draws:
    """Quantiles of every uncertain quantity.

    Attributes:
        shares: shape (n, len(COLUMNS)), strictly between 0 and 1.
    """

    shares: Floats

    def draw(self, key: str, value: Spread) -> Floats:
        """Draws of `value`, shape (n,)."""
        return drawn(value, self.shares[:, _PLACES[key]])

    def normal(self, key: str) -> Floats:
        """Standard normal draws, shape (n,)."""
        return np.asarray(special.ndtri(self.shares[:, _PLACES[key]]))

    def factor(self, key: str, cv: float) -> Floats:
        """Lognormal draws with mean 1, shape (n,)."""
        if cv <= 0:
            return np.ones(len(self.shares))
        variance = np.log1p(cv * cv)
        return np.asarray(np.exp(np.sqrt(variance) * self.normal(key) - variance / 2))


@dataclass(frozen=True)
class Likeliest:
    """The one draw in which everything takes its likeliest value; what a slider shows at once."""

    def draw(self, key: str, value: Spread) -> Floats:
        """The likeliest value, shape (1,)."""
        return np.array([central(value)])

    def normal(self, key: str) -> Floats:
        """Nothing unexpected."""
        return np.zeros(1)

    def factor(self, key: str, cv: float) -> Floats:
        """Exactly as expected."""
        return np.ones(1)


@dataclass(frozen=True, eq=False)
class Repeated:
    """`Likeliest` as often as there are points on a line that varies something.

    Attributes:
        count: points on the line.
        varied: the quantities that take a value of their own at each point, by their key in `COLUMNS`, shape (count,).
    """

    count: int
    varied: Mapping[str, Floats] = field(default_factory=dict)

    def draw(self, key: str, value: Spread) -> Floats:
        """The likeliest value, or those of the line, shape (count,)."""
        return self.varied[key] if key in self.varied else np.full(self.count, central(value))

    def normal(self, key: str) -> Floats:
        """Nothing unexpected."""
        return np.zeros(self.count)

    def factor(self, key: str, cv: float) -> Floats:
        """Exactly as expected."""
        return np.ones(self.count)


AnySample = Draws | Likeliest | Repeated


@lru_cache(maxsize=8)
def sobol_draws(draws: int = 1024, seed: int = 0) -> Draws:
    """Scrambled Sobol points; a power of two keeps their balance.

    Args:
        draws: at least 2.
        seed: the same seed gives the same points.
    """
    exponent = int(np.ceil(np.log2(max(draws, 2))))
    points = qmc.Sobol(len(COLUMNS), scramble=True, rng=seed).random_base2(exponent)[:draws]
    shares = np.asfortranarray(np.clip(points, 1e-9, 1 - 1e-9))
    shares.setflags(write=False)
    return Draws(shares)


def is_uncertain(value: Spread) -> bool:
    """Whether it is more than a point."""
    return isinstance(value, Range) and value.max > value.min

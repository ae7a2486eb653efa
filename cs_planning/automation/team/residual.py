"""What is left for people when something else takes the easy contacts, and how failed service comes back."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike
from pydantic import BaseModel, ConfigDict
from scipy import special

from cs_planning.automation.special_functions import Floats


class ContactType(BaseModel):
    """A kind of contact: its share of the volume, its handle time, and the share of it that is taken away."""

    model_config = ConfigDict(frozen=True)

    share: float
    handle_time_seconds: float
    deflected: float = 0.0


def handle_time_multiplier(deflected: ArrayLike, sigma: ArrayLike, easiest_first: ArrayLike) -> Floats:
    """By how much the mean handle time of the remaining contacts rises.

    Args:
        deflected: share of the contacts taken away, 0…1.
        sigma: standard deviation of the logarithm of handle times.
        easiest_first: 0 when contacts leave at random, 1 when exactly the shortest leave; mixtures between.

    Assumptions: lognormal handle times.
    Not valid when: the deflected contacts are known by type; use `residual_handle_time`.
    """
    taken = np.minimum(np.asarray(deflected, float), 1 - 1e-9)
    growth = special.ndtr(np.asarray(sigma, float) - special.ndtri(np.maximum(taken, 1e-300))) / (1 - taken)
    return np.asarray(1 + np.asarray(easiest_first, float) * (np.where(taken > 0, growth, 1.0) - 1))


def residual_handle_time(types: Sequence[ContactType]) -> float:
    """Mean handle time of what remains when each type loses its own share; 0 when nothing remains."""
    left = [kind.share * (1 - kind.deflected) for kind in types]
    total = sum(left)
    return sum(share * kind.handle_time_seconds for share, kind in zip(left, types, strict=True)) / total if total else 0.0
